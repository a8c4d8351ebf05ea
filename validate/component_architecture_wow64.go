package validate

import (
	"strings"

	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema/answer"
)

var componentArchitectureWow64 = check{rule: rule.ComponentArchitectureWow64, component: func(r *run, p *answer.Pass, c *answer.Component) {
	known := c.Schema()
	if c.Architecture != "wow64" || known == nil || strings.Contains(known.Name, "-IE-") {
		return
	}
	for _, other := range p.Components {
		if other.Architecture != "wow64" && strings.EqualFold(other.Name, c.Name) {
			return
		}
	}
	r.report(attributePlace(c, "processorArchitecture"), "%s is for the 32-bit layer only, and the pass has no native one", c.Name)
}}
