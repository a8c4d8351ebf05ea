package diff

import (
	"slices"
	"strings"

	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// name adds to the ID of an item what identifies it among its siblings: the
// child element that the catalogue names.
func (r *reducing) name(n *node, s *answer.Setting, known *schema.Setting) {
	if r.servicing {
		r.nameOfPackage(n, s)
		return
	}
	if known == nil || known.Kind != schema.Item || known.Key == "" || known.Key == "Order" || known.KeyAttr {
		return
	}
	i := slices.IndexFunc(s.Children, func(c *answer.Setting) bool { return !foreign(c) && strings.EqualFold(c.Name, known.Key) })
	if i < 0 {
		return
	}
	key := s.Children[i]
	text := strings.TrimSpace(key.Written())
	if key.Secret != nil {
		text = secretID(key.Secret)
	}
	n.id += "\x00" + strings.ToLower(text)
	cursor := answer.Cursor{Chain: append(slices.Clip(r.chain), key), Setting: key, Known: r.component.Child(known, key.Name), Parent: known}
	switch {
	case key.Secret != nil:
		n.key = key.Secret.Placeholder()
	case cursor.Sensitive():
		n.key = masked
	default:
		n.key = text
	}
}

// packages adds the servicing element.
func (n *node) packages(s *answer.Setting) {
	r := reducing{servicing: true}
	c := r.setting(s, nil, nil)
	n.child(c.id, unnumbered, c)
}

// nameOfPackage identifies the elements below servicing: a package by its
// assemblyIdentity, others by their attribute name.
func (r *reducing) nameOfPackage(n *node, s *answer.Setting) {
	from := s
	if strings.EqualFold(s.Name, "package") {
		i := slices.IndexFunc(s.Children, func(c *answer.Setting) bool { return strings.EqualFold(c.Name, "assemblyIdentity") })
		if i < 0 {
			return
		}
		from = s.Children[i]
	}
	if a := from.Attr("", "name"); a != nil && from.Name != "assemblyIdentity" || a != nil && from != s {
		n.key = a.Value
		n.id += "\x00" + strings.ToLower(a.Value)
		if arch := from.Attr("", "processorArchitecture"); arch != nil {
			n.id += "\x00" + strings.ToLower(arch.Value)
		}
	}
}

// password reduces the two children Value and PlainText of a password to the
// value that Windows makes of them, which stands as Value. The children that
// are left come back; nil when the two do not tell it.
func (r *reducing) password(s *answer.Setting, children []*answer.Setting) (*node, []*answer.Setting) {
	if foreign(s) || len(children) < 2 {
		return nil, nil
	}
	value, plain := only(children, "Value"), only(children, "PlainText")
	if value < 0 || plain < 0 {
		return nil, nil
	}
	from, text := children[value], ""
	switch isPlain := strings.ToLower(strings.TrimSpace(children[plain].Text)); {
	case from.Secret != nil:
		text = secretID(from.Secret)
	case isPlain == "true" && from.Hide == "":
		text = from.Text
	case isPlain == "false" && strings.EqualFold(from.Hide, s.Name):
		text = from.Text
	case isPlain == "false":
		var ok bool
		if text, ok = answer.Reveal(from.Written(), s.Name); !ok {
			return nil, nil
		}
	default:
		return nil, nil
	}
	n := &node{kind: settingNode, name: "Value", id: "value", value: "\x00password\x00" + text, shown: masked, at: from.Place()}
	if from.Secret != nil {
		n.shown = from.Secret.Placeholder()
	}
	rest := slices.DeleteFunc(slices.Clone(children), func(c *answer.Setting) bool { return c == from || c == children[plain] })
	return n.seal(), rest
}

// only finds the one child of a name that is nothing but its text; -1 for
// none, or for several.
func only(children []*answer.Setting, name string) int {
	at := -1
	for i, c := range children {
		if !strings.EqualFold(c.Name, name) || foreign(c) {
			continue
		}
		if at >= 0 || !leaf(c) {
			return -1
		}
		at = i
	}
	return at
}
