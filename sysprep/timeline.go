package sysprep

import (
	"fmt"

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

// maxBoots bounds the time line, which commands that restart and answer files
// on drives can make long or endless.
const maxBoots = 24

// timeline plays the run of sysprep.exe and the boots after it.
type timeline struct {
	*situation
	deployment *deployment // how the answer file reaches Windows without Sysprep; nil behind Sysprep

	boots  []Boot
	notes  []string
	state  string // image state at the moment
	cache  *cache
	ran    map[schema.Pass]bool
	oobe   PassRun           // what oobeSystem applied, for the logons after it
	modern bool              // Reseal is treated last
	cut    bool              // more boots than maxBoots would follow
	starts []start           // of passes, in order
	asked  []laterGeneralize // by Generalize settings, in order
}

// start is the beginning of a pass with the file that serves it.
type start struct {
	pass schema.Pass
	file *answer.File // nil: none has settings for it
	path string       // of the file; of a cached one, that which was cached
}

// play plays the boots from the run itself to the desktop, to audit mode, or to
// where a Reseal setting shuts the machine down for good.
func (s *situation) play() *timeline {
	t := newTimeline(s)
	t.follow(t.sysprep())
	return t
}

func newTimeline(s *situation) *timeline {
	return &timeline{situation: s, state: s.machine.ImageState.Value, cache: newCache(s), ran: map[schema.Pass]bool{},
		modern: resealsLast(buildOf(s.machine.Windows.Value))}
}

// follow plays the boots behind the first one, until one would begin like an
// earlier one: with no fact changed, the boots from there on repeat.
func (t *timeline) follow(next string) {
	began := map[stage]int{}
	for next != "" && !t.full() {
		now := stage{next, t.state, t.cache.memory()}
		if first, ok := began[now]; ok {
			t.circle(first)
			next = ""
			continue
		}
		began[now] = len(t.boots)
		next = t.boot(next)
	}
	if next != "" || t.cut {
		t.note("the time line is cut after %d boots", maxBoots)
	}
	t.neverRun()
}

// stage is all that decides how the boots go on.
type stage struct {
	next  string
	state string
	cache memory
}

// circle tells that the boots from the first one on come again and again.
func (t *timeline) circle(first int) {
	boots, repeat := fmt.Sprintf("boots %d to %d", first, len(t.boots)-1), "repeat"
	if first == len(t.boots)-1 {
		boots, repeat = fmt.Sprintf("boot %d", first), "repeats"
	}
	t.note("%s %s without end: the machine comes back to where boot %d began", boots, repeat, first)
}

func (t *timeline) full() bool { return len(t.boots) >= maxBoots }

func (t *timeline) note(format string, args ...any) {
	t.notes = append(t.notes, fmt.Sprintf(format, args...))
}

// open begins a boot. Pointers to earlier boots are stale behind it.
func (t *timeline) open(mode string) *Boot {
	t.boots = append(t.boots, Boot{N: len(t.boots), Mode: mode, ImageStateBefore: t.state, ImageStateAfter: t.state, ImageStates: []string{t.state}})
	return &t.boots[len(t.boots)-1]
}

// again ends a boot with a restart and begins the next in the same mode. Where
// the time line is full, the boot goes on instead.
func (t *timeline) again(b *Boot) *Boot {
	if t.full() {
		t.cut = true
		return b
	}
	b.Ends = restarts
	return t.open(b.Mode)
}

// enter changes the image state.
func (t *timeline) enter(b *Boot, state string) {
	if state == t.state {
		return
	}
	t.state, b.ImageStateAfter = state, state
	b.ImageStates = append(b.ImageStates, state)
}

// sysprep is boot 0, the run itself, and returns the mode of the next boot.
func (t *timeline) sysprep() string {
	b := t.open(BootSysprep)
	mode := t.command.Mode()
	if t.command.Generalize {
		t.pass(b, t.serve(schema.Generalize), nil)
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
		return t.welcome()
	case BootAudit:
		return t.audit(schema.AuditSystem)
	case toAuditUser:
		return t.audit(schema.AuditUser)
	}
	t.logon(t.open(BootDesktop))
	return ""
}

// setup is the first boot after generalize: specialize, whatever comes next.
func (t *timeline) setup() string {
	b := t.open(BootSetup)
	audit := t.state == StateGeneralizeAudit
	t.enter(b, StateUndeployable)
	b = t.pass(b, t.serve(schema.Specialize), nil)
	if audit {
		t.enter(b, StateSpecializeAudit)
		return BootAudit
	}
	t.enter(b, StateSpecializeOOBE)
	return BootOOBE
}

// welcome runs the oobeSystem pass and OOBE, unless Reseal leads elsewhere.
func (t *timeline) welcome() string {
	b := t.open(BootOOBE)
	from := t.serve(schema.OobeSystem)
	r := from.resealOf(schema.OobeSystem)
	out := resealed(schema.OobeSystem, r, t.modern)
	t.enter(b, StateUndeployable)
	b = t.pass(b, from, onlyReseal(r.present && !out.others))
	if run := b.Passes[len(b.Passes)-1]; len(run.Applied) > 0 {
		t.oobe = run
	}
	if !r.present {
		t.enter(b, StateComplete)
		return BootDesktop
	}
	if out.loop {
		return t.loop(b, schema.OobeSystem)
	}
	b.Ends = out.end
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

func (t *timeline) loop(b *Boot, pass schema.Pass) string {
	b.Ends = restarts
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
		if isReseal(component, s) {
			return ""
		}
		return "before Windows 10 a Reseal setting in this pass suppresses the others"
	}
}
