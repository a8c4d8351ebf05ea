package yamldoc

import (
	"bytes"
	"errors"
	"strings"

	"gopkg.in/yaml.v3"
)

var errRefused = errors.New("the formatted text is refused")

// layouting builds trees that still know aliases and merge keys. The text is
// known to be fine, so nothing is checked again.
type layouting struct {
	*reader
	folds    bool // folded blocks keep their lines
	comments []string
}

func (l *layouting) documents() (docs []*Node) {
	trees, err := readTrees(bytes.NewReader(l.text))
	if err != nil {
		return nil
	}
	from := 0
	for i, tree := range trees {
		l.entries, l.marks = l.entries[:0], l.marks[:0]
		root := l.node(tree.Content[0], nil)
		to := len(l.text)
		if i+1 < len(trees) {
			to = l.documentStart(root.end)
		}
		(&attaching{reader: l.reader, root: root}).run(from, to)
		l.collect(from, to)
		from = to
		if !root.node.Empty || root.node.Tag != "" {
			docs = append(docs, root.node)
		}
	}
	return docs
}

// collect notes the comments of one document; the marks are sorted by now.
func (l *layouting) collect(from, to int) {
	mark := 0
	for i := from; i < to; {
		for mark < len(l.marks) && l.marks[mark].end <= i {
			mark++
		}
		switch {
		case mark < len(l.marks) && l.marks[mark].start <= i:
			i = l.marks[mark].end
		case l.text[i] == '#':
			end := lineEnd(l.text, i)
			l.comment(string(l.text[i:end]))
			i = end
		default:
			i++
		}
	}
}

// comment notes the parts of a comment: two that are joined on one line are
// still the same parts.
func (l *layouting) comment(text string) {
	for part := range strings.SplitSeq(text, "#") {
		if part = strings.TrimSpace(part); part != "" {
			l.comments = append(l.comments, part)
		}
	}
}

func (l *layouting) node(y *yaml.Node, in *entry) built {
	start := l.places.at(y.Line, y.Column)
	if y.Kind == yaml.AliasNode {
		end := min(start+1+len(y.Value), len(l.text))
		l.mark(start, end)
		n := &Node{Span: l.span(start, end), typed: &typed{text: "*" + y.Value}}
		return built{node: n, start: start, end: end}
	}
	var b built
	switch y.Kind {
	case yaml.MappingNode:
		b = l.mapping(y, start, in)
	case yaml.SequenceNode:
		b = l.sequence(y, start, in)
	default:
		b = l.scalar(y, start)
		l.keepFolds(b.node)
	}
	if y.Style&yaml.TaggedStyle != 0 {
		b.node.Tag = y.Tag
	}
	if y.Anchor != "" {
		if b.node.typed == nil {
			b.node.typed = &typed{}
		}
		b.node.typed.anchor = "&" + y.Anchor
	}
	return b
}

func (l *layouting) mapping(y *yaml.Node, start int, in *entry) built {
	n := &Node{Kind: Mapping, Flow: y.Style&yaml.FlowStyle != 0}
	content, flow := l.mappingStart(y, start)
	b := built{node: n, start: start, end: content}
	if flow {
		b.end++
	}
	n.Span = l.span(content, b.end)
	for i := 0; i+1 < len(y.Content); i += 2 {
		e := l.enter(entry{owner: in, container: n, flow: n.Flow})
		key := l.node(y.Content[i], e)
		if y.Content[i].Tag == "!!merge" {
			key.node.typed = &typed{text: "<<"}
		}
		e.start, e.key = l.questionMark(key.start), key.node
		value := l.node(y.Content[i+1], e)
		l.placeEmpty(&value, key.end)
		e.value, e.valueAt = value.node, value.start
		b.end = max(b.end, value.end)
		n.Pairs = append(n.Pairs, Pair{Key: key.node, Value: value.node})
	}
	if flow {
		b.end = l.close(b.end, '}')
	}
	n.Span = l.span(content, max(b.end, content))
	return b
}

func (l *layouting) sequence(y *yaml.Node, start int, in *entry) built {
	flow := y.Style&yaml.FlowStyle != 0
	n := &Node{Kind: Sequence, Flow: flow}
	content, _ := l.properties(start)
	b := built{node: n, start: start, end: content}
	if flow {
		b.end++
	}
	n.Span = l.span(content, b.end)
	for _, child := range y.Content {
		e := l.enter(entry{owner: in, container: n, flow: flow, start: skipSpace(l.text, b.end)})
		item := l.node(child, e)
		if flow {
			e.start = item.start
		}
		e.value, e.valueAt = item.node, item.start
		b.end = max(b.end, item.end)
		n.Items = append(n.Items, item.node)
	}
	if flow {
		b.end = l.close(b.end, ']')
	}
	n.Span = l.span(content, max(b.end, content))
	return b
}

// keepFolds notes the lines of a folded block, unless blanks at their starts or
// empty lines at the end mean something: those are better seen in the form that
// Write gives them.
func (l *layouting) keepFolds(n *Node) {
	if !l.folds || n.Style != Folded || strings.TrimSpace(n.Text) == "" {
		return
	}
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(n.Span.Text()), "\n")
	header, lines := ">", lines[1:]
	switch {
	case !strings.HasSuffix(n.Text, "\n"):
		header = ">-"
	case strings.HasSuffix(n.Text, "\n\n"):
		return
	}
	indent := strings.Repeat(" ", max(len(lines[0])-len(strings.TrimLeft(lines[0], " ")), 1))
	for i, line := range lines {
		inner, ok := strings.CutPrefix(line, indent)
		switch {
		case strings.TrimLeft(line, " ") == "" && i > 0:
			inner = ""
		case !ok || inner != strings.TrimSpace(inner) || strings.Contains(inner, "\u0085") || !printable(inner, "\t"):
			return
		}
		lines[i] = inner
	}
	n.typed = &typed{header: header, lines: lines}
}
