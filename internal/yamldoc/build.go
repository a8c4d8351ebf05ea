package yamldoc

import (
	"slices"

	"gopkg.in/yaml.v3"

	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/source"
)

// built is a finished node with what its surroundings need to know.
type built struct {
	node       *Node
	start, end int // in the file, anchor and tag included; of an alias, where it stands
	size       int // nodes in it
	height     int // levels in it, 1 for a scalar
}

// mark is a range of the file in which a "#" starts no comment: a scalar, an
// alias, an anchor, a tag.
type mark struct{ start, end int }

func (r *reader) mark(start, end int) {
	if start < end {
		r.marks = append(r.marks, mark{start, end})
	}
}

// node builds a value. Depth is its level, 1 for the root; in is the entry
// that it belongs to, nil for the root.
func (r *reader) node(y *yaml.Node, depth int, in *entry) built {
	start := r.places.at(y.Line, y.Column)
	r.count++
	switch {
	case r.stopped:
		return built{node: &Node{Empty: true, Span: r.span(start, start)}, start: start, end: start, size: 1, height: 1}
	case depth > r.limits.Depth && y.Kind != yaml.ScalarNode && y.Kind != yaml.AliasNode:
		r.stop(overDepth(r.span(start, start), r.limits.Depth))
		return r.node(y, depth, in)
	case r.count > r.limits.Nodes:
		r.stop(overNodes(r.span(start, start), r.limits.Nodes))
		return r.node(y, depth, in)
	case y.Kind == yaml.AliasNode:
		return r.alias(y, start, depth)
	}
	if y.Anchor != "" {
		r.open[y] = true
	}
	var b built
	switch y.Kind {
	case yaml.MappingNode:
		b = r.mapping(y, start, depth, in)
	case yaml.SequenceNode:
		b = r.sequence(y, start, depth, in)
	default:
		b = r.scalar(y, start)
	}
	if y.Style&yaml.TaggedStyle != 0 {
		b.node.Tag = y.Tag
	}
	if y.Anchor != "" {
		delete(r.open, y)
		r.anchors[y] = b
	}
	return b
}

// alias copies the value that an alias stands for.
func (r *reader) alias(y *yaml.Node, start, depth int) built {
	end := min(start+1+len(y.Value), len(r.text))
	r.mark(start, end)
	at := r.span(start, end)
	if r.open[y.Alias] {
		r.add(rule.YamlSyntax.At(at, "the alias *%s stands inside the value that it stands for", y.Value))
		return built{node: &Node{Empty: true, Span: at}, start: start, end: end, size: 1, height: 1}
	}
	target := r.anchors[y.Alias]
	r.count += target.size - 1
	switch {
	case r.count > r.limits.Nodes:
		r.stop(overNodes(at, r.limits.Nodes))
	case depth+target.height-2 > r.limits.Depth:
		r.stop(overDepth(at, r.limits.Depth))
	}
	if r.stopped || target.node == nil {
		return built{node: &Node{Empty: true, Span: at}, start: start, end: end, size: 1, height: 1}
	}
	return built{node: target.node.copyFor(at), start: start, end: end, size: target.size, height: target.height}
}

// copyFor copies a node and all below it for the place of an alias.
func (n *Node) copyFor(alias source.Span) *Node {
	c := *n
	c.Alias = alias
	c.Comment = Comment{}
	c.Pairs = slices.Clone(n.Pairs)
	for i, p := range c.Pairs {
		c.Pairs[i].Key, c.Pairs[i].Value = p.Key.copyFor(alias), p.Value.copyFor(alias)
	}
	c.Items = slices.Clone(n.Items)
	for i, item := range c.Items {
		c.Items[i] = item.copyFor(alias)
	}
	return &c
}

// properties returns the offset behind the anchor and the tag that a value
// starts with, blanks, breaks and comments behind them included, and the
// offset just behind the last of them (start when there is none).
func (r *reader) properties(start int) (content, end int) {
	content, end = start, start
	seen := map[byte]bool{}
	for content < len(r.text) && (r.text[content] == '&' || r.text[content] == '!') && !seen[r.text[content]] {
		seen[r.text[content]] = true
		end = content + 1
		for end < len(r.text) && !isBlank(r.text[end]) && breakAt(r.text, end) == 0 {
			if r.text[content] == '&' && !isNameByte(r.text[end]) {
				break
			}
			end++
		}
		r.mark(content, end)
		content = skipSpace(r.text, end)
	}
	return content, end
}

// isNameByte tells whether a byte may stand in the name of an anchor.
func isNameByte(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '_' || c == '-'
}

func (r *reader) scalar(y *yaml.Node, start int) built {
	content, end := r.properties(start)
	n := &Node{Kind: Scalar, Text: y.Value}
	b := built{node: n, start: start, size: 1, height: 1}
	if y.Value == "" && y.Style&^yaml.TaggedStyle == 0 {
		n.Empty, n.Span, b.end = true, r.span(start, end), end
		return b
	}
	d, ok := r.decode(y, content, n)
	n.Span, n.pieces, b.end = r.span(content, d.end), d.pieces, max(d.end, d.tail)
	if r.isMended(content, d.end) {
		n.Text, ok = string(d.text), true
	}
	n.inexact = !ok
	n.Comment.Line = d.comment
	if n.Style == Plain && len(n.Text) == d.end-content {
		n.pieces = nil
	}
	r.mark(content, b.end)
	if n.Style == DoubleQuoted {
		r.checkBackslashes(n)
	}
	return b
}

// decode finds a scalar's end and where its characters stand.
func (r *reader) decode(y *yaml.Node, at int, n *Node) (decoded, bool) {
	switch {
	case y.Style&yaml.DoubleQuotedStyle != 0:
		n.Style = DoubleQuoted
		d, ok := doubleQuoted(r.file.Text, at)
		return d, ok && string(d.text) == y.Value
	case y.Style&yaml.SingleQuotedStyle != 0:
		n.Style = SingleQuoted
		d, ok := singleQuoted(r.file.Text, at)
		return d, ok && string(d.text) == y.Value
	case y.Style&yaml.LiteralStyle != 0:
		n.Style = Literal
		return block(r.file.Text, at, false, y.Value)
	case y.Style&yaml.FoldedStyle != 0:
		n.Style = Folded
		return block(r.file.Text, at, true, y.Value)
	}
	d, ok := plain(r.text, at, y.Value)
	if r.isMended(at, d.end) {
		d.text = r.file.Text[at:d.end]
	}
	return d, ok
}

func (r *reader) isMended(start, end int) bool {
	i, _ := slices.BinarySearch(r.mended, start)
	return i < len(r.mended) && r.mended[i] < end
}
