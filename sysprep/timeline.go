package sysprep

import (
	"fmt"
	"strings"

	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// Modes of a boot.
const (
	BootSysprep = "sysprep"
	BootSetup   = "setup"
	BootOOBE    = "oobe"
	BootAudit   = "audit"
	BootDesktop = "desktop"
)

// maxBoots bounds the time line. Every pass is applied once, so that no file
// comes near; the bound holds whatever is added later.
const maxBoots = 16

// timeline plays the run of sysprep.exe and the boots after it.
type timeline struct {
	*situation
	boots     []Boot
	notes     []string
	state     string // image state at the moment
	processed map[schema.Pass]bool
	modern    bool // Reseal is treated last
}

// play returns the boots from the run itself to the desktop, to audit mode, or
// to where a Reseal setting shuts the machine down for good.
func (s *situation) play() ([]Boot, []string) {
	t := &timeline{situation: s, state: s.machine.ImageState.Value, processed: map[schema.Pass]bool{},
		modern: resealsLast(buildOf(s.machine.Windows.Value))}
	next := t.sysprep()
	for next != "" && len(t.boots) < maxBoots {
		next = t.boot(next)
	}
	if next != "" {
		t.note("the time line is cut after %d boots", maxBoots)
	}
	t.neverRun()
	return t.boots, t.notes
}

func (t *timeline) note(format string, args ...any) {
	t.notes = append(t.notes, fmt.Sprintf(format, args...))
}

// open begins a boot.
func (t *timeline) open(mode string) *Boot {
	t.boots = append(t.boots, Boot{N: len(t.boots), Mode: mode, ImageStateBefore: t.state, ImageStateAfter: t.state, states: []string{t.state}})
	return &t.boots[len(t.boots)-1]
}

// enter changes the image state.
func (t *timeline) enter(b *Boot, state string) {
	if state == t.state {
		return
	}
	t.state, b.ImageStateAfter = state, state
	b.states = append(b.states, state)
}

// pass plays one pass in a boot. A pass that was processed before keeps its
// mark in the cached answer file, and Windows skips its settings.
func (t *timeline) pass(b *Boot, pass schema.Pass, refuse func(string, *answer.Setting) string) {
	if t.processed[pass] {
		refuse = func(string, *answer.Setting) string {
			return "the cached answer file marks this pass as processed"
		}
	}
	t.processed[pass] = true
	b.Passes = append(b.Passes, t.applyPass(pass, refuse))
}

// sysprep is boot 0, the run itself, and returns the mode of the next boot.
func (t *timeline) sysprep() string {
	b := t.open(BootSysprep)
	mode := t.command.Mode()
	if t.command.Generalize {
		t.pass(b, schema.Generalize, nil)
		t.enter(b, StateUndeployable)
	}
	t.enter(b, ResealedState(mode, t.command.Generalize))
	if t.command.Generalize {
		return BootSetup
	}
	t.note("the image state after a run without /generalize is inferred from the meaning of the states")
	return mode
}

func (t *timeline) boot(mode string) string {
	switch mode {
	case BootSetup:
		return t.setup()
	case BootOOBE:
		return t.oobe()
	case BootAudit:
		return t.audit(schema.AuditSystem)
	case toAuditUser:
		return t.audit(schema.AuditUser)
	}
	t.open(BootDesktop)
	t.logon()
	return ""
}

// setup is the first boot after generalize: specialize, whatever comes next.
func (t *timeline) setup() string {
	b := t.open(BootSetup)
	audit := t.state == StateGeneralizeAudit
	t.enter(b, StateUndeployable)
	t.pass(b, schema.Specialize, nil)
	if audit {
		t.enter(b, StateSpecializeAudit)
		return BootAudit
	}
	t.enter(b, StateSpecializeOOBE)
	return BootOOBE
}

// oobe runs the oobeSystem pass and OOBE, unless Reseal leads elsewhere.
func (t *timeline) oobe() string {
	b := t.open(BootOOBE)
	r := t.activeReseal(schema.OobeSystem)
	out := resealed(schema.OobeSystem, r, t.modern)
	t.enter(b, StateUndeployable)
	t.pass(b, schema.OobeSystem, onlyReseal(r.present && !out.others))
	if !r.present {
		t.enter(b, StateComplete)
		return BootDesktop
	}
	if out.loop {
		return t.loop(b, schema.OobeSystem)
	}
	b.ends = out.end
	switch {
	case out.next == toAuditSystem:
		t.enter(b, StateSpecializeAudit)
		return BootAudit
	case out.end == shutsDown:
		t.enter(b, StateSpecializeOOBE)
		t.doubt(schema.OobeSystem)
		return BootOOBE
	}
	t.enter(b, StateComplete)
	return BootDesktop
}

// audit runs auditSystem and auditUser, or the second alone where the first
// has shut the machine down.
func (t *timeline) audit(from schema.Pass) string {
	b := t.open(BootAudit)
	t.note("the image state during audit mode is not documented")
	if from == schema.AuditSystem {
		r := t.activeReseal(schema.AuditSystem)
		out := resealed(schema.AuditSystem, r, t.modern)
		t.pass(b, schema.AuditSystem, onlyReseal(r.present && !out.others))
		if r.present {
			if out.loop {
				return t.loop(b, schema.AuditSystem)
			}
			if out.next == toOOBESystem {
				return t.leaveAudit(b, out)
			}
			if out.end == shutsDown {
				b.ends = out.end
				t.doubt(schema.AuditSystem)
				return toAuditUser
			}
		}
	}
	return t.auditUser(b)
}

func (t *timeline) auditUser(b *Boot) string {
	reseal, generalize := t.activeReseal(schema.AuditUser), t.generalizeOf()
	if t.processed[schema.AuditUser] {
		generalize = resealSetting{}
	}
	t.pass(b, schema.AuditUser, func(component string, s *answer.Setting) string {
		if generalize.present && strings.EqualFold(component, deploymentComponent) && strings.EqualFold(s.Name, "Reseal") {
			return "Generalize in the same pass takes its place"
		}
		return ""
	})
	switch {
	case generalize.present:
		return t.generalizeAgain(b, generalized(generalize))
	case !reseal.present || reseal.mode == "":
		t.note("the machine stays in audit mode, with the Sysprep window open at every logon, until Sysprep or a Reseal setting leads to OOBE")
		return ""
	}
	out := resealed(schema.AuditUser, reseal, t.modern)
	if out.next == toAuditSystem {
		b.ends = out.end
		return BootAudit
	}
	return t.leaveAudit(b, out)
}

func (t *timeline) leaveAudit(b *Boot, out resealing) string {
	b.ends = out.end
	t.enter(b, StateSpecializeOOBE)
	return BootOOBE
}

// generalizeAgain follows Deployment/Generalize: the generalize pass, then a
// first boot with specialize before the mode that was asked for.
func (t *timeline) generalizeAgain(b *Boot, out resealing) string {
	b.ends = out.end
	t.note("boot %d generalizes the image from the answer file, with the same checks as a run of sysprep.exe", b.N)
	t.pass(b, schema.Generalize, nil)
	t.enter(b, StateUndeployable)
	if out.next == toAuditSystem {
		t.enter(b, StateGeneralizeAudit)
	} else {
		t.enter(b, StateGeneralizeOOBE)
	}
	return BootSetup
}

// activeReseal is the Reseal setting of a pass that has not been processed.
func (t *timeline) activeReseal(pass schema.Pass) resealSetting {
	if t.processed[pass] {
		return resealSetting{}
	}
	return t.resealOf(pass)
}

func (t *timeline) loop(b *Boot, pass schema.Pass) string {
	b.ends = restarts
	t.note("Reseal in %s shuts down into the same mode: before Windows 10 the machine restarts in a loop", pass)
	return ""
}

func (t *timeline) doubt(pass schema.Pass) {
	t.note("Reseal in %s shuts down into the same mode: one page describes this for Windows 10, the pages of the settings call it an unsupported loop", pass)
}

// onlyReseal ignores all settings but Reseal, as Windows before 10 does.
func onlyReseal(active bool) func(string, *answer.Setting) string {
	if !active {
		return nil
	}
	return func(component string, s *answer.Setting) string {
		if strings.EqualFold(component, deploymentComponent) && strings.EqualFold(s.Name, "Reseal") {
			return ""
		}
		return "before Windows 10 a Reseal setting in this pass suppresses the others"
	}
}

// logon notes what the first logon starts.
func (t *timeline) logon() {
	if t.answers.isTrue(schema.OobeSystem, shellComponent, "AutoLogon/Enabled") {
		times := t.answers.text(schema.OobeSystem, shellComponent, "AutoLogon/LogonCount")
		switch times {
		case "":
			times = "without a limit"
		case "1":
			times = "once"
		default:
			times += " times"
		}
		t.note("after OOBE %s logs on by itself, %s", t.accountName(), times)
	}
	if n := len(t.answers.items(schema.OobeSystem, shellComponent, "FirstLogonCommands")); n > 0 {
		t.note("the first logon starts %s of FirstLogonCommands", count(n, "command"))
	}
}

func (t *timeline) accountName() string {
	if name := t.answers.text(schema.OobeSystem, shellComponent, "AutoLogon/Username"); name != "" {
		return name
	}
	return "the account of AutoLogon"
}
