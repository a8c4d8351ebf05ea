package compiler

import (
	"slices"
	"strings"

	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/reseal/reseal/schema/answer"
)

// lift takes the setting of a slot out of the passes for a section that says
// the same: nil unless compiling the section puts just this element in just
// this place. A section appends behind what passes hold, with one architecture
// and no attributes, and it makes the containers that are missing.
func (r *raising) lift(at slot, fits func(text string) bool) *raised {
	if r.bare == "" {
		return nil
	}
	for _, p := range r.passes {
		if !strings.EqualFold(p.pass.Name, at.pass.String()) {
			continue
		}
		for _, c := range p.components {
			if !strings.EqualFold(c.component.Name, at.component) || c.component.Architecture != r.bare {
				continue
			}
			leaf := liftFrom(&c.settings, strings.Split(at.path, "/"), fits)
			if leaf == nil {
				return nil
			}
			return &raised{yamldoc.NewScalar(escape(leaf.s.Text)), append(r.prune(p, c, at), leaf.comments...)}
		}
	}
	return nil
}

// liftFrom takes the leaf at the end of a path away, with the containers that
// hold nothing else.
func liftFrom(list *[]*limb, path []string, fits func(text string) bool) *limb {
	i := slices.IndexFunc(*list, func(b *limb) bool { return strings.EqualFold(b.s.Name, path[0]) })
	if i < 0 {
		return nil
	}
	b := (*list)[i]
	last := i == len(*list)-1 && b.s.Name == path[0]
	if len(path) == 1 {
		if !last || !b.plain() || b.known == nil || b.s.Text == "" || !fits(b.s.Text) {
			return nil
		}
		*list = (*list)[:i]
		return b
	}
	before := b.settings
	leaf := liftFrom(&b.settings, path[1:], fits)
	if leaf == nil || len(b.settings) > 0 || len(b.s.Attributes)+len(b.pieces)+len(b.s.Text) > 0 {
		return leaf
	}
	if !last {
		b.settings = before
		return nil
	}
	*list = (*list)[:i]
	leaf.comments = slices.Concat(b.comments, leaf.comments, b.waiting)
	return leaf
}

// prune drops a component, and then its pass, when a section makes the same
// anew, and returns the comments that stood above.
func (r *raising) prune(p *passLimb, c *componentLimb, at slot) (comments []string) {
	made := newComponent(at.component, r.bare, answer.Spans{})
	if len(c.settings)+len(c.pieces)+len(p.pieces) > 0 || !sameAttributes(c.component.Attributes, made.Attributes) {
		return nil
	}
	p.components = slices.DeleteFunc(p.components, func(other *componentLimb) bool { return other == c })
	comments = append(c.comments, c.waiting...)
	counted := slices.ContainsFunc(r.root.pieces, func(piece *piece) bool { return !piece.last })
	if len(p.components)+len(p.pass.Attributes) > 0 || p.pass.Name != at.pass.String() || counted {
		return comments
	}
	r.passes = slices.DeleteFunc(r.passes, func(other *passLimb) bool { return other == p })
	return slices.Concat(p.comments, comments, p.waiting)
}

// sameAttributes compares without regard to order.
func sameAttributes(a, b []answer.Attribute) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a, func(x answer.Attribute) bool {
		return !slices.ContainsFunc(b, func(y answer.Attribute) bool { return sameAttribute(x, y) })
	})
}

func sameAttribute(a, b answer.Attribute) bool {
	return a.Space == b.Space && a.Name == b.Name && a.Value == b.Value
}

// raiseSlot makes a section of a setting that has one, where it can be lifted.
func (r *raising) raiseSlot(section string, at slot, fits func(text string) bool) {
	if found := r.lift(at, fits); found != nil {
		r.set(section, found.node, found.comments...)
	}
}
