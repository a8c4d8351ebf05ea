package validate

import (
	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

var passNeverRuns = check{rule: rule.PassNeverRuns, pass: func(r *run, p *answer.Pass) {
	id, ok := p.ID()
	if !ok || !r.reach.known || r.reach.passes.Has(id) {
		return
	}
	written := false
	for _, c := range p.Components {
		for _, s := range c.Settings {
			if s.Section == "" {
				written = true
				continue
			}
			at := node{pass: p, component: c, chain: []*answer.Setting{s}}
			d := r.reportAt(at, s.Place(), "%s sets %s in %s, which %s never runs", s.Section, s.Name, id, r.use())
			d.As(r.doubted(ofSection(s.Section))).Helpf("%s", r.howToReach(id))
		}
	}
	if written {
		d := r.report(passPlace(p), "%s never runs under %s", id, r.use())
		d.As(r.doubted(d.Severity)).Helpf("%s", r.howToReach(id))
	}
}}

// ofSection is how grave it is that what a section of the profile asks for by
// name gets lost: a key that is not entered, or devices that are not kept,
// spoil what the run is for.
func ofSection(name string) diag.Severity {
	if name == "productKey" || name == "reseal" {
		return diag.Error
	}
	return diag.Warning
}

// doubted lowers a severity by one where the file may serve a later pass after
// all: what is applied to an offline image is often left in it as well.
func (r *run) doubted(s diag.Severity) diag.Severity {
	if r.file.Target.Use == "offline" && s > diag.Info {
		return s - 1
	}
	return s
}

// use says in words how the answer file is used.
func (r *run) use() string {
	if r.file.Target.Use != "sysprep" {
		return "use: " + r.file.Target.Use
	}
	text, inv := "sysprep", r.file.Invocation
	if inv == nil {
		return text
	}
	if inv.Generalize {
		text += " /generalize"
	}
	if inv.Mode != "" {
		text += " /" + inv.Mode
	}
	return text
}

// howToReach says what makes a pass run.
func (r *run) howToReach(p schema.Pass) string {
	sysprep := r.file.Target.Use == "sysprep"
	switch {
	case p == schema.WindowsPE || p == schema.OfflineServicing && sysprep:
		return "Remove the settings, or use the file for an installation from media."
	case p == schema.OfflineServicing:
		return "Remove the settings, or apply the file to an offline image."
	case p == schema.Generalize || p == schema.Specialize && sysprep:
		return "Generalize the image (generalize: true, or --generalize), or move the settings to a pass that runs."
	case p == schema.AuditSystem || p == schema.AuditUser:
		return "Enter audit mode (mode: audit, or Microsoft-Windows-Deployment/Reseal with Mode Audit in oobeSystem), or move the settings to a pass that runs."
	}
	return "Move the settings to a pass that runs."
}
