package validate

import (
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

var wcmActionInvalid = check{rule: rule.WcmActionInvalid, setting: func(r *run, c *answer.Cursor) {
	action := c.Setting.Attr(answer.WCMNamespace, "action")
	if action == nil || placeholderText(action.Value) {
		return
	}
	words := []string{"add", "modify", "remove"}
	for _, word := range words {
		if action.Value == word {
			return
		}
	}
	near := schema.Nearest(action.Value, words)
	d := r.report(action.Place(), "there is no wcm:action %q%s", action.Value, didYouMean(near))
	if strings.EqualFold(near, action.Value) {
		d.As(diag.Warning)
	}
	if near != "" {
		rewriteAttribute(d, action, near)
	}
}}
