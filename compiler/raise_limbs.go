package compiler

import (
	"slices"
	"strconv"
	"strings"

	"github.com/reseal/reseal/internal/xmldoc"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// settings sorts the children of a component or, with up, of a setting. The
// limbs come in the order that compiling gives: those of one name stand behind
// the first of it.
func settings(g *gathering, up *limb, c *schema.Component, children []*answer.Setting, extra []answer.Extra, depth int) []*limb {
	var kept []*limb
	names := map[string]bool{}
	inDocumentOrder(children, extra, func(s *answer.Setting) {
		child := &limb{s: s, in: c}
		if c != nil && (up == nil || up.known != nil) && s.Space == "" {
			child.known = c.Child(up.setting(), s.Name)
		}
		if up != nil {
			child.servicing = up.servicing.below()
		}
		if reason := child.refused(up, names, depth); reason != "" {
			g.add(reason, s.Whole, xmldoc.Fragment{Settings: []*answer.Setting{s}})
			return
		}
		names[s.Name] = true
		child.comments = g.take()
		child.grow(depth + 1)
		kept = append(kept, child)
	}, g.extra)
	order := byName(kept, len(g.pieces) == 0)
	above := up.setting()
	g.settle(together(kept, order, above != nil && len(above.ChildOrder) > 0))
	numberLimbs(order)
	return order
}

// setting is what the catalogue says of the setting above, nil for none.
func (b *limb) setting() *schema.Setting {
	if b == nil {
		return nil
	}
	return b.known
}

// refused tells why an element has no form of its own below up, "" when it has
// one.
func (b *limb) refused(up *limb, names map[string]bool, depth int) Reason {
	above := up.setting()
	switch {
	case b.s.Space != "":
		return ForeignNamespace
	case b.servicing != elsewhere:
		return b.refusedInPackages(names)
	case above != nil && !above.Container():
		return InsideValue
	case above != nil && b.known == nil && isPasswordGroup(b.in, above):
		return BesidePassword
	case names[b.s.Name] && b.known != nil && b.known.Kind != schema.Item:
		return Duplicate
	case depth >= deepest:
		return TooDeep
	}
	return ""
}

// grow sorts what the element holds.
func (b *limb) grow(depth int) {
	b.settings = settings(&b.gathering, b, b.in, b.s.Children, b.s.Extra, depth)
	if len(b.settings) == 0 { // a comment inside a value has no better place than above it
		b.comments = append(b.comments, b.gathering.comments()...)
	}
}

// byName puts limbs of the same name behind the first of them, and the entries
// of a list whose Order can be left out in that order. They stay as they are
// where something else stands among them: a template may have its conditions
// there.
func byName(kept []*limb, alone bool) []*limb {
	groups := map[string][]*limb{}
	var names []string
	for _, b := range kept {
		if groups[b.s.Name] == nil {
			names = append(names, b.s.Name)
		}
		groups[b.s.Name] = append(groups[b.s.Name], b)
	}
	ordered := 0
	for _, name := range names {
		if k := groups[name][0].known; k != nil && k.Key == "Order" {
			ordered++
		}
	}
	var out []*limb
	for _, name := range names {
		if group := groups[name]; ordered == 1 {
			leaveOrderOut(group, alone)
		}
		out = append(out, groups[name]...)
	}
	return out
}

// leaveOrderOut sorts the entries of a list by Order, where it says no more
// than their sequence does then. Entries that are not alone are not moved.
func leaveOrderOut(entries []*limb, alone bool) {
	orders := map[*limb]int{}
	seen := map[int]bool{}
	for _, b := range entries {
		n, ok := b.order()
		if !ok || seen[n] {
			return
		}
		orders[b], seen[n] = n, true
	}
	byOrder := func(a, b *limb) int { return orders[a] - orders[b] }
	if !alone && !slices.IsSortedFunc(entries, byOrder) {
		return
	}
	slices.SortStableFunc(entries, byOrder)
	for _, b := range entries {
		b.unsaid = true
	}
}

// order is the Order of an entry that could be left out: compiling would put
// just this element, with some number, in front of the others.
func (b *limb) order() (n int, ok bool) {
	if b.known == nil || b.known.Kind != schema.Item || b.known.Key != "Order" || len(b.settings) < 2 || b.settings[0].s.Name != "Order" {
		return 0, false
	}
	first := b.settings[0]
	for _, other := range b.s.Children {
		if other != first.s && strings.EqualFold(other.Name, "Order") {
			return 0, false
		}
	}
	n, err := strconv.Atoi(first.s.Text)
	return n, err == nil && n >= 1 && strconv.Itoa(n) == first.s.Text && first.plain()
}

// plain tells whether an element is a text and nothing else.
func (b *limb) plain() bool {
	return len(b.s.Attributes)+len(b.settings)+len(b.pieces) == 0
}

// together tells for each number of limbs, in the order of the file, how many
// stand in front of what follows them when they are in another order: behind
// all of them, and so where it was if nothing has moved. Where the catalogue
// prescribes an order, what follows belongs to the next limb, and all of the
// same name as those before it stand in front.
func together(kept, order []*limb, prescribed bool) []int {
	index := make(map[*limb]int, len(order))
	last := map[string]int{}
	for i, b := range order {
		index[b], last[b.s.Name] = i, i
	}
	before := make([]int, 1, len(kept)+1)
	for i, b := range kept {
		at := index[b]
		if prescribed {
			at = last[b.s.Name]
		}
		before = append(before, max(before[i], at+1))
	}
	return before
}

func numberLimbs(order []*limb) {
	count := map[string]int{}
	for _, b := range order {
		name := strings.ToLower(b.s.Name)
		count[name]++
		b.number = count[name]
	}
}

// part is the element's name in a place of verbatim.
func (b *limb) part() string {
	if b.number == 1 {
		return b.s.Name
	}
	return b.s.Name + "[" + strconv.Itoa(b.number) + "]"
}
