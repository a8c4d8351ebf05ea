package answer

import (
	"slices"
	"strings"

	"github.com/reseal/reseal/schema"
)

// Canonical returns the answer file in the order in which Reseal writes it:
// passes in their fixed order (unknown ones last), components by name and then
// architecture, settings in the order that the catalogue prescribes for their
// parent, all else as it stands. Comments and foreign elements go along with
// the child that follows them. f stays as it is; the result shares nodes with
// it and is to be read only.
func Canonical(f *File) *File {
	out := *f
	out.Passes, out.Extra = sorted(f.Passes, f.Extra, comparePasses)
	out.Passes = mapped(out.Passes, canonicalPass)
	return &out
}

func canonicalPass(p *Pass) *Pass {
	out := *p
	out.Components, out.Extra = sorted(p.Components, p.Extra, compareComponents)
	out.Components = mapped(out.Components, canonicalComponent)
	return &out
}

func canonicalComponent(c *Component) *Component {
	known := c.Schema()
	if known == nil {
		return c
	}
	settings := mapped(c.Settings, func(s *Setting) *Setting { return canonicalSetting(known, nil, s) })
	if !slices.Equal(settings, c.Settings) {
		out := *c
		out.Settings = settings
		return &out
	}
	return c
}

func canonicalSetting(c *schema.Component, parent *schema.Setting, s *Setting) *Setting {
	if len(s.Children) == 0 || s.Space != "" {
		return s
	}
	known := c.Child(parent, s.Name)
	if known == nil {
		return s
	}
	children, extra := s.Children, s.Extra
	if len(known.ChildOrder) > 0 {
		children, extra = sorted(children, extra, byChildOrder(known.ChildOrder))
	}
	children = mapped(children, func(child *Setting) *Setting { return canonicalSetting(c, known, child) })
	if slices.Equal(children, s.Children) {
		return s
	}
	out := *s
	out.Children, out.Extra = children, extra
	return &out
}

func comparePasses(a, b *Pass) int { return passRank(a) - passRank(b) }

func passRank(p *Pass) int {
	if id, ok := p.ID(); ok {
		return int(id)
	}
	return len(schema.Passes())
}

func compareComponents(a, b *Component) int {
	if c := strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)); c != 0 {
		return c
	}
	return strings.Compare(strings.ToLower(a.Architecture), strings.ToLower(b.Architecture))
}

// byChildOrder ranks settings by the names of the list; others come last.
func byChildOrder(order []string) func(a, b *Setting) int {
	rank := func(s *Setting) int {
		for i, name := range order {
			if s.Space == "" && strings.EqualFold(name, s.Name) {
				return i
			}
		}
		return len(order)
	}
	return func(a, b *Setting) int { return rank(a) - rank(b) }
}

// mapped applies change to every node, and copies the slice only when a node
// became another one.
func mapped[T comparable](nodes []T, change func(T) T) []T {
	out := nodes
	for i, n := range nodes {
		m := change(n)
		if m == n {
			continue
		}
		if &out[0] == &nodes[0] {
			out = slices.Clone(nodes)
		}
		out[i] = m
	}
	return out
}

// sorted orders children stably and moves each Extra along with the child
// that it stands before. Where text stands between the children nothing is
// moved, as text has no place of its own.
func sorted[T any](children []T, extra []Extra, compare func(a, b T) int) ([]T, []Extra) {
	if slices.IsSortedFunc(children, compare) || slices.ContainsFunc(extra, func(e Extra) bool { return e.Kind == Text }) {
		return children, extra
	}
	from := make([]int, len(children))
	for i := range from {
		from[i] = i
	}
	slices.SortStableFunc(from, func(a, b int) int { return compare(children[a], children[b]) })
	to := make([]int, len(children)+1)
	to[len(children)] = len(children)
	out := make([]T, len(children))
	for i, was := range from {
		out[i], to[was] = children[was], i
	}
	moved := slices.Clone(extra)
	for i := range moved {
		moved[i].Index = to[min(max(moved[i].Index, 0), len(children))]
	}
	slices.SortStableFunc(moved, func(a, b Extra) int { return a.Index - b.Index })
	return out, moved
}
