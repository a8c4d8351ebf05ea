package validate

import (
	"strings"

	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema/answer"
)

var computerNameCharacters = check{rule: rule.ComputerNameCharacters, value: func(r *run, c *answer.Cursor, name string) {
	if !isComputerName(c) || name == "*" {
		return
	}
	if refused := refusedIn(name); refused != nil {
		r.report(textPlace(c.Setting), "the computer name must not contain %s", strings.Join(refused, ", "))
	}
}}
