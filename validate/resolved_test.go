package validate_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/reseal/reseal/compiler"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema/answer"
	"github.com/reseal/reseal/validate"
)

const withSecrets = `version: reseal/v1
target: { windows: 11-24h2, architecture: amd64 }
productKey: { env: KEY }
computerName: { env: NAME }
passes:
  specialize:
    Microsoft-Windows-Shell-Setup:
      CopyProfile: perhaps
  oobeSystem:
    Microsoft-Windows-Shell-Setup:
      OOBE: { ProtectYourPC: { env: PROTECT }, HideEULAPage: { env: HIDE } }
      AutoLogon: { Username: builder, LogonCount: 1, Password: { env: PASSWORD } }
`

// Values that come from outside are held to the same limits as those in the
// profile, each at the place that names it, and none is shown.
func TestValuesOfSecretsAreChecked(t *testing.T) {
	for _, c := range []struct {
		values map[string]string
		want   string
	}{
		{map[string]string{"KEY": "W269N-WFGWX-YVC9B-4J6C9-T83GX", "NAME": "*", "PROTECT": "3", "HIDE": "true", "PASSWORD": "hunter2"}, ""},
		{map[string]string{"KEY": "hunter2", "NAME": "hunter2 is too long", "PROTECT": "hunter2", "HIDE": "hunter2", "PASSWORD": "hunter2"},
			"3:13 product-key-format, 4:15 computer-name-characters, 4:15 computer-name-too-long, 11:30 value-not-listed, 11:62 value-type"},
		{map[string]string{"KEY": "W269N-WFGWX-YVC9B-4J6C9-T83GX ", "NAME": "1234", "PROTECT": "3", "HIDE": "True", "PASSWORD": "hunter2"},
			"3:13 product-key-format, 4:15 computer-name-numeric, 11:62 boolean-spelling"},
	} {
		p, diags := compiler.Parse(source.NewFile("in.yaml", []byte(withSecrets)), compiler.Options{})
		if len(diags.All) > 0 || len(p.Outputs) != 1 {
			t.Fatal(diags.All)
		}
		file := p.Outputs[0].Answer
		if unresolved := validate.CheckResolved(file, validate.Options{}); c.want == "" && len(unresolved.All) > 0 {
			t.Errorf("placeholders are checked: %v", unresolved.All)
		}
		compiler.Resolve(file, func(s *answer.Secret) (string, error) { return c.values[s.Name], nil })
		var got []string
		for _, d := range validate.CheckResolved(file, validate.Options{}).All {
			at := d.Span.Position()
			got = append(got, fmt.Sprintf("%d:%d %s", at.Line, at.Column, d.Rule))
			if strings.Contains(d.Message+d.Help, "unter2") || d.Fix != nil {
				t.Errorf("%s: %s, fix %v", d.Rule, d.Message, d.Fix)
			}
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%v: got\n%s\nwant\n%s", c.values, strings.Join(got, ", "), c.want)
		}
	}
}
