package compiler

import (
	"regexp"
	"slices"
	"strings"

	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/reseal/reseal/schema"
)

// element is the value that stands for one element; at is its place. The
// pieces inside it go to verbatim, those of its children before its own, so
// that every place is named as it is before anything has come in.
func (r *raising) element(b *limb, at string) *yamldoc.Node {
	n := r.form(b, at)
	under(n, b.waiting)
	r.entries(at, b.pieces)
	return n
}

func (r *raising) form(b *limb, at string) *yamldoc.Node {
	m := b.special()
	children := b.said()
	if b.impliesItems(m, children) {
		return r.items(children, at)
	}
	if text := b.s.Written(); text != "" {
		value := textNode(b.known, text)
		if len(m.Pairs)+len(children) == 0 && !(b.known != nil && b.known.Container()) {
			return value
		}
		m.Set(textKey, value)
	}
	r.children(m, b, children, at)
	r.shortPasswords(m, b, children)
	if len(m.Pairs) == 0 {
		return yamldoc.NewScalar("")
	}
	return m
}

// said lists the children that the profile names.
func (b *limb) said() []*limb {
	if b.unsaid {
		return b.settings[1:]
	}
	return b.settings
}

// impliesItems tells whether a list can be written without the name of its
// items: it holds nothing else.
func (b *limb) impliesItems(special *yamldoc.Node, children []*limb) bool {
	if b.known == nil || b.known.Kind != schema.List || len(special.Pairs) > 0 || len(children) == 0 || b.s.Written() != "" {
		return false
	}
	item := b.in.ItemOf(b.known)
	return item != nil && !slices.ContainsFunc(children, func(child *limb) bool { return child.s.Name != item.Name() })
}

// children adds an entry for each name among the children of b, which is nil
// for those of a component.
func (r *raising) children(m *yamldoc.Node, b *limb, children []*limb, at string) {
	for len(children) > 0 {
		first := children[0]
		n := 1
		for n < len(children) && children[n].s.Name == first.s.Name {
			n++
		}
		r.named(m, b, children[:n], at)
		children = children[n:]
	}
}

// named adds the entry for all children of one name, which no other has: of
// those that stand apart all but the first are under verbatim.
func (r *raising) named(m *yamldoc.Node, b *limb, same []*limb, at string) {
	first := same[0]
	list := b != nil && b.known != nil && b.known.Kind == schema.List
	switch {
	case first.known != nil && first.known.Kind == schema.Item && list && !hasSpecialKey(m):
		countKeys(same)
		m.Add(first.s.Name, r.sequence(same, at)) // a mapping could be taken for the key and text of an item
	case first.known != nil && first.known.Kind == schema.Item:
		m.Add(first.s.Name, r.items(same, at))
	case first.known == nil && (len(same) > 1 || list):
		m.Add(first.s.Name, r.sequence(same, at))
	default:
		m.Add(first.s.Name, r.element(first, at+"/"+first.part()))
		above(m, first.comments)
	}
}

// hasSpecialKey tells whether a mapping has a key that speaks of the element itself.
func hasSpecialKey(m *yamldoc.Node) bool {
	return len(m.Pairs) > 0 && strings.HasPrefix(m.Pairs[0].Key.Text, "$")
}

// sequence is a list with an entry for each element.
func (r *raising) sequence(list []*limb, at string) *yamldoc.Node {
	n := yamldoc.NewSequence()
	for _, b := range list {
		entry := r.element(b, at+"/"+b.part())
		n.Items = append(n.Items, entry)
		above(n, b.comments)
		if b.unsaid {
			above(n, b.settings[0].comments)
		}
		if len(entry.Pairs) > 0 { // a comment above the first key would part it from its dash
			above(n, entry.Pairs[0].Key.Comment.Head)
			entry.Pairs[0].Key.Comment.Head = nil
		}
	}
	return n
}

// shortPasswords writes a password as its value alone, where the compiler
// makes the same elements of it: in plain text beside a domain.
func (r *raising) shortPasswords(m *yamldoc.Node, b *limb, children []*limb) {
	if b.known == nil || !domainNamed(&spot{name: b.s.Name, schema: b.in, known: b.known, node: m}) {
		return
	}
	for _, child := range children {
		if value := child.plainPassword(); value != nil {
			m.Set(child.s.Name, textNode(value.known, value.s.Written()))
		}
	}
}

// plainPassword is the Value of a password that holds just this and
// PlainText true, nil for anything else.
func (b *limb) plainPassword() *limb {
	if b.known == nil || !isPasswordGroup(b.in, b.known) || len(b.s.Attributes)+len(b.pieces)+len(b.waiting) > 0 || b.s.Text != "" || len(b.settings) != 2 {
		return nil
	}
	value, plain := b.settings[0], b.settings[1]
	for _, child := range b.settings {
		if !child.plain() || len(child.comments) > 0 {
			return nil
		}
	}
	if value.s.Name != "Value" || value.s.Text == "" || plain.s.Name != "PlainText" || plain.s.Text != "true" {
		return nil
	}
	return value
}

// bareWord is what may stand without quotes where the catalogue knows no type.
var bareWord = regexp.MustCompile(`^(true|false|0|[1-9][0-9]{0,8})$`)

// textNode writes a text as a scalar: numbers and truth values without quotes
// where the setting is one, everything else so that no YAML reader takes it
// for something other than text.
func textNode(known *schema.Setting, text string) *yamldoc.Node {
	plain := bareWord.MatchString(text)
	if known != nil {
		switch known.Type {
		case schema.Boolean:
			plain = strings.EqualFold(text, "true") || strings.EqualFold(text, "false")
		case schema.Integer, schema.Unsigned, schema.Enum:
		default:
			plain = false
		}
	}
	if plain {
		return yamldoc.NewPlain(text)
	}
	return yamldoc.NewScalar(escape(text))
}
