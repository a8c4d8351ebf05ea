package validate

import (
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema/answer"
)

var computerNameTooLong = check{rule: rule.ComputerNameTooLong, value: func(r *run, c *answer.Cursor, name string) {
	if isComputerName(c) && len(name) > computerNameLimit {
		r.report(textPlace(c.Setting), "the computer name has %d bytes, and at most %d are allowed", len(name), computerNameLimit)
	}
}}
