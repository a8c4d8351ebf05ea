package sysprep

import (
	"strings"

	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// audit runs auditSystem and auditUser, or the second alone where the first
// has shut the machine down.
func (t *timeline) audit(from schema.Pass) string {
	b := t.open(BootAudit)
	t.note("the image state during audit mode is not documented")
	if from == schema.AuditUser {
		return t.auditUser(b)
	}
	file := t.serve(schema.AuditSystem)
	r := file.resealOf(schema.AuditSystem)
	out := resealed(schema.AuditSystem, r, t.modern)
	b = t.pass(b, file, onlyReseal(r.present && !out.others))
	switch {
	case !r.present:
	case out.loop:
		return t.loop(b, schema.AuditSystem)
	case out.next == toOOBESystem:
		return t.leaveAudit(b, out)
	case out.end == shutsDown:
		b.Ends = out.end
		t.doubt(schema.AuditSystem)
		return toAuditUser
	}
	if mustReboot(b.Passes[len(b.Passes)-1]) {
		b = t.again(b)
	}
	return t.auditUser(b)
}

// mustReboot tells whether auditSystem gives the computer a name that wants a
// restart; without a name MustReboot has no effect.
//
// Source: microsoft-windows-deployment-auditcomputername-mustreboot in the
// unattended reference.
func mustReboot(run PassRun) bool {
	return run.value(deploymentComponent, "AuditComputerName/Name") != "" && truth(run.value(deploymentComponent, "AuditComputerName/MustReboot"))
}

// auditUser runs at the logon of the built-in Administrator.
func (t *timeline) auditUser(b *Boot) string {
	file := t.serve(schema.AuditUser)
	reseal, generalize := file.resealOf(schema.AuditUser), file.generalizeOf()
	b.Logon = builtinLogon()
	first := b.N
	b = t.pass(b, file, func(component string, s *answer.Setting) string {
		if generalize.present && isReseal(component, s) {
			return "Generalize in the same pass takes its place"
		}
		return ""
	})
	for i := first + 1; i <= b.N; i++ {
		t.boots[i].Logon = builtinLogon()
	}
	switch {
	case generalize.present:
		return t.generalizeAgain(b, generalized(generalize))
	case !reseal.present || reseal.mode == "":
		t.note("the machine stays in audit mode, with the Sysprep window open at every logon, until Sysprep or a Reseal setting leads to OOBE")
		return ""
	}
	out := resealed(schema.AuditUser, reseal, t.modern)
	if out.next == toAuditSystem {
		b.Ends = out.end
		return BootAudit
	}
	return t.leaveAudit(b, out)
}

func builtinLogon() *Logon { return &Logon{Account: "Administrator", Automatic: true} }

func isReseal(component string, s *answer.Setting) bool {
	return strings.EqualFold(component, deploymentComponent) && strings.EqualFold(s.Name, "Reseal")
}

func (t *timeline) leaveAudit(b *Boot, out resealing) string {
	b.Ends = out.end
	t.enter(b, StateSpecializeOOBE)
	return BootOOBE
}

// generalizeAgain follows Deployment/Generalize: the generalize pass, then a
// first boot with specialize before the mode that was asked for.
func (t *timeline) generalizeAgain(b *Boot, out resealing) string {
	t.note("boot %d generalizes the image from the answer file, with the same checks as a run of sysprep.exe", b.N)
	from := t.serve(schema.Generalize)
	t.asked = append(t.asked, laterGeneralize{boot: b.N, from: from.answers})
	b = t.pass(b, from, nil)
	b.Ends = out.end
	t.enter(b, StateUndeployable)
	if out.next == toAuditSystem {
		t.enter(b, StateGeneralizeAudit)
	} else {
		t.enter(b, StateGeneralizeOOBE)
	}
	return BootSetup
}
