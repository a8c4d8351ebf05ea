package sysprep

import (
	"reflect"
	"strings"
	"testing"
)

// TestLiveMachineReadsEveryFact flips what a fact is read from.
func TestLiveMachineReadsEveryFact(t *testing.T) {
	none := func(w *fakeWindows) {}
	cases := []struct {
		name string
		flip func(*fakeWindows)
		get  func(*Machine) any
		want any
	}{
		{"client", none, func(m *Machine) any { return m.Windows }, GivenAs("11-24h2")},
		{"server of the same build", func(w *fakeWindows) { w.text(keyVersion, "InstallationType", "Server Core") },
			func(m *Machine) any { return m.Windows }, GivenAs("server-2025")},
		{"long-term servicing", func(w *fakeWindows) { w.text(keyVersion, "EditionID", "IoTEnterpriseS") },
			func(m *Machine) any { return m.Windows }, GivenAs("11-ltsc-2024")},
		{"long-term servicing of a build that has none", func(w *fakeWindows) {
			w.text(keyVersion, "EditionID", "EnterpriseS")
			w.text(keyVersion, "CurrentBuildNumber", "22631")
		}, func(m *Machine) any { return m.Windows }, GivenAs("11-23h2")},
		{"a build of the future", func(w *fakeWindows) { w.text(keyVersion, "CurrentBuildNumber", "99999") },
			func(m *Machine) any { return m.Windows }, Fact[string]{}},
		{"no kind of installation, but an edition", func(w *fakeWindows) {
			delete(w.strings, keyVersion+"|InstallationType")
			w.text(keyVersion, "EditionID", "ServerStandard")
		}, func(m *Machine) any { return m.Windows }, GivenAs("server-2025")},
		{"neither kind of installation nor edition", func(w *fakeWindows) {
			delete(w.strings, keyVersion+"|InstallationType")
			delete(w.strings, keyVersion+"|EditionID")
		}, func(m *Machine) any { return m.Windows }, Fact[string]{}},
		{"edition", none, func(m *Machine) any { return m.Edition }, GivenAs("Professional")},
		{"architecture", func(w *fakeWindows) { w.arch = "arm64" }, func(m *Machine) any { return m.Architecture }, GivenAs("arm64")},
		{"unknown architecture", func(w *fakeWindows) { w.arch = "" }, func(m *Machine) any { return m.Architecture }, Fact[string]{}},
		{"image state", func(w *fakeWindows) { w.image(StateUndeployable, 3) }, func(m *Machine) any { return m.ImageState }, GivenAs(StateUndeployable)},
		{"no image state", func(w *fakeWindows) { w.image("", 7) }, func(m *Machine) any { return m.ImageState }, Fact[string]{}},
		{"generalization state", func(w *fakeWindows) { w.image(StateUndeployable, 3) }, func(m *Machine) any { return m.GeneralizationState }, GivenAs(3)},
		{"no generalization state", func(w *fakeWindows) { delete(w.numbers, keySysprepStatus+"|GeneralizationState") },
			func(m *Machine) any { return m.GeneralizationState }, Fact[int]{}},
		{"cleanup state", func(w *fakeWindows) { w.number(keySysprepStatus, "CleanupState", 1) }, func(m *Machine) any { return m.CleanupState }, GivenAs(1)},
		{"unreadable states", func(w *fakeWindows) { w.unread = keySysprepStatus }, func(m *Machine) any { return m.ImageState }, Fact[string]{}},
		{"elevated", func(w *fakeWindows) { w.elevated = false }, func(m *Machine) any { return m.Elevated }, GivenAs(false)},
		{"elevation that cannot be read", func(w *fakeWindows) { w.fails["Elevated"] = errDenied }, func(m *Machine) any { return m.Elevated }, Fact[bool]{}},
		{"LocalSystem", func(w *fakeWindows) { w.system = true }, func(m *Machine) any { return m.LocalSystem }, GivenAs(true)},
		{"workgroup", none, func(m *Machine) any { return m.Domain }, GivenAs("")},
		{"domain", func(w *fakeWindows) { w.domain = "CONTOSO" }, func(m *Machine) any { return m.Domain }, GivenAs("CONTOSO")},
		{"instances", func(w *fakeWindows) { w.others = 2 }, func(m *Machine) any { return m.Instances }, GivenAs(2)},
		{"instances that cannot be read", func(w *fakeWindows) { w.fails["Instances"] = errDenied }, func(m *Machine) any { return m.Instances }, Fact[int]{}},
		{"nothing pending", none, func(m *Machine) any { return m.Pending }, GivenAs([]string(nil))},
		{"pending servicing, named once", func(w *fakeWindows) {
			w.keys[keyServicing+`\RebootPending`] = true
			w.keys[keyServicing+`\PackagesPending`] = true
		}, func(m *Machine) any { return m.Pending }, GivenAs([]string{"servicing"})},
		{"pending restart and renames", func(w *fakeWindows) {
			w.keys[keyUpdate] = true
			w.text(keySession, "PendingFileRenameOperations", `\??\C:\x`)
		}, func(m *Machine) any { return m.Pending }, GivenAs([]string{"restart", "renames"})},
		{"pending work that cannot be read", func(w *fakeWindows) { w.unread = keyServicing }, func(m *Machine) any { return m.Pending }, Fact[[]string]{}},
		{"pending work that can be read in part", func(w *fakeWindows) { w.unread, w.keys[keyUpdate] = keyServicing, true },
			func(m *Machine) any { return m.Pending }, GivenAs([]string{"restart"})},
		{"no reserved storage", none, func(m *Machine) any { return m.ReservedStorage }, GivenAs(0)},
		{"reserved storage", func(w *fakeWindows) { w.number(keyReserve, "ActiveScenario", 4) }, func(m *Machine) any { return m.ReservedStorage }, GivenAs(4)},
		{"reserved storage that cannot be read", func(w *fakeWindows) { w.unread = keyReserve }, func(m *Machine) any { return m.ReservedStorage }, Fact[int]{}},
		{"services", func(w *fakeWindows) {
			w.number(keyServices+"TrustedInstaller", "Start", 3)
			w.number(keyServices+"AppXSvc", "Start", 4)
			w.number(keyServices+"wuauserv", "Start", 77)
		}, func(m *Machine) any { return m.Services }, GivenAs([]Service{{"TrustedInstaller", "manual"}, {"AppXSvc", "disabled"}})},
		{"services that cannot be read", func(w *fakeWindows) { w.unread = keyServices }, func(m *Machine) any { return m.Services }, Fact[[]Service]{}},
		{"servicing that goes on", func(w *fakeWindows) { w.keys[keyServicing+`\RebootInProgress`] = true },
			func(m *Machine) any { return m.Pending }, GivenAs([]string{"servicing"})},
		{"servicing that left its list", func(w *fakeWindows) { w.write(`C:\Windows\WinSxS\pending.xml`, "x") },
			func(m *Machine) any { return m.Pending }, GivenAs([]string{"servicing"})},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w := newFake()
			c.flip(w)
			m, notes := LiveMachine(w)
			if got := c.get(m); !reflect.DeepEqual(got, c.want) {
				t.Errorf("%+v, want %+v", got, c.want)
			}
			if failing := w.unread != "" || len(w.fails) > 0; failing && !strings.Contains(strings.Join(notes, "\n"), "access is denied") {
				t.Errorf("nobody tells what could not be read: %q", notes)
			}
		})
	}
}

// TestWhatCannotBeReadIsNotTakenForPassed makes everything unreadable.
func TestWhatCannotBeReadIsNotTakenForPassed(t *testing.T) {
	w := newFake()
	w.unread, w.arch = "S", ""
	for _, method := range []string{"Elevated", "LocalSystem", "Domain", "ComputerName", "SystemRoot", "Instances", "Query", "Drives", "FreeSpace", "Stat"} {
		w.fails[method] = errDenied
	}
	m, notes := LiveMachine(w)
	command := Command{Program: Program, Generalize: true, OOBE: true, VM: true, Unattend: testAnswer}
	for _, r := range PreCheck(m, nil, command, nil) {
		switch r.ID {
		case "program-path", "command-length", "version", "architecture": // decided by what is ours, or without an answer file
		default:
			if r.Step.Status != StatusNotModelled {
				t.Errorf("%s: %+v", r.ID, r.Step)
			}
		}
	}
	if len(notes) < 20 || strings.Contains(strings.Join(notes, ""), "%!") {
		t.Errorf("notes: %q", notes)
	}
}

func TestStatusJoinsWhatCannotBeRead(t *testing.T) {
	w := newFake()
	w.unread = keySysprepStatus
	s, err := readStatus(w)
	if err == nil || !strings.Contains(err.Error(), "GeneralizationState") || !strings.Contains(err.Error(), "CleanupState") {
		t.Errorf("error: %v", err)
	}
	if s.image != StateComplete || s.generalization != -1 {
		t.Errorf("status: %+v", s)
	}
	if got := (imageStatus{}).shown(); got != "no image state" {
		t.Errorf("shown: %q", got)
	}
}

func TestArmedNeedsBothValues(t *testing.T) {
	cases := map[imageStatus]bool{
		{setupType: 2, setupCommand: `oobe\windeploy.exe`}: true,
		{setupType: 2, setupCommand: `OOBE\WinDeploy.exe`}: true,
		{setupType: 2}: false,
		{setupType: 0, setupCommand: `oobe\windeploy.exe`}: false,
		{setupType: -1}: false,
	}
	for s, want := range cases {
		if s.armed() != want {
			t.Errorf("%+v: armed %v", s, !want)
		}
	}
}
