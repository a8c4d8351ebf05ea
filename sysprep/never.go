package sysprep

import (
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// neverRun adds the passes that have settings and never run on this time line
// to boot 0, with every setting ignored.
func (t *timeline) neverRun() {
	if t.answers.file == nil {
		return
	}
	b := &t.boots[0]
	for _, pass := range schema.Passes() {
		if t.ran[pass] || !t.answers.mentions(pass) {
			continue
		}
		run := t.applyPass(pass, func(string, *answer.Setting) string { return t.whyNever(pass) })
		run.Never = true
		b.Passes = append(b.Passes, run)
	}
	for _, p := range t.answers.file.Passes {
		if _, ok := p.ID(); ok {
			continue
		}
		run := PassRun{Pass: p.Name, Never: true}
		for _, c := range p.Components {
			run.Ignored = append(run.Ignored, Ignored{Component: c.Name, Reason: "Windows has no pass of this name", At: p.NamePlace().String()})
		}
		b.Passes = append(b.Passes, run)
	}
}

// mentions tells whether the file has a component in a pass, for whatever
// architecture.
func (a answers) mentions(pass schema.Pass) bool {
	for _, p := range a.file.Passes {
		if id, ok := p.ID(); ok && id == pass && len(p.Components) > 0 {
			return true
		}
	}
	return false
}

func (t *timeline) whyNever(pass schema.Pass) string {
	if t.deployment != nil {
		if why := t.deployment.whyNever(pass); why != "" {
			return why
		}
	}
	switch pass {
	case schema.WindowsPE, schema.OfflineServicing:
		return "pass never runs: " + pass.String() + " belongs to Setup, not to Sysprep"
	case schema.Generalize, schema.Specialize:
		return "pass never runs: " + pass.String() + " needs /generalize"
	case schema.OobeSystem:
		return "pass does not run before something leads from audit mode to OOBE; the cached file then serves it"
	}
	if pass == schema.AuditUser && t.ran[schema.AuditSystem] {
		return "pass never runs: Reseal in auditSystem leads out of audit mode before " + pass.String()
	}
	return "pass never runs: " + pass.String() + " needs audit mode"
}
