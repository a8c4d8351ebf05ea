package validate

import (
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

var stringTooLong = check{rule: rule.StringTooLong, reason: func(r *run, c *answer.Cursor, why schema.Reason) {
	if why.Kind == schema.TooLong {
		r.report(textPlace(c.Setting), "%s %s", c.Known.Path, why.Text)
	}
}}
