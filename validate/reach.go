package validate

import (
	"slices"
	"strings"

	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// reach is which passes the use of an answer file runs, now or in a later boot
// that the file itself leads to.
type reach struct {
	known  bool // the use of the file is known
	passes schema.PassSet
}

func reachOf(a *answer.File) reach {
	passes, ok := schema.RunsPasses(a.Target.Use, a.Invocation)
	if !ok {
		return reach{}
	}
	r := reach{known: true, passes: schema.PassesOf(passes...)}
	audit := schema.PassesOf(schema.AuditSystem, schema.AuditUser)
	if !startsInAudit(a) {
		r.passes &^= audit
	}
	if r.passes.Has(schema.OobeSystem) && reseals(a, schema.OobeSystem, "Reseal", "Audit") {
		r.passes |= audit
	}
	if r.passes&audit == 0 {
		return r
	}
	// In audit mode the file can call for a generalization of its own, and it
	// stays cached for the sysprep /oobe that ends audit mode.
	if slices.ContainsFunc([]schema.Pass{schema.AuditSystem, schema.AuditUser}, func(p schema.Pass) bool {
		return reseals(a, p, "Generalize", "")
	}) {
		r.passes |= schema.PassesOf(schema.Generalize, schema.Specialize)
	}
	r.passes |= schema.PassesOf(schema.OobeSystem)
	return r
}

// startsInAudit tells whether Sysprep itself is called for audit mode, or may
// be: without a mode everything is open.
func startsInAudit(a *answer.File) bool {
	if a.Target.Use != "sysprep" {
		return false
	}
	return a.Invocation == nil || a.Invocation.Mode != "oobe"
}

// reseals tells whether a pass has Microsoft-Windows-Deployment/NAME, with
// that Mode where one is asked for.
func reseals(a *answer.File, pass schema.Pass, name, mode string) bool {
	for _, p := range a.Passes {
		if id, ok := p.ID(); !ok || id != pass {
			continue
		}
		for _, c := range p.Components {
			if !strings.EqualFold(c.Name, "Microsoft-Windows-Deployment") {
				continue
			}
			for _, s := range c.Settings {
				if strings.EqualFold(s.Name, name) && (mode == "" || hasMode(s, mode)) {
					return true
				}
			}
		}
	}
	return false
}

func hasMode(s *answer.Setting, mode string) bool {
	return slices.ContainsFunc(s.Children, func(c *answer.Setting) bool {
		return strings.EqualFold(c.Name, "Mode") && strings.EqualFold(strings.TrimSpace(c.Text), mode)
	})
}
