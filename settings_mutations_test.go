package reseal_test

import (
	"slices"
	"strings"
)

// mutation breaks one limit of a setting. Change alters the sample and returns
// what must then be found, beside what the sample has already.
type mutation struct {
	what   string
	change func(*sample) []finding
}

// mutations are the ways to break what the reference says of a setting.
func mutations(c component, r *setting) []mutation {
	all := nameMutations(r)
	all = append(all, passMutations(c, r)...)
	all = append(all, formMutations(r)...)
	for _, v := range brokenValues(r) {
		all = append(all, mutation{v.what + ": " + v.text, func(s *sample) []finding {
			s.target.text = v.text
			at := s.target.value
			if v.atName {
				at = s.target.name
			}
			return []finding{{rule: v.rule, severity: v.severity, at: at, about: r}}
		}})
	}
	all = append(all, itemMutations(r)...)
	if r.has("required") {
		all = append(all, mutation{"left out", leaveOut})
	}
	if r.has("introduced") {
		all = append(all, mutation{"for a release before the first", func(s *sample) []finding {
			s.setRelease(before(r.word("introduced")))
			return tooNew(s)
		}})
	}
	return all
}

// nameMutations misspell the name, change its case, and write it twice.
func nameMutations(r *setting) []mutation {
	if r.typ == "key" {
		return []mutation{{"misspelt", func(s *sample) []finding {
			s.target.key = "$kei"
			return []finding{failure("special-key", s.target.name).saying("did you mean $key")}
		}}, {"empty", func(s *sample) []finding {
			s.target.text = ""
			return []finding{warning("list-key-missing", s.around().name)}
		}}}
	}
	all := []mutation{{"misspelt", misspell}}
	if r.kind != "item" {
		all = append(all, mutation{"twice", writeTwice})
	}
	if upper := strings.ToUpper(r.name()); upper != r.name() && !slices.Contains(r.words("aliases"), upper) {
		all = append(all, mutation{"in capitals", func(s *sample) []finding {
			n := s.named()
			n.key = upper
			return []finding{warning("setting-name-case", n.name).saying("is spelled " + r.name())}
		}})
	}
	return all
}

// misspell puts one letter too many into the name. What is not recognised any
// more is missing as well where it is required.
func misspell(s *sample) []finding {
	r, n := s.target.row, s.named()
	if r.above != nil && r.above.child("PlainText") != nil && len(s.around().below) == 1 {
		open(s.around(), anyBelow(r.above, s.pass.key, r)) // a lone word would be a kind of secret
	}
	middle := (len(n.key) + 1) / 2
	n.key = n.key[:middle] + "q" + n.key[middle:]
	n.walk(func(below *node) { below.row = nil })
	found := []finding{failure("unknown-setting", n.name).saying("did you mean " + r.name() + "?")}
	if !r.isOrder() { // which Reseal then makes itself
		found = append(found, lack(r, s.around())...)
	}
	return found
}

// writeTwice repeats an entry, which YAML forbids.
func writeTwice(s *sample) []finding {
	again := s.target.clone()
	s.around().below = append(s.around().below, again)
	return []finding{failure("yaml-duplicate-key", again.name)}
}

// named is the node that bears the target's name: the target itself, or the
// list of an item, which gets a name where it goes without.
func (s *sample) named() *node {
	if s.target.key != "" {
		return s.target
	}
	holder := s.holder()
	if holder != s.around() {
		return holder
	}
	named := &node{key: s.target.row.name(), form: list, below: holder.below}
	holder.form, holder.below = mapping, []*node{named}
	return named
}

// leaveOut takes a required setting away.
func leaveOut(s *sample) []finding {
	r, around := s.target.row, s.around()
	if r.isOrder() {
		s.target.key, s.target.text = "$omit", "order"
		s.target.row = nil
	} else {
		around.drop(s.named())
	}
	if other := anyBelow(around.row, s.pass.key, r); len(around.below) == 0 || r.isOrder() && len(around.below) == 1 {
		fill(open(around, other), s.pass.key, nil)
	}
	return lack(r, around)
}

// lack is what is found when something required or a key is missing.
func lack(r *setting, around *node) []finding {
	switch {
	case r.isOrder():
		return []finding{failure("list-order-missing", around.name)}
	case r.above != nil && r.above.key == r.name():
		return []finding{failure("list-key-missing", around.name)}
	case r.has("required"):
		return []finding{warning("setting-required", around.name).saying("lacks " + r.name())}
	}
	return nil
}

// passMutations move the setting to each pass that the reference does not list.
func passMutations(c component, r *setting) []mutation {
	var all []mutation
	for _, pass := range passNames {
		if r.in(pass) {
			continue
		}
		all = append(all, mutation{"in " + pass, func(s *sample) []finding {
			s.move(pass)
			if !c.hasPass(pass) && laterPasses[c.name] != pass {
				return []finding{warning("component-in-wrong-pass", s.component.name)}
			}
			return misplaced(s, pass)
		}})
	}
	return all
}

// laterPasses are those that only a later list of components names, so that
// the component is right there and its settings are not.
var laterPasses = map[string]string{"Microsoft-Windows-PnpSysprep": "specialize"}

// misplaced are the topmost settings that the pass does not take.
func misplaced(s *sample, pass string) []finding {
	var found []finding
	s.component.walk(func(n *node) {
		if n.row != nil && !n.row.in(pass) && (n.row.above == nil || n.row.above.in(pass)) {
			found = append(found, warning("setting-in-wrong-pass", n.name))
		}
	})
	return found
}
