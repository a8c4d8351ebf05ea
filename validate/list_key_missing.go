package validate

import (
	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema/answer"
)

var listKeyMissing = check{rule: rule.ListKeyMissing, setting: func(r *run, c *answer.Cursor) {
	if !isItem(c) {
		return
	}
	at := c.Setting.NamePlace()
	switch key := c.Known.Key; {
	case c.Known.KeyAttr:
		if text, _ := c.Setting.KeyValue(); text != "" || c.Setting.Attr("", "keyValue") != nil {
			return
		}
		d := r.report(at, "the item %s has no wcm:keyValue", c.Known.Name()).Helpf("Write wcm:keyValue with a key that no other item of the list has, such as 1.")
		if above := c.Above(); above != nil && len(above.Children) == 1 {
			d.As(diag.Warning) // nothing to mix it up with: working files leave it out there
		}
	case key != "" && key != orderKey && childNamed(c, key) == nil:
		r.report(at, "the item %s has no %s, which is its key", c.Known.Name(), key).Helpf("Add %s.", key)
	}
}}
