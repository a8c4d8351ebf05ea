package validate

import (
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema/answer"
)

var listOrderMissing = check{rule: rule.ListOrderMissing, setting: func(r *run, c *answer.Cursor) {
	if isItem(c) && c.Known.Key == orderKey && childNamed(c, orderKey) == nil {
		r.report(c.Setting.NamePlace(), "the item %s has no Order", c.Known.Name())
	}
}}
