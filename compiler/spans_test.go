package compiler

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema/answer"
)

// Every node of every golden must know where it stands, and behind the start
// of what holds it. A section and an alias bring theirs from elsewhere.
func TestEveryNodeKnowsItsPlace(t *testing.T) {
	inputs, err := filepath.Glob("../testdata/compile/*/in.yaml")
	if err != nil || len(inputs) == 0 {
		t.Fatalf("no golden inputs: %v", err)
	}
	for _, input := range inputs {
		text, err := os.ReadFile(input)
		if err != nil {
			t.Fatal(err)
		}
		p, _ := Parse(source.NewFile(input, text), Options{})
		for _, out := range p.Outputs {
			out.Answer.Walk(func(c *answer.Cursor) bool {
				s := c.Setting
				if !s.Place().Known() || !c.Pass.Place().Known() || !c.Component.Place().Known() {
					t.Errorf("%s: %s has no place", input, c.Path())
				}
				moved := s.Section != "" || strings.Contains(input, "anchors")
				if above := c.Above(); above != nil && !moved && s.Whole.Start < above.Whole.Start {
					t.Errorf("%s: %s starts before what holds it", input, c.Path())
				}
				for _, a := range s.Attributes {
					if !a.Place().Known() {
						t.Errorf("%s: the attribute %s of %s has no place", input, a.Name, c.Path())
					}
				}
				return true
			})
		}
	}
}

func TestSpansOfNamesAndValues(t *testing.T) {
	a := lowered(t, head+`passes:
  specialize:
    Microsoft-Windows-Shell-Setup:
      RegisteredOwner: "Zo\u00eb"   # a comment
      OEMInformation: {Manufacturer: Example}
    Microsoft-Windows-Deployment:
      RunSynchronous:
        - Path: cmd /c ver
          Description: 'it''s'
`)
	shell, deployment := a.Passes[0].Components[0], a.Passes[0].Components[1]
	if shell.Spans.Name.Text() != "Microsoft-Windows-Shell-Setup" || a.Passes[0].Spans.Name.Text() != "specialize" {
		t.Errorf("names %q, %q", shell.Spans.Name.Text(), a.Passes[0].Spans.Name.Text())
	}
	command := deployment.Settings[0].Children[0]
	cases := []struct {
		s                        *answer.Setting
		name, value, whole, text string
		style                    answer.Style
	}{
		{shell.Settings[0], "RegisteredOwner", `"Zo\u00eb"`, `RegisteredOwner: "Zo\u00eb"`, "Zoë", answer.YAMLDouble},
		{shell.Settings[1], "OEMInformation", "", "OEMInformation: {Manufacturer: Example}", "", answer.YAMLStructure},
		{shell.Settings[1].Children[0], "Manufacturer", "Example", "Manufacturer: Example", "Example", answer.YAMLPlain},
		{command, "", "", "Path: cmd /c ver\n          Description: 'it''s'", "", answer.YAMLStructure},
		{command.Children[0], "", "", "Path: cmd /c ver\n          Description: 'it''s'", "1", answer.YAMLStructure},
		{command.Children[2], "Description", "'it''s'", "Description: 'it''s'", "it's", answer.YAMLSingle},
	}
	for _, c := range cases {
		got := []string{c.s.Spans.Name.Text(), c.s.Value.Text(), c.s.Whole.Text(), c.s.Text}
		if want := []string{c.name, c.value, c.whole, c.text}; !slices.Equal(got, want) || c.s.Style != c.style {
			t.Errorf("%s: got %q style %d, want %q style %d", c.s.Name, got, c.s.Style, want, c.style)
		}
		if raw := c.s.Raw; raw != "" && raw != c.value {
			t.Errorf("%s: raw %q", c.s.Name, raw)
		}
	}
}

func TestAliasedSettingsStandAtTheirDefinition(t *testing.T) {
	a := lowered(t, head+`passes:
  specialize:
    Microsoft-Windows-Shell-Setup: &shell {RegisteredOwner: me}
  auditUser:
    Microsoft-Windows-Shell-Setup: *shell
`)
	first, second := a.Passes[0].Components[0].Settings[0], a.Passes[1].Components[0].Settings[0]
	if first == second || first.Value != second.Value || second.Value.Position().Line != 5 {
		t.Errorf("the values stand at %v and %v", first.Value.Position(), second.Value.Position())
	}
}

// A finding that holds for every output is reported once.
func TestFindingsOfSeveralOutputsAreReportedOnce(t *testing.T) {
	text := "version: reseal/v1\ntarget: {windows: [11-24h2, 10-22h2], architecture: [amd64, arm64]}\n" +
		"computerName: A\npasses: {specialize: {Microsoft-Windows-Shell-Setup: {ComputerName: B, OOBE: x}}}\n"
	want := []string{
		"3:15 error setting-set-twice: ComputerName is set here and under passes to different values",
		"4:78 error setting-form: OOBE holds a mapping of settings, not text",
	}
	if got := findings(text, Options{}); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// The same profile gives the same bytes, with any line ends.
func TestTheSameProfileGivesTheSameBytes(t *testing.T) {
	text, err := os.ReadFile("../testdata/compile/passes/in.yaml")
	if err != nil {
		t.Fatal(err)
	}
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	first := ""
	for _, variant := range [][]byte{text, text, bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))} {
		p, _ := Parse(source.NewFile("in.yaml", variant), Options{})
		xml := written(t, p.Outputs[0].Answer)
		if first == "" {
			first = xml
		}
		if xml != first {
			t.Errorf("differs: %s", firstDifference(xml, first))
		}
	}
}
