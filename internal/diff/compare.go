package diff

import (
	"slices"
	"strings"

	"github.com/reseal/reseal/schema"
)

// comparing is one run of Compare.
type comparing struct {
	ambiguous map[string]bool // pass and component whose name does not tell the architecture
	changes   []Change
}

// path is where the comparison stands.
type path struct {
	passID, pass, component string
	settings                []string
}

// enter is the path of a child.
func (c *comparing) enter(at path, n *node) path {
	switch n.kind {
	case passNode:
		at.passID, at.pass = n.id, n.name
	case componentNode:
		at.component = n.name
		if c.ambiguous[at.passID+"\x00"+strings.ToLower(n.name)] {
			at.component = n.full
		}
	case settingNode:
		label := n.name
		if n.key != "" {
			label += "[" + n.key + "]"
		}
		at.settings = append(slices.Clip(at.settings), label)
	}
	return at
}

func (p path) trail() (labels []string) {
	for _, label := range []string{p.pass, p.component} {
		if label != "" {
			labels = append(labels, label)
		}
	}
	return append(labels, p.settings...)
}

// add notes a change at a path; the nodes are nil on the side that lacks it.
// whole is the length of the trail that both sides have.
func (c *comparing) add(kind Kind, at path, a, b *node, whole int) {
	change := Change{Kind: kind, Pass: at.pass, Component: at.component, Setting: strings.Join(at.settings, "/"), trail: at.trail(), whole: whole}
	if a != nil {
		change.A, change.AtA = a.display(), a.at
	}
	if b != nil {
		change.B, change.AtB = b.display(), b.at
	}
	change.Hidden = kind == Changed && change.A == change.B
	c.changes = append(c.changes, change)
}

// nodes compares two nodes of the same ID; at is their path.
func (c *comparing) nodes(a, b *node, at path) {
	if a.sum == b.sum {
		return
	}
	if a.value != b.value {
		c.add(Changed, at, a, b, len(at.trail()))
	}
	for _, id := range idsOf(a, b) {
		c.groups(a.index[id], b.index[id], at)
	}
}

// idsOf are the groups of two nodes, those of a first; passes and components
// keep their canonical order.
func idsOf(a, b *node) (ids []string) {
	all := slices.Clone(a.groups)
	for _, g := range b.groups {
		if a.index[g.id] == nil {
			all = append(all, g)
		}
	}
	slices.SortStableFunc(all, func(x, y *group) int { return compareRank(x.items[0], y.items[0]) })
	for _, g := range all {
		ids = append(ids, g.id)
	}
	return ids
}

func compareRank(a, b *node) int {
	switch {
	case a.kind != b.kind:
		return int(b.kind) - int(a.kind) // what stands beside passes and components comes first
	case a.kind == passNode:
		return passRank(a) - passRank(b)
	case a.kind == componentNode:
		return strings.Compare(a.id, b.id)
	}
	return 0
}

func passRank(n *node) int {
	if pass, known := schema.ParsePass(n.name); known {
		return int(pass)
	}
	return len(schema.Passes())
}

// groups compares the children of one ID; nil is a side without any.
func (c *comparing) groups(a, b *group, at path) {
	if a == nil {
		c.sequences(nil, b.items, at, false)
		return
	}
	if b == nil {
		c.sequences(a.items, nil, at, false)
		return
	}
	running := a.running && b.running
	if a.numbering == byKeyValue && !running {
		c.keyed(a, b, at)
		return
	}
	c.sequences(a.items, b.items, at, a.numbering == byOrder && !running)
}

// keyed compares items that their wcm:keyValue identifies.
func (c *comparing) keyed(a, b *group, at path) {
	left, right := byNumber(a), byNumber(b)
	done := map[string]bool{}
	for _, items := range [][]*node{a.items, b.items} {
		for _, item := range items {
			if key := item.numberText(); !done[key] {
				done[key] = true
				c.sequences(left[key], right[key], at, false)
			}
		}
	}
}

// byNumber sorts items by their number.
func byNumber(g *group) map[string][]*node {
	out := map[string][]*node{}
	for _, item := range g.items {
		out[item.numberText()] = append(out[item.numberText()], item)
	}
	return out
}

// sequences compares children whose order means something; numbers tells that
// their numbers do as well.
func (c *comparing) sequences(a, b []*node, at path, numbers bool) {
	for _, step := range align(a, b, numbers) {
		switch {
		case step.b < 0:
			c.onOneSide(Removed, a[step.a], at)
		case step.a < 0:
			c.onOneSide(Added, b[step.b], at)
		case step.moved:
			c.moved(a[step.a], b[step.b], step, at)
		default:
			below := c.enter(at, b[step.b])
			if numbers {
				c.numbers(a[step.a].number, b[step.b].number, below)
			}
			c.nodes(a[step.a], b[step.b], below)
		}
	}
}

func (c *comparing) numbers(a, b *node, at path) {
	switch {
	case a == nil && b == nil:
	case b == nil:
		c.onOneSide(Removed, a, at)
	case a == nil:
		c.onOneSide(Added, b, at)
	case a.value != b.value:
		c.add(Changed, c.enter(at, b), a, b, len(at.trail())+1)
	}
}

func (c *comparing) moved(a, b *node, s step, at path) {
	at = c.enter(at, b)
	c.add(Moved, at, a, b, len(at.trail()))
	change := &c.changes[len(c.changes)-1]
	change.A, change.B = place(s.a), place(s.b)
}

// onOneSide notes each value of a node that the other side lacks, or the node
// itself when it holds none that is worth a line.
func (c *comparing) onOneSide(kind Kind, n *node, at path) {
	c.leaves(kind, n, c.enter(at, n), len(at.trail()))
}

func (c *comparing) leaves(kind Kind, n *node, at path, whole int) {
	before := len(c.changes)
	for _, g := range n.groups {
		for _, child := range g.items {
			if child.implied {
				continue
			}
			below := c.enter(at, child)
			if child.number != nil && !g.running && g.numbering == byOrder {
				c.leaves(kind, child.number, c.enter(below, child.number), whole)
			}
			c.leaves(kind, child, below, whole)
		}
	}
	if before < len(c.changes) && n.value == "" {
		return
	}
	one := []*node{n, nil}
	if kind == Added {
		one = []*node{nil, n}
	}
	c.add(kind, at, one[0], one[1], whole)
}
