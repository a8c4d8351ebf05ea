package compiler

import (
	"cmp"
	"slices"
	"strings"

	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/reseal/reseal/schema/answer"
)

// raisePasses writes what no other section has taken.
func raisePasses(r *raising) {
	m := yamldoc.NewMapping()
	if root := r.file.Root; root != "" && root != "unattend" {
		m.Set(nameKey, yamldoc.NewScalar(root))
	}
	attributes := attributesNode(r.file.Attributes, nil)
	if own := r.own(); own != answer.Namespace {
		attributes.Pairs = slices.Insert(attributes.Pairs, 0, yamldoc.Pair{Key: yamldoc.NewScalar("xmlns"), Value: yamldoc.NewScalar(escape(own))})
	}
	if len(attributes.Pairs) > 0 {
		m.Set(attrKey, attributes)
	}
	for _, p := range r.passes {
		m.Set(p.pass.Name, r.pass(p))
		above(m, p.comments)
	}
	r.entries(inRoot, r.root.pieces)
	if len(m.Pairs) > 0 {
		r.set("passes", m)
	}
}

func (r *raising) pass(p *passLimb) *yamldoc.Node {
	m := yamldoc.NewMapping()
	if attributes := attributesNode(p.pass.Attributes, nil); len(attributes.Pairs) > 0 {
		m.Set(attrKey, attributes)
	}
	for _, c := range p.components {
		m.Set(c.key, r.component(c, p.pass.Name))
		above(m, c.comments)
	}
	r.entries(p.pass.Name, p.pieces)
	return finished(m, &p.gathering, &p.comments)
}

func (r *raising) component(c *componentLimb, pass string) *yamldoc.Node {
	at := pass + "/" + c.component.Name
	if r.bare == "" {
		at += "@" + c.component.Architecture
	}
	m := componentSpecial(c, r.bare)
	r.children(m, nil, c.settings, at)
	r.entries(at, c.pieces)
	return finished(m, &c.gathering, &c.comments)
}

// finished is the mapping, or an empty text for none. Comments behind the last
// child go below it; where there is none they go above the key.
func finished(m *yamldoc.Node, g *gathering, keyComments *[]string) *yamldoc.Node {
	if len(m.Pairs) == 0 {
		*keyComments = append(*keyComments, g.comments()...)
		return yamldoc.NewScalar("")
	}
	under(m, g.comments())
	return m
}

// componentSpecial tells how the attributes of a component differ from those
// that every component has; bare is the architecture behind a bare name.
func componentSpecial(c *componentLimb, bare string) *yamldoc.Node {
	m := yamldoc.NewMapping()
	_, architecture, literal := strings.Cut(c.key, "@")
	if !literal {
		architecture = cmp.Or(bare, fallbackArchitecture)
	}
	implied := newComponent(c.component.Name, architecture, answer.Spans{})
	var omit []string
	for _, a := range implied.Attributes {
		if literalAttribute(c.component, a.Name) == nil {
			omit = append(omit, a.Name)
		}
	}
	setOmit(m, omit)
	attributes := attributesNode(c.component.Attributes, func(a answer.Attribute) bool {
		return slices.ContainsFunc(implied.Attributes, func(b answer.Attribute) bool { return sameAttribute(a, b) })
	})
	if len(attributes.Pairs) > 0 {
		m.Set(attrKey, attributes)
	}
	return m
}
