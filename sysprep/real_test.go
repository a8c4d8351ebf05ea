package sysprep

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/reseal/reseal/schema"
)

const (
	sysprepFolder = `C:\Windows\System32\Sysprep\`
	testLog       = sysprepFolder + `Panther\setupact.log`
	testTag       = sysprepFolder + `Sysprep_succeeded.tag`
	testAnswer    = sysprepFolder + `reseal-unattend.xml`
)

// Lines of a log, as the columns of the real one stand.
const (
	logHeader  = "2026-03-04 05:06:08, Info                  SYSPRP ========================================================\r\n2026-03-04 05:06:08, Info                  SYSPRP ===          Beginning of a new sysprep run          ===\r\n"
	logExecute = "2026-03-04 05:06:09, Info                  SYSPRP SysprepSession::Execute: Beginning action execution from C:\\Windows\\System32\\Sysprep\\ActionFiles\\Generalize.xml\r\n"
	logCleanup = "2026-03-04 05:06:09, Info                  SYSPRP SysprepSession::Execute: Beginning action execution from C:\\Windows\\System32\\Sysprep\\ActionFiles\\Cleanup.xml\r\n"
	logApps    = "2026-03-04 05:06:10, Error                 SYSPRP ActionPlatform::LaunchModule: Failure occurred while executing 'SysprepGeneralizeValidate' from C:\\Windows\\System32\\AppxSysprep.dll; dwRet = 0x3cf2\r\n"
	logVerdict = "2026-03-04 05:06:10, Error      [0x0f00d8] SYSPRP WinMain:Hit failure while pre-validate sysprep generalize internal providers; hr = 0x80073cf2\r\n"
	logNoise   = "2026-03-04 05:06:10, Error                 CSI    00000001 a line that ends nothing\r\n"
	logClose   = "2026-03-04 05:06:11, Info       [0x0f0052] SYSPRP Shutting down SysPrep log\r\n"
)

// succeed plays what a run leaves that went well.
func succeed(state string, generalization uint64) func(*fakeWindows) {
	return func(w *fakeWindows) {
		w.image(state, generalization)
		w.arm()
		w.write(testLog, logHeader+logExecute+logNoise+logClose)
		w.write(testTag, "")
		w.end(0)
	}
}

func TestRunProvesItsResult(t *testing.T) {
	generalize := schema.Invocation{Mode: "oobe", Generalize: true}
	good := succeed(StateGeneralizeOOBE, 4)
	spoil := func(w *fakeWindows) { w.image(StateUndeployable, 3) }
	after := func(d time.Duration, do ...func(*fakeWindows)) fakeEvent {
		return fakeEvent{d, func(w *fakeWindows) {
			for _, f := range do {
				f(w)
			}
		}}
	}
	writes := func(path, text string) func(*fakeWindows) { return func(w *fakeWindows) { w.write(path, text) } }
	ends := func(code uint32) func(*fakeWindows) { return func(w *fakeWindows) { w.end(code) } }
	cases := []struct {
		name    string
		call    schema.Invocation
		setup   func(*fakeWindows)
		events  []fakeEvent
		cancel  time.Duration
		skip    string
		class   string // ok, warning, unchanged, spoiled, interrupted, interrupted spoiled
		reason  string // part of the reason, or of the detail of a warning
		power   string
		running bool // the process is left alone
	}{
		{name: "generalize to OOBE", call: generalize, events: []fakeEvent{after(time.Minute, good)}, class: "ok"},
		{name: "generalize to audit", call: schema.Invocation{Mode: "audit", Generalize: true},
			events: []fakeEvent{after(time.Minute, succeed(StateGeneralizeAudit, 4))}, class: "ok"},
		{name: "OOBE alone", call: schema.Invocation{Mode: "oobe"},
			events: []fakeEvent{after(time.Minute, succeed(StateSpecializeOOBE, 7))}, class: "ok"},
		{name: "audit alone", call: schema.Invocation{Mode: "audit"},
			events: []fakeEvent{after(time.Minute, succeed(StateSpecializeAudit, 7))}, class: "ok"},
		{name: "shuts down after the proof", call: schema.Invocation{Mode: "oobe", Generalize: true, Then: "shutdown"},
			events: []fakeEvent{after(time.Minute, good)}, class: "ok", power: "shutdown"},
		{name: "restarts after the proof", call: schema.Invocation{Mode: "oobe", Generalize: true, Then: "reboot"},
			events: []fakeEvent{after(time.Minute, good)}, class: "ok", power: "reboot"},
		{name: "a refused power action is a failure", call: schema.Invocation{Mode: "oobe", Generalize: true, Then: "shutdown"},
			setup:  func(w *fakeWindows) { w.fails["Power"] = errDenied },
			events: []fakeEvent{after(time.Minute, good)}, class: "spoiled", reason: "shutdown was refused"},
		{name: "asked to stop when it had succeeded, the computer stays on", call: schema.Invocation{Mode: "oobe", Generalize: true, Then: "shutdown"},
			cancel: time.Minute, events: []fakeEvent{after(time.Minute, good)}, class: "interrupted spoiled", reason: "has succeeded, but the run was interrupted before shutdown"},
		{name: "asked to stop when it had succeeded, and nothing was to follow", call: generalize,
			cancel: time.Minute, events: []fakeEvent{after(time.Minute, good)}, class: "ok"},
		{name: "the end of the process is not the end", call: generalize,
			events: []fakeEvent{after(5*time.Second, spoil, ends(0)), after(20*time.Second, writes(testLog, logHeader)), after(40*time.Second, good)}, class: "ok"},
		{name: "another process may go on", call: generalize,
			events: []fakeEvent{after(5*time.Second, ends(0), func(w *fakeWindows) { w.others = 1 }),
				after(10*time.Minute, func(w *fakeWindows) { w.others = 0 }, good)}, class: "ok"},
		{name: "a window from before the start is left open", call: generalize, skip: "instance", setup: func(w *fakeWindows) { w.others = 1 },
			events: []fakeEvent{after(time.Minute, good)}, class: "ok"},
		{name: "the wrong state for the command", call: schema.Invocation{Mode: "audit", Generalize: true},
			events: []fakeEvent{after(time.Minute, good)}, class: "spoiled", reason: "success leaves IMAGE_STATE_GENERALIZE_RESEAL_TO_AUDIT"},
		{name: "failed validation with exit code 0", call: generalize,
			events: []fakeEvent{after(time.Minute, writes(testLog, logHeader+logApps+logVerdict+logClose), ends(0))},
			class:  "unchanged", reason: "dwRet = 0x3cf2"},
		{name: "failed provider", call: generalize,
			events: []fakeEvent{after(time.Minute, spoil, writes(testLog, logHeader+logExecute+logApps+logClose), ends(0))},
			class:  "spoiled", reason: "Failure occurred while executing"},
		{name: "failed cleanup leaves the states alone", call: generalize,
			events: []fakeEvent{after(time.Minute, writes(testLog, logHeader+logCleanup+logApps+logClose), ends(0))},
			class:  "unchanged", reason: "Failure occurred while executing"},
		{name: "failed generalize provider before the states moved", call: generalize,
			events: []fakeEvent{after(time.Minute, writes(testLog, logHeader+logExecute+logApps+logClose), ends(0))},
			class:  "spoiled", reason: "Failure occurred while executing"},
		{name: "the last line has no line end", call: generalize,
			events: []fakeEvent{after(time.Minute, good, writes(testLog, strings.TrimSpace(logHeader+logClose)))}, class: "ok"},
		{name: "a fatal line beats a good state", call: generalize,
			events: []fakeEvent{after(time.Minute, good, writes(testLog, logHeader+logVerdict+logClose))},
			class:  "spoiled", reason: "Hit failure"},
		{name: "nothing happens", call: generalize, events: []fakeEvent{after(time.Second, ends(0))},
			class: "unchanged", reason: "ended with code 0 and changed nothing"},
		{name: "crash at once", call: generalize, events: []fakeEvent{after(time.Second, ends(0xc0000005))},
			class: "unchanged", reason: "code 0xC0000005"},
		{name: "crash in cleanup", call: generalize, events: []fakeEvent{after(time.Second, writes(testLog, logHeader+logCleanup), ends(0xc0000005))},
			class: "unchanged", reason: "success is not proved: the image state is IMAGE_STATE_COMPLETE"},
		{name: "crash half-way", call: generalize, events: []fakeEvent{after(time.Second, spoil, ends(0xc0000005))},
			class: "spoiled", reason: "the image state is IMAGE_STATE_UNDEPLOYABLE"},
		{name: "only the generalization state moved", call: generalize,
			events: []fakeEvent{after(time.Second, func(w *fakeWindows) { w.image(StateComplete, 3) }, ends(1))}, class: "spoiled"},
		{name: "hangs before it begins", call: generalize, class: "unchanged", reason: "not done after 10m0s; sysprep.exe had not begun to change the image and was ended"},
		{name: "hangs half-way", call: generalize, events: []fakeEvent{after(time.Second, spoil)},
			class: "spoiled", reason: "still runs as process 4711 and was left alone", running: true},
		{name: "hangs in cleanup", call: generalize, events: []fakeEvent{after(time.Second, writes(testLog, logHeader+logCleanup))},
			class: "spoiled", reason: "was left alone", running: true},
		{name: "hangs after the cleanup state moved", call: generalize,
			events: []fakeEvent{after(time.Second, func(w *fakeWindows) { w.number(keySysprepStatus, "CleanupState", 1) })},
			class:  "spoiled", reason: "was left alone", running: true},
		{name: "begins while it is ended", call: generalize, setup: func(w *fakeWindows) { w.onKill = spoil },
			class: "spoiled", reason: "was ended, and had just begun to change the image; the image state is IMAGE_STATE_UNDEPLOYABLE"},
		{name: "ends by itself while it is ended", call: generalize, setup: func(w *fakeWindows) { w.onKill, w.fails["Kill"] = func(w *fakeWindows) { w.end(3) }, errDenied },
			class: "unchanged", reason: "not done after 10m0s; sysprep.exe ended with code 3"},
		{name: "cannot be ended", call: generalize, setup: func(w *fakeWindows) { w.fails["Kill"] = errDenied },
			class: "spoiled", reason: "could not be ended: access is denied", running: true},
		{name: "the state stays undeployable after the process", call: generalize,
			events: []fakeEvent{after(time.Second, spoil, ends(0), func(w *fakeWindows) { w.others = 1 })}, class: "spoiled", reason: "not done after 10m0s"},
		{name: "interrupted before it begins", call: generalize, cancel: time.Minute, class: "interrupted", reason: "was ended"},
		{name: "interrupted half-way", call: generalize, cancel: time.Minute, events: []fakeEvent{after(time.Second, spoil)},
			class: "interrupted spoiled", reason: "was left alone", running: true},
		{name: "interrupted before the start", call: generalize, cancel: -1, class: "interrupted", reason: "before sysprep.exe was started"},
		{name: "no tag is a warning", call: generalize,
			events: []fakeEvent{after(time.Minute, good, func(w *fakeWindows) { _ = w.Remove(testTag) })}, class: "warning", reason: "this run has not made"},
		{name: "a stale tag is a warning", call: generalize, setup: writes(testTag, ""),
			events: []fakeEvent{after(time.Minute, good, func(w *fakeWindows) {
				w.files[strings.ToLower(testTag)].modified = w.begin.Add(-time.Hour)
			})}, class: "warning", reason: "this run has not made"},
		{name: "an unarmed boot is no success", call: generalize,
			events: []fakeEvent{after(time.Minute, good, func(w *fakeWindows) { w.number(keySetup, "SetupType", 0) })}, class: "spoiled", reason: "does not continue Setup"},
		{name: "an unarmed boot without generalize is a warning", call: schema.Invocation{Mode: "audit"},
			events: []fakeEvent{after(time.Minute, succeed(StateSpecializeAudit, 7), func(w *fakeWindows) { w.number(keySetup, "SetupType", 0) })}, class: "warning", reason: "does not continue Setup"},
		{name: "no log is no proof", call: generalize,
			events: []fakeEvent{after(time.Minute, good, func(w *fakeWindows) { _ = w.Remove(testLog) })}, class: "spoiled", reason: "no closing lines"},
		{name: "the good log of an earlier run is no proof", call: generalize, setup: writes(testLog, logHeader+logClose),
			events: []fakeEvent{after(time.Minute, ends(0), spoil)}, class: "spoiled"},
		{name: "the state from before is no proof", call: schema.Invocation{Mode: "oobe"},
			setup: func(w *fakeWindows) {
				succeed(StateSpecializeOOBE, 7)(&fakeWindows{process: &fakeProcess{}, strings: w.strings, numbers: w.numbers, files: w.files})
			},
			events: []fakeEvent{after(time.Minute, ends(0))}, class: "unchanged", reason: "no closing lines"},
		{name: "the failure of an earlier run does not count", call: generalize, setup: writes(testLog, logHeader+logVerdict+logClose),
			events: []fakeEvent{after(time.Minute, good, writes(testLog, logHeader+logVerdict+logClose+logHeader+logClose))}, class: "ok"},
		{name: "the registry cannot be read any more", call: generalize,
			events: []fakeEvent{after(time.Minute, good, func(w *fakeWindows) { w.unread = keySysprepStatus })}, class: "spoiled", reason: "cannot read HKEY_LOCAL_MACHINE"},
		{name: "the log cannot be read any more", call: generalize,
			events: []fakeEvent{after(time.Minute, good, func(w *fakeWindows) { w.fails["ReadAt"] = errDenied })}, class: "spoiled", reason: "access is denied"},
		{name: "hangs, and the log cannot be read any more", call: generalize,
			events: []fakeEvent{after(time.Second, writes(testLog, logHeader), func(w *fakeWindows) { w.fails["ReadAt"] = errDenied })},
			class:  "spoiled", reason: "was left alone", running: true},
		{name: "hangs, and the registry cannot be read any more", call: generalize,
			events: []fakeEvent{after(time.Second, func(w *fakeWindows) { w.unread = keySysprepStatus })},
			class:  "spoiled", reason: "the image state is not known: cannot read HKEY_LOCAL_MACHINE", running: true},
		{name: "cannot be started", call: generalize, setup: func(w *fakeWindows) { w.fails["Start"] = errDenied }, class: "unchanged", reason: "cannot start"},
		{name: "not elevated", call: generalize, setup: func(w *fakeWindows) { w.elevated = false }, class: "unchanged", reason: "(elevated)"},
		{name: "LocalSystem", call: generalize, setup: func(w *fakeWindows) { w.system = true }, class: "unchanged", reason: "(not-system)"},
		{name: "second instance", call: generalize, setup: func(w *fakeWindows) { w.others = 1 }, class: "unchanged", reason: "(instance)"},
		{name: "second run of ours", call: generalize, setup: func(w *fakeWindows) { w.locked = true }, class: "unchanged", reason: "another run of reseal"},
		{name: "left half-way by an earlier run", call: generalize, setup: spoil, class: "unchanged", reason: "(state)"},
		{name: "a check that is set aside", call: generalize, setup: spoil, skip: "state", events: []fakeEvent{after(time.Minute, good)}, class: "ok"},
		{name: "no mode", call: schema.Invocation{Generalize: true}, class: "unchanged", reason: "neither oobe nor audit"},
		{name: "no such power action", call: schema.Invocation{Mode: "oobe", Then: "explode"}, class: "unchanged", reason: `"explode" is no power action`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w := newFake()
			if c.setup != nil {
				c.setup(w)
			}
			w.events = c.events
			r := Real{Invocation: c.call, Content: []byte("<unattend/>"), Timeout: 10 * time.Minute, Poll: time.Second, Now: w.Now, After: w.After}
			if c.skip != "" {
				r.Skips = []Skip{{ID: c.skip, Reason: "a test"}}
			}
			kept := ""
			r.BeforePower = func(rec *Record) { kept = rec.Verdict + strings.Join(w.power, " ") }
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			if c.cancel != 0 {
				interrupt(w, c.cancel, stop)
			}
			rec, err := r.Run(ctx, w)
			if got := classOf(t, rec, err); got != c.class {
				t.Errorf("class %q, want %q: %v", got, c.class, err)
			}
			if told := tellAll(rec, err); !strings.Contains(told, c.reason) {
				t.Errorf("%q is not told:\n%s", c.reason, told)
			}
			if got := strings.Join(w.power, " "); got != c.power {
				t.Errorf("power action %q, want %q", got, c.power)
			}
			if c.power != "" && kept != VerdictOK {
				t.Errorf("before the computer goes down the record says %q", kept)
			}
			if w.process != nil && w.process.ended == c.running {
				t.Errorf("process ended: %v", w.process.ended)
			}
			if _, err := w.file(testAnswer); err == nil {
				t.Error("the answer file with its secrets is still there")
			}
			if w.process != nil && len(w.secrets) != 1 {
				t.Errorf("secret files: %q", w.secrets)
			}
		})
	}
}

// interrupt ends the context once that time has passed.
func interrupt(w *fakeWindows, after time.Duration, stop func()) {
	if after < 0 {
		stop()
		return
	}
	w.events = append(w.events, fakeEvent{after, func(*fakeWindows) { stop() }})
}

// classOf names the class of a result, and holds record and error together.
func classOf(t *testing.T, rec *Record, err error) string {
	t.Helper()
	if err == nil {
		if rec.Verdict != VerdictOK {
			t.Errorf("verdict %q without an error", rec.Verdict)
		}
		for _, p := range rec.Phases {
			if p.Name == PhaseConfirm && p.Status == StatusWarning {
				return "warning"
			}
		}
		return "ok"
	}
	if rec.Verdict != VerdictFailed {
		t.Errorf("verdict %q with the error %v", rec.Verdict, err)
	}
	var f *Failure
	if !errors.As(err, &f) {
		return "file"
	}
	switch {
	case f.Interrupted && f.Spoiled:
		return "interrupted spoiled"
	case f.Interrupted:
		return "interrupted"
	case f.Spoiled:
		return "spoiled"
	}
	return "unchanged"
}

// tellAll is all that the record and the error tell a person.
func tellAll(rec *Record, err error) string {
	var b strings.Builder
	if err != nil {
		b.WriteString(err.Error() + "\n")
	}
	for _, p := range rec.Phases {
		for _, s := range p.Steps {
			b.WriteString(p.Name + " " + s.Name + " " + string(s.Status) + ": " + s.Detail + "\n")
		}
	}
	return b.String()
}

func TestRunTellsWhatItCannotWriteOrRead(t *testing.T) {
	cases := []struct {
		name, reason string
		setup        func(*fakeWindows)
		noRecord     bool
	}{
		{"answer file", "cannot write the answer file: access is denied", func(w *fakeWindows) { w.fails["WriteSecret"] = errDenied }, false},
		{"log", "cannot read the log of Sysprep: access is denied", func(w *fakeWindows) {
			w.write(testLog, logHeader)
			w.fails["Stat"] = errDenied
		}, false},
		{"image state", `cannot read HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\State, value ImageState: access is denied`,
			func(w *fakeWindows) { w.unread = keyImageState }, false},
		{"folder of Windows", "access is denied", func(w *fakeWindows) { w.fails["SystemRoot"] = errDenied }, true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w := newFake()
			c.setup(w)
			r := Real{Invocation: schema.Invocation{Mode: "oobe"}, Now: w.Now, After: w.After}
			rec, err := r.Run(t.Context(), w)
			if (rec == nil) != c.noRecord {
				t.Fatalf("record: %v", rec)
			}
			var f *Failure
			if err == nil || errors.As(err, &f) || !strings.Contains(err.Error(), c.reason) {
				t.Errorf("error %v, want %q and no Failure", err, c.reason)
			}
			if w.process != nil {
				t.Error("sysprep.exe was started")
			}
		})
	}
}

func TestCheckJudgesAsRunDoesAndChangesNothing(t *testing.T) {
	for _, elevated := range []bool{true, false} {
		w := newFake()
		w.elevated, w.others, w.windows = elevated, 1, map[int]error{100: nil}
		files := len(w.files)
		r := Real{Invocation: schema.Invocation{Mode: "oobe"}, CloseGUI: true, Skips: []Skip{{ID: "instance", Reason: "a test"}}, Now: w.Now, After: w.After}
		rec, err := r.Check(w)
		var f *Failure
		if (err == nil) != elevated || err != nil && (!errors.As(err, &f) || f.Spoiled) {
			t.Errorf("elevated %v: %v", elevated, err)
		}
		if rec.Failed() == elevated || rec.Phase(PhaseActions).Status == StatusSkipped || rec.Phase(PhaseConfirm).Status != StatusSkipped {
			t.Errorf("elevated %v: %s, %+v", elevated, rec.Verdict, rec.Phases)
		}
		if w.process != nil || len(w.files) != files || w.others != 1 || w.locked {
			t.Error("the check has changed something")
		}
	}
	w := newFake()
	w.fails["SystemRoot"] = errDenied
	if rec, err := (Real{}).Check(w); rec != nil || !errors.Is(err, errDenied) {
		t.Errorf("%v, %v", rec, err)
	}
}

func TestPreviewChangesNothing(t *testing.T) {
	w := newFake()
	files := len(w.files)
	p, err := Real{Invocation: schema.Invocation{Mode: "audit"}}.Preview(w)
	want := Preview{Computer: "BUILD-07", ImageState: StateComplete,
		Command: `C:\Windows\System32\Sysprep\sysprep.exe /audit /quiet /quit /unattend:` + testAnswer}
	if err != nil || p != want {
		t.Errorf("%+v, %v", p, err)
	}
	if len(w.files) != files || w.process != nil {
		t.Error("the preview has changed something")
	}
	for _, method := range []string{"ComputerName", "SystemRoot"} {
		w := newFake()
		w.fails[method] = errDenied
		if _, err := (Real{}).Preview(w); err == nil {
			t.Errorf("%s fails, and nobody tells", method)
		}
	}
}
