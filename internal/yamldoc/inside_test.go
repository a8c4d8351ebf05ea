package yamldoc

import (
	"fmt"
	"strings"
	"testing"
)

// TestInsideFindsEachPart looks a part of a text up in the file it was read
// from: from is what stands there.
func TestInsideFindsEachPart(t *testing.T) {
	cases := []struct{ name, value, part, from string }{
		{"plain", "one two", "two", "two"},
		{"plain, a fold", "one\n  two\n\n  three", "e t", "e\n  t"},
		{"plain, behind a fold", "one\n  two\n\n  three", "three", "three"},
		{"plain, an empty line", "one\n  two\n\n  three", "\n", "\n\n  "},
		{"single quotes", "'it''s on'", "on", "on"},
		{"single quotes, the apostrophe", "'it''s on'", "'", "''"},
		{"double quotes, an escape", `"a\tb\u00e9c"`, "\t", `\t`},
		{"double quotes, a part of a character", `"a\tb\u00e9c"`, "\xa9", `\u00e9`},
		{"double quotes, behind escapes", `"a\tb\u00e9c"`, "bé", `b\u00e9`},
		{"double quotes, an escaped break", "\"one\\\n  two\"", "two", "two"},
		{"literal", "|\n  one\n    two\n  three\n", "  two", "  two"},
		{"literal, the last line", "|\n  one\n    two\n  three\n", "three", "three"},
		{"literal, over lines", "|-\n  one\n  two", "e\nt", "e\n  t"},
		{"literal, given indentation", "|2\n    one\n   two\n", " two", " two"},
		{"folded", ">\n  one\n  two\n\n  three\n", "two", "two"},
		{"folded, the fold", ">\n  one\n  two\n\n  three\n", "one two", "one\n  two"},
		{"folded, more indented", ">-\n  one\n\n    two\n  three\n", "  two\nthree", "  two\n  three"},
		{"characters", "'ä日b'", "日b", "日b"},
	}
	for _, c := range cases {
		for _, crlf := range []bool{false, true} {
			text, from := "k: &a "+c.value, c.from
			if crlf {
				text, from = strings.ReplaceAll(text, "\n", "\r\n"), strings.ReplaceAll(from, "\n", "\r\n")
			}
			n := parse(t, text)[0].Get("k")
			at := strings.Index(n.Text, c.part)
			if at < 0 {
				t.Errorf("%s: %q holds no %q", c.name, n.Text, c.part)
				continue
			}
			if got := n.Inside(at, at+len(c.part)).Text(); got != from {
				t.Errorf("%s (CRLF %v): %q is at %q, want %q", c.name, crlf, c.part, got, from)
			}
		}
	}
}

func TestInsideOfNothing(t *testing.T) {
	root := parse(t, "a:\nb: ''\nc: |\nd: [x]\ne: text\n")[0]
	for key, want := range map[string]string{"a": "1:3", "b": "2:5", "c": "3:5", "d": "4:4", "e": "5:4"} {
		inside := root.Get(key).Inside(0, 0)
		at := inside.Position()
		if got := fmt.Sprintf("%d:%d", at.Line, at.Column); got != want || inside.Start != inside.End && key != "d" {
			t.Errorf("%s: %v, want %s", key, at, want)
		}
	}
	e := root.Get("e")
	for _, bad := range [][2]int{{-1, 2}, {3, 2}, {0, 5}} {
		if e.Inside(bad[0], bad[1]) != e.Span {
			t.Errorf("Inside%v must be the whole span", bad)
		}
	}
	if NewScalar("made").Inside(0, 2).Known() {
		t.Error("a node made in code has no place")
	}
	if got := e.Inside(4, 4).Position().Column; got != 8 {
		t.Errorf("the end of the text is at column %d", got)
	}
}
