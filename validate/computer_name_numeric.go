package validate

import (
	"strings"

	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema/answer"
)

var computerNameNumeric = check{rule: rule.ComputerNameNumeric, value: func(r *run, c *answer.Cursor, name string) {
	if isComputerName(c) && strings.Trim(name, "0123456789") == "" {
		r.report(textPlace(c.Setting), "the computer name has digits only")
	}
}}
