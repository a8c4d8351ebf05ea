package validate

import (
	"slices"

	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

var emptyValueNotSupported = check{rule: rule.EmptyValueNotSupported, setting: func(r *run, c *answer.Cursor) {
	if !leaf(c) || !empty(c) {
		return
	}
	needed := func(why schema.Reason) bool { return why.Kind == schema.EmptyValue }
	tooShort := c.Known.MinLength > 0 && c.Known.Empty != schema.EmptyAllowed
	if tooShort || slices.ContainsFunc(c.Known.CheckValue(""), needed) {
		r.report(c.Setting.NamePlace(), "%s is empty", c.Known.Path).Helpf("%s", ifEmpty(c.Known))
	}
}}

// ifEmpty says what to do about an empty element.
func ifEmpty(s *schema.Setting) string {
	if s.HasDefault && s.Default != "" {
		return "Remove the element, which leaves the default " + s.Default + ", or give it a value."
	}
	return "Remove the element, or give it a value."
}
