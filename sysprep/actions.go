package sysprep

import (
	"fmt"
	"strings"

	"github.com/reseal/reseal/schema"
)

// actions is the phase that changes the machine: the answer file's generalize
// settings, then the providers of cleanup, then those of generalize.
func (p *rehearsing) actions(ph *Phase) {
	build := buildOf(p.machine.Windows.Value)
	if p.command.Generalize {
		run := p.applyPass(schema.Generalize, nil)
		p.do(ph, Step{Name: "generalize-settings", Status: StatusOK, Source: docPasses,
			Detail: fmt.Sprintf("%s of the generalize pass applied before anything is generalized", count(len(run.Applied), "setting"))})
	}
	p.record.Providers = p.providers(build)
	stages := []string{StageCleanup}
	if p.command.Generalize {
		stages = append(stages, StageGeneralize)
	}
	for _, stage := range stages {
		n := 0
		for _, provider := range p.record.Providers {
			if provider.Stage == stage {
				n++
			}
		}
		p.do(ph, Step{Name: stage + "-providers", Status: StatusAssumed, Source: "action files and logs of Windows builds",
			Detail: fmt.Sprintf("%s of Windows are taken to succeed", count(n, stage+" provider"))})
	}
	p.do(ph, Step{Name: "external-providers", Status: StatusNotModelled, Source: "https://learn.microsoft.com/previous-versions/windows/it-pro/windows-7/ee676646(v=ws.10)",
		Detail: "providers that other software has registered are not known"})
}

// outcome fills the record with what follows from the phases.
func (p *rehearsing) outcome() {
	rec := p.record
	rec.Devices = p.deviceFates()
	if p.stopped {
		p.failed()
	} else {
		boots, notes := p.play()
		rec.Boots = boots
		rec.ImageState = boots[0].ImageStateAfter
		for _, n := range notes {
			rec.Note(n)
		}
		p.consequences()
	}
	p.assumptions()
}

// failed leaves everything as it was: pre-checks stop a run before it changes
// anything.
func (p *rehearsing) failed() {
	rec, state := p.record, p.machine.ImageState.Value
	rec.Verdict, rec.ImageState = VerdictFailed, state
	rec.Boots = []Boot{{Mode: BootSysprep, ImageStateBefore: state, ImageStateAfter: state, states: []string{state}}}
	for i := range rec.Providers {
		rec.Providers[i].Status = StatusSkipped
	}
	for i := range rec.Devices {
		rec.Devices[i].Result = DeviceKept
	}
	rec.Note("nothing was changed: the run stops before the first provider")
}

// statesNote begins the note on the image states of one boot.
const statesNote = "image state in boot "

// consequences notes the image states and what generalize means for copies.
func (p *rehearsing) consequences() {
	rec := p.record
	for _, b := range rec.Boots {
		if len(b.states) > 2 {
			rec.Note(fmt.Sprintf("%s%d: %s", statesNote, b.N, strings.Join(b.states, " -> ")))
		}
	}
	if !p.command.Generalize {
		return
	}
	rec.Note("generalize takes away the computer's SID and name, domain membership, device installations, event logs, restore points and activation; user profiles, local accounts and programs stay")
	if p.answers.text(schema.Generalize, licenceComponent, "SkipRearm") == "1" {
		rec.Note("SkipRearm is 1: all copies keep one client ID, and a key management host counts them as one; set it to 0 in the last generalize")
	}
	if p.answers.isTrue(schema.Generalize, pnpComponent, "PersistAllDeviceInstalls") {
		rec.Note("kept device installations suit identical hardware, slots and firmware alone; drivers are not ranked again")
	}
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
