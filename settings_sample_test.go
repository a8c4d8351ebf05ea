package reseal_test

import (
	"slices"

	"github.com/reseal/reseal"
)

var passNames = []string{"windowsPE", "offlineServicing", "generalize", "specialize", "auditSystem", "auditUser", "oobeSystem"}

// sample is the smallest profile around one setting.
type sample struct {
	row             *setting
	doc             *node
	pass, component *node
	chain           []*node // what stands for each step of the setting's path; of an item its entry
	target          *node   // the last of them
	secret          *node   // the target where its value is sensitive, else nil
}

// sampleOf builds the profile for a setting in a pass, with the keys of its
// items and with everything beside it that the reference calls required.
func sampleOf(r *setting, pass string) *sample {
	s := &sample{row: r, component: mappingNode(r.component)}
	s.pass = mappingNode(pass, s.component)
	s.doc = mappingNode("", scalarNode("version", "reseal/v1"))
	s.doc.below = append(s.doc.below, targetOf(pass)...)
	s.doc.below = append(s.doc.below, mappingNode("passes", s.pass))
	at := s.component
	chain := r.chain()
	for i, step := range chain {
		var next *setting
		if i+1 < len(chain) {
			next = chain[i+1]
		}
		at = open(at, step)
		fill(at, pass, next)
		s.chain = append(s.chain, at)
	}
	s.target = at
	if r.has("sensitive") {
		s.secret = at
	}
	return s
}

// targetOf are the sections that make a pass run.
func targetOf(pass string) []*node {
	use, mode := "sysprep", "oobe"
	switch pass {
	case "windowsPE":
		use = "media"
	case "offlineServicing":
		use = "offline"
	case "auditSystem", "auditUser":
		mode = "audit"
	}
	target := mappingNode("target", scalarNode("windows", release), scalarNode("architecture", "amd64"), scalarNode("use", use))
	if use != "sysprep" {
		return []*node{target}
	}
	return []*node{target, mappingNode("reseal", scalarNode("mode", mode), scalarNode("generalize", "true"))}
}

// open adds what stands for a row below a node. Of an item it returns the
// entry: below a list, whose only item needs no name, or below its own name.
func open(at *node, r *setting) *node {
	switch {
	case r.typ == "key":
		n := &node{key: "$key", text: "1", row: r}
		if at.form == scalar { // the text makes room for the key
			at.below = []*node{{key: "$text", text: at.text, row: at.row}}
		}
		at.form = mapping
		at.below = append([]*node{n}, at.below...)
		return n
	case r.kind != "item":
		n := &node{key: r.name(), row: r}
		switch {
		case r.text():
			n.text = good(r, 1)
		case r.kind == "list":
			n.form = list
		default:
			n.form = mapping
		}
		at.below = append(at.below, n)
		return n
	}
	if at.form != list {
		at.below = append(at.below, &node{key: r.name(), form: list})
		at = at.below[len(at.below)-1]
	}
	return entry(at, r)
}

// entry adds an item to a list.
func entry(list *node, r *setting) *node {
	n := &node{row: r, form: mapping}
	if r.text() {
		n.form, n.text = scalar, good(r, len(list.below)+1)
	}
	list.below = append(list.below, n)
	return n
}

// fill adds what a row needs below it: the key and what is required, without
// the setting that follows; and anything at all where nothing follows.
func fill(at *node, pass string, next *setting) {
	r := at.row
	if r == nil || at.form == scalar {
		return
	}
	for _, c := range r.below {
		if needed(c, pass) && c != next {
			fill(open(at, c), pass, nil)
		}
	}
	if (next == nil || next.typ == "key") && len(at.below) == 0 {
		fill(open(at, anyBelow(r, pass, nil)), pass, nil)
	}
}

// needed tells whether a row has to be there for the one above. Order is made
// by Reseal where the author leaves it out.
func needed(r *setting, pass string) bool {
	if r.typ == "key" || r.isOrder() || !r.in(pass) {
		return false
	}
	return r.has("required") || r.above.key == r.name()
}

// anyBelow picks a row below r that may stand there alone, other than not; a
// deprecated one only where there is no other.
func anyBelow(r *setting, pass string, not *setting) *setting {
	var choice *setting
	for _, c := range r.below {
		if c == not || c.typ == "key" || c.isOrder() || !c.in(pass) {
			continue
		}
		if !c.has("deprecated") {
			return c
		}
		choice = c
	}
	return choice
}

// holder is the node that holds the target's entry: the mapping or the list
// around it.
func (s *sample) holder() *node {
	var found *node
	s.doc.walk(func(n *node) {
		if slices.Contains(n.below, s.target) {
			found = n
		}
	})
	return found
}

// around is the node of the row above the target; of a setting at the top it
// is the component.
func (s *sample) around() *node {
	if len(s.chain) == 1 {
		return s.component
	}
	return s.chain[len(s.chain)-2]
}

// move puts everything into another pass, under a use that runs it.
func (s *sample) move(pass string) {
	s.pass.key = pass
	s.doc.below = append([]*node{s.doc.below[0]}, targetOf(pass)...)
	s.doc.below = append(s.doc.below, mappingNode("passes", s.pass))
}

// load writes the profile and reads it with Reseal.
func (s *sample) load() (string, *reseal.Loaded) {
	text := writeYAML(s.doc)
	return text, reseal.Load("profile.yaml", []byte(text), reseal.Options{})
}

// path names the setting in messages of the test.
func (s *sample) path() string { return s.row.component + " " + s.row.path }
