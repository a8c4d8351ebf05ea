package compiler

import (
	"slices"
	"strings"

	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/reseal/reseal/schema"
)

// timeZoneSection sets the time zone by the ID that Windows has for it or by
// an IANA name. A name that is neither is an error: a zone that is newer than
// our table can be written under passes.
var timeZoneSection = section{
	name: "timeZone",
	shape: func() map[string]any {
		return titled("Time zone",
			"Windows' own ID, such as W. Europe Standard Time, or an IANA name, such as Europe/Berlin.",
			map[string]any{"type": "string", "minLength": 1})
	},
	lower: lowerTimeZone,
	raise: func(r *raising) {
		r.raiseSlot("timeZone", timeZoneSlot(schema.Specialize), func(id string) bool { return windowsZone(id) == id })
	},
}

func timeZoneSlot(p schema.Pass) slot { return slot{p, "Microsoft-Windows-Shell-Setup", "TimeZone"} }

func lowerTimeZone(l *lowering, n *yamldoc.Node) {
	at, p := timeZoneSlot(l.timeZonePass()), l.pair("timeZone")
	id := windowsZone(l.text(n))
	switch id {
	case "":
		l.unknownZone(n)
	case l.text(n):
		l.give("timeZone", at, p)
	default:
		l.giveText("timeZone", at, p, id)
	}
}

// windowsZone is the ID in Windows' spelling that a name stands for, with the
// suffix for no daylight saving where the name has it; "" for an unknown one.
func windowsZone(name string) string {
	if zone := schema.FindTimeZone(name); zone != nil {
		return zone.ID + name[len(zone.ID):]
	}
	if zone := schema.TimeZoneOfIANA(name); zone != nil {
		return zone.ID
	}
	return ""
}

func (l *lowering) unknownZone(n *yamldoc.Node) {
	name := l.text(n)
	d := rule.TimezoneUnknown.At(n.Span, "there is no time zone %q", name).
		Helpf("Write the ID that Windows has for the zone, or an IANA name such as Europe/Berlin.")
	near := schema.NearestTimeZones(name)
	if strings.Contains(name, "/") {
		near = slices.DeleteFunc([]string{schema.Nearest(name, ianaNames())}, func(id string) bool { return id == "" })
	}
	if len(near) > 0 {
		d.Message += "; did you mean " + schema.AnyOf(near) + "?"
	}
	if len(near) == 1 {
		d.FixBy("Write "+near[0], false, n.Span, near[0])
	}
	l.diags.Add(d)
}

// ianaNames lists one name for each zone of Windows.
func ianaNames() []string {
	var names []string
	for _, zone := range schema.TimeZones() {
		names = append(names, zone.IANA)
	}
	return names
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
