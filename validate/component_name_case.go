package validate

import (
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema/answer"
)

var componentNameCase = check{rule: rule.ComponentNameCase, component: func(r *run, _ *answer.Pass, c *answer.Component) {
	known := c.Schema()
	if known == nil || known.Name == c.Name {
		return
	}
	switch c.Name {
	case "Microsoft-Windows-SQMAPI", "Microsoft-Windows-PnPSysprep":
		return // two spellings that half of the world uses
	}
	d := r.report(componentName(c), "the component %s is spelled %s", c.Name, known.Name)
	if at := literal(componentName(c), c.Name); at.Known() {
		d.FixBy("Write "+known.Name, true, at, known.Name)
	}
}}
