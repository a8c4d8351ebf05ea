package validate

import (
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

var languageTagInvalid = check{rule: rule.LanguageTagInvalid, value: func(r *run, c *answer.Cursor, tag string) {
	if !isLocale(c) || schema.FindLocale(tag) != nil || isOwnTag(tag) {
		return
	}
	near := schema.NearestLocale(tag)
	if isTag(tag) {
		// Windows 10 and later take tags that they do not know.
		r.report(textPlace(c.Setting), "no locale %s is known%s", shown(c, tag), didYouMean(near)).As(diag.Warning)
		return
	}
	d := r.report(textPlace(c.Setting), "%s is no language tag%s", shown(c, tag), didYouMean(near))
	if strings.EqualFold(strings.ReplaceAll(tag, "_", "-"), near) {
		rewrite(d, c.Setting, near)
	}
}}
