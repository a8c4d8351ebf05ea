// Package yamldoc reads YAML into nodes that know their spans and writes
// nodes back with their comments. It is the only shipped user of yaml.v3.
package yamldoc

import "github.com/reseal/reseal/internal/source"

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

	Empty bool // a scalar with no text at all: "key:" or "- "

	Span    source.Span // the value from its first to its last byte, quotes and indicator included
	Alias   source.Span // where the alias stands that brought the node here; unknown for none
	Comment Comment

	pieces []piece // maps offsets of Text to offsets of the file; nil = one to one from Span.Start
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
type Comment struct {
	Head []string // lines above
	Line string   // behind it on the same line
	Foot []string // lines below, before a blank line
}

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

type piece struct{ text, file int } // from this offset of Text on, bytes stand at this offset of the file
