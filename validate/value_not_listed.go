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
	release := tookOn(c)
	if release != "" {
		why.Suggest = ""
	}
	d := r.misfit(c, why)
	if strings.HasPrefix(c.Known.Path, "ImageInstall/") && strings.HasPrefix(c.Setting.Text, "/IMAGE/") {
		d.As(diag.Info) // any path of the image's XML selects an image, listed or not
	}
	if release != "" {
		d.As(diag.Info).Helpf("The reference does not list the value yet; %s takes it.", release)
		return
	}
	if why.CaseOnly {
		// Whether Windows minds the letter case is not documented, and working
		// files have both.
		rewrite(d.As(diag.Info), c.Setting, why.Suggest)
	}
}}

// tookOn names the first Windows that takes a value which the reference does
// not list yet, "" for none.
func tookOn(c *answer.Cursor) string {
	if c.Known.Path == "DiskConfiguration/Disk/ModifyPartitions/ModifyPartition/Format" && strings.EqualFold(strings.TrimSpace(c.Setting.Text), "ReFS") {
		return "the Setup of Windows Server newer than 2025" // github.com/MicrosoftDocs/windowsserverdocs/pull/8136
	}
	return ""
}
