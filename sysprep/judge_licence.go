package sysprep

import (
	"slices"
	"strings"

	"github.com/reseal/reseal/schema"
)

// The judges of the licence: rearms, and what a product key of an OEM forbids.

// keepsLicence tells whether a generalize leaves the licence state alone. The
// setting is a value of the registry, so that one that no answer file sets
// stays as it was before.
func keepsLicence(from answers, before bool) bool {
	if text := from.text(schema.Generalize, licenceComponent, "SkipRearm"); text != "" {
		return text == "1"
	}
	return before
}

// hasRearm counts one rearm for each generalize, that of the run and those
// behind it, unless SkipRearm leaves the licence state alone.
func hasRearm(s *situation) finding {
	needed, kept := 0, s.machine.SkipRearm.Value
	for _, g := range s.allGeneralizes() {
		if kept = keepsLicence(g.from, kept); kept {
			continue
		}
		needed++
		f := on(s.machine.Rearms, func(left int) string { return shortOfRearms(left, needed) })
		if g.boot > 0 {
			f.later = &g
		}
		if f.bad || f.origin == Unknown {
			return f
		}
	}
	if needed == 0 {
		return finding{origin: Given, detail: "SkipRearm leaves the licence state alone"}
	}
	return finding{origin: s.machine.Rearms.Origin}
}

func shortOfRearms(left, needed int) string {
	if left < 1 {
		return "no rearm is left"
	}
	return when(left < needed, "%s left, and %d are needed", count(left, "rearm"), needed)
}

// resetsLicence goes by the last word on SkipRearm before the image is ready.
func resetsLicence(s *situation) finding {
	out := on(s.machine.SkipRearm, func(yes bool) string {
		return when(yes, "SkipRearm is 1 in the registry")
	})
	for _, g := range s.allGeneralizes() {
		if text := g.from.text(schema.Generalize, licenceComponent, "SkipRearm"); text != "" {
			out = finding{bad: text == "1", detail: when(text == "1", "SkipRearm is 1 in the answer file"), origin: Given}
		}
	}
	return out
}

// runsItsScript judges SetupComplete.cmd, which Windows leaves alone under a
// product key of an OEM, but for Enterprise editions and servers.
func runsItsScript(s *situation) finding {
	scripts := s.machine.Scripts
	if !slices.Contains(scripts.Value, setupComplete) {
		return on(scripts, func([]string) string { return "" })
	}
	if r := s.release(); r != nil && r.Server {
		return finding{origin: s.machine.Windows.Origin}
	}
	minds := on(s.machine.Edition, mindsItsChannel)
	if !minds.bad {
		return minds
	}
	return on(s.channel(), func(channel string) string {
		return when(channel == "oem", "SetupComplete.cmd is there, and the product key is one of an OEM, under which %s does not run it", minds.detail)
	})
}

// mindsItsChannel gives an edition that runs no script under a key of an OEM,
// "" for one that does.
func mindsItsChannel(edition string) string {
	if e := schema.FindEdition(edition); strings.Contains(edition, "Enterprise") || e != nil && e.Server {
		return ""
	}
	return edition
}

// channel is that of the product key behind the run: that of the answer file
// where it gives one. No key but a published one tells its channel.
func (s *situation) channel() Fact[string] {
	key := s.answers.find(schema.Specialize, shellComponent, "ProductKey")
	switch {
	case key == nil:
		return s.machine.Channel
	case key.Secret != nil:
		return Fact[string]{}
	}
	switch known := schema.FindKey(strings.TrimSpace(key.Text)); {
	case known == nil:
		return Fact[string]{}
	case known.Kind == schema.KMSKey:
		return GivenAs("volume")
	}
	return GivenAs("retail")
}
