package validate

import (
	"slices"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
)

// list returns the findings without those that a more specific rule has
// explained: where a rule speaks, the rules in its Overrides stay silent at
// the same node and below it.
func (r *run) list() *diag.List {
	spoken := speakers{}
	for _, f := range r.found {
		if id := f.node.id(); len(f.rule.Overrides) > 0 && !slices.Contains(spoken[id], f.rule) {
			spoken[id] = append(spoken[id], f.rule)
		}
	}
	var out diag.List
	for _, f := range r.found {
		if !spoken.silence(f) && !f.unread() {
			out.Add(f.Diagnostic)
		}
	}
	out.Sort()
	return &out
}

// unread tells whether the finding misses something in a setting whose value
// has the wrong form. That form is the mistake, and has been reported.
func (f finding) unread() bool {
	last := len(f.node.chain) - 1
	return last >= 0 && f.node.chain[last].Unread && slices.Contains(rule.SettingForm.Overrides, f.rule.ID)
}

// speakers are the rules with Overrides that spoke, by the node.
type speakers map[any][]*rule.Rule

func (s speakers) silence(f finding) bool {
	if len(s) == 0 {
		return false
	}
	overrides := func(r *rule.Rule) bool { return slices.Contains(r.Overrides, f.rule.ID) }
	// A rule may name itself to speak once for a whole subtree, so its own
	// node does not count for it.
	own := func(r *rule.Rule) bool { return r != f.rule && overrides(r) }
	if slices.ContainsFunc(s[f.node.id()], own) {
		return true
	}
	for at, ok := f.node.parent(); ok; at, ok = at.parent() {
		if slices.ContainsFunc(s[at.id()], overrides) {
			return true
		}
	}
	return false
}
