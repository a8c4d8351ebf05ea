package yamldoc

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/source"
)

// outline draws a node: a line a node, with its text, the place of its span
// and its comments.
func outline(n *Node) string {
	var b strings.Builder
	draw(&b, n, "")
	return b.String()
}

func draw(b *strings.Builder, n *Node, indent string) {
	switch {
	case n.Kind == Scalar && n.Empty:
		fmt.Fprintf(b, "empty %s\n", place(n))
	case n.Kind == Scalar:
		fmt.Fprintf(b, "%q %s\n", n.Text, place(n))
	default:
		fmt.Fprintf(b, "%s %s\n", n.Kind, place(n))
	}
	for _, p := range n.Pairs {
		fmt.Fprintf(b, "%s  %s %s: ", indent, p.Key.Text, place(p.Key))
		if p.Merged {
			b.WriteString("merged ")
		}
		draw(b, p.Value, indent+"  ")
	}
	for _, item := range n.Items {
		fmt.Fprintf(b, "%s  - ", indent)
		draw(b, item, indent+"  ")
	}
}

func place(n *Node) string {
	from, to := n.Span.Position(), n.Span.EndPosition()
	s := fmt.Sprintf("%d:%d-%d:%d", from.Line, from.Column, to.Line, to.Column)
	if n.Tag != "" {
		s += " " + n.Tag
	}
	if n.Alias.Known() {
		s += fmt.Sprintf(" alias@%d:%d", n.Alias.Position().Line, n.Alias.Position().Column)
	}
	if c := n.Comment; len(c.Head)+len(c.Foot) > 0 || c.Line != "" {
		s += fmt.Sprintf(" %q", c)
	}
	return s
}

func parse(t *testing.T, text string) []*Node {
	t.Helper()
	docs, diags := Parse(source.NewFile("in.yaml", []byte(text)))
	for _, d := range diags.All {
		t.Errorf("%v: %s [%s]", d.Span.Position(), d.Message, d.Rule)
	}
	return docs
}

var update = flag.Bool("update", false, "write the golden files anew")

// TestPlaces compares the outline of each testdata/parse/*.yaml, which shows
// every node with the lines and columns of its span, with the file beside it.
func TestPlaces(t *testing.T) {
	names, err := filepath.Glob("testdata/parse/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatalf("no test files: %v", err)
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			var b strings.Builder
			for _, doc := range parse(t, string(text)) {
				b.WriteString("---\n" + outline(doc))
			}
			golden(t, strings.TrimSuffix(name, ".yaml")+".outline", b.String())
		})
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs (-update writes it anew); got\n%s\nwant\n%s", name, got, want)
	}
}

func TestKeyMayBeOverwrittenOnlyByItsOwnMapping(t *testing.T) {
	n := parse(t, "a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}\n")[0].Get("b")
	if got := strings.Join(n.Keys(), " "); got != "y x" {
		t.Errorf("keys %s", got)
	}
	if n.Get("y").Text != "3" || n.Get("x").Text != "1" || !n.Pairs[1].Merged || n.Pairs[0].Merged {
		t.Errorf("merged wrongly: %s", outline(n))
	}
	if n.Get("z") != nil || (*Node)(nil).Get("z") != nil || (*Node)(nil).Keys() != nil {
		t.Error("a key that is not there has no value")
	}
}

func TestManyKeysAreIndexed(t *testing.T) {
	var text strings.Builder
	for i := range 3 * fewKeys {
		fmt.Fprintf(&text, "k%d: %d\n", i, i)
	}
	text.WriteString("k3: again\nk30: again\n")
	_, diags := Parse(source.NewFile("in.yaml", []byte(text.String())))
	if len(diags.All) != 2 {
		t.Fatalf("%d problems, want 2", len(diags.All))
	}
	for i, line := range []int{4, 31} {
		d := diags.All[i]
		if d.Rule != "yaml-duplicate-key" || d.Span.Position().Line != 3*fewKeys+1+i || d.Related[0].Span.Position().Line != line {
			t.Errorf("%v: %s, first at %v", d.Span.Position(), d.Message, d.Related[0].Span.Position())
		}
	}
}

func TestEntrySpansFromKeyToValue(t *testing.T) {
	n := parse(t, "a: &x 1\nb: *x\nc: [\n 1]\n")[0]
	for i, want := range []string{"a: &x 1", "b", "c: [\n 1]"} {
		if got := n.Pairs[i].Span().Text(); got != want {
			t.Errorf("entry %d: %q, want %q", i, got, want)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	text := profile(200)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if docs, diags := Parse(source.NewFile("in.yaml", text)); len(docs) != 1 || len(diags.All) > 0 {
			b.Fatal("the profile must be readable")
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	docs, _ := Parse(source.NewFile("in.yaml", profile(200)))
	for b.Loop() {
		if err := Write(io.Discard, docs...); err != nil {
			b.Fatal(err)
		}
	}
}

// profile makes a profile of about so many lines.
func profile(lines int) []byte {
	var b strings.Builder
	b.WriteString("version: reseal/v1 # language\ntarget:\n  windows: 11-24h2\npasses:\n  oobeSystem:\n    Microsoft-Windows-Shell-Setup:\n      FirstLogonCommands:\n")
	for i := 7; i+4 <= lines; i += 4 {
		fmt.Fprintf(&b, "        # command %d\n        - CommandLine: 'cmd /c echo %d'\n          Description: \"number\\t%d\"\n          RequiresUserInput: false\n", i, i, i)
	}
	return []byte(b.String())
}
