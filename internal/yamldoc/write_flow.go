package yamldoc

import (
	"strings"
	"unicode/utf8"
)

// widest is how many columns a line may have, up to its closing bracket, that
// holds a mapping or list in flow style.
const widest = 120

// flow writes a mapping or list in flow style and ends the line, or writes
// nothing where block style is due. before is what separates it from the text
// in front, anchor and tag included.
func (p *printer) flow(n *Node, before, comment string) bool {
	if !n.Flow || len(n.Pairs)+len(n.Items) == 0 {
		return false
	}
	f := flowing{room: widest - p.column()}
	if !f.add(before) || !f.collection(n) {
		return false
	}
	p.text(f.out.String(), lineComment(comment), "\n")
	return true
}

// column is how many characters the present line has so far.
func (p *printer) column() int {
	text := p.out.String()
	return utf8.RuneCountInString(text[strings.LastIndexByte(text, '\n')+1:])
}

// flowing builds the text of a collection in flow style. Its functions give up
// with false at the first thing that one line cannot hold, so that no nesting
// makes them costly.
type flowing struct {
	out  strings.Builder
	room int // columns left
}

func (f *flowing) add(text string) bool {
	f.room -= utf8.RuneCountInString(text)
	f.out.WriteString(text)
	return f.room >= 0
}

// collection writes all of a mapping or list but its comments, anchor and tag.
func (f *flowing) collection(n *Node) bool {
	switch {
	case n.Kind == Mapping && len(n.Pairs) == 0:
		return f.add("{}")
	case n.Kind == Mapping:
		return f.add("{ ") && f.pairs(n.Pairs) && f.add(" }")
	}
	return f.add("[") && f.items(n.Items) && f.add("]")
}

func (f *flowing) pairs(pairs []Pair) bool {
	for i, pair := range pairs {
		if i > 0 && !f.add(", ") {
			return false
		}
		if !fitsLine(pair.Key) || !f.add(keyText(pair.Key, inFlow)+":") {
			return false
		}
		if pair.Value.Empty && bare(pair.Value) {
			if i+1 < len(pairs) && !f.add(" ") { // a comma at once would belong to the key
				return false
			}
			continue
		}
		if !f.add(" ") || !f.value(pair.Value) {
			return false
		}
	}
	return true
}

func (f *flowing) items(items []*Node) bool {
	for i, item := range items {
		if i > 0 && !f.add(", ") {
			return false
		}
		if !f.value(item) {
			return false
		}
	}
	return true
}

// value writes a value with its anchor and tag. One without text has no form
// here that all readers take: only behind a key can it be left out.
func (f *flowing) value(n *Node) bool {
	if !fitsLine(n) || n.Empty && n.typed.asIs() == "" {
		return false
	}
	if before := properties(n); before != "" && !f.add(before[1:]+" ") {
		return false
	}
	switch {
	case n.typed.asIs() != "":
		return f.add(n.typed.asIs())
	case n.Kind != Scalar:
		return f.collection(n)
	}
	return f.add(inFlow(n.Text, n.Style))
}

// fitsLine tells whether a node, apart from its width and its parts, can stand
// on one line with others.
func fitsLine(n *Node) bool {
	c := n.Comment
	return len(c.Head)+len(c.Foot) == 0 && c.Line == "" && !strings.Contains(n.Text, "\n") && !n.typed.folds() && utf8.ValidString(n.Text)
}

// bare tells whether nothing at all is written for a node without text.
func bare(n *Node) bool { return fitsLine(n) && properties(n) == "" && n.typed.asIs() == "" }
