package compiler

import (
	"fmt"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/internal/xmldoc"
	"github.com/reseal/reseal/schema/answer"
)

// parse lowers a profile; every line of the text stands at its own place.
func parse(text string, o Options) (*Profile, *diag.List) {
	return Parse(source.NewFile("in.yaml", []byte(text)), o)
}

// lowered is the only answer file of a profile without findings above info.
func lowered(t *testing.T, text string) *answer.File {
	t.Helper()
	p, diags := parse(text, Options{})
	for _, d := range diags.All {
		if d.Severity > diag.Info {
			t.Errorf("unexpected finding: %s", line(d))
		}
	}
	if len(p.Outputs) != 1 {
		t.Fatalf("%d outputs, want one", len(p.Outputs))
	}
	return p.Outputs[0].Answer
}

func written(t *testing.T, a *answer.File) string {
	t.Helper()
	text, err := xmldoc.Write(a)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// line is a diagnostic as one line: "2:3 error rule-id: message".
func line(d *diag.Diagnostic) string {
	at := d.Span.Position()
	return fmt.Sprintf("%d:%d %s %s: %s", at.Line, at.Column, d.Severity, d.Rule, d.Message)
}

// findings are the diagnostics of a profile as lines.
func findings(text string, o Options) []string {
	_, diags := parse(text, o)
	var lines []string
	for _, d := range diags.All {
		lines = append(lines, line(d))
	}
	return lines
}

// head starts a profile whose architecture is known.
const head = "version: reseal/v1\ntarget: {architecture: amd64}\n"

// inComponent puts a YAML body, written without indentation, below a component.
func inComponent(pass, component, body string) string {
	return head + "passes:\n  " + pass + ":\n    " + component + ":\n" + indent(body, "      ")
}

func indent(text, by string) string {
	lines := strings.Split(strings.Trim(text, "\n"), "\n")
	return by + strings.Join(lines, "\n"+by) + "\n"
}

// componentBody is the XML between the tags of the only component, without
// indentation.
func componentBody(t *testing.T, xml string) string {
	t.Helper()
	start := strings.Index(xml, "<component ")
	if start < 0 {
		t.Fatalf("no component in\n%s", xml)
	}
	start += strings.IndexByte(xml[start:], '>') + 1
	end := strings.Index(xml, "</component>")
	if end < 0 {
		return ""
	}
	var lines []string
	for l := range strings.SplitSeq(xml[start:end], "\n") {
		if l = strings.TrimSpace(l); l != "" {
			lines = append(lines, l)
		}
	}
	return strings.Join(lines, "\n")
}

func line0(l, column int) string { return fmt.Sprintf("%d:%d", l, column) }
