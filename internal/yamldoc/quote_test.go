package yamldoc

import (
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/reseal/reseal/internal/source"
)

// written are texts with how a string and a typed scalar of that text are
// written behind a key.
var written = []struct{ text, asString, asPlain string }{
	{"word", "word", "word"},
	{"two words", "two words", "two words"},
	{"true", "'true'", "true"},
	{"no", "'no'", "no"},
	{"null", "'null'", "null"},
	{"~", "'~'", "~"},
	{"3", "'3'", "3"},
	{"-1.5e3", "'-1.5e3'", "-1.5e3"},
	{"0123", "'0123'", "0123"},
	{"0x1F", "'0x1F'", "0x1F"},
	{"1_000", "'1_000'", "1_000"},
	{"08:00", "'08:00'", "08:00"},
	{".inf", "'.inf'", ".inf"},
	{"2026-01-02", "'2026-01-02'", "2026-01-02"},
	{"=", "'='", "="},
	{"<<", "'<<'", "'<<'"},
	{"10.0.26100", "'10.0.26100'", "10.0.26100"},
	{"10.0.26100.1", "'10.0.26100.1'", "10.0.26100.1"},
	{"00000-00000-00000", "00000-00000-00000", "00000-00000-00000"},
	{"0409:00000409", "0409:00000409", "0409:00000409"},
	{`C:\Windows`, `C:\Windows`, `C:\Windows`},
	{"a: b", "'a: b'", "'a: b'"},
	{"a:", "'a:'", "'a:'"},
	{"a #b", "'a #b'", "'a #b'"},
	{"a#b", "a#b", "a#b"},
	{"@x", "'@x'", "'@x'"},
	{"*", "'*'", "'*'"},
	{"%TEMP%", "'%TEMP%'", "'%TEMP%'"},
	{"{a}", "'{a}'", "'{a}'"},
	{"- a", "'- a'", "'- a'"},
	{"-a", "-a", "-a"},
	{"---", "'---'", "'---'"},
	{"it's", "it's", "it's"},
	{"'quoted'", "'''quoted'''", "'''quoted'''"},
	{"", "''", "''"},
	{" lead", "' lead'", "' lead'"},
	{"trail ", "'trail '", "'trail '"},
	{"a\tb", "'a\tb'", "'a\tb'"},
	{"a\rb", `"a\rb"`, `"a\rb"`},
	{"\n", `"\n"`, `"\n"`},
	{"on D:\r", `"on D\x3A\r"`, `"on D\x3A\r"`},
	{"a\n\n", `"a\n\n"`, `"a\n\n"`},
	{"\x00\x1b\u0085\u2028\uFEFF\"\\", `"\x00\x1B\x85\u2028\uFEFF\"\\"`, `"\x00\x1B\x85\u2028\uFEFF\"\\"`},
	{"ä日😀", "ä日😀", "ä日😀"},
	{"one\ntwo\n", "|\n  one\n  two", "|\n  one\n  two"},
	{"one\n two", "|-\n  one\n   two", "|-\n  one\n   two"},
	{"  one\ntwo", "|2-\n    one\n  two", "|2-\n    one\n  two"},
	{"\n\n\tone\n", "|2\n\n\n  \tone", "|2\n\n\n  \tone"},
	{"one\n   ", "|-\n  one\n     ", "|-\n  one\n     "},
}

func TestQuotesOnlyWhereNeeded(t *testing.T) {
	for _, c := range written {
		for _, made := range []struct {
			node *Node
			want string
		}{{NewScalar(c.text), c.asString}, {NewPlain(c.text), c.asPlain}} {
			out := write(t, NewMapping().Set("k", made.node))
			if out != "k: "+made.want+"\n" {
				t.Errorf("%q is written %q, want %q", c.text, out, "k: "+made.want+"\n")
			}
			if got := parse(t, out)[0].Get("k").Text; got != c.text {
				t.Errorf("%q reads back as %q", c.text, got)
			}
		}
	}
}

// TestOtherReadersSeeStrings holds strings to what yaml.v3 decodes: nothing
// that NewScalar makes may become another type, as a value, an item or a key.
func TestOtherReadersSeeStrings(t *testing.T) {
	for _, c := range written {
		out := write(t, NewSequence(NewScalar(c.text), NewMapping().Set(c.text, NewScalar(c.text))))
		var got []any
		if err := yaml.Unmarshal([]byte(out), &got); err != nil {
			t.Errorf("%q: %v", out, err)
			continue
		}
		pair, _ := got[1].(map[string]any)
		if got[0] != c.text || pair[c.text] != c.text {
			t.Errorf("%q is read as %#v", out, got)
		}
	}
}

// FuzzAnyTextSurvives writes any text as item, value, key and comment.
func FuzzAnyTextSurvives(f *testing.F) {
	for _, c := range written {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		doc := NewSequence(NewPlain(text), NewScalar(text), NewMapping().Set(text, NewPlain(text)).Set("k", NewScalar(text)))
		doc.Items[0].Comment = Comment{Head: []string{text}, Line: text}
		inFlow := NewMapping().Set(text, NewPlain(text)).Set("k", NewSequence(NewScalar(text), NewPlain(text)))
		inFlow.Flow = true
		doc.Items = append(doc.Items, inFlow)
		var b strings.Builder
		if err := Write(&b, doc); err != nil {
			if strings.ToValidUTF8(text, "") == text {
				t.Fatal(err)
			}
			return
		}
		again, diags := Parse(source.NewFile("out.yaml", []byte(b.String())))
		if len(diags.All) > 0 || len(again) != 1 {
			t.Fatalf("%q is written\n%s\nand refused: %v", text, b.String(), say(diags.All[0]))
		}
		doc.Items[0].Comment, again[0].Items[0].Comment = Comment{}, Comment{}
		if d := differ(doc, again[0], "$"); d != "" {
			t.Fatalf("%q is written\n%s\nand differs at %s", text, b.String(), d)
		}
	})
}
