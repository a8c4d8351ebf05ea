package validate

import (
	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

var valueOutOfRange = check{rule: rule.ValueOutOfRange, reason: func(r *run, c *answer.Cursor, why schema.Reason) {
	if why.Kind != schema.OutOfRange {
		return
	}
	d := r.misfit(c, why)
	if why.Soft {
		d.As(diag.Warning)
	}
}}
