package compiler

import (
	"strings"

	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/reseal/reseal/schema/answer"
)

// servicingDepth tells how far below the servicing element a limb stands.
type servicingDepth uint8

const (
	elsewhere servicingDepth = iota
	servicingItself
	aPackage
	aPackagePart
)

// below is the depth of a child.
func (d servicingDepth) below() servicingDepth {
	if d == elsewhere {
		return elsewhere
	}
	return d + 1
}

// refusedInPackages tells why an element below servicing has no form in the
// section packages, "" when it has one.
func (b *limb) refusedInPackages(names map[string]bool) Reason {
	s := b.s
	switch {
	case b.servicing == aPackage && s.Name == packageElement:
		return ""
	case b.servicing != aPackagePart || s.Name != identityElement && s.Name != sourceElement && s.Name != selectionElement:
		return UnknownElement
	case s.Name == identityElement && names[s.Name]:
		return Duplicate
	case len(s.Children) > 0 || !blank(s.Text):
		return UnknownElement
	}
	return ""
}

func blank(text string) bool { return strings.Trim(text, " \t\r\n") == "" }

// raisePackages writes the servicing element.
func raisePackages(r *raising) {
	e := r.file.Servicing
	if e == nil && len(r.file.Packages) == 0 {
		return
	}
	if e == nil {
		e = &answer.Setting{Name: "servicing"}
	}
	b := &limb{s: e, servicing: servicingItself}
	b.settings = settings(&b.gathering, b, nil, r.file.Packages, e.Extra, 0)
	list := yamldoc.NewSequence()
	for _, p := range b.settings {
		list.Items = append(list.Items, r.onePackage(p))
		above(list, p.comments)
	}
	r.entries(inServicing, b.pieces)
	var comments []string
	if !under(list, b.waiting) {
		comments = b.waiting
	}
	if len(list.Items) == 0 {
		list = yamldoc.NewScalar("")
	}
	if m := packageSpecial(e); len(m.Pairs) > 0 {
		list = m.Set(packageElement, list)
	}
	r.set("packages", list, comments...)
}

// packageSpecial is a mapping with attributes and text of an element.
func packageSpecial(e *answer.Setting) *yamldoc.Node {
	m := yamldoc.NewMapping()
	rest := attributesNode(e.Attributes, func(a answer.Attribute) bool { return a.Space == "" && a.Name == "action" && e.Name == packageElement })
	if len(rest.Pairs) > 0 {
		m.Set(attrKey, rest)
	}
	if !blank(e.Text) {
		m.Set(textKey, yamldoc.NewScalar(escape(e.Text)))
	}
	return m
}

// onePackage is the entry of a package.
func (r *raising) onePackage(b *limb) *yamldoc.Node {
	m := yamldoc.NewMapping()
	if action := b.s.Attr("", "action"); action != nil {
		m.Set("action", yamldoc.NewScalar(escape(action.Value)))
	}
	m.Pairs = append(m.Pairs, packageSpecial(b.s).Pairs...)
	for rest := b.settings; len(rest) > 0; {
		n := 1
		for n < len(rest) && rest[n].s.Name == rest[0].s.Name {
			n++
		}
		packagePart(m, rest[:n])
		rest = rest[n:]
	}
	r.entries(inServicing+"/"+b.part(), b.pieces)
	return finished(m, &b.gathering, &b.comments)
}

// packagePart adds the entry for all parts of one name.
func packagePart(m *yamldoc.Node, same []*limb) {
	var comments []string
	for _, b := range same {
		comments = append(comments, b.comments...)
	}
	switch same[0].s.Name {
	case identityElement:
		m.Set(identityPart, attributesNode(same[0].s.Attributes, nil))
	case sourceElement:
		list := yamldoc.NewSequence()
		for _, b := range same {
			list.Items = append(list.Items, sourceNode(b.s))
		}
		if len(same) == 1 {
			list = list.Items[0]
		}
		m.Set(sourcePart, list)
	default:
		m.Set(selectionsPart, selectionsNode(same))
	}
	above(m, comments)
}

// sourceNode is the location alone, or all attributes.
func sourceNode(s *answer.Setting) *yamldoc.Node {
	if location := s.Attr("", "location"); location != nil && len(s.Attributes) == 1 {
		return yamldoc.NewScalar(escape(location.Value))
	}
	return attributesNode(s.Attributes, nil)
}

// selectionsNode maps features to their states, or lists their attributes
// where one has more or is there twice.
func selectionsNode(same []*limb) *yamldoc.Node {
	states, list := yamldoc.NewMapping(), yamldoc.NewSequence()
	for _, b := range same {
		list.Items = append(list.Items, attributesNode(b.s.Attributes, nil))
		name, state := b.s.Attr("", "name"), b.s.Attr("", "state")
		if name == nil || state == nil || len(b.s.Attributes) != 2 || strings.Contains(name.Value, variable) {
			continue
		}
		states.Set(name.Value, textNode(nil, state.Value))
	}
	if len(states.Pairs) == len(same) {
		return states
	}
	return list
}
