package sysprep

import (
	"regexp"
	"strings"
	"testing"

	"github.com/reseal/reseal/schema"
)

// stamped is the published shape of a log line, written down here apart from
// the writer.
var stamped = regexp.MustCompile(`^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d), (Info|Warning|Error)\s+(?:(\[0x[0-9a-fA-F]{6}\])\s+)?(?:([A-Z][A-Z0-9]{1,5})\s+)?(.*?)(?:\s*\[gle=(0x[0-9a-fA-F]+)\])?$`)

func TestLogLinesHaveTheColumnsOfWindows(t *testing.T) {
	for _, g := range goldens {
		f := answerFile(t, g.inv, goldenLines...)
		out := rehearse(t, f, g.machine(), g.skips...)
		for _, log := range []string{string(out.SetupAct), string(out.SetupErr)} {
			text, ok := strings.CutPrefix(log, "\ufeff")
			if !ok || !strings.HasSuffix(text, "\r\n") || strings.Count(text, "\n") != strings.Count(text, "\r\n") {
				t.Errorf("%s: byte order mark or line ends are missing", g.name)
			}
			lines := strings.Split(strings.TrimSuffix(text, "\r\n"), "\r\n")
			if !strings.Contains(lines[0], "rehearsal") {
				t.Errorf("%s: the first line is %q", g.name, lines[0])
			}
			for _, line := range lines {
				m := stamped.FindStringSubmatch(line)
				if m == nil || m[1] != "2026-03-04 05:06:07" || m[4] != "SYSPRP" || line[43:50] != "SYSPRP " || line[19:21] != ", " {
					t.Errorf("%s: %q", g.name, line)
				}
			}
		}
	}
}

func TestSetuperrHoldsTheErrorsAlone(t *testing.T) {
	out := rehearse(t, answerFile(t, generalizeOOBE), given(func(m *Machine) { m.BitLocker.Value = "on"; m.Pending.Value = []string{"renames"} }))
	errs := strings.Split(strings.TrimSpace(string(out.SetupErr)), "\r\n")[1:]
	if len(errs) == 0 {
		t.Fatal("no error is logged")
	}
	for _, line := range errs {
		if !strings.Contains(line, ", Error ") || !strings.Contains(string(out.SetupAct), line) {
			t.Errorf("%q", line)
		}
	}
	if strings.Count(string(out.SetupAct), ", Error ") != len(errs) {
		t.Error("setupact.log has other errors")
	}
}

// Every failing check ends the log with its provider and its code, in the
// shapes that logs of Windows are read by.
func TestFailuresAreLoggedInTheShapesOfWindows(t *testing.T) {
	cases := []struct {
		check string
		flip  func(*Machine)
		want  []string
	}{
		{"elevated", func(m *Machine) { m.Elevated.Value = false }, []string{`, Error +SYSPRP elevated: `}},
		{"state", func(m *Machine) { m.GeneralizationState.Value = 3 }, []string{
			`, Error +\[0x0f0073\] SYSPRP state: `, `\[0x0f0073\] SYSPRP RunExternalDlls:Not running DLLs; either the machine is in an invalid state`}},
		{"servicing", func(m *Machine) { m.Pending.Value = []string{"servicing"} }, []string{
			`LaunchModule: Failure occurred while executing 'Sysprep_Clean_Validate_Opk' from C:\\Windows\\System32\\spopk.dll; dwRet = 0x36b7`,
			`WinMain:Hit failure while pre-validate sysprep cleanup internal providers; hr = 0x800736b7`}},
		{"trusted-installer", func(m *Machine) { m.Services.Value = []Service{{"TrustedInstaller", "disabled"}} }, []string{
			`Failed to query pending CBS operations; hr = 0x80080005`, `dwRet = 0x5\r`, `hr = 0x80070005\r`}},
		{"reserved-storage", func(m *Machine) { m.ReservedStorage.Value = 2 }, []string{
			`Audit mode cannot be turned on if reserved storage is in use`, `dwRet = 0x975\r`, `hr = 0x80070975\r`}},
		{"appx", func(m *Machine) { m.AppX.Value = []Package{{Name: "A_1_x64__p", Users: []string{"ann"}}} }, []string{
			`Package A_1_x64__p was installed for a user, but not provisioned for all users\.`, `dwRet = 0x3cf2\r`,
			`SysprepSession::Validate: Error in validating actions from .*Generalize.xml; dwRet = 0x3cf2`, `pre-validate sysprep generalize internal providers; hr = 0x80073cf2`}},
		{"appx-service", func(m *Machine) { m.Services.Value = []Service{{"AppXSvc", "disabled"}} }, []string{`dwRet = 0x422\r`, `hr = 0x80070422\r`}},
		{"bitlocker", func(m *Machine) { m.BitLocker.Value = "on" }, []string{`BitLocker is on for the OS volume`, `dwRet = 0x80310039\r`, `hr = 0x80310039\r`}},
		{"rearms", func(m *Machine) { m.Rearms.Value = 0 }, []string{
			`WinMain:Processing 'generalize' internal provider request\.`, `'SLReArmWindows' from .*; dwRet = -1073425657\r`,
			`SysprepSession::Execute: Error in executing actions`, `while processing sysprep generalize internal providers; hr = 0xc004d307`}},
	}
	for _, c := range cases {
		out := rehearse(t, answerFile(t, generalizeOOBE), given(c.flip))
		log := string(out.SetupAct)
		for _, want := range append(c.want, `\[0x0f0052\] SYSPRP Shutting down SysPrep log\r\n.*The time is now`) {
			if !regexp.MustCompile(want).MatchString(log) {
				t.Errorf("%s: no line matches %s in\n%s", c.check, want, log)
			}
		}
		if strings.Contains(log, "Successfully created tag file") {
			t.Errorf("%s: a failed run writes the tag", c.check)
		}
	}
}

func TestTheLogShowsTheStagesThatRun(t *testing.T) {
	log := string(rehearse(t, answerFile(t, schema.Invocation{Mode: "audit"}), nil).SetupAct)
	if strings.Contains(log, "Generalize.xml") || !strings.Contains(log, "Cleanup.xml") || !strings.Contains(log, "option 'AUDIT'") {
		t.Errorf("%s", log)
	}
}

func TestTextFromElsewhereStaysOnItsLine(t *testing.T) {
	m := given(func(m *Machine) {
		m.AppX.Value = []Package{{Name: "A\r\n2026-03-04 05:06:07, Info  forged\x1b[31m\u202e", Users: []string{"ann"}}}
	})
	out := rehearse(t, answerFile(t, generalizeOOBE), m)
	for name, text := range map[string]string{"log": string(out.SetupAct), "story": out.Record.Story(), "plan": out.Record.Plan()} {
		if strings.ContainsAny(text, "\x1b\u202e") || strings.Contains(text, "\n2026-03-04 05:06:07, Info  forged") {
			t.Errorf("the %s holds what the package name brought", name)
		}
	}
}

func TestVersionsCompareByTheirNumbers(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{{"1.10", "1.9", true}, {"1.9", "1.10", false}, {"2", "1.9.9", true}, {"1.0", "1", false}, {"1.0.1", "1", true}, {"", "1", false}, {"1", "", false}, {"99999999999999999999", "1", true}} {
		if got := newer(c.a, c.b); got != c.want {
			t.Errorf("newer(%s, %s) = %v", c.a, c.b, got)
		}
	}
}
