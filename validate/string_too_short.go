package validate

import (
	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

var stringTooShort = check{rule: rule.StringTooShort, reason: func(r *run, c *answer.Cursor, why schema.Reason) {
	if why.Kind == schema.TooShort {
		r.report(textPlace(c.Setting), "%s %s", c.Known.Path, why.Text)
	}
}, setting: func(r *run, c *answer.Cursor) {
	// A page that allows an empty element and demands a length contradicts
	// itself, which is no more than worth knowing.
	if leaf(c) && empty(c) && c.Known.MinLength > 0 && c.Known.Empty == schema.EmptyAllowed {
		r.report(c.Setting.NamePlace(), "%s must have at least %d characters, this has none", c.Known.Path, c.Known.MinLength).As(diag.Info)
	}
}}
