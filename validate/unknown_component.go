package validate

import (
	"strings"

	"github.com/reseal/reseal/internal/diag"
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
	near := schema.Nearest(c.Name, names)
	d := r.report(componentName(c), "there is no component %q%s", c.Name, didYouMean(near))
	if near == "" && namedLikeWindows(c.Name) {
		d.As(diag.Warning)
	}
}}

// namedLikeWindows tells whether a name is of a family of Windows' own. Older
// releases and optional features have such components that no reference names.
func namedLikeWindows(name string) bool {
	name = strings.ToLower(name)
	for _, family := range [...]string{"microsoft-windows-", "networking-", "security-"} {
		if strings.HasPrefix(name, family) {
			return true
		}
	}
	return false
}
