package sysprep

import (
	"fmt"
	"slices"

	"github.com/reseal/reseal/schema"
)

// BootServicing is the mode of what DISM does to an image that does not run.
const BootServicing = "servicing"

// deployment is a way in which an answer file reaches Windows without Sysprep.
type deployment struct {
	use   string
	start string // what is started, in words
	file  string // how the answer file is called there
	note  string // what the picture leaves out, "" for nothing
}

// deployments are the uses of an answer file but sysprep.
//
// Source: how-configuration-passes-work and windows-setup-automation-overview
// at learn.microsoft.com/windows-hardware/manufacture/desktop; the deployment
// guide of Windows Deployment Services for its two files;
// AdditionalUnattendContent of the Azure compute API; the KubeVirt user guide.
var deployments = [...]deployment{
	{"media", "Windows Setup from media", "Autounattend.xml", ""},
	{"wds", "Windows Setup by Windows Deployment Services", "unattend.xml",
		"Windows Deployment Services takes windowsPE from the answer file of the client, and the later passes from that of the image"},
	{"configmgr", "Windows Setup by a task sequence of Configuration Manager", "unattend.xml",
		"a task sequence does much of windowsPE by its own steps, and writes settings of its own into the answer file"},
	{"kubevirt", "A virtual machine of KubeVirt", "Autounattend.xml",
		"the picture is that of an installation from media; a sealed image goes on from specialize"},
	{"offline", "DISM /Apply-Unattend on an image that does not run", "unattend.xml",
		"DISM caches no answer file: what is to serve later passes has to be put into the image"},
	{"azure", "A virtual machine of Azure", "unattend.xml",
		"what comes before OOBE, specialize among it, follows the answer file that Azure makes"},
}

// findDeployment returns the deployment of a use, nil for Sysprep.
func findDeployment(use string) *deployment {
	i := slices.IndexFunc(deployments[:], func(d deployment) bool { return d.use == use })
	if i < 0 {
		return nil
	}
	return &deployments[i]
}

// deploy plays the life of an image that meets the answer file without
// Sysprep: there are no phases and no checks, but the same boots and passes.
func (r Rehearsal) deploy(d *deployment) (*Record, error) {
	if len(r.Skips) > 0 {
		return nil, fmt.Errorf("there is no check to skip: Sysprep has no part in %s", d.start)
	}
	m, note := fitting(r.Machine, r.Answer)
	s := &situation{machine: d.searched(m), answers: answers{file: r.Answer, arch: m.Architecture.Value}, command: Command{Unattend: d.file}}
	t := newTimeline(s)
	t.deployment = d
	t.follow(t.deployed())
	rec := &Record{
		Schema: RecordSchema, Engine: "rehearse", Command: d.start, Boots: t.boots, ImageState: t.state, Verdict: VerdictOK,
		Target: RecordTarget{Windows: m.Windows.Value, Architecture: m.Architecture.Value, Use: d.use},
	}
	if t.ran[schema.Specialize] {
		rec.Providers = s.providersOf(StageSpecialize)
	}
	for _, n := range []string{note, d.note} {
		if n != "" {
			rec.Note(n)
		}
	}
	for _, n := range t.notes {
		rec.Note(n)
	}
	rec.noteStates()
	return rec, nil
}

// searched is the machine with the answer files that can serve a pass: those
// on drives, since the image brings a Windows folder of its own. DISM and
// Azure name their file and search none.
func (d *deployment) searched(m *Machine) *Machine {
	out := *m
	out.AnswerFiles.Value = slices.DeleteFunc(slices.Clone(m.AnswerFiles.Value), func(f FoundFile) bool {
		return d.use == "offline" || d.use == "azure" || f.Place != PlaceRemovable && f.Place != PlaceReadOnly
	})
	return &out
}

// deployed begins the life of an image without Sysprep and returns the mode of
// the next boot.
func (t *timeline) deployed() string {
	if t.deployment.use == "azure" {
		t.state = StateSpecializeOOBE
		return BootOOBE
	}
	t.state = t.appliedState()
	if t.deployment.use == "offline" {
		t.pass(t.open(BootServicing), t.serve(schema.OfflineServicing), nil)
		return ""
	}
	b := t.open(BootSetup)
	b = t.pass(b, t.serve(schema.WindowsPE), nil)
	b = t.pass(b, t.serve(schema.OfflineServicing), nil)
	b.Ends = restarts
	return BootSetup
}

// appliedState is the state of the image that is deployed. The images of
// Windows media are generalized, as field reports show.
func (t *timeline) appliedState() string {
	state := t.machine.ImageState
	switch {
	case state.Origin != Given:
		t.note("the image is taken to be generalized, as those of Windows media are")
		return StateGeneralizeOOBE
	case t.deployment.use != "offline" && state.Value != StateGeneralizeOOBE && state.Value != StateGeneralizeAudit:
		t.note("the image is %s and not generalized; the boots are those of one that is", ShortState(state.Value))
		return StateGeneralizeOOBE
	}
	return state.Value
}

// whyNever tells why a deployment does not come to a pass, "" where the reason
// is the same as behind Sysprep.
func (d *deployment) whyNever(pass schema.Pass) string {
	switch {
	case d.use == "offline":
		return "pass never runs: DISM applies offlineServicing alone"
	case d.use == "azure" && pass != schema.AuditSystem && pass != schema.AuditUser:
		return "pass never runs: Azure takes settings for oobeSystem alone"
	case pass == schema.Generalize:
		return "pass never runs: Setup generalizes nothing; Sysprep does"
	case pass == schema.OobeSystem:
		return "pass does not run before something leads from audit mode to OOBE; the cached file then serves it"
	}
	return ""
}
