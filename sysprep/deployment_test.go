package sysprep

import (
	"slices"
	"strings"
	"testing"

	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// deployedBy rehearses an answer file for a use that Sysprep has no part in.
func deployedBy(t *testing.T, use string, m *Machine, lines ...string) *Record {
	t.Helper()
	f := answerFile(t, schema.Invocation{}, lines...)
	f.Invocation, f.Target.Use = nil, use
	return rehearse(t, f, m).Record
}

// The rows of the published table of passes that no command of Sysprep begins:
// Setup from media, the first boot of an applied image, DISM.
func TestEveryUseHasItsBoots(t *testing.T) {
	const setup = "0 setup windowsPE* offlineServicing* restart; 1 setup specialize*; 2 oobe oobeSystem*; 3 desktop"
	const installed = "GENERALIZE_RESEAL_TO_OOBE; GENERALIZE_RESEAL_TO_OOBE>UNDEPLOYABLE>SPECIALIZE_RESEAL_TO_OOBE; SPECIALIZE_RESEAL_TO_OOBE>UNDEPLOYABLE>COMPLETE; COMPLETE"
	for use, want := range map[string][3]string{
		"media":     {setup, installed, "generalize auditSystem auditUser"},
		"wds":       {setup, installed, "generalize auditSystem auditUser"},
		"configmgr": {setup, installed, "generalize auditSystem auditUser"},
		"kubevirt":  {setup, installed, "generalize auditSystem auditUser"},
		"offline":   {"0 servicing offlineServicing*", "GENERALIZE_RESEAL_TO_OOBE", "windowsPE generalize specialize auditSystem auditUser oobeSystem"},
		"azure":     {"0 oobe oobeSystem*; 1 desktop", "SPECIALIZE_RESEAL_TO_OOBE>UNDEPLOYABLE>COMPLETE; COMPLETE", "windowsPE offlineServicing generalize specialize auditSystem auditUser"},
	} {
		r := deployedBy(t, use, nil, everyPass...)
		var chains, never []string
		for _, b := range r.Boots {
			chains = append(chains, strings.Join(b.shortStates(), ">"))
			for _, p := range b.Passes {
				if p.Never {
					never = append(never, p.Pass)
				}
			}
		}
		if got := [3]string{picture(r), strings.Join(chains, "; "), strings.Join(never, " ")}; got != want {
			t.Errorf("%s\n got %q\nwant %q", use, got, want)
		}
		if r.Target.Use != use || r.Verdict != VerdictOK || r.Mode+r.Then != "" || len(r.Phases)+len(r.Removes)+len(r.Devices) != 0 || r.ImageState != r.Boots[len(r.Boots)-1].ImageStateAfter {
			t.Errorf("%s: %+v", use, r)
		}
		passes, ok := schema.RunsPasses(use, nil)
		for _, p := range schema.Passes() {
			ran := passOf(t, r, p.String()).Runs()
			if !ok || ran && !slices.Contains(passes, p) {
				t.Errorf("%s runs %s, which is not among %v", use, p, passes)
			}
		}
	}
}

// TestEveryUseButSysprepIsADeployment: a use that is added has boots too.
func TestEveryUseButSysprepIsADeployment(t *testing.T) {
	for _, use := range schema.Uses() {
		if d := findDeployment(use); (d == nil) != (use == "sysprep") {
			t.Errorf("%s: %+v", use, d)
		}
	}
}

func TestADeploymentGoesOnAsTheAnswerFileAndTheImageSay(t *testing.T) {
	sealed := func(state string) *Machine {
		return given(func(m *Machine) { m.ImageState.Value = state })
	}
	const reseal = "oobeSystem Microsoft-Windows-Deployment Reseal/Mode = Audit"
	const generalize = "auditUser Microsoft-Windows-Deployment Generalize/Mode = OOBE"
	for _, c := range []struct {
		name, use string
		machine   *Machine
		lines     []string
		want      string
		note      string
	}{
		{"Reseal leads to audit mode", "media", nil, []string{reseal},
			"0 setup windowsPE offlineServicing restart; 1 setup specialize; 2 oobe oobeSystem*; 3 audit auditSystem auditUser", "stays in audit mode"},
		{"and Generalize to another specialize", "wds", nil, []string{reseal, generalize},
			"0 setup windowsPE offlineServicing restart; 1 setup specialize; 2 oobe oobeSystem*; 3 audit auditSystem auditUser* generalize restart; 4 setup specialize; 5 oobe oobeSystem; 6 desktop", "boot 3 generalizes"},
		{"an image for audit mode", "media", sealed(StateGeneralizeAudit), nil,
			"0 setup windowsPE offlineServicing restart; 1 setup specialize; 2 audit auditSystem auditUser", ""},
		{"an image that is not generalized", "media", sealed(StateComplete), nil,
			"0 setup windowsPE offlineServicing restart; 1 setup specialize; 2 oobe oobeSystem; 3 desktop", "COMPLETE and not generalized"},
		{"an image of which nothing is known", "media", nil, nil,
			"0 setup windowsPE offlineServicing restart; 1 setup specialize; 2 oobe oobeSystem; 3 desktop", "taken to be generalized"},
		{"DISM leaves the state alone", "offline", sealed(StateComplete), nil, "0 servicing offlineServicing", "DISM caches no answer file"},
		{"commands of windowsPE", "media", nil, []string{
			"windowsPE Microsoft-Windows-Setup RunSynchronous/RunSynchronousCommand[1]/Order = 1",
			"windowsPE Microsoft-Windows-Setup RunSynchronous/RunSynchronousCommand[1]/Path = diskpart /s a.txt"},
			"0 setup windowsPE* offlineServicing restart; 1 setup specialize; 2 oobe oobeSystem; 3 desktop", ""},
	} {
		r := deployedBy(t, c.use, c.machine, c.lines...)
		if got := picture(r); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.name, got, c.want)
		}
		if !strings.Contains(strings.Join(r.Notes, "\n"), c.note) {
			t.Errorf("%s: %q is missing in %q", c.name, c.note, r.Notes)
		}
		if c.name == "commands of windowsPE" && started(r) != "0:diskpart /s a.txt" {
			t.Errorf("%s: %s", c.name, started(r))
		}
		if c.name == "DISM leaves the state alone" && r.ImageState != StateComplete {
			t.Errorf("%s: %s", c.name, r.ImageState)
		}
	}
}

func TestWhichAnswerFileServesADeployment(t *testing.T) {
	stick := found(PlaceRemovable, `E:\Autounattend.xml`, "specialize")
	old := found(PlacePantherUnattend, `C:\Windows\Panther\Unattend\Unattend.xml`, "windowsPE", "specialize")
	m := given(func(m *Machine) { m.AnswerFiles = GivenAs([]FoundFile{stick, old}) })
	const pe = "windowsPE Microsoft-Windows-International-Core-WinPE UILanguage = en-US"
	for use, want := range map[string]string{
		"media":   "windowsPE=Autounattend.xml; offlineServicing=; specialize=" + stick.Path + "; oobeSystem=",
		"offline": "offlineServicing=",
	} {
		if got := servedBy(deployedBy(t, use, m, pe)); got != want {
			t.Errorf("%s\n got %s\nwant %s", use, got, want)
		}
	}
	if len(m.AnswerFiles.Value) != 2 {
		t.Error("the machine of the caller was changed")
	}
}

func TestProvidersOfADeploymentAreThoseOfSpecialize(t *testing.T) {
	for use, want := range map[string]bool{"media": true, "offline": false, "azure": false} {
		list := deployedBy(t, use, nil).Providers
		if (len(list) > 0) != want || slices.ContainsFunc(list, func(p Provider) bool { return p.Stage != StageSpecialize }) {
			t.Errorf("%s: %+v", use, list)
		}
	}
}

func TestADeploymentHasNoChecksToSkip(t *testing.T) {
	f := &answer.File{Target: schema.Target{Use: "media"}}
	_, err := Rehearsal{Answer: f, Skips: []Skip{{ID: "elevated", Reason: "x"}}}.Run()
	if err == nil || !strings.Contains(err.Error(), "Sysprep has no part in Windows Setup from media") {
		t.Error(err)
	}
}

func TestThePlanOfADeploymentSaysWhatItLeaves(t *testing.T) {
	r := deployedBy(t, "media", nil, everyPass...)
	plan := r.Plan()
	for _, want := range []string{"Windows Setup from media\n\n", "windowsPE        | 1 applied",
		"generalize does not run\n  ignored  Microsoft-Windows-Security-SPP/SkipRearm: pass never runs: Setup generalizes nothing", "This leaves Windows in IMAGE_STATE_COMPLETE.\n"} {
		if !strings.Contains(plan, want) {
			t.Errorf("%q is missing in\n%s", want, plan)
		}
	}
	if text, err := r.JSON(); err != nil || !strings.Contains(string(text), `"use": "media"`) || !strings.Contains(string(text), `"phases": []`) {
		t.Errorf("%s, %v", text, err)
	}
}

// The search goes on behind a cached copy that is marked, and Setup's own
// drive is then as good as any.
func TestTheDriveOfSetupMayServeAPassAgain(t *testing.T) {
	lines := []string{
		"specialize Microsoft-Windows-Shell-Setup TimeZone = UTC",
		"oobeSystem Microsoft-Windows-Deployment Reseal/Mode = Audit",
		"auditUser Microsoft-Windows-Deployment Generalize/Mode = OOBE",
	}
	for use, want := range map[string]bool{"media": true, "wds": false} {
		f := answerFile(t, schema.Invocation{}, lines...)
		f.Invocation, f.Target.Use = nil, use
		notes := strings.Join(rehearse(t, f, nil).Record.Notes, "\n")
		for _, pass := range []string{"specialize runs again in boot 4", "oobeSystem runs again in boot 5"} {
			if strings.Contains(notes, pass) != want {
				t.Errorf("%s: %s: %t\n%s", use, pass, !want, notes)
			}
		}
	}
}
