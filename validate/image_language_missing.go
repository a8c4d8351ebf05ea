package validate

import (
	"slices"
	"strings"

	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema/answer"
)

var imageLanguageMissing = check{rule: rule.ImageLanguageMissing, value: func(r *run, c *answer.Cursor, text string) {
	if len(r.options.Images) == 0 || c.Known.Path != "UILanguage" || !strings.HasPrefix(strings.ToLower(c.Component.Name), "microsoft-windows-international-core") {
		return
	}
	var has []string
	for _, i := range r.chosenImages() {
		if len(i.Languages) == 0 {
			return // an image that does not tell
		}
		for _, language := range i.Languages {
			if strings.EqualFold(language, text) {
				return
			}
			if !slices.Contains(has, language) {
				has = append(has, language)
			}
		}
	}
	r.report(textPlace(c.Setting), "the image does not have the language %s; it has %s", shown(c, text), strings.Join(has, ", "))
}}
