package validate

import (
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

var valueType = check{rule: rule.ValueType, reason: func(r *run, c *answer.Cursor, why schema.Reason) {
	if why.Kind == schema.ValueType {
		r.misfit(c, why)
	}
}}
