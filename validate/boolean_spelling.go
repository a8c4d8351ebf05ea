package validate

import (
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

var booleanSpelling = check{rule: rule.BooleanSpelling, reason: func(r *run, c *answer.Cursor, why schema.Reason) {
	if why.Kind == schema.BooleanSpelling {
		rewrite(r.misfit(c, why), c.Setting, why.Suggest)
	}
}}
