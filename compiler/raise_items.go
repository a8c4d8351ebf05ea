package compiler

import (
	"strconv"
	"strings"

	"github.com/reseal/reseal/internal/xmldoc"
	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// items is the list of all items of one name: a sequence, or where each is a
// text with a key of its own a mapping of keys to texts.
func (r *raising) items(list []*limb, at string) *yamldoc.Node {
	item := list[0].known
	if !countKeys(list) && item.KeyAttr && item.Text && keysAreNames(list) {
		m := yamldoc.NewMapping()
		for _, b := range list {
			key, _ := b.s.KeyValue()
			m.Add(key, textNode(b.known, b.s.Written()))
			above(m, b.comments)
			r.entries(at+"/"+b.part(), b.pieces)
		}
		return m
	}
	return r.sequence(list, at)
}

// countKeys tells whether the keys are 1 to n in this order, and leaves them
// to the compiler then.
func countKeys(list []*limb) bool {
	if !list[0].known.KeyAttr {
		return false
	}
	for i, b := range list {
		if key, ok := b.s.KeyValue(); !ok || key != strconv.Itoa(i+1) {
			return false
		}
	}
	for _, b := range list {
		b.counted = true
	}
	return true
}

// keysAreNames tells whether each item has a key of its own that can stand in
// a mapping, and nothing beside it but its text.
func keysAreNames(list []*limb) bool {
	seen := map[string]bool{}
	for _, b := range list {
		key, ok := b.s.KeyValue()
		if !ok || seen[key] || strings.HasPrefix(key, "$") || strings.Contains(key, variable) || b.s.Action() != "add" || len(b.s.Attributes) != 2 {
			return false
		}
		seen[key] = true
	}
	return true
}

// special is a mapping with the keys that speak of the element itself; more is
// to be added.
func (b *limb) special() *yamldoc.Node {
	m := yamldoc.NewMapping()
	item := b.known != nil && b.known.Kind == schema.Item
	var omit []string
	if key, ok := b.s.KeyValue(); ok && !b.counted {
		m.Set(keyKey, textNode(nil, key))
	}
	switch action := b.s.Attr(answer.WCMNamespace, "action"); {
	case action != nil && !(item && action.Value == "add"):
		m.Set(actionKey, yamldoc.NewScalar(escape(action.Value)))
	case action == nil && item:
		omit = append(omit, "action")
	}
	if _, ok := b.s.KeyValue(); !ok && item && b.known.KeyAttr {
		omit = append(omit, "key")
	}
	attributes := attributesNode(b.s.Attributes, func(a answer.Attribute) bool {
		return a.Space == answer.WCMNamespace && (a.Name == "action" || a.Name == "keyValue")
	})
	if b.lacksOrder() && len(m.Pairs)+len(omit)+len(attributes.Pairs)+len(b.settings)+len(b.s.Text) > 0 {
		omit = append(omit, "order")
	}
	setOmit(m, omit)
	if len(attributes.Pairs) > 0 {
		m.Set(attrKey, attributes)
	}
	return m
}

// lacksOrder tells whether the compiler would number an entry that has no
// number.
func (b *limb) lacksOrder() bool {
	if b.known == nil || b.known.Kind != schema.Item || b.known.Key != "Order" {
		return false
	}
	for _, child := range b.settings {
		if strings.EqualFold(child.s.Name, "Order") {
			return false
		}
	}
	return true
}

// setOmit adds $omit: one word, or a list.
func setOmit(m *yamldoc.Node, parts []string) {
	switch len(parts) {
	case 0:
	case 1:
		m.Set(omitKey, yamldoc.NewScalar(parts[0]))
	default:
		list := yamldoc.NewSequence()
		for _, part := range parts {
			list.Items = append(list.Items, yamldoc.NewScalar(part))
		}
		m.Set(omitKey, list)
	}
}

// attributesNode is the mapping below $attr, without the attributes that are
// said elsewhere. Prefixes that are known in every profile are kept
// for what they mean there; others are declared beside their first use.
func attributesNode(attributes []answer.Attribute, elsewhere func(answer.Attribute) bool) *yamldoc.Node {
	m := yamldoc.NewMapping()
	prefixes := map[string]string{answer.WCMNamespace: "wcm", answer.XSINamespace: "xsi", answer.XMLNamespace: "xml"}
	for _, a := range attributes {
		name := a.Name
		if elsewhere != nil && elsewhere(a) {
			continue
		}
		if a.Space != "" {
			if prefixes[a.Space] == "" {
				prefixes[a.Space] = freePrefix(a.Prefix, prefixes)
				m.Set("xmlns:"+prefixes[a.Space], yamldoc.NewScalar(escape(a.Space)))
			}
			name = prefixes[a.Space] + ":" + name
		}
		m.Set(name, yamldoc.NewScalar(escape(a.Value)))
	}
	return m
}

// freePrefix is the author's prefix, or a new one where that has another
// meaning here.
func freePrefix(prefix string, taken map[string]string) string {
	free := func(word string) bool {
		for _, other := range taken {
			if other == word {
				return false
			}
		}
		return word != "xmlns" && xmldoc.IsName(word)
	}
	for n := 1; !free(prefix); n++ {
		prefix = "ns" + strconv.Itoa(n)
	}
	return prefix
}
