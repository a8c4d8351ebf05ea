package reseal_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// place is a line and a column, counted from 1 as people do.
type place struct{ line, column int }

func (p place) String() string { return fmt.Sprintf("%d:%d", p.line, p.column) }

type form uint8

const (
	scalar form = iota
	mapping
	list
)

// node is a value of a profile that is being made, with its key. Writing it
// notes where both stand.
type node struct {
	key   string // "" for an entry of a list
	form  form
	text  string // of a scalar, unquoted
	below []*node
	row   *setting // what the reference says of it; nil for keys of the language

	keyAt, valueAt place
}

func scalarNode(key, text string) *node { return &node{key: key, text: text} }

func mappingNode(key string, below ...*node) *node {
	return &node{key: key, form: mapping, below: below}
}

// name is where the node's own name stands; an entry of a list has none, so
// that its start counts.
func (n *node) name() place {
	if n.key == "" {
		return n.valueAt
	}
	return n.keyAt
}

func (n *node) value() place { return n.valueAt }

func (n *node) drop(child *node) {
	n.below = slices.DeleteFunc(n.below, func(c *node) bool { return c == child })
}

// child is the node of that key below n, nil when there is none.
func (n *node) child(key string) *node {
	for _, c := range n.below {
		if c.key == key {
			return c
		}
	}
	return nil
}

// clone copies the node with all below it.
func (n *node) clone() *node {
	c := *n
	c.below = nil
	for _, child := range n.below {
		c.below = append(c.below, child.clone())
	}
	return &c
}

// walk calls visit for the node and all below it.
func (n *node) walk(visit func(*node)) {
	visit(n)
	for _, c := range n.below {
		c.walk(visit)
	}
}

// yamlWriter writes nodes in the block style and counts lines and columns.
type yamlWriter struct {
	text strings.Builder
	at   place
}

func writeYAML(n *node) string {
	w := &yamlWriter{at: place{1, 1}}
	w.entries(n, 0)
	return w.text.String()
}

func (w *yamlWriter) put(text string) {
	w.text.WriteString(text)
	if lines := strings.Count(text, "\n"); lines > 0 {
		w.at.line += lines
		w.at.column = 1
		text = text[strings.LastIndexByte(text, '\n')+1:]
	}
	w.at.column += len([]rune(text))
}

// pad brings the writer to the column that an indentation asks for; behind the
// dash of a list it already stands there.
func (w *yamlWriter) pad(indent int) {
	w.put(strings.Repeat(" ", max(0, indent+1-w.at.column)))
}

func (w *yamlWriter) entries(n *node, indent int) {
	for _, c := range n.below {
		w.pad(indent)
		if n.form == list {
			w.put("- ")
			w.node(c, indent)
			continue
		}
		c.keyAt = w.at
		w.put(c.key + ":")
		w.node(c, indent)
	}
}

func (w *yamlWriter) node(n *node, indent int) {
	switch {
	case n.form == scalar || len(n.below) == 0:
		if n.key != "" {
			w.put(" ")
		}
		n.valueAt = w.at
		w.put(n.written() + "\n")
		return
	case n.key != "":
		w.put("\n")
	}
	w.pad(indent + 2)
	n.valueAt = w.at
	w.entries(n, indent+2)
}

var (
	plainWord = regexp.MustCompile(`^[A-Z][a-z]+[0-9]*$`)
	plainData = regexp.MustCompile(`^[A-Za-z0-9/+_-][A-Za-z0-9/+_.-]*$`)
)

// written is a scalar as it stands in the profile. Values that are no text are
// written plainly, texts in quotes unless they are a mere word: so both ways
// are tried, and none of them gives cause for a word on style.
func (n *node) written() string {
	switch {
	case n.form == mapping:
		return "{}"
	case n.form == list:
		return "[]"
	case plainWord.MatchString(n.text):
		return n.text
	case n.row == nil || slices.Contains([]string{"boolean", "enum", "integer", "unsigned", "hex"}, n.row.typ):
		if plainData.MatchString(n.text) {
			return n.text
		}
	}
	return "'" + strings.ReplaceAll(n.text, "'", "''") + "'"
}
