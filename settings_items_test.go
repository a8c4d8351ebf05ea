package reseal_test

// itemMutations break what tells the items of a list apart, and how many there
// may be.
func itemMutations(r *setting) []mutation {
	switch {
	case r.has("maxitems"):
		return []mutation{{"too many items", tooMany}}
	case r.kind != "item":
		return nil
	}
	all := []mutation{{"two of one key", twins}}
	if r.key == "@keyValue" {
		return append(all,
			mutation{"without a key", func(s *sample) []finding {
				omit(s.target, "key")
				return []finding{warning("list-key-missing", s.target.name)}
			}},
			mutation{"without a key beside another", func(s *sample) []finding {
				omit(s.target, "key")
				another(s.holder(), r, s.pass.key)
				return []finding{failure("list-key-missing", s.target.name)}
			}})
	}
	return append(all, mutation{"without a key", withoutKey})
}

// tooMany fills a list beyond its limit.
func tooMany(s *sample) []finding {
	r := s.target.row
	for len(s.target.below) <= r.number("maxitems") {
		another(s.target, r.below[0], s.pass.key)
	}
	return []finding{warning("list-too-many-items", s.target.below[r.number("maxitems")].name)}
}

// another adds an item with a key of its own.
func another(list *node, r *setting, pass string) *node {
	n := entry(list, r)
	fill(n, pass, nil)
	if key := n.child(r.key); key != nil {
		key.text = good(key.row, len(list.below))
	}
	return n
}

// twins gives two items the same key.
func twins(s *sample) []finding {
	r := s.target.row
	second := another(s.holder(), r, s.pass.key)
	first := keyOf(s.target, r)
	again := keyOf(second, r)
	again.text = first.text
	if r.key == "Order" {
		return []finding{failure("list-order-duplicate", again.value)}
	}
	return []finding{failure("list-key-duplicate", again.value)}
}

// keyOf is the node with the key of an item, which is written where Reseal
// would make it.
func keyOf(item *node, r *setting) *node {
	name := r.key
	if name == "@keyValue" {
		name = "Key"
	}
	if n := item.child(name); n != nil {
		return n
	}
	return open(item, r.child(name))
}

// withoutKey takes the key of an item away.
func withoutKey(s *sample) []finding {
	r := s.target.row
	if r.key == "Order" {
		omit(s.target, "order")
		return []finding{failure("list-order-missing", s.target.name)}
	}
	s.target.drop(s.target.child(r.key))
	found := []finding{failure("list-key-missing", s.target.name)}
	if len(s.target.below) > 0 {
		return found
	}
	if other := anyBelow(r, s.pass.key, r.child(r.key)); other != nil {
		fill(open(s.target, other), s.pass.key, nil)
		return found
	}
	return append(found, warning("yaml-empty-value", s.target.name))
}

// omit leaves a part out that Reseal would imply.
func omit(item *node, part string) {
	if item.form == scalar {
		item.form, item.below = mapping, []*node{{key: "$text", text: item.text, row: item.row}}
	}
	item.below = append([]*node{scalarNode("$omit", part)}, item.below...)
}

// formMutations write a value in the form of another kind.
func formMutations(r *setting) []mutation {
	form := func(what string, change func(*node)) mutation {
		return mutation{what, func(s *sample) []finding {
			change(s.target)
			return []finding{failure("setting-form", s.target.value)}
		}}
	}
	toText := func(n *node) { n.form, n.text, n.below = scalar, "Stray", nil }
	toList := func(n *node) { n.form, n.below = list, []*node{scalarNode("", "Stray")} }
	toMapping := func(n *node) {
		n.form, n.below = mapping, []*node{scalarNode("Stray", "a"), scalarNode("Other", "b")}
	}
	switch {
	case r.text() || r.typ == "key":
		all := []mutation{form("a mapping for a value", toMapping)}
		if r.kind == "scalar" {
			all = append(all, form("a list for a value", toList))
		}
		return all
	case r.kind == "list":
		return []mutation{form("text for a list", toText)}
	case r.kind == "group" && r.child("PlainText") != nil:
		return []mutation{form("a list for a password", toList)}
	case r.kind == "group":
		return []mutation{form("text for a group", toText), form("a list for a group", toList), {"text in a group", strayText}}
	}
	return []mutation{form("text for an item", toText), {"text in an item", strayText}, {"an item that is no list", unlisted}}
}

// unlisted writes an item straight behind its name, as if there could be one
// alone.
func unlisted(s *sample) []finding {
	n := s.named()
	n.form, n.below = mapping, s.target.below
	if len(n.below) == 0 {
		n.below = []*node{scalarNode("Stray", "a")}
	}
	return []finding{failure("setting-form", n.value)}
}

// strayText puts text where only elements may stand.
func strayText(s *sample) []finding {
	stray := scalarNode("$text", "Stray")
	s.target.below = append(s.target.below, stray)
	if s.path() == "Microsoft-Windows-Setup UserData/ProductKey" {
		return []finding{warning("text-in-container", stray.value)} // many media never read it
	}
	return []finding{failure("text-in-container", stray.value)}
}
