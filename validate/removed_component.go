package validate

import (
	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

var removedComponent = check{rule: rule.RemovedComponent, component: func(r *run, _ *answer.Pass, c *answer.Component) {
	known := c.Schema()
	if known == nil {
		return
	}
	var d *diag.Diagnostic
	switch {
	case known.In(r.release) == schema.Gone:
		d = r.report(componentName(c), "%s %s", known.Name, goneSince(known.RemovedIn))
	case known.DeprecatedFor(r.release):
		d = r.report(componentName(c), "%s %s", known.Name, isDeprecated(known.Note))
	default:
		return
	}
	if r.release == nil || known.Doubt {
		d.As(diag.Info)
	}
	d.Help = insteadOf("the component", known.ReplacedBy)
}}
