package validate

import (
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

var componentArchitectureInvalid = check{rule: rule.ComponentArchitectureInvalid, component: func(r *run, _ *answer.Pass, c *answer.Component) {
	arch := attribute(c, "processorArchitecture")
	if arch == nil || placeholderText(arch.Value) {
		return
	}
	switch arch.Value {
	case "amd64", "x86", "arm64", "wow64", "arm", "ia64", "msil", "neutral":
		return
	}
	meant := schema.ArchitectureMeant(arch.Value)
	d := r.report(attributePlace(c, "processorArchitecture"), "there is no processor architecture %q%s", arch.Value, didYouMean(meant))
	if meant != "" {
		rewriteAttribute(d, arch, meant)
	}
	if strings.EqualFold(meant, arch.Value) {
		d.As(diag.Warning) // Microsoft's own samples have AMD64
	}
}}
