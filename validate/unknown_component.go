package validate

import (
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

var unknownComponent = check{rule: rule.UnknownComponent, component: func(r *run, _ *answer.Pass, c *answer.Component) {
	if c.Name == "" || c.Schema() != nil || placeholderText(c.Name) {
		return
	}
	all := schema.Components()
	names := make([]string, len(all))
	for i := range all {
		names[i] = all[i].Name
	}
	r.report(componentName(c), "there is no component %q%s", c.Name, didYouMean(schema.Nearest(c.Name, names)))
}}
