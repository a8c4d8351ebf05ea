package validate

import (
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

var deprecatedSetting = check{rule: rule.DeprecatedSetting, setting: func(r *run, c *answer.Cursor) {
	if c.Known == nil {
		return
	}
	text := ""
	switch {
	case c.Known.DeprecatedFor(r.release):
		if c.Parent != nil && c.Parent.DeprecatedFor(r.release) {
			return // the parent has been reported
		}
		text = isDeprecated(c.Known.Note)
	case r.release == nil && c.Known.In(nil) == schema.Gone:
		if c.Parent != nil && c.Parent.In(nil) == schema.Gone {
			return
		}
		text = goneSince(c.Known.RemovedIn)
	default:
		return
	}
	d := r.report(c.Setting.NamePlace(), "%s %s", c.Known.Path, text)
	d.Help = insteadOf("the setting", c.Known.ReplacedBy)
}}
