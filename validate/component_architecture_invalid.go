package validate

import (
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
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
	meant := architectureMeant(arch.Value)
	d := r.report(attributePlace(c, "processorArchitecture"), "there is no processor architecture %q%s", arch.Value, didYouMean(meant))
	if meant != "" {
		rewriteAttribute(d, arch, meant)
	}
	if strings.EqualFold(meant, arch.Value) {
		d.As(diag.Warning) // Microsoft's own samples have AMD64
	}
}}

// architectureMeant maps the usual other names of an architecture to the one
// that Windows uses, "" for none.
func architectureMeant(word string) string {
	switch strings.ToLower(word) {
	case "amd64", "x64", "x86_64", "x86-64", "64", "64bit", "intel64", "em64t":
		return "amd64"
	case "x86", "i386", "i586", "i686", "32", "32bit", "ia32":
		return "x86"
	case "arm64", "aarch64":
		return "arm64"
	case "wow64", "arm", "ia64", "msil", "neutral":
		return strings.ToLower(word)
	}
	return ""
}
