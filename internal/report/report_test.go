package report

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/source"
)

func sample() *diag.List {
	f := source.NewFile("a.yaml", []byte("one: 1\n\tzwölf: secret "+strings.Repeat("x", 300)+"\n"))
	password := source.Span{File: f, Start: 16, End: 22}
	password.Hide()
	var l diag.List
	d := &diag.Diagnostic{Rule: "value-type", Severity: diag.Error, Message: "it must be a number", Why: "Setup stops.", Help: "Write a number.", Span: password, Tags: []string{"security"}}
	d.In("specialize", "Comp", "A/B").Relate(source.Span{File: f, Start: 0, End: 3}, "first seen here").
		FixBy("write 2", true, source.Span{File: f, Start: 5, End: 6}, "2")
	l.Add(d, &diag.Diagnostic{Rule: "no-place", Severity: diag.Info, Message: "nowhere"})
	l.Sort()
	return &l
}

func TestTextUnderlinesMasksAndCuts(t *testing.T) {
	var b bytes.Buffer
	if err := writeText(&b, sample(), Summary{Files: 2}, Style{}); err != nil {
		t.Fatal(err)
	}
	want := "info: nowhere [no-place]\n\n" +
		"a.yaml:2:9: error: it must be a number [value-type]\n" +
		"    2 | \tzwölf: ****** " + strings.Repeat("x", 95) + "…\n" +
		"      | \t       ^~~~~~\n" +
		"  why: Setup stops.\n  fix: Write a number.\n  see: a.yaml:1:1: first seen here\n\n" +
		"2 files: 1 error, 0 warnings, 1 info\n"
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

func TestTextShowsTheEndOfALongLine(t *testing.T) {
	f := source.NewFile("a.xml", []byte(strings.Repeat("y", 500)+"<bad>"+strings.Repeat("z", 4)))
	var l diag.List
	l.Add(&diag.Diagnostic{Rule: "r", Message: "m", Span: source.Span{File: f, Start: 500, End: 505}})
	var b bytes.Buffer
	if err := writeText(&b, &l, Summary{Files: 1}, Style{}); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(b.String(), "\n")
	text, marks := []rune(lines[1]), []rune(lines[2])
	at := strings.IndexRune(string(marks), '^')
	if at < 0 || string(text[at:at+5]) != "<bad>" || string(marks[at:]) != "^~~~~" {
		t.Errorf("marks do not stand below the span:\n%s\n%s", lines[1], lines[2])
	}
}

func TestControlCharactersNeverReachTheTerminal(t *testing.T) {
	f := source.NewFile("a.xml", []byte("a\x1b[31m\u202eb"))
	var l diag.List
	l.Add(&diag.Diagnostic{Rule: "r", Message: "m", Span: source.Span{File: f, Start: 0, End: 1}})
	var b bytes.Buffer
	if err := writeText(&b, &l, Summary{}, Style{}); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(b.String(), "\x1b\u202e") {
		t.Errorf("control characters in %q", b.String())
	}
}

func TestQuietPrintsFindingsAlone(t *testing.T) {
	var b bytes.Buffer
	if err := writeText(&b, sample(), Summary{}, Style{Quiet: true}); err != nil {
		t.Fatal(err)
	}
	if got := b.String(); got != "info: nowhere [no-place]\na.yaml:2:9: error: it must be a number [value-type]\n" {
		t.Errorf("got %q", got)
	}
}

func TestJSONHasTheFieldsOfTheContract(t *testing.T) {
	var b bytes.Buffer
	if err := writeJSON(&b, sample(), Summary{Files: 2}, Style{}); err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got["schema"] != "reseal/diagnostics/v1" {
		t.Errorf("schema %v", got["schema"])
	}
	d := got["diagnostics"].([]any)[1].(map[string]any)
	for key, want := range map[string]any{"file": "a.yaml", "line": 2.0, "column": 9.0, "endLine": 2.0, "endColumn": 15.0, "rule": "value-type",
		"severity": "error", "message": "it must be a number", "why": "Setup stops.", "help": "Write a number.", "pass": "specialize", "component": "Comp", "setting": "A/B"} {
		if d[key] != want {
			t.Errorf("%s = %v, want %v", key, d[key], want)
		}
	}
	fix := d["fix"].(map[string]any)
	edit := fix["edits"].([]any)[0].(map[string]any)
	if fix["safe"] != true || edit["line"] != 1.0 || edit["column"] != 6.0 || edit["text"] != "2" {
		t.Errorf("fix %v", fix)
	}
	if r := d["related"].([]any)[0].(map[string]any); r["line"] != 1.0 || r["message"] != "first seen here" {
		t.Errorf("related %v", r)
	}
	sum := got["summary"].(map[string]any)
	if sum["files"] != 2.0 || sum["errors"] != 1.0 || sum["infos"] != 1.0 || sum["suppressed"] != 0.0 {
		t.Errorf("summary %v", sum)
	}
	if strings.Contains(b.String(), "secret x") {
		t.Error("the secret is shown")
	}
}

func TestEveryFormatIsFoundByName(t *testing.T) {
	for _, name := range Names() {
		if f, ok := Find(name); !ok || f.Write == nil || f.Help == "" {
			t.Errorf("format %q is not complete", name)
		}
	}
	if _, ok := Find("sarif2"); ok {
		t.Error("an unknown format was found")
	}
}

// A window of a line is what a look at the whole line would show.
func TestWindowOfALineHoldsTheSpan(t *testing.T) {
	for _, length := range []int{1, snippetWidth - 1, snippetWidth, snippetWidth + 1, 5 * snippetWidth} {
		line := []rune(strings.Repeat("aß€😀", length/4+1))[:length]
		f := source.NewFile("a", []byte("first\n"+string(line)+"\nlast"))
		for column := range length {
			at := f.Offset(source.Position{Line: 2, Column: column + 1})
			start := 0
			if length > snippetWidth {
				start = max(0, min(column-snippetWidth/3, length-snippetWidth))
			}
			want := string(line[start:min(length, start+snippetWidth)])
			if got := window(f.Line(2), at).Text(); got != want {
				t.Fatalf("%d characters, column %d: got %q, want %q", length, column, got, want)
			}
		}
	}
}
