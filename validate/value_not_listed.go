package validate

import (
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

var valueNotListed = check{rule: rule.ValueNotListed, reason: func(r *run, c *answer.Cursor, why schema.Reason) {
	if why.Kind != schema.ValueNotListed {
		return
	}
	d := r.misfit(c, why)
	if strings.HasPrefix(c.Known.Path, "ImageInstall/") && strings.HasPrefix(c.Setting.Text, "/IMAGE/") {
		d.As(diag.Info) // any path of the image's XML selects an image, listed or not
	}
	if why.CaseOnly {
		// Whether Windows minds the letter case is not documented, and working
		// files have both.
		rewrite(d.As(diag.Info), c.Setting, why.Suggest)
	}
}}
