package validate

import (
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

var timezoneUnknown = check{rule: rule.TimezoneUnknown, value: func(r *run, c *answer.Cursor, name string) {
	if c.Known.Path != "TimeZone" || c.Schema.Name != "Microsoft-Windows-Shell-Setup" {
		return
	}
	if zone := schema.FindTimeZone(name); zone != nil {
		if !strings.HasPrefix(name, zone.ID) {
			// Windows keeps the zones by a name that is compared without regard
			// to case, so that this is probably harmless.
			d := r.report(textPlace(c.Setting), "the time zone %q is spelled %q", name, zone.ID)
			rewrite(d.As(diag.Warning), c.Setting, zone.ID+name[len(zone.ID):])
		}
		return
	}
	if zone := schema.TimeZoneOfIANA(name); zone != nil {
		d := r.report(textPlace(c.Setting), "the time zone %s is an IANA name, which Windows calls %q", name, zone.ID)
		rewrite(d, c.Setting, zone.ID)
		return
	}
	r.report(textPlace(c.Setting), "there is no time zone %s%s", shown(c, name), didYouMean(schema.AnyOf(schema.NearestTimeZones(name))))
}}
