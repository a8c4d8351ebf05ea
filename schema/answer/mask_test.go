package answer_test

import (
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/internal/xmldoc"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// Everything is on one line, as small files are: whatever a finding quotes
// shows it all.
func TestWhatMayBeASecretIsHidden(t *testing.T) {
	const head = `<unattend xmlns="urn:schemas-microsoft-com:unattend" xmlns:wcm="http://schemas.microsoft.com/WMIConfig/2002/State">`
	shell := func(inner string) string {
		return head + `<settings pass="oobeSystem"><component name="Microsoft-Windows-Shell-Setup" processorArchitecture="amd64">` + inner + `</component></settings></unattend>`
	}
	for name, c := range map[string]struct{ text, shown string }{
		"value": {shell(`<AutoLogon><Password><Value>hunter2</Value><PlainText>true</PlainText></Password></AutoLogon>`),
			`<Password><Value>*******</Value><PlainText>true</PlainText></Password>`},
		"comment and instruction": {shell(`<AutoLogon><Password><!--hunter2--><?p hunter2?><Value/></Password></AutoLogon>`), `<Password>**************`},
		"attribute":               {shell(`<ProductKey Key="hunter2"/>`), `<ProductKey Key="*******"/>`},
		"attribute of a list": {shell(`<UserAccounts><LocalAccounts><LocalAccount wcm:action="add" Pwd="hunter2"><Password wcm:action="add"/></LocalAccount></LocalAccounts></UserAccounts>`),
			`<LocalAccount wcm:action="add" Pwd="*******"><Password wcm:action="add"/>`},
		"name of an element": {shell(`<AutoLogon><Password><hunter2/></Password></AutoLogon>`), `<Password>**********</Password>`},
		"misspelt child":     {shell(`<AutoLogon><Password><Valeu>hunter2</Valeu></Password></AutoLogon>`), `<Password><Valeu>*******</Valeu>`},
		"beside components":  {head + `<Extensions><Passwort x="hunter2">hunter2</Passwort></Extensions></unattend>`, `<Passwort x="*******">*******</Passwort>`},
		"commented out":      {shell(`<!-- <Password>hunter2</Password> --><CopyProfile>true</CopyProfile>`), `*<CopyProfile>true`},
		"entity": {`<!DOCTYPE unattend [<!ENTITY pw "hunter2">]>` + shell(`<CopyProfile>true</CopyProfile>`),
			`<!DOCTYPE unattend *************************<unattend`},
		"doctype without an end": {`<!DOCTYPE unattend [<!ENTITY pw "hun>ter2">` + shell(`<CopyProfile>true</CopyProfile>`), `*<unattend`},
	} {
		a, _ := xmldoc.Read("a.xml", []byte(c.text))
		a.HideSecrets()
		shown := source.Span{File: a.Source, End: len(a.Source.Text)}.Shown()
		if strings.Contains(shown, "ter2") || !strings.Contains(shown, c.shown) {
			t.Errorf("%s: %s\nshows no %s", name, shown, c.shown)
		}
	}
}

func TestOtherPartsStayReadable(t *testing.T) {
	text := `<unattend xmlns="urn:schemas-microsoft-com:unattend"><!-- a comment --><settings pass="oobeSystem"><component name="Microsoft-Windows-Shell-Setup" publicKeyToken="31bf3856ad364e35"><!-- x --><OOBE a="b">text<Unknown/></OOBE></component></settings></unattend>`
	a, _ := xmldoc.Read("a.xml", []byte(text))
	a.HideSecrets()
	if shown := a.Source.Line(1).Shown(); shown != text {
		t.Error(shown)
	}
}

func TestASecretMayStandInTheNameOfAnElement(t *testing.T) {
	shell := schema.FindComponent("Microsoft-Windows-Shell-Setup")
	for path, want := range map[string]int{
		"AutoLogon/Password/hunter2":   2,
		"AutoLogon/Password/hunter2/x": 2,
		"AutoLogon/Password/Value":     -1,
		"AutoLogon/Password/Value/b":   3,
		"AutoLogon/Username/b":         -1,
		"AutoLogon/Password/Valeu":     -1,
		"AutoLogon/hunter2":            -1,
		"hunter2":                      -1,
	} {
		var chain []*answer.Setting
		for name := range strings.SplitSeq(path, "/") {
			chain = append(chain, &answer.Setting{Name: name})
		}
		if got := answer.SecretName(shell, chain); got != want {
			t.Errorf("%s: %d, want %d", path, got, want)
		}
	}
	if answer.SecretName(nil, []*answer.Setting{{Name: "hunter2"}}) != -1 {
		t.Error("an unknown component has a known password")
	}
}
