package sysprep

import (
	"slices"
	"strings"
	"testing"

	"github.com/reseal/reseal/schema"
)

// checkFlips turns one fact of a machine that passes everything.
var checkFlips = []struct {
	check   string
	flip    func(*Machine)
	lines   []string // of the answer file
	windows string   // "" = 11-24h2
	vm      bool
	want    Status
}{
	{check: "elevated", flip: func(m *Machine) { m.Elevated.Value = false }, want: StatusFailed},
	{check: "not-system", flip: func(m *Machine) { m.LocalSystem.Value = true }, want: StatusFailed},
	{check: "version", flip: func(m *Machine) { m.Windows.Value = "10-22h2" }, want: StatusFailed},
	{check: "instance", flip: func(m *Machine) { m.Instances.Value = 1 }, want: StatusFailed},
	{check: "state", flip: func(m *Machine) { m.GeneralizationState.Value = 3 }, want: StatusFailed},
	{check: "image-state", flip: func(m *Machine) { m.ImageState.Value = StateUndeployable }, want: StatusWarning},
	{check: "image-state", flip: func(m *Machine) { m.ImageState.Value = "image_state_undeployable" }, want: StatusWarning},
	{check: "image-state", flip: func(m *Machine) { m.ImageState.Value = "IMAGE_STATE_SEALED" }, want: StatusWarning},
	{check: "image-state", flip: func(m *Machine) { m.CleanupState.Value = 1 }, want: StatusWarning},
	{check: "image-state", flip: func(m *Machine) { m.GeneralizationState.Value = 4 }, want: StatusWarning},
	{check: "pending-renames", flip: func(m *Machine) { m.Pending.Value = []string{"renames"} }, want: StatusWarning},
	{check: "domain", flip: func(m *Machine) { m.Domain.Value = "corp.example" }, want: StatusWarning},
	{check: "edition", flip: func(m *Machine) { m.Edition.Value = "Education" }, want: StatusWarning},
	{check: "architecture", flip: func(m *Machine) { m.Architecture.Value = "arm64" }, want: StatusWarning},
	{check: "server-roles", flip: func(m *Machine) { m.Roles.Value = []string{"DHCP Server"} }, want: StatusWarning},
	{check: "server-roles", flip: func(m *Machine) { m.Roles.Value = []string{"Coffee Server"} }, want: StatusWarning},
	{check: "role-conditions", flip: func(m *Machine) { m.Roles.Value = []string{"Hyper-V"} }, want: StatusInfo},
	{check: "copy-profile", flip: func(m *Machine) { m.Accounts.Value = append(m.Accounts.Value, Account{"ann", "local"}) },
		lines: []string{"specialize Microsoft-Windows-Shell-Setup CopyProfile = true"}, want: StatusWarning},
	{check: "answer-media", flip: func(m *Machine) {
		m.Media.Value, m.AnswerFiles = []Medium{{Drive: "E:", Kind: "removable"}}, Fact[[]FoundFile]{}
	}, want: StatusWarning},
	{check: "answer-media", flip: func(m *Machine) {
		m.AnswerFiles.Value = []FoundFile{found(PlaceRemovable, `E:\Autounattend.xml`, "specialize")}
	}, want: StatusWarning},
	{check: "answer-media", flip: func(m *Machine) {
		m.AnswerFiles.Value = []FoundFile{found(PlacePantherUnattend, `C:\Windows\Panther\Unattend\Unattend.xml`, "oobeSystem")}
	}, lines: quietLines, want: StatusWarning},
	{check: "leftover-answers", flip: func(m *Machine) { m.AnswerFiles.Value = []FoundFile{secretFile(PlaceSystemRoot, `C:\Unattend.xml`)} }, want: StatusWarning},
	{check: "upgrade", windows: "10-1511", flip: func(m *Machine) { m.Upgraded.Value = true }, want: StatusFailed},
	{check: "old-windows", flip: func(m *Machine) { m.Leftovers.Value = []string{"Windows.old"} }, want: StatusWarning},
	{check: "free-space", flip: func(m *Machine) { m.FreeSpace.Value = 9 }, want: StatusWarning},
	{check: "encrypted-files", flip: func(m *Machine) { m.EncryptedFiles.Value = true }, want: StatusWarning},
	{check: "virtual-machine", vm: true, flip: func(m *Machine) { m.Virtual.Value = false }, want: StatusWarning},
	{check: "defender-endpoint", flip: func(m *Machine) { m.Onboarded.Value = true }, want: StatusWarning},
	{check: "store-updates", flip: func(m *Machine) {
		m.StoreUpdates.Value = true
		m.AppX.Value = []Package{{Name: "A_1.0_x64__p", Users: []string{"ann"}, Provisioned: true}}
	}, want: StatusInfo},
	{check: "upgraded", flip: func(m *Machine) { m.Upgraded.Value = true }, want: StatusInfo},
	{check: "upgraded", windows: "10-1607", flip: func(m *Machine) { m.Upgraded.Value = true }, want: StatusInfo},
	{check: "earlier-errors", flip: func(m *Machine) { m.EarlierErrors.Value = []string{"a run failed"} }, want: StatusInfo},
	{check: "recovery-environment", flip: func(m *Machine) { m.Recovery.Value = false }, want: StatusWarning},
	{check: "setup-script", flip: func(m *Machine) { m.Scripts.Value, m.Channel = []string{"SetupComplete.cmd"}, GivenAs("oem") }, want: StatusWarning},
	{check: "skip-rearm", flip: func(m *Machine) { m.SkipRearm.Value = true }, want: StatusInfo},
	{check: "command-pass", flip: func(*Machine) {},
		lines: []string{"oobeSystem Microsoft-Windows-Deployment RunSynchronous/RunSynchronousCommand[1]/Path = cmd /c ver"}, want: StatusWarning},
	{check: "external-providers", flip: func(m *Machine) {
		m.External.Value = []ExternalProvider{{Stage: StageSpecialize, Library: `C:\Agent\a.dll`, Function: "Go", Missing: true}}
	}, want: StatusWarning},
	{check: "external-providers", flip: func(m *Machine) {
		m.External.Value = []ExternalProvider{{Stage: StageCleanup, Library: `C:\Agent\a.dll`, Function: "Go", Architecture: "x86"}}
	}, want: StatusWarning},
	{check: "servicing", flip: func(m *Machine) { m.Pending.Value = []string{"servicing"} }, want: StatusFailed},
	{check: "servicing", flip: func(m *Machine) { m.Pending.Value = []string{"restart"} }, want: StatusFailed},
	{check: "trusted-installer", flip: func(m *Machine) { m.Services.Value = []Service{{"trustedinstaller", "disabled"}} }, want: StatusFailed},
	{check: "reserved-storage", flip: func(m *Machine) { m.ReservedStorage.Value = 3 }, want: StatusFailed},
	{check: "appx", flip: func(m *Machine) { m.AppX.Value = []Package{{Name: "A_1.0_x64__p", Users: []string{"ann"}}} }, want: StatusFailed},
	{check: "appx", flip: func(m *Machine) {
		m.AppX.Value = []Package{{Name: "A_1.10.0_x64__p", Users: []string{"ann"}, Provisioned: true, ProvisionedVersion: "1.9.9"}}
	}, want: StatusFailed},
	{check: "appx-service", flip: func(m *Machine) { m.Services.Value = []Service{{"AppXSvc", "disabled"}} }, want: StatusFailed},
	{check: "bitlocker", flip: func(m *Machine) { m.BitLocker.Value = "on" }, want: StatusFailed},
	{check: "bitlocker", flip: func(m *Machine) { m.BitLocker.Value = "suspended" }, want: StatusFailed},
	{check: "rearms", flip: func(m *Machine) { m.Rearms.Value = 0 }, want: StatusFailed},
	{check: "services", flip: func(m *Machine) { m.Services.Value = []Service{{"wuauserv", "disabled"}} }, want: StatusWarning},
	{check: "command-length", flip: func(*Machine) {},
		lines: []string{"specialize Microsoft-Windows-Deployment RunSynchronous/RunSynchronousCommand[1]/Path = " + strings.Repeat("x", 260)}, want: StatusFailed},
}

// quietLines fill every pass of /generalize /oobe, so that no drive matters.
var quietLines = []string{
	"generalize Microsoft-Windows-PnpSysprep PersistAllDeviceInstalls = false",
	"specialize Microsoft-Windows-Shell-Setup TimeZone = UTC",
	"oobeSystem Microsoft-Windows-Shell-Setup OOBE/ProtectYourPC = 3",
}

func TestEveryFactThatIsFlippedShowsInItsPhaseAndInTheVerdict(t *testing.T) {
	tested := map[string]bool{
		"program-path":     true, // decided from the command: TestProgramPath
		"answer-files":     true, // only without an answer file: TestAnswerFilesThatWindowsFindsByItself
		"processed-passes": true, // decided from the answer file: TestProcessedPassesOfTheAnswerFile
	}
	for _, c := range checkFlips {
		tested[c.check] = true
		lines := c.lines
		if c.check != "answer-media" {
			lines = append(slices.Clone(quietLines), lines...)
		}
		inv := generalizeOOBE
		inv.VM = c.vm
		f := answerFile(t, inv, lines...)
		f.Target.Edition, f.Target.Windows = "Professional", or(c.windows, "11-24h2")
		given := func(flip func(*Machine)) *Machine {
			m := given(func(m *Machine) { m.Windows.Value = f.Target.Windows })
			if flip != nil {
				flip(m)
			}
			return m
		}
		clean := rehearse(t, f, given(nil)).Record
		if !strings.HasPrefix(c.check, "command-") && c.check != "role-conditions" { // no roles, no conditions
			if _, s := step(clean, c.check); s.Status != StatusOK || clean.Verdict != VerdictOK {
				t.Errorf("%s: %s before the flip, verdict %s", c.check, s.Status, clean.Verdict)
			}
		}
		record := rehearse(t, f, given(c.flip)).Record
		phase, s := step(record, c.check)
		if s.Status != c.want || s.Detail == "" || s.Remedy == "" || s.Source == "" {
			t.Errorf("%s: %+v, want %s", c.check, s, c.want)
		}
		want := c.want
		if want == StatusInfo {
			want = clean.Phase(phase).Status // information makes no phase worse
		}
		if got := record.Phase(phase).Status; got != want {
			t.Errorf("%s: phase %s is %s, want %s", c.check, phase, got, want)
		}
		failed := c.want == StatusFailed
		if record.Failed() != failed {
			t.Errorf("%s: verdict %s", c.check, record.Verdict)
		}
		if failed && (record.ImageState != StateComplete || len(record.Boots) != 1) {
			t.Errorf("%s: a blocked run leaves %s and %d boots", c.check, record.ImageState, len(record.Boots))
		}
	}
	for _, id := range CheckIDs() {
		if !tested[id] {
			t.Errorf("the check %s is flipped by no case", id)
		}
	}
}

func TestFactsByDefaultAreAssumedAndNeverOK(t *testing.T) {
	f := answerFile(t, generalizeOOBE, quietLines...)
	record := rehearse(t, f, nil).Record
	if record.Failed() {
		t.Fatal(record.Verdict)
	}
	decidedByAnswer := []string{"program-path", "processed-passes", "command-length", "command-pass", "options", "generalize-settings"}
	for _, p := range record.Phases {
		for _, s := range p.Steps {
			if s.Status == StatusOK && !slices.Contains(decidedByAnswer, s.Name) {
				t.Errorf("%s/%s is ok on a fresh machine", p.Name, s.Name)
			}
			if s.Status == StatusOK && s.Source == "" {
				t.Errorf("%s/%s is ok without a source", p.Name, s.Name)
			}
		}
	}
	for _, p := range record.Providers {
		if p.Status != StatusAssumed {
			t.Errorf("provider %s is %s for an assumed release", p.Name, p.Status)
		}
	}
}

func TestUnknownFactsAreNotModelled(t *testing.T) {
	results := PreCheck(&Machine{}, nil, CommandOf(generalizeOOBE, ""), nil)
	decided := []string{"program-path", "command-length"}
	for _, r := range results {
		if !slices.Contains(decided, r.ID) && r.Step.Status != StatusNotModelled {
			t.Errorf("%s is %s where nothing is known", r.ID, r.Step.Status)
		}
	}
}

func TestProgramPath(t *testing.T) {
	for path, want := range map[string]Status{
		``: StatusOK, `D:\WINDOWS\system32\sysprep\sysprep.exe`: StatusOK, `C:\Windows\Sysnative\Sysprep\sysprep.exe`: StatusOK,
		`C:\Tools\sysprep.exe`: StatusFailed, `C:\Windows\SysWOW64\Sysprep\sysprep.exe`: StatusFailed,
	} {
		c := CommandOf(generalizeOOBE, "")
		c.Program = path
		for _, r := range PreCheck(given(nil), nil, c, nil) {
			if r.ID == "program-path" && r.Step.Status != want {
				t.Errorf("%s: %s", path, r.Step.Status)
			}
		}
	}
}

func TestChecksOfGeneralizeAreLeftOutWithoutIt(t *testing.T) {
	broken := given(func(m *Machine) {
		m.BitLocker.Value, m.Rearms.Value = "on", 0
		m.AppX.Value = []Package{{Name: "A_1.0_x64__p", Users: []string{"ann"}}}
		m.Services.Value = []Service{{"AppXSvc", "disabled"}}
	})
	f := answerFile(t, schema.Invocation{Mode: "oobe"}, quietLines...)
	record := rehearse(t, f, broken).Record
	if record.Failed() {
		t.Errorf("verdict %s", record.Verdict)
	}
	for _, id := range []string{"bitlocker", "rearms", "appx", "appx-service"} {
		if phase, _ := step(record, id); phase != "" {
			t.Errorf("%s is checked without /generalize", id)
		}
	}
}

func TestSkipRearmLiftsTheRearmCheck(t *testing.T) {
	lines := append(slices.Clone(quietLines), "generalize Microsoft-Windows-Security-SPP SkipRearm = 1")
	record := rehearse(t, answerFile(t, generalizeOOBE, lines...), given(func(m *Machine) { m.Rearms.Value = 0 })).Record
	if _, s := step(record, "rearms"); s.Status != StatusOK || record.Failed() {
		t.Errorf("%+v", s)
	}
}

func TestSystemPackagesDoNotCount(t *testing.T) {
	for _, kind := range []string{"framework", "resource", "system", "non-removable"} {
		m := given(func(m *Machine) { m.AppX.Value = []Package{{Name: "F_1.0_x64__p", Users: []string{"ann"}, Kind: kind}} })
		if rehearse(t, answerFile(t, generalizeOOBE, quietLines...), m).Record.Failed() {
			t.Errorf("a %s package blocks", kind)
		}
	}
}

func TestASkippedCheckIsRecordedAndDoesNotBlock(t *testing.T) {
	m := given(func(m *Machine) { m.BitLocker.Value = "on" })
	record := rehearse(t, answerFile(t, generalizeOOBE, quietLines...), m, Skip{"bitlocker", "a test volume"}).Record
	_, s := step(record, "bitlocker")
	if s.Status != StatusSkipped || !strings.Contains(s.Detail, "a test volume") || record.Failed() {
		t.Errorf("%+v, verdict %s", s, record.Verdict)
	}
	if len(record.Skipped) != 1 || record.Skipped[0] != (Skip{"bitlocker", "a test volume"}) {
		t.Errorf("skipped: %v", record.Skipped)
	}
	if _, s := step(record, "reseal-state"); s.Status != StatusAssumed {
		t.Errorf("the outcome is %s although a check was set aside", s.Status)
	}
}

func TestAllProblemsComeOutInOneRun(t *testing.T) {
	m := given(func(m *Machine) {
		m.Elevated.Value, m.BitLocker.Value, m.ReservedStorage.Value = false, "on", 1
	})
	record := rehearse(t, answerFile(t, generalizeOOBE, quietLines...), m).Record
	for _, id := range []string{"elevated", "bitlocker", "reserved-storage"} {
		if _, s := step(record, id); s.Status != StatusFailed {
			t.Errorf("%s is %s", id, s.Status)
		}
	}
	want := map[string]Status{PhaseVerify: StatusFailed, PhaseLogging: StatusSkipped, PhaseArguments: StatusSkipped, PhaseActions: StatusFailed, PhaseConfirm: StatusSkipped}
	for name, status := range want {
		if got := record.Phase(name).Status; got != status {
			t.Errorf("%s is %s, want %s", name, got, status)
		}
	}
}

func TestACallThatMakesNoSenseIsAnError(t *testing.T) {
	f := answerFile(t, generalizeOOBE)
	noMode := answerFile(t, schema.Invocation{Generalize: true})
	cases := []struct {
		name string
		r    Rehearsal
		want string
	}{
		{"no file", Rehearsal{}, "answer file"},
		{"no mode", Rehearsal{Answer: noMode}, "oobe or audit"},
		{"unknown check", Rehearsal{Answer: f, Skips: []Skip{{"bitlockr", "x"}}}, "did you mean bitlocker?"},
		{"twice", Rehearsal{Answer: f, Skips: []Skip{{"bitlocker", "x"}, {"domain", "y"}, {"bitlocker", "z"}}}, "set aside twice"},
		{"no reason", Rehearsal{Answer: f, Skips: []Skip{{"bitlocker", " "}}}, "needs a reason"},
	}
	for _, c := range cases {
		if out, err := c.r.Run(); out != nil || err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestOnlyWhatIsKnownBlocks(t *testing.T) {
	aboveItsGrade := []string{"appx-service"} // explained at its entry
	seen := map[string]bool{}
	for _, c := range Checks() {
		if seen[c.ID] {
			t.Errorf("%s stands twice", c.ID)
		}
		seen[c.ID] = true
		if c.Title == "" || c.Remedy == "" || c.Source == "" || c.Grade == "" || c.judge == nil {
			t.Errorf("%s lacks a part", c.ID)
		}
		weak := c.Grade == Reported || c.Grade == Inferred
		if c.Level == Block && weak && !slices.Contains(aboveItsGrade, c.ID) {
			t.Errorf("%s blocks on %s", c.ID, c.Grade)
		}
		if FindCheck(c.ID) == nil {
			t.Errorf("%s is not found", c.ID)
		}
	}
}
