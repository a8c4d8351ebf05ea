package validate

import (
	"math"
	"strconv"
	"strings"

	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

var listOrderOutOfRange = check{rule: rule.ListOrderOutOfRange, setting: func(r *run, c *answer.Cursor) {
	if c.Known == nil || c.Parent == nil || c.Parent.Key != orderKey || c.Known.Name() != orderKey || !leaf(c) || c.Setting.Secret != nil {
		return
	}
	text := strings.TrimSpace(c.Setting.Text)
	if placeholder(c, text) != "" {
		return
	}
	low, high := orderLimits(c.Known)
	n, err := strconv.ParseInt(text, 10, 64)
	switch {
	case text == "":
		r.report(valuePlace(c.Setting), "Order is empty")
	case err != nil:
		r.report(textPlace(c.Setting), "Order must be a whole number, and %s is none", shown(c, text))
	case n < low:
		r.report(textPlace(c.Setting), "Order counts from %d, and this is %d", low, n)
	case n > high:
		r.report(textPlace(c.Setting), "Order goes up to %d here, and this is %d", high, n)
	}
}}

// orderLimits are the bounds that the catalogue gives; every list counts from
// 1 at least.
func orderLimits(known *schema.Setting) (low, high int64) {
	low, high = 1, math.MaxInt64
	if known.HasMin {
		low = max(low, known.Min)
	}
	if known.HasMax {
		high = known.Max
	}
	return low, high
}
