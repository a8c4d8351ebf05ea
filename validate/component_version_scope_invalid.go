package validate

import (
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema/answer"
)

var componentVersionScopeInvalid = check{rule: rule.ComponentVersionScopeInvalid, component: func(r *run, _ *answer.Pass, c *answer.Component) {
	scope := attribute(c, "versionScope")
	if scope == nil || scope.Value == nonSxS || placeholderText(scope.Value) {
		return
	}
	d := r.report(attributePlace(c, "versionScope"), "the version scope of %s is %q, not nonSxS", c.Name, scope.Value)
	rewriteAttribute(d, scope, nonSxS)
}}
