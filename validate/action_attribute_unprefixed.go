package validate

import (
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema/answer"
)

var actionAttributeUnprefixed = check{rule: rule.ActionAttributeUnprefixed, setting: func(r *run, c *answer.Cursor) {
	for _, name := range [...]string{"action", "keyValue"} {
		if a := c.Setting.Attr("", name); a != nil && c.Setting.Attr(answer.WCMNamespace, name) == nil {
			r.report(a.NamePlace(), "the attribute %s lacks the prefix wcm", name)
		}
	}
}}
