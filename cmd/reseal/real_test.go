package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/reseal/reseal"
	"github.com/reseal/reseal/internal/report"
	"github.com/reseal/reseal/sysprep"
)

func TestEveryEndOfARealRunHasItsExitCode(t *testing.T) {
	cases := []struct {
		err  error
		want int
	}{
		{nil, exitDone},
		{errors.New("access is denied"), exitFile},
		{&sysprep.Failure{Reason: "refused"}, exitEngine},
		{&sysprep.Failure{Reason: "half-way", Spoiled: true}, exitSpoiled},
		{&sysprep.Failure{Reason: "Ctrl+C", Interrupted: true}, exitInterrupted},
		{&sysprep.Failure{Reason: "Ctrl+C half-way", Interrupted: true, Spoiled: true}, exitInterrupted},
		{errors.Join(&sysprep.Failure{Reason: "wrapped", Spoiled: true}), exitSpoiled},
	}
	for _, c := range cases {
		if got := codeOf(engineError(c.err)); got != c.want {
			t.Errorf("%v: exit code %d, want %d", c.err, got, c.want)
		}
	}
}

// sealing is a Windows on which sysprep.exe has done its work as soon as it is
// started. What is not played here panics.
type sealing struct {
	sysprep.Windows
	done     bool
	user     bool // not elevated
	power    error
	atPower  func()
	poweroff int
}

const sealedLog = "2026-03-04 05:06:08, Info                  SYSPRP ===          Beginning of a new sysprep run          ===\r\n" +
	"2026-03-04 05:06:11, Info       [0x0f0052] SYSPRP Shutting down SysPrep log\r\n"

func (w *sealing) Architecture() string               { return "amd64" }
func (w *sealing) Elevated() (bool, error)            { return !w.user, nil }
func (w *sealing) LocalSystem() (bool, error)         { return false, nil }
func (w *sealing) Domain() (string, error)            { return "", nil }
func (w *sealing) SystemRoot() (string, error)        { return `C:\Windows`, nil }
func (w *sealing) HasKey(string) (bool, error)        { return false, nil }
func (w *sealing) Lock() (func(), error)              { return func() {}, nil }
func (w *sealing) Instances() ([]int, error)          { return nil, nil }
func (w *sealing) Remove(string) error                { return nil }
func (w *sealing) ID() int                            { return 1 }
func (w *sealing) Exit() (uint32, bool)               { return 0, true }
func (w *sealing) Kill() error                        { return nil }
func (w *sealing) Close()                             {}
func (w *sealing) HasValue(_, _ string) (bool, error) { return false, nil }

func (w *sealing) ComputerName() (string, error)       { return "PC1", nil }
func (w *sealing) SubKeys(string) ([]string, error)    { return nil, nil }
func (w *sealing) ValueNames(string) ([]string, error) { return nil, nil }
func (w *sealing) Drives() ([]sysprep.Drive, error)    { return nil, nil }
func (w *sealing) FreeSpace(string) (uint64, error)    { return 64 << 30, nil }

func (w *sealing) Query(_, _ string, _ ...string) ([]sysprep.Row, error) { return nil, nil }

func (w *sealing) ReadString(_, name string) (string, bool, error) {
	values := map[string]string{"ImageState": sysprep.StateComplete, "CmdLine": ""}
	if w.done {
		values = map[string]string{"ImageState": sysprep.StateGeneralizeOOBE, "CmdLine": `oobe\windeploy.exe`}
	}
	value, ok := values[name]
	return value, ok, nil
}

func (w *sealing) ReadNumber(_, name string) (uint64, bool, error) {
	values := map[string]uint64{"GeneralizationState": 7, "CleanupState": 2, "SetupType": 0}
	if w.done {
		values = map[string]uint64{"GeneralizationState": 4, "CleanupState": 2, "SetupType": 2}
	}
	value, ok := values[name]
	return value, ok, nil
}

func (w *sealing) WriteSecret(string, []byte) error { return nil }

func (w *sealing) Stat(path string) (int64, time.Time, error) {
	if w.done && strings.HasSuffix(path, "setupact.log") {
		return int64(len(sealedLog)), time.Now(), nil
	}
	return 0, time.Time{}, fs.ErrNotExist
}

func (w *sealing) ReadAt(path string, buf []byte, offset int64) (int, error) {
	if !w.done || offset >= int64(len(sealedLog)) {
		return 0, nil
	}
	return copy(buf, sealedLog[offset:]), nil
}

func (w *sealing) Start(sysprep.Command) (sysprep.Process, error) {
	w.done = true
	return w, nil
}

func (w *sealing) Power(bool) error {
	w.poweroff++
	w.atPower()
	return w.power
}

func TestTheRecordIsKeptBeforeTheComputerGoesDown(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "out")
	kept := func() (rec sysprep.Record) {
		text, err := os.ReadFile(filepath.Join(folder, sysprep.OutRecord))
		if err == nil {
			err = json.Unmarshal(text, &rec)
		}
		if err != nil {
			t.Error(err)
		}
		return rec
	}
	for _, refused := range []error{nil, errors.New("the privilege is not held")} {
		var before sysprep.Record
		w := &sealing{power: refused, atPower: func() { before = kept() }}
		code, out := sealWith(t, w, folder)
		if w.poweroff != 1 || before.Verdict != sysprep.VerdictOK || before.ImageState != sysprep.StateGeneralizeOOBE {
			t.Errorf("before %d power actions the record said %q, %q\n%s", w.poweroff, before.Verdict, before.ImageState, out)
		}
		wantCode, wantVerdict := exitDone, sysprep.VerdictOK
		if refused != nil {
			wantCode, wantVerdict = exitSpoiled, sysprep.VerdictFailed
		}
		if after := kept(); code != wantCode || after.Verdict != wantVerdict {
			t.Errorf("exit code %d, verdict %q, want %d and %q\n%s", code, after.Verdict, wantCode, wantVerdict, out)
		}
	}
}

// TestNoPlaceForTheRecordMeansNoRun: it is found out before anything is done.
func TestNoPlaceForTheRecordMeansNoRun(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	w := &sealing{}
	if code, out := sealWith(t, w, file); code != exitFile || w.done {
		t.Errorf("exit code %d, started %v\n%s", code, w.done, out)
	}
}

func TestDryRunTellsWhatTheChecksFind(t *testing.T) {
	for _, c := range []struct {
		name  string
		skips []sysprep.Skip
		code  int
		want  string
	}{
		{"a blocking check", nil, exitEngine, "failed: elevated: the caller is no elevated administrator\n  do: Start Reseal from an elevated prompt.\n"},
		{"set aside", []sysprep.Skip{{ID: "elevated", Reason: "a test"}}, exitDone, "skipped: elevated: set aside: a test\n"},
		{"set aside by what steers a terminal", []sysprep.Skip{{ID: "elevated", Reason: "a\x1b[2J\ntest"}}, exitDone, "skipped: elevated: set aside: a [2J test\n"},
		{"set aside for nothing", []sysprep.Skip{{ID: "virtual-machine", Reason: "a test"}}, exitEngine,
			"note: the check virtual-machine does not apply to this run, so that setting it aside changes nothing\n"},
	} {
		var b bytes.Buffer
		sh := &shell{stdout: &b, stderr: &b, now: time.Now}
		text, _ := report.Find("text")
		w := &sealing{user: true}
		real := sysprep.Real{Invocation: reseal.Invocation{Mode: "oobe", Generalize: true}, Skips: c.skips, Now: time.Now, After: time.After}
		code := sh.finish(sh.precheck(&job{session: &session{format: text}}, real, w))
		if code != c.code || !strings.Contains(b.String(), c.want) || !strings.Contains(b.String(), "not checked: bitlocker\n") ||
			strings.Count(b.String(), "sysprep.exe was not started") > 1 || w.done {
			t.Errorf("%s: exit code %d, started %v\n%s", c.name, code, w.done, b.String())
		}
	}
}

func TestProgressIsALineWithTheTimeSinceTheStart(t *testing.T) {
	var b bytes.Buffer
	sh := &shell{stderr: &b}
	sh.progress(0, "sysprep.exe runs")
	sh.progress(75*time.Second+300*time.Millisecond, "generalize")
	if got, want := b.String(), "     0s  sysprep.exe runs\n  1m15s  generalize\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func sealWith(t *testing.T, w *sealing, folder string) (code int, out string) {
	t.Helper()
	var b bytes.Buffer
	sh := &shell{stdout: &b, stderr: &b, now: time.Now}
	text, _ := report.Find("text")
	real := sysprep.Real{
		Invocation: reseal.Invocation{Mode: "oobe", Generalize: true, Then: "shutdown"},
		Now:        time.Now, After: time.After,
	}
	err := sh.seal(t.Context(), &job{session: &session{format: text}}, real, w, folder)
	return sh.finish(err), b.String()
}
