package validate

import (
	"slices"

	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema/answer"
)

var settingNameCase = check{rule: rule.SettingNameCase, setting: func(r *run, c *answer.Cursor) {
	s := c.Setting
	if c.Known == nil || s.Name == c.Known.Name() || slices.Contains(c.Known.Aliases, s.Name) {
		return
	}
	rename(r.report(s.NamePlace(), "%s is spelled %s", s.Name, c.Known.Name()), s, c.Known.Name())
}}
