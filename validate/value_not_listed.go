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
	for _, v := range unlisted {
		if c.Schema.Name == v.component && c.Known.Path == v.path && strings.EqualFold(strings.TrimSpace(c.Setting.Text), v.value) {
			return v.since
		}
	}
	return ""
}

// unlisted are values that Windows takes and the reference does not list.
var unlisted = [...]struct{ component, path, value, since string }{
	// https://github.com/MicrosoftDocs/windowsserverdocs/pull/8136
	{"Microsoft-Windows-Setup", "DiskConfiguration/Disk/ModifyPartitions/ModifyPartition/Format", "ReFS", "the Setup of Windows Server newer than 2025"},
	// The disks inside the machine stay offline, as Windows To Go needs it:
	// https://learn.microsoft.com/windows/win32/api/vds/ne-vds-vds_san_policy
	{"Microsoft-Windows-PartitionManager", "SanPolicy", "4", "Windows since version 8"},
}
