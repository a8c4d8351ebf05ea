package validate

import (
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

var componentInWrongPass = check{rule: rule.ComponentInWrongPass, component: func(r *run, p *answer.Pass, c *answer.Component) {
	known := c.Schema()
	id, ok := p.ID()
	if known == nil || !ok || known.Passes == 0 || known.Passes.Has(id) {
		return
	}
	right := passNames(known.Passes.List())
	r.report(componentName(c), "%s has no setting for %s", known.Name, id).Helpf("Move the component to %s.", schema.AnyOf(right))
}}
