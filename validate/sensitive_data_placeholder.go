package validate

import (
	"strings"

	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema/answer"
)

var sensitiveDataPlaceholder = check{rule: rule.SensitiveDataPlaceholder, setting: func(r *run, c *answer.Cursor) {
	if strings.TrimSpace(c.Setting.Text) == sensitiveDeleted {
		r.report(textPlace(c.Setting), "%s holds what Windows writes in place of a secret that it deleted", c.Setting.Name)
	}
}}
