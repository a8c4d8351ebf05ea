package validate

import (
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

var settingInWrongPass = check{rule: rule.SettingInWrongPass, setting: func(r *run, c *answer.Cursor) {
	id, ok := c.Pass.ID()
	if !ok || c.Known == nil || c.Known.Passes == 0 || c.Known.Passes.Has(id) {
		return
	}
	if c.Parent != nil && !c.Parent.Passes.Has(id) {
		return // the parent has been reported
	}
	right := passNames(c.Known.Passes.List())
	r.report(c.Setting.NamePlace(), "%s is not valid in %s, but in %s", c.Known.Path, id, schema.AnyOf(right)).Helpf("Move it to %s.", schema.AnyOf(right))
}}
