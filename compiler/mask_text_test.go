package compiler

import (
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/source"
)

const accounts = `version: reseal/v1
target: { windows: 11-24h2, architecture: amd64 }
passes:
  oobeSystem:
    Microsoft-Windows-Shell-Setup:
      UserAccounts:
        LocalAccounts:
          - Name: builder
`

// What YAML cannot read, or reads as something else than a value, still shows
// no secret in the line that a finding quotes.
func TestSecretsThatAreNoValuesAreMasked(t *testing.T) {
	for name, lines := range map[string]string{
		"quote not closed":    `            Password: "hunter2`,
		"bracket not closed":  `            Password: {Value: hunter2, PlainText: true`,
		"colon in the value":  `            Password: hunter2: x`,
		"tab":                 "\t    Password: hunter2",
		"no such alias":       `            Password: *hunter2`,
		"anchor":              `            Password: &hunter2`,
		"tag":                 `            Password: !hunter2 x`,
		"strange start":       `            Password: @hunter2`,
		"no such escape":      `            Password: "hunter2\q"`,
		"two passwords":       "            Password: hunter2\n            Password: hunter2",
		"lines below":         "            Password:\n              Value: hunter2\n              PlainText: 'true",
		"no name of XML":      `            Password@x: hunter2`,
		"in another language": "            Kennwort: hunter2\n            Pa ss: x",
		"comment behind":      "            Password: x # hunter2\n            Pa ss: x",
		"comment about one":   `            Pa ss: x # pwd hunter2`,
		"component misnamed":  "    Microsoft-Windows-Shell-Setup@:\n      AutoLogon: {Password: hunter2}",
		"element in a value":  "            Password: {hunter2: '', Value: x}\n            Pa ss: x",
		"block":               "            Password: |\n\n              hunter2\n            Group: 'x",
		"in brackets":         `          - { Name: c, Password: 'hunter2' x }`,
		"quoted key":          `            "Password": 'hunter2' x`,
		"list of an item":     "          - Password: hunter2\n            Name: 'x",
		"comment":             `            Password: 'x' y # was hunter2`,
		"XML in a block":      "            x: |\n             <Password><Value>hunter2</Value></Password>\n            y: 'x",
		"XML on its own line": "            x: |\n             <Password>\n               hunter2\n             </Password>\n            y: 'x",
	} {
		f := source.NewFile("in.yaml", []byte(accounts+lines+"\n"))
		_, diags := Parse(f, Options{})
		if len(diags.All) == 0 {
			t.Errorf("%s: no finding", name)
		}
		for line := 1; line <= f.Lines(); line++ {
			if shown := f.Line(line).Shown(); strings.Contains(shown, "unter2") {
				t.Errorf("%s: %s", name, shown)
			}
		}
		for _, d := range diags.All {
			said := d.Message + d.Why + d.Help
			if d.Fix != nil {
				for _, e := range d.Fix.Edits {
					said += e.Text
				}
			}
			if strings.Contains(said, "unter2") {
				t.Errorf("%s: %s", name, said)
			}
		}
	}
}

func TestLinesWithoutSecretsStayReadable(t *testing.T) {
	text := accounts + `            Group: "Administrators
            Password: { env: SECRET }
            Description: plain
`
	f := source.NewFile("in.yaml", []byte(text))
	Parse(f, Options{})
	for line, want := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		shown := f.Line(line + 1).Shown()
		if strings.Contains(want, "Password") {
			want = "            Password: ***************"
		}
		if shown != want {
			t.Errorf("%q is shown as %q", want, shown)
		}
	}
}
