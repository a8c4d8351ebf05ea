package yamldoc

import (
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/source"
)

// seeds are texts that between them use every construct of YAML, valid and not.
var seeds = []string{
	"", "a", "a: 1\n", "\uFEFFa: b\r\nc: d\r\n", "- a\n- - b\n  - c\n", "key:\n- x\n- y: z\n  w: v\n",
	"# head\n\na: 1 # one\n# about b\nb:\n  # about c\n  c: 2\n  # foot of c\n\n# end\n",
	"a: 'it''s'\nb: \"x\\ty\\u00e9\\\n  z\"\nc: plain\n  goes\n\n  on\n", "a: |\n  one\n   two\n\n  three\nb: >-\n  fold\n  ed\n\n  text\n",
	"a: |2\n    x\n   y\nb: |+\n  keep\n\nc: >+\n\n  z\n\n", "a: &x {b: 1, c: [2, 3]}\nd: *x\ne: {<<: *x, c: 4}\nf: {<<: [*x, {z: 1}]}\n",
	"a: !remove\nb: !replace [1, 2]\nc: !!str 5\nd: &q !t\n  e: f\n? long\n: value\n", "---\na: 1\n...\n---\n- b\n# c\n--- |\n text\n",
	"a: [1, 2 # tr\n  , # own\n  3]  # end\nb: {\n  # in\n  c: d\n  # last\n}\n", "a: null\nb: ~\nc:\nd: {}\ne: []\nf: ''\n", "a: [b: c, d]\n",
	"a: [1, 2\n", "a:\n\tb: 1\n", "p: \"C:\\Setup\"\n", "a: b: c\n", "x: @y\nz: *w\n", "a: &a [*a]\n", "a\xffb", "a\x00", "ä: ö # ü\nb: [ß, é]\n",
	"- # c\n  a: 1\n-\n  # h\n  b: 2\n", "%YAML 1.1\n---\na: 1\n", "a: \u0085 b\u2028c\n", "'a b': \"\"\n\"c\\n\": d\n",
	"a: {b: , c: d}\ne: [!t [], &f {g}, *f , ['h,', \"i?\"]] # j\n- k\n", "- {a: [b, {c: 'd: e'}], f: } # g\n- # h\n  [!r i, ? j : k, : l]\n", "# a\n{b: c}\n---\n!t [d]\n",
}

// FuzzParse holds what every caller relies on: no panic, spans inside the file
// and inside those of their parents, and places that carry the text.
func FuzzParse(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		file := source.NewFile("in.yaml", []byte(text))
		docs, diags := Parse(file)
		for _, d := range diags.All {
			checkSpan(t, file, d.Span)
			for _, r := range d.Related {
				checkSpan(t, file, r.Span)
			}
			if d.Fix != nil {
				checkSpan(t, file, d.Fix.Edits[0].Span)
			}
		}
		for _, n := range docs {
			checkNode(t, file, n)
		}
	})
}

func checkSpan(t *testing.T, f *source.File, s source.Span) {
	if s.File != f || s.Start < 0 || s.End < s.Start || s.End > len(f.Text) {
		t.Fatalf("span %d-%d in %d bytes", s.Start, s.End, len(f.Text))
	}
}

func checkNode(t *testing.T, f *source.File, n *Node) {
	checkSpan(t, f, n.Span)
	if n.Kind == Scalar && !n.Empty {
		checkScalar(t, f, n)
	}
	for _, p := range n.Pairs {
		checkNode(t, f, p.Key)
		checkNode(t, f, p.Value)
		checkInside(t, n, p.Key)
		checkInside(t, n, p.Value)
	}
	for _, item := range n.Items {
		checkNode(t, f, item)
		checkInside(t, n, item)
	}
}

func checkInside(t *testing.T, parent, child *Node) {
	if child.Alias.Known() || parent.Alias.Known() {
		return
	}
	if child.Span.Start < parent.Span.Start || child.Span.End > parent.Span.End {
		t.Fatalf("%q: span %d-%d outside its parent's %d-%d", child.Text, child.Span.Start, child.Span.End, parent.Span.Start, parent.Span.End)
	}
}

func checkScalar(t *testing.T, f *source.File, n *Node) {
	raw := n.Span.Text()
	if n.inexact {
		t.Fatalf("%q not found again in %q", n.Text, raw)
	}
	if n.Style == Plain && !strings.ContainsAny(raw, "\r\n") && breaksOf(raw) == 0 && n.Text != raw {
		t.Fatalf("the plain scalar %q reads %q", raw, n.Text)
	}
	checkSpan(t, f, n.Inside(0, len(n.Text)))
	for i := range n.Text {
		one := n.Inside(i, i+1)
		if one.Start < n.Span.Start || one.End > n.Span.End || one.End < one.Start {
			t.Fatalf("byte %d of %q: %d-%d outside %d-%d", i, n.Text, one.Start, one.End, n.Span.Start, n.Span.End)
		}
		if one.End-one.Start == 1 && f.Text[one.Start] != n.Text[i] && f.Text[one.Start] != '\n' && f.Text[one.Start] != '\r' {
			t.Fatalf("byte %d of %q is %q at its place", i, n.Text, f.Text[one.Start])
		}
	}
}

func breaksOf(s string) (n int) {
	for i := range s {
		if breakAt([]byte(s), i) > 0 {
			n++
		}
	}
	return n
}
