package yamldoc

import (
	"fmt"
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

func TestParseKeepsPlacesAndComments(t *testing.T) {
	docs := parse(t, "a: &x [x, 'y']  # tr\n# head\nb: *x\n")
	want := `a mapping 1:1-3:6
  a 1:1-1:2 {[] "tr" []}: a list 1:7-1:15
    - "x" 1:8-1:9
    - "y" 1:11-1:14
  b 3:1-3:2 {["head"] "" []}: a list 1:7-1:15 alias@3:4
    - "x" 1:8-1:9 alias@3:4
    - "y" 1:11-1:14 alias@3:4
`
	if len(docs) != 1 || outline(docs[0]) != want {
		t.Errorf("got\n%s", outline(docs[0]))
	}
}
