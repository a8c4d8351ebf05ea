package validate

import (
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema/answer"
)

var componentLanguageNotNeutral = check{rule: rule.ComponentLanguageNotNeutral, component: func(r *run, _ *answer.Pass, c *answer.Component) {
	language := attribute(c, "language")
	if language == nil || language.Value == neutralLanguage || placeholderText(language.Value) {
		return
	}
	d := r.report(attributePlace(c, "language"), "the language of %s is %q, not neutral", c.Name, language.Value)
	rewriteAttribute(d, language, neutralLanguage)
}}
