package compiler

import (
	"slices"
	"strings"

	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/reseal/reseal/schema"
)

// timeZoneSection sets the time zone by the ID that Windows has for it or by
// an IANA name. A name that is neither is written as typed, and the rule
// timezone-unknown tells what is near.
var timeZoneSection = section{
	name: "timeZone",
	shape: func() map[string]any {
		return titled("Time zone",
			"Windows' own ID, such as W. Europe Standard Time, or an IANA name, such as Europe/Berlin.",
			map[string]any{"type": "string", "minLength": 1})
	},
	lower: lowerTimeZone,
}

func lowerTimeZone(l *lowering, n *yamldoc.Node) {
	at, p := slot{l.timeZonePass(), "Microsoft-Windows-Shell-Setup", "TimeZone"}, l.pair("timeZone")
	if zone := windowsZone(l.text(n)); zone != nil {
		l.giveText("timeZone", at, p, zone.ID)
		return
	}
	l.give("timeZone", at, p)
}

// windowsZone finds the zone that a name other than its exact ID stands for.
// The form with _dstoff behind the ID is left as it is.
func windowsZone(name string) *schema.TimeZone {
	if zone := schema.FindTimeZone(name); zone != nil {
		if strings.EqualFold(zone.ID, name) && zone.ID != name {
			return zone
		}
		return nil
	}
	return schema.TimeZoneOfIANA(name)
}

// timeZonePass is the first pass in which TimeZone is valid and that the
// profile's command runs. That is specialize wherever it runs: it is the
// earliest, so that a domain join finds the right time. Under sysprep /oobe
// or /audit without /generalize specialize does not run, and the time zone
// would be lost there.
func (l *lowering) timeZonePass() schema.Pass {
	runs, ok := schema.RunsPasses(l.target.Use, l.file.Invocation)
	for _, p := range []schema.Pass{schema.Specialize, schema.OobeSystem, schema.AuditSystem} {
		if ok && slices.Contains(runs, p) {
			return p
		}
	}
	return schema.Specialize
}
