package validate

import (
	"strings"

	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema/answer"
)

var unexpandedTemplatePlaceholder = check{rule: rule.UnexpandedTemplatePlaceholder, file: func(r *run) {
	for _, x := range r.file.Extra {
		r.reportDirective(node{}, x)
	}
	for _, p := range r.file.Passes {
		for _, x := range p.Extra {
			r.reportDirective(node{pass: p}, x)
		}
		for _, c := range p.Components {
			for _, x := range c.Extra {
				r.reportDirective(node{pass: p, component: c}, x)
			}
		}
	}
}, component: func(r *run, _ *answer.Pass, c *answer.Component) {
	for i := range c.Attributes {
		if a := &c.Attributes[i]; placeholderText(a.Value) {
			r.reportPlaceholder(r.node, a.Place())
		}
	}
}, setting: func(r *run, c *answer.Cursor) {
	s := c.Setting
	for _, x := range s.Extra {
		r.reportDirective(r.node, x)
	}
	if s.Secret != nil || s.Text == "" {
		return
	}
	if c.Known != nil && c.Known.Container() || len(s.Children) > 0 {
		if isDirective(s.Text) {
			r.reportPlaceholder(r.node, trimmed(s.Place()))
		}
		return
	}
	if placeholder(c, s.Text) != "" {
		r.reportPlaceholder(r.node, trimmed(s.Place()))
	}
}}

func (r *run) reportDirective(at node, x answer.Extra) {
	if x.Kind == answer.Text && strings.TrimSpace(x.Text) != "" && isDirective(x.Text) {
		r.reportPlaceholder(at, trimmed(x.Span))
	}
}

// reportPlaceholder does not show the placeholder: a secret may stand around
// it.
func (r *run) reportPlaceholder(at node, span source.Span) {
	if !r.options.AllowPlaceholders {
		r.reportAt(at, span, "a placeholder of a template was not filled in")
	}
}
