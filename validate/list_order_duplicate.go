package validate

import (
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

var listOrderDuplicate = check{rule: rule.ListOrderDuplicate, siblings: func(r *run, c *answer.Cursor, list []sibling) {
	isKey := func(item *schema.Setting) bool { return item.Key == orderKey }
	twins(c, list, isKey, func(first, second keyed) {
		d := r.reportChild(second.item, second.place().Place(), "an earlier %s has the same Order %s", second.item.Name, folded(second.text))
		d.Relate(first.place().Place(), "the first one is here")
	})
}}
