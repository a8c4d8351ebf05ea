package validate

import (
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

var listTooManyItems = check{rule: rule.ListTooManyItems, siblings: func(r *run, c *answer.Cursor, list []sibling) {
	if c.Known == nil || c.Known.MaxItems == 0 {
		return
	}
	n := 0
	for _, s := range list {
		if s.known.Kind != schema.Item || s.Action() == "remove" {
			continue
		}
		if n++; n > c.Known.MaxItems {
			r.reportChild(s.Setting, s.NamePlace(), "%s takes up to %d items, and this is number %d", c.Known.Path, c.Known.MaxItems, n)
		}
	}
}}
