package validate

import (
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema/answer"
)

var settingUnverified = check{rule: rule.SettingUnverified, setting: func(r *run, c *answer.Cursor) {
	if strange(c) && opaque(c) {
		r.report(c.Setting.NamePlace(), "%s cannot be checked, because the names of the settings of %s are not all known%s", c.Setting.Name, container(c), whereInstead(c))
	}
}}
