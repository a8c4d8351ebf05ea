package yamldoc

import "github.com/reseal/reseal/internal/rule"

func (r *reader) syntaxError(err error) bool {
	r.add(rule.YamlSyntax.At(r.span(0, 0), "%v", err))
	return false
}
