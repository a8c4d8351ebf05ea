package reseal

import (
	"strings"
	"testing"
)

func TestMaskedHidesSecretsOfEveryText(t *testing.T) {
	texts := map[string]string{
		"a profile": "version: reseal/v1\nproductKey: hush1\npasses:\n  oobeSystem:\n    Microsoft-Windows-Shell-Setup:\n      AutoLogon: {Username: shown, Password: hush2}\n" +
			"      Novelty: {Secret: {env: shown}, MyPassword: [hush3]}\n",
		"a profile that cannot be compiled": "version: reseal/v1\nunknown: shown\nproductKey: hush1\nx: {adminPassword: {Value: hush2}}\n",
		"another YAML file":                 "settings:\n  password: hush1\n  other: shown\n",
		"an answer file": `<unattend xmlns="urn:schemas-microsoft-com:unattend"><settings pass="oobeSystem"><component name="Microsoft-Windows-Shell-Setup">` +
			`<AutoLogon><Password><Value>hush1</Value></Password><Username>shown</Username></AutoLogon></component><other secret="hush2"/></settings>` +
			`<x:Extensions xmlns:x="urn:x"><x:Password><x:A b="hush3">hush4</x:A></x:Password></x:Extensions></unattend>`,
	}
	for name, text := range texts {
		f := Masked("a", []byte(text))
		var shown strings.Builder
		for i := range f.Lines() {
			shown.WriteString(f.Line(i+1).Shown() + "\n")
		}
		if out := shown.String(); strings.Contains(out, "hush") || !strings.Contains(out, "shown") || len(out) < len(text) {
			t.Errorf("%s:\n%s", name, out)
		}
	}
}
