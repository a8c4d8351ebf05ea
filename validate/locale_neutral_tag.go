package validate

import (
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

var localeNeutralTag = check{rule: rule.LocaleNeutralTag, value: func(r *run, c *answer.Cursor, tag string) {
	if !isLocale(c) || !isRegional(c) {
		return
	}
	if known := schema.FindLocale(tag); known != nil && known.Neutral {
		r.report(textPlace(c.Setting), "the locale %s is a language without a region", shown(c, tag))
	}
}}
