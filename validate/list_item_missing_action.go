package validate

import (
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema/answer"
)

var listItemMissingAction = check{rule: rule.ListItemMissingAction, setting: func(r *run, c *answer.Cursor) {
	if isItem(c) && c.Setting.Attr(answer.WCMNamespace, "action") == nil && c.Setting.Attr("", "action") == nil {
		r.report(c.Setting.NamePlace(), "the item %s has no wcm:action", c.Known.Name())
	}
}}
