package validate

import (
	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// run is one check of one answer file.
type run struct {
	file    *answer.File
	options Options
	hooks   hooks
	release *schema.Release // of the target; nil: unknown
	reach   reach           // which passes the use of the file runs

	rule  *rule.Rule // of the hook that is being called
	node  node       // that it is called for
	found []finding

	siblings []sibling // buffer of onSiblings
}

// node is a place in the answer file: everything from the file down to one
// pass, component or setting.
type node struct {
	pass      *answer.Pass
	component *answer.Component
	chain     []*answer.Setting
}

// finding is a diagnostic with the node that it is about.
type finding struct {
	*diag.Diagnostic
	rule *rule.Rule
	node node
}

// maxFindings is how much one file is told. Real files have a few dozen.
const maxFindings = 10_000

func newRun(a *answer.File, o Options) *run {
	return &run{
		file: a, options: o, hooks: hooksOf(checks[:], o.Strict),
		release: schema.FindRelease(a.Target.Windows),
		reach:   reachOf(a),
	}
}

// walk calls all hooks: file, passes and components first, then every setting
// in document order.
func (r *run) walk() {
	r.call(r.hooks.file, node{}, func(c *check) { c.file(r) })
	for _, p := range r.file.Passes {
		off := switchedOff(p)
		r.call(r.hooks.pass, node{pass: p}, func(c *check) {
			if !off || c.rule == unknownPass.rule { // that it is off is all there is to say
				c.pass(r, p)
			}
		})
		if off {
			continue
		}
		for _, comp := range p.Components {
			r.inComponent(p, comp)
		}
	}
	r.file.HideSecrets()
	r.file.Walk(func(c *answer.Cursor) bool {
		if switchedOff(c.Pass) {
			return false
		}
		r.onSetting(c)
		return true
	})
}

func (r *run) inComponent(p *answer.Pass, comp *answer.Component) {
	at := node{pass: p, component: comp}
	r.call(r.hooks.component, at, func(c *check) { c.component(r, p, comp) })
	top := &answer.Cursor{File: r.file, Pass: p, Component: comp, Schema: comp.Schema()}
	r.onSiblings(at, top, comp.Settings)
}

// onSiblings looks the settings below one parent up once for all hooks.
func (r *run) onSiblings(at node, c *answer.Cursor, list []*answer.Setting) {
	if len(list) < 2 || c.Schema == nil || c.Setting != nil && c.Known == nil {
		return
	}
	r.siblings = r.siblings[:0]
	for _, s := range list {
		if s.Space != "" {
			continue
		}
		if known := c.Schema.Child(c.Known, s.Name); known != nil {
			r.siblings = append(r.siblings, sibling{s, known})
		}
	}
	r.call(r.hooks.siblings, at, func(k *check) { k.siblings(r, c, r.siblings) })
}

func (r *run) onSetting(c *answer.Cursor) {
	at := node{pass: c.Pass, component: c.Component, chain: c.Chain}
	r.call(r.hooks.setting, at, func(k *check) { k.setting(r, c) })
	r.onSiblings(at, c, c.Setting.Children)
	if text, ok := checkable(c); ok {
		r.onValue(c, text)
	}
}

// onValue calls the hooks that look at the text of a leaf.
func (r *run) onValue(c *answer.Cursor, text string) {
	at := node{pass: c.Pass, component: c.Component, chain: c.Chain}
	r.call(r.hooks.value, at, func(k *check) { k.value(r, c, text) })
	for _, reason := range c.Known.CheckValue(text) {
		r.call(r.hooks.reason, at, func(k *check) { k.reason(r, c, reason) })
	}
}

func (r *run) call(checks []*check, at node, hook func(*check)) {
	if len(r.found) > maxFindings {
		return
	}
	r.node = at
	for _, c := range checks {
		r.rule = c.rule
		hook(c)
	}
}

// report makes a finding of the current rule at the current node. An unknown
// span falls back to the nearest known one above.
func (r *run) report(span source.Span, format string, args ...any) *diag.Diagnostic {
	return r.reportAt(r.node, span, format, args...)
}

// reportChild makes a finding about a child of the current node.
func (r *run) reportChild(s *answer.Setting, span source.Span, format string, args ...any) *diag.Diagnostic {
	at := r.node
	at.chain = append(at.chain[:len(at.chain):len(at.chain)], s)
	return r.reportAt(at, span, format, args...)
}

func (r *run) reportAt(at node, span source.Span, format string, args ...any) *diag.Diagnostic {
	// A cursor reuses its chain, so a finding keeps a copy.
	at.chain = append([]*answer.Setting(nil), at.chain...)
	d := r.rule.At(span.Or(at.place(r.file)), format, args...)
	at.note(d)
	switch {
	case len(r.found) < maxFindings:
		r.found = append(r.found, finding{Diagnostic: d, rule: r.rule, node: at})
	case len(r.found) == maxFindings:
		limit := rule.InputLimit.At(d.Span, "the checks found more than %d mistakes and stop here", maxFindings)
		r.found = append(r.found, finding{Diagnostic: limit, rule: rule.InputLimit})
	}
	return d
}
