package yamldoc

import (
	"fmt"
	"testing"

	"github.com/reseal/reseal/internal/source"
)

func TestPlacesCountAsTheParserDoes(t *testing.T) {
	text := "\uFEFFaä\nb\r\nc\rd\u0085e\u2028f\u2029g"
	p := newPlaces([]byte(text))
	cases := []struct {
		line, column int
		want         string // what the rest of the text starts with
	}{
		{1, 1, "a"}, {1, 2, "ä"}, {1, 3, "\n"}, {2, 1, "b"}, {3, 1, "c"}, {4, 1, "d"}, {5, 1, "e"}, {6, 1, "f"}, {7, 1, "g"},
		{1, 2, "ä"}, {1, 1, "a"}, {0, 0, "a"}, {9, 1, "g"}, {7, 99, ""},
	}
	for _, c := range cases {
		at := p.at(c.line, c.column)
		if rest := text[at:]; len(rest) < len(c.want) || rest[:len(c.want)] != c.want || c.want == "" && rest != "" {
			t.Errorf("%d:%d is before %q, want %q", c.line, c.column, rest, c.want)
		}
	}
	for at, want := range map[int]int{0: 0, 3: 0, 6: 0, 7: 1, len(text): 6} {
		if got := p.lineOf(at); got != want {
			t.Errorf("offset %d is on line %d, want %d", at, got, want)
		}
	}
}

func TestSkipSpacePassesComments(t *testing.T) {
	for text, want := range map[string]string{
		" \t\r\n x": "x", "# c\n# d\n  - a": "- a", "": "", "  ": "", "# c": "", "\u0085\u2028y": "y", "z": "z",
	} {
		if got := text[skipSpace([]byte(text), 0):]; got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}

func TestEscapes(t *testing.T) {
	for text, want := range map[string]struct {
		text string
		size int
	}{
		`\n`: {"\n", 2}, `\0x`: {"\x00", 2}, `\"`: {`"`, 2}, `\\`: {`\`, 2}, `\_`: {"\u00A0", 2}, `\N`: {"\u0085", 2}, `\L`: {"\u2028", 2}, `\P`: {"\u2029", 2}, `\e`: {"\x1b", 2},
		`\x41B`: {"A", 4}, `\u00e9`: {"é", 6}, `\U0001F600`: {"😀", 10},
		`\`: {}, `\x4`: {}, `\xZZ`: {}, `\u00e`: {}, `\ud800`: {}, `\U00110000`: {}, `\S`: {}, `\/`: {}, `\x+1`: {},
	} {
		if got, size := escape([]byte(text)); got != want.text || size != want.size {
			t.Errorf("%s is %q in %d bytes, want %q in %d", text, got, size, want.text, want.size)
		}
	}
}

// TestBlocks reads block scalars whose indentation or end is hard to tell, and
// looks for the text's last byte in the file.
func TestBlocks(t *testing.T) {
	cases := []struct{ text, want, end string }{
		{"a: |\nb: 1\n", "", "1:5"},
		{"a:\n  b: |\n  c: 1\n", "", "2:7"},
		{"a: |+\n\n\nb: 1\n", "\n\n", "1:6"},
		{"a: >-\n\n  x\n\n\nb: 1\n", "\nx", "3:4"},
		{"a: |1\n  x\n y\n", " x\ny\n", "3:3"},
		{"a:\n    b: |2-\n        x\n      y\n", "  x\ny", "4:8"},
		{"- - |2\n      x\n    y\n", "  x\ny\n", "3:6"},
		{"a: | # c\n  x", "x", "2:4"},
		{"a: |-9\n            x\n", "   x", "2:14"},
		{"a: >\n  x\n   y\n  z\n\n   w\n", "x\n y\nz\n\n w\n", "6:5"},
		{"a: >\n  x\n\ty\n", "x\n", "2:4"},
		{"a: |\n  \tx\n", "\tx\n", "2:5"},
		{"a: |\n\n     \n  x\n", "\n\nx\n", ""},
	}
	for _, c := range cases {
		docs, diags := Parse(source.NewFile("in.yaml", []byte(c.text)))
		if len(diags.All) > 0 { // some of these are no YAML: then nothing may be claimed
			if len(docs) > 0 {
				t.Errorf("%q: refused, and yet a document", c.text)
			}
			continue
		}
		n := docs[0]
		for n.Kind != Scalar {
			if n.Kind == Mapping {
				n = n.Pairs[0].Value
			} else {
				n = n.Items[0]
			}
		}
		end := n.Span.EndPosition()
		if got := fmt.Sprintf("%d:%d", end.Line, end.Column); n.Text != c.want || n.inexact || c.end != "" && got != c.end {
			t.Errorf("%q: %q to %s (inexact %v), want %q to %s", c.text, n.Text, got, n.inexact, c.want, c.end)
		}
	}
}
