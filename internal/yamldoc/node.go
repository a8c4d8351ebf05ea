// Package yamldoc reads YAML into nodes that know their spans and writes
// nodes back with their comments. It is the only shipped user of yaml.v3.
package yamldoc

import (
	"sort"

	"github.com/reseal/reseal/internal/source"
)

// Kind is the kind of a node.
type Kind uint8

const (
	Scalar Kind = iota
	Mapping
	Sequence
)

// String names the kind as messages do: "a scalar", "a mapping", "a list".
func (k Kind) String() string { return [...]string{"a scalar", "a mapping", "a list"}[k] }

// Style is how a scalar is written.
type Style uint8

const (
	Plain Style = iota
	SingleQuoted
	DoubleQuoted
	Literal // |
	Folded  // >
)

// Node is one YAML value. Aliases are expanded (bounded by the limits) and
// merge keys are applied, so a Node never stands for either.
type Node struct {
	Kind  Kind
	Style Style  // of a scalar
	Text  string // of a scalar: the text that was typed, unquoted and unfolded; a plain scalar's text is never reinterpreted
	Tag   string // explicit tag such as "!replace", "" for none
	Pairs []Pair // of a mapping, in the author's order; merged pairs last
	Items []*Node
	Flow  bool // of a mapping or list: stands in braces or brackets without a comment between them; Write keeps that where one line can hold it

	Empty bool // a scalar with no text at all: "key:" or "- "

	Span    source.Span // the value from its first to its last byte, quotes and indicator included
	Alias   source.Span // where the alias stands that brought the node here; unknown for none
	Comment Comment

	pieces  []piece // maps offsets of Text to offsets of the file; nil = one to one from Span.Start (plain) or no text
	inexact bool    // Text could not be found again in the file, so there is no mapping
	typed   *typed  // in the trees of Format alone: what was typed and Write has no form for
}

// Pair is one entry of a mapping.
type Pair struct {
	Key    *Node // always a scalar
	Value  *Node
	Merged bool // came through a merge key
}

// Span is the whole entry, from the key to the end of the value.
func (p Pair) Span() source.Span {
	s := p.Key.Span
	if p.Value.Span.File == s.File && p.Value.Span.End > s.End && !p.Value.Alias.Known() {
		s.End = p.Value.Span.End
	}
	return s
}

// Comment holds the comments of a node, without "#" and the blank behind it.
// Those of a pair stand on its key, but for Line, which stands on a value that
// fits the key's line; those of a list's item stand on the item. A line that
// is Blank stands for an empty line, so that paragraphs stay apart.
type Comment struct {
	Head []string // lines above
	Line string   // behind it on the same line
	Foot []string // lines below the last part of a mapping or list
}

// Blank in the lines of a Comment is an empty line of the file, not an empty
// comment.
const Blank = "\n"

// Get returns the value of a key, nil when the node is no mapping or has none.
func (n *Node) Get(key string) *Node {
	if n == nil {
		return nil
	}
	for _, p := range n.Pairs {
		if p.Key.Text == key {
			return p.Value
		}
	}
	return nil
}

// Keys returns the keys of a mapping in its order.
func (n *Node) Keys() []string {
	if n == nil {
		return nil
	}
	keys := make([]string, len(n.Pairs))
	for i, p := range n.Pairs {
		keys[i] = p.Key.Text
	}
	return keys
}

// Inside maps the bytes [start, end) of Text to the file. A part of an escape
// or of a folded line break counts as the whole of it. A node that is no
// scalar, or was not read from a file, answers with its whole span.
func (n *Node) Inside(start, end int) source.Span {
	if n.Kind != Scalar || !n.Span.Known() || n.Empty || start < 0 || end < start || end > len(n.Text) || n.inexact {
		return n.Span
	}
	if n.pieces == nil && n.Style == Plain {
		return source.Span{File: n.Span.File, Start: n.Span.Start + start, End: n.Span.Start + end}
	}
	from, _ := n.locate(start)
	to := from
	if end > start {
		_, to = n.locate(end - 1)
	}
	limit := n.Span.End
	return source.Span{File: n.Span.File, Start: min(from, limit), End: min(max(from, to), limit)}
}

// locate returns the bytes of the file that stand for one byte of Text; behind
// the last byte it is the place behind the text.
func (n *Node) locate(offset int) (from, to int) {
	i := sort.Search(len(n.pieces), func(i int) bool { return n.pieces[i].text > offset }) - 1
	if i < 0 { // an empty text between quotes, or an empty block
		at := min(n.Span.Start+1, n.Span.End)
		return at, at
	}
	p := n.pieces[i]
	if p.size == 0 {
		from = p.file + offset - p.text
		return from, from + 1
	}
	if offset == len(n.Text) {
		return p.file + p.size, p.file + p.size
	}
	return p.file, p.file + p.size
}

// piece tells where the bytes of Text from an offset on stand in the file: one
// to one, or, when size is set, all of them for size bytes of the file.
type piece struct{ text, file, size int }
