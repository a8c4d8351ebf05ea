package sysprep

import (
	"fmt"
	"slices"
	"strings"

	"github.com/reseal/reseal/schema"
)

// actions is the phase that changes the machine: the answer file's generalize
// settings, then the providers of cleanup, then those of generalize.
func (p *rehearsing) actions(ph *Phase) {
	if p.command.Generalize {
		run := p.applyFile(p.generalizing().file, schema.Generalize, nil)
		p.do(ph, Step{Name: "generalize-settings", Status: StatusOK, Source: docPasses,
			Detail: fmt.Sprintf("%s of the generalize pass applied before anything is generalized", count(len(run.Applied), "setting"))})
	}
	p.record.Providers = p.providers()
	for _, stage := range p.stages() {
		if p.runsIn(stage) {
			p.do(ph, p.internalStep(stage))
			p.do(ph, p.externalStep(stage))
		}
	}
}

// runsIn tells whether sysprep.exe itself goes through a stage, and not a boot
// behind it.
func (p *rehearsing) runsIn(stage string) bool {
	return stage == StageCleanup || stage == StageGeneralize && p.command.Generalize
}

// internalStep is never better than assumed: what a provider does cannot be
// played, only that it is started.
func (p *rehearsing) internalStep(stage string) Step {
	from := "a list of other builds"
	if p.machine.Internal.Known() {
		from = "the list of the image itself"
	}
	return Step{Name: stage + "-providers", Status: StatusAssumed, Source: "action files and logs of Windows builds",
		Detail: fmt.Sprintf("%s of Windows, by %s, are taken to succeed", count(len(p.internal(stage)), stage+" provider"), from)}
}

func (p *rehearsing) externalStep(stage string) Step {
	s := Step{Name: "external-" + stage + "-providers", Source: docProviders}
	n := len(p.external(stage))
	switch {
	case !p.machine.External.Known():
		s.Status, s.Detail = StatusNotModelled, "providers that other software has registered are not known"
	case n > 0:
		s.Status, s.Detail = StatusAssumed, count(n, stage+" provider")+" of other software taken to succeed; whether they run before or behind those of Windows is not documented"
	case p.machine.External.Origin == Given:
		s.Status, s.Detail = StatusOK, "no other software has registered a provider"
	default:
		s.Status, s.Detail = StatusAssumed, "no other software is taken to have registered a provider"
	}
	return s
}

// outcome fills the record with what follows from the phases.
func (p *rehearsing) outcome() {
	rec := p.record
	rec.Devices = p.deviceFates()
	if p.stopped {
		p.failed()
	} else {
		rec.Boots = p.played.boots
		rec.ImageState = rec.Boots[0].ImageStateAfter
		rec.Removes = p.removals()
		for _, n := range p.played.notes {
			rec.Note(n)
		}
		p.consequences()
	}
	for _, n := range NotesOf(p.results, rec.Skipped) {
		rec.Note(n)
	}
	p.assumptions()
}

// failed leaves everything as it was: pre-checks stop a run before it changes
// anything.
func (p *rehearsing) failed() {
	rec, state := p.record, p.machine.ImageState.Value
	rec.Verdict, rec.ImageState = VerdictFailed, state
	rec.Boots = []Boot{{Mode: BootSysprep, ImageStateBefore: state, ImageStateAfter: state, ImageStates: []string{state}}}
	for i := range rec.Providers {
		rec.Providers[i].Status = StatusSkipped
	}
	for i := range rec.Devices {
		rec.Devices[i].Result = DeviceKept
	}
	rec.Note(nothingChanged)
	if r := p.spoiling(); r != nil {
		rec.Note(r.spoils())
	}
}

// nothingChanged is what record and log say of a run that pre-checks stop.
const nothingChanged = "nothing was changed: the run stops before the first provider"

// spoiling is the check that stops what would fail in the middle of the work,
// nil when there is none.
func (p *rehearsing) spoiling() *CheckResult {
	for i := range p.results {
		if r := &p.results[i]; r.Blocks() && r.trace.execute {
			return r
		}
	}
	return nil
}

func (r *CheckResult) spoils() string {
	return fmt.Sprintf("without the check %s, Sysprep would fail in the middle of %s and leave %s", r.ID, r.trace.stage, StateUndeployable)
}

// statesNote begins the note on the image states of one boot.
const statesNote = "image state in boot "

func (r *Record) noteStates() {
	for _, b := range r.Boots {
		if len(b.ImageStates) > 2 {
			r.Note(fmt.Sprintf("%s%d: %s", statesNote, b.N, strings.Join(b.ImageStates, " -> ")))
		}
	}
}

// consequences notes the image states and what generalize means for copies.
func (p *rehearsing) consequences() {
	rec := p.record
	rec.noteStates()
	if !generalizes(p.situation) {
		return
	}
	rec.Note(takesAway(rec.Removes))
	from := p.generalizing()
	if keepsLicence(from, p.machine.SkipRearm.Value) {
		rec.Note("SkipRearm is 1: all copies keep one client ID, and a key management host counts them as one; set it to 0 in the last generalize")
	}
	if from.isTrue(schema.Generalize, pnpComponent, "PersistAllDeviceInstalls") {
		rec.Note("kept device installations suit identical hardware, slots and firmware alone; drivers are not ranked again")
	}
}

// takesAway is the short form of what generalize does to the image.
func takesAway(all []Removal) string {
	gone := []string{"the computer's SID and name"}
	for _, what := range []string{"domain membership", "device installations", "event logs", "restore points", "activation"} {
		if slices.ContainsFunc(all, func(r Removal) bool { return r.What == what && r.Result != Kept }) {
			gone = append(gone, what)
		}
	}
	last := len(gone) - 1
	return "generalize takes away " + strings.Join(gone[:last], ", ") + " and " + gone[last] + "; user profiles, local accounts and programs stay"
}

// assumptions tells how much rests on a fresh machine.
func (p *rehearsing) assumptions() {
	n := 0
	for _, r := range p.results {
		if r.Step.Status == StatusAssumed {
			n++
		}
	}
	if n > 0 {
		p.record.Note(fmt.Sprintf("%s assumed from a fresh installation of Windows %s; a machine file decides them", count(n, "check"), p.machine.Windows.Value))
	}
}

// count is "1 setting", "3 settings".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
