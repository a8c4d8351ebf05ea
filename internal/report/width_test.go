package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/source"
)

func TestColumnsOfATerminal(t *testing.T) {
	for text, want := range map[string]int{
		"": 0, "plain": 5, "zwölf": 5, "東京": 4, "한글": 4, "ﾊﾝｶｸ": 4, "ＡＢ": 4, "😀": 2, "e\u0301": 1, "❤\ufe0f": 1, "Ελ": 2, "�": 1, "…": 1, "𠀀": 2,
	} {
		if got := columns(text); got != want {
			t.Errorf("%q takes %d columns, want %d", text, got, want)
		}
	}
}

func TestWideRangesAreInOrder(t *testing.T) {
	last := rune(0)
	for _, r := range wide {
		if r[0] <= last || r[1] < r[0] {
			t.Errorf("%x is out of order", r)
		}
		last = r[1]
	}
}

// The marks stand below the span in columns, not in characters; a hidden
// character is one asterisk wide.
func TestMarksStandBelowWideCharacters(t *testing.T) {
	for _, c := range []struct{ line, span, marks string }{
		{"owner: 東京 bad", "bad", "            ^~~"},
		{"owner: 東京 bad", "東京", "       ^~~~"},
		{"a: 😀 bad", "bad", "      ^~~"},
		{"a: e\u0301 bad", "bad", "     ^~~"},
		{"\ta: 東 bad", "bad", "\t      ^~~"},
		{"a: 秘密 bad", "bad", "      ^~~"},
		{"a: 秘密 bad", "秘密", "   ^~"},
	} {
		f := source.NewFile("a.yaml", []byte(c.line))
		if at := strings.Index(c.line, "秘密"); at >= 0 {
			source.Span{File: f, Start: at, End: at + len("秘密")}.Hide()
		}
		start := strings.Index(c.line, c.span)
		var l diag.List
		l.Add(&diag.Diagnostic{Rule: "r", Message: "m", Span: source.Span{File: f, Start: start, End: start + len(c.span)}})
		var b bytes.Buffer
		if err := writeText(&b, &l, Summary{Files: 1}, Style{}); err != nil {
			t.Fatal(err)
		}
		if got := strings.TrimPrefix(strings.Split(b.String(), "\n")[2], "      | "); got != c.marks {
			t.Errorf("%s, %s: marks %q, want %q", c.line, c.span, got, c.marks)
		}
	}
}
