package diff

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"iter"
	"slices"

	"github.com/reseal/reseal/internal/secret"
	"github.com/reseal/reseal/internal/source"
)

// nodeKind is the part of an answer file that a node stands for.
type nodeKind uint8

const (
	fileNode nodeKind = iota
	passNode
	componentNode
	settingNode // also attributes, packages, foreign elements and other content
)

// node is a part of an answer file reduced to what it means: two of them are
// the same exactly when their sums are.
type node struct {
	kind  nodeKind
	name  string // label in a path
	full  string // of a component: the label with its architecture
	key   string // what identifies an item, as shown; "" for none
	id    string // name and key without regard to case: siblings with the same one can be compared
	value string // reduced to its meaning
	shown string // the value, but masked that of a secret
	at    source.Span

	implied bool  // an attribute that goes without saying where the whole element is new
	number  *node // of a numbered item: its Order or wcm:keyValue
	groups  []*group
	index   map[string]*group // of groups, by ID
	sum     [sha256.Size]byte // of all but the number and the labels
}

// numbering tells what the number of an item means.
type numbering uint8

const (
	unnumbered numbering = iota
	byOrder              // a child element Order: only the sequence counts
	byKeyValue           // a wcm:keyValue: 1 to n make a sequence, others identify
)

// group is the children of a node that are compared with each other.
type group struct {
	id        string
	numbering numbering
	items     []*node // in their sequence, where the numbers make one
	running   bool    // the numbers tell the sequence and nothing else
}

// child adds a node to the group of an ID.
func (n *node) child(id string, numbering numbering, c *node) {
	g := n.index[id]
	if g == nil {
		g = &group{id: id, numbering: numbering}
		n.groups = append(n.groups, g)
		if n.index == nil {
			n.index = map[string]*group{}
		}
		n.index[id] = g
	}
	g.items = append(g.items, c)
}

// longestCommand is the size up to which a value is looked at for passwords.
const longestCommand = 1 << 20

// display is the value as it may be printed: without the passwords of command
// lines, which are a value like any other to the catalogue.
func (n *node) display() string {
	if len(n.shown) > longestCommand {
		return masked
	}
	return secret.Hide(n.shown)
}

// all are the children of a kind.
func (n *node) all(kind nodeKind) iter.Seq[*node] {
	return func(yield func(*node) bool) {
		for _, g := range n.groups {
			for _, c := range g.items {
				if c.kind == kind && !yield(c) {
					return
				}
			}
		}
	}
}

// seal computes the sum once all children are there.
func (n *node) seal() *node {
	h := sha256.New()
	put(h, n.id)
	put(h, n.value)
	byID := slices.Clone(n.groups)
	slices.SortFunc(byID, func(a, b *group) int { return cmp.Compare(a.id, b.id) })
	for _, g := range byID {
		g.settle()
		put(h, g.id)
		g.write(h)
	}
	h.Sum(n.sum[:0])
	return n
}

// write puts all into the sum that compare looks at: the sequence, or items
// with their numbers.
func (g *group) write(h hash.Hash) {
	items := g.items
	if g.numbering == byKeyValue && !g.running {
		items = slices.Clone(items)
		slices.SortStableFunc(items, func(a, b *node) int { return cmp.Compare(a.numberText(), b.numberText()) })
	}
	size(h, len(items))
	for _, item := range items {
		h.Write(item.sum[:])
		if g.numbering != unnumbered && !g.running {
			put(h, item.numberText())
		}
	}
}

// put writes a text so that no two lists of texts look alike.
func put(h hash.Hash, text string) {
	size(h, len(text))
	h.Write([]byte(text))
}

func size(h hash.Hash, n int) { h.Write(binary.BigEndian.AppendUint64(nil, uint64(n))) }

func (n *node) numberText() string {
	if n.number == nil {
		return ""
	}
	return n.number.value
}
