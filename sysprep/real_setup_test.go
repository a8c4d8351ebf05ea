package sysprep

import (
	"reflect"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/imagetest"
	"github.com/reseal/reseal/schema"
)

const (
	reAgent  = `C:\Windows\System32\Recovery\ReAgent.xml`
	ownLog   = `C:\Windows\System32\Sysprep\Panther\setupact.log`
	ownError = `C:\Windows\System32\Sysprep\Panther\setuperr.log`
)

// runOf is a run in a log, with the lines between its head and its end.
func runOf(at string, lines ...string) string {
	all := []string{"Info                  SYSPRP ========================================================",
		"Info                  SYSPRP ===          Beginning of a new sysprep run          ===",
		"Info                  SYSPRP ========================================================",
		"Info       [0x0f004d] SYSPRP The time is now " + at}
	all = append(append(all, lines...), "Info       [0x0f0052] SYSPRP Shutting down SysPrep log")
	return at + ", " + strings.Join(all, "\r\n"+at+", ") + "\r\n"
}

var (
	bitLockerLines = []string{
		`Error                 SYSPRP BitLocker-Sysprep: BitLocker is on for the OS volume. Turn BitLocker off to run Sysprep. (0x80310039)`,
		`Error      [0x0f0082] SYSPRP ActionPlatform::LaunchModule: Failure occurred while executing 'ValidateBitLockerState' from C:\Windows\System32\BdeSysprep.dll; dwRet = 0x80310039`,
		`Error      [0x0f00d8] SYSPRP WinMain:Hit failure while pre-validate sysprep generalize internal providers; hr = 0x80310039`,
	}
	harmlessLines = []string{
		`Warning               SYSPRP WinMain: File operations pending`,
		`Error                        [msoobe.exe] CFirstUXWnd::OpenExisting failed with error 80070490`,
		`Info                  SYSPRP FCreateTagFile:Successfully created tag file C:\Windows\System32\Sysprep\Sysprep_succeeded.tag`,
	}
)

// TestLiveMachineReadsWhatSetupLeft flips what Setup and Sysprep leave.
func TestLiveMachineReadsWhatSetupLeft(t *testing.T) {
	none := func(*fakeWindows) {}
	product := func(text string) func(*fakeWindows) {
		return func(w *fakeWindows) { w.rows["SoftwareLicensingProduct"] = []Row{{"Description": text}} }
	}
	agent := func(text string) func(*fakeWindows) { return func(w *fakeWindows) { w.write(reAgent, text) } }
	cases := []struct {
		name string
		flip func(*fakeWindows)
		get  func(*Machine) any
		want any
	}{
		{"SkipRearm is absent", none, func(m *Machine) any { return m.SkipRearm }, GivenAs(false)},
		{"SkipRearm", func(w *fakeWindows) { w.number(keyLicence, "SkipRearm", 1) }, func(m *Machine) any { return m.SkipRearm }, GivenAs(true)},
		{"SkipRearm that cannot be read", func(w *fakeWindows) { w.unread = keyLicence }, func(m *Machine) any { return m.SkipRearm }, Fact[bool]{}},
		{"no channel is told", none, func(m *Machine) any { return m.Channel }, Fact[string]{}},
		{"a key in the firmware", product("Windows(R) Operating System, OEM_DM channel"), func(m *Machine) any { return m.Channel }, GivenAs("oem")},
		{"a volume key", product("Windows(R) Operating System, VOLUME_KMSCLIENT channel"), func(m *Machine) any { return m.Channel }, GivenAs("volume")},
		{"a retail key", product("Windows(R) Operating System, RETAIL channel"), func(m *Machine) any { return m.Channel }, GivenAs("retail")},
		{"another channel", product("Windows(R) Operating System, TIMEBASED_EVAL channel"), func(m *Machine) any { return m.Channel }, Fact[string]{}},
		{"a product ID of an OEM", func(w *fakeWindows) { w.text(keyVersion, "ProductId", "00330-80000-00000-AAOEM") },
			func(m *Machine) any { return m.Channel }, GivenAs("oem")},
		{"another product ID", func(w *fakeWindows) { w.text(keyVersion, "ProductId", "00330-80000-00000-AA000") },
			func(m *Machine) any { return m.Channel }, Fact[string]{}},
		{"no scripts", none, func(m *Machine) any { return m.Scripts }, GivenAs([]string(nil))},
		{"scripts", func(w *fakeWindows) { w.write(`C:\Windows\Setup\Scripts\setupcomplete.cmd`, "") },
			func(m *Machine) any { return m.Scripts }, GivenAs([]string{"SetupComplete.cmd"})},
		{"scripts that cannot be seen", func(w *fakeWindows) {
			w.write(`C:\Windows\Setup\Scripts\SetupComplete.cmd`, "")
			w.fails["Stat"] = errDenied
		}, func(m *Machine) any { return m.Scripts }, Fact[[]string]{}},
		{"no word of the recovery agent", none, func(m *Machine) any { return m.Recovery }, Fact[bool]{}},
		{"recovery", agent(`<?xml version='1.0' encoding='utf-8'?><WindowsRE version="2.0"><WinreBCD id="{0}"/><InstallState state="1"/></WindowsRE>`),
			func(m *Machine) any { return m.Recovery }, GivenAs(true)},
		{"recovery is disabled", agent(`<WindowsRE version="2.0"><InstallState state="0"/></WindowsRE>`), func(m *Machine) any { return m.Recovery }, GivenAs(false)},
		{"recovery in a state that nobody knows", agent(`<WindowsRE><InstallState state="7"/></WindowsRE>`), func(m *Machine) any { return m.Recovery }, Fact[bool]{}},
		{"a broken file of the agent", agent(`<WindowsRE><Inst`), func(m *Machine) any { return m.Recovery }, Fact[bool]{}},
		{"no log", none, func(m *Machine) any { return m.EarlierErrors }, GivenAs([]string(nil))},
		{"a run that failed", func(w *fakeWindows) { w.write(ownLog, runOf("2026-03-01 10:00:00", bitLockerLines...)) }, earlier,
			"the run of 2026-03-01 10:00:00 failed in pre-validate generalize: "},
		{"a run that failed before one that went well", func(w *fakeWindows) {
			w.write(ownLog, runOf("2026-03-01 10:00:00", bitLockerLines...)+runOf("2026-03-02 10:00:00", harmlessLines...))
		}, earlier, "the run of 2026-03-01 10:00:00 failed"},
		{"harmless errors", func(w *fakeWindows) {
			w.write(ownLog, runOf("2026-03-02 10:00:00", harmlessLines...))
			w.write(ownError, "2026-03-02 10:00:00, "+bitLockerLines[1])
		}, func(m *Machine) any { return m.EarlierErrors }, GivenAs([]string(nil))},
		{"the errors alone", func(w *fakeWindows) { w.write(ownError, "2026-03-02 10:00:00, "+bitLockerLines[0]+"\r\n") }, earlier,
			"the run of 2026-03-02 10:00:00 failed in pre-validate"},
		{"a rehearsal", func(w *fakeWindows) {
			w.write(ownLog, "2026-03-01 10:00:00, Info                  SYSPRP "+rehearsalHead+"\r\n"+runOf("2026-03-01 10:00:00", bitLockerLines...))
		}, func(m *Machine) any { return m.EarlierErrors }, GivenAs([]string(nil))},
		{"a log that cannot be read", func(w *fakeWindows) { w.write(ownLog, "x"); w.fails["ReadAt"] = errDenied },
			func(m *Machine) any { return m.EarlierErrors }, Fact[[]string]{}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w := newFake()
			c.flip(w)
			m, notes := LiveMachine(w)
			got := c.get(m)
			if begin, ok := c.want.(string); ok {
				if text, _ := got.(string); !strings.HasPrefix(text, begin) || strings.Contains(text, "CFirstUXWnd") {
					t.Errorf("%v, want %s", got, begin)
				}
			} else if !reflect.DeepEqual(got, c.want) {
				t.Errorf("%+v, want %+v; notes %q", got, c.want, notes)
			}
			if failing := w.unread != "" || len(w.fails) > 0; failing && !strings.Contains(strings.Join(notes, "\n"), "access is denied") {
				t.Errorf("nobody tells what could not be read: %q", notes)
			}
		})
	}
}

func earlier(m *Machine) any { return strings.Join(m.EarlierErrors.Value, "\n") }

// The cause is told, not the first line with an error.
func TestEarlierErrorsNameTheCause(t *testing.T) {
	w := newFake()
	w.write(ownLog, runOf("2026-03-01 10:00:00", append([]string{harmlessLines[1]}, bitLockerLines...)...))
	m, _ := LiveMachine(w)
	if text := earlier(m).(string); !strings.Contains(text, "not fully decrypted") || !strings.HasSuffix(text, "(0x80310039)") {
		t.Errorf("%q", text)
	}
}

// An earlier run may have logged a password of the very answer file.
func TestEarlierErrorsHideTheSecretsOfTheAnswerFile(t *testing.T) {
	a := answerFile(t, generalizeOOBE, "oobeSystem Microsoft-Windows-Shell-Setup AutoLogon/Password/Value = correct-horse")
	w := newFake()
	w.write(ownLog, runOf("2026-03-01 10:00:00",
		`Error      [0x0f0082] SYSPRP ActionPlatform::LaunchModule: Failure occurred while executing 'Enrol correct-horse' from C:\Agent\agent.dll; dwRet = 0x2`,
		`Error      [0x0f00a8] SYSPRP WinMain:Hit failure while processing sysprep cleanup internal providers; hr = 0x80070002`))
	rec, err := Real{Invocation: generalizeOOBE, Answer: a, Now: w.Now, After: w.After}.Check(w)
	if err != nil {
		t.Fatal(err)
	}
	_, s := step(rec, "earlier-errors")
	if text, _ := rec.JSON(); s.Status != StatusInfo || strings.Contains(string(text), "correct-horse") {
		t.Errorf("%+v", s)
	}
}

// A skip that makes no sense is refused before anything is looked at.
func TestTheRealEngineRefusesSkipsThatMakeNoSense(t *testing.T) {
	w := newFake()
	r := Real{Invocation: generalizeOOBE, Skips: []Skip{{"bitlokcer", "x"}}, Now: w.Now, After: w.After}
	if rec, err := r.Check(w); rec != nil || err == nil || !strings.Contains(err.Error(), "did you mean bitlocker?") {
		t.Errorf("Check: %v", err)
	}
	if rec, err := r.Run(t.Context(), w); rec != nil || err == nil || w.locked {
		t.Errorf("Run: %v", err)
	}
	r.Skips = []Skip{{"bitlocker", "x"}}
	r.Invocation = schema.Invocation{Mode: "oobe"}
	if rec, err := r.Check(w); err != nil || !strings.Contains(strings.Join(rec.Notes, "\n"), "the check bitlocker does not apply to this run") {
		t.Errorf("%v", err)
	}
}

// A DLL of another architecture is counted, and one that cannot be read is not
// taken for sound.
func TestProvidersOfAnotherArchitectureAreCounted(t *testing.T) {
	for _, c := range []struct {
		name string
		flip func(*fakeWindows)
		want Status
		told string
	}{
		{"of Windows", func(w *fakeWindows) {}, StatusOK, ""},
		{"of another", func(w *fakeWindows) { w.arch = "arm64" }, StatusWarning, seal + ",Seal (cleanup) is for amd64, Windows is arm64"},
		{"unreadable", func(w *fakeWindows) { w.fails["ReadAt"] = errDenied }, StatusNotModelled, "not checked"},
		{"unreadable beside one that is gone", func(w *fakeWindows) {
			w.fails["ReadAt"] = errDenied
			w.text(keyExternal+"Cleanup", "b", `C:\gone.dll,F`)
		}, StatusWarning, `C:\gone.dll,F (cleanup) is not there, or lacks the function`},
	} {
		w := newFake()
		w.write(seal, string(imagetest.DLL(imagetest.AMD64, "Seal")))
		w.text(keyExternal+"Cleanup", "a", seal+",Seal")
		c.flip(w)
		m, _ := LiveMachine(w)
		if s := judged(m, nil, generalizeOOBE, "external-providers"); s.Status != c.want || s.Detail != c.told {
			t.Errorf("%s: %+v", c.name, s)
		}
	}
}

func FuzzRecoveryState(f *testing.F) {
	for _, text := range []string{`<WindowsRE><InstallState state="1"/></WindowsRE>`, `<a><InstallState/></a>`, "\xff\xfe<", `<?xml version="1.0" encoding="utf-16"?><a/>`, ""} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if enabled, err := recoveryState(text); enabled && (err != nil || !strings.Contains(string(text), "InstallState")) {
			t.Errorf("%q is enabled, %v", text, err)
		}
	})
}
