package sysprep_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestWine runs the real engine as a Windows program against a stand-in of
// sysprep.exe. Registry, files and processes are those of Wine. Access lists,
// the power action, BitLocker and LocalSystem are not provable there.
func TestWine(t *testing.T) {
	w := newWine(t)
	t.Run("native", func(t *testing.T) { passesItsTests(t, w) })
	t.Run("engine", func(t *testing.T) { drivesSysprep(t, w) })
	t.Run("reseal", func(t *testing.T) { runsReseal(t, w) })
}

// passesItsTests runs the tests of the native calls.
func passesItsTests(t *testing.T, w *wine) {
	w.must(t, 5*time.Minute, "go", "test", "-c", "-o", filepath.Join(w.folder, "native.exe"), ".")
	out := w.run("native.exe", "-test.v", "-test.run", "^Test(Native|MachineNames)")
	if !strings.HasSuffix(out, "\nPASS\n\nexit code 0\n") || strings.Count(out, "--- PASS: TestNative") < 6 {
		t.Error(out)
	}
}

func drivesSysprep(t *testing.T, w *wine) {
	for _, p := range plays() {
		t.Run(p.name, func(t *testing.T) {
			w.reset(t, p.scene, p.text)
			out := w.drive(p.args...)
			if got := class(out); got != p.class {
				t.Errorf("class %q, want %q:\n%s", got, p.class, out)
			}
			for _, want := range p.tells {
				if !strings.Contains(out, want) {
					t.Errorf("%q is not told:\n%s", want, out)
				}
			}
			if strings.Contains(out, "S3cret") {
				t.Errorf("a secret is told:\n%s", out)
			}
			if w.has("reseal-unattend.xml") != "" {
				t.Error("the answer file with its secrets is still there")
			}
			if p.check != nil {
				p.check(t, w)
			}
		})
	}
	t.Run("second run of ours", func(t *testing.T) { secondRun(t, w) })
	t.Run("preview", func(t *testing.T) { previews(t, w) })
}

// seesOnlyWhatItNeeds looks at what the stand-in was started with.
func seesOnlyWhatItNeeds(t *testing.T, w *wine) {
	told := w.has("told.txt")
	want := "arg C:\\windows\\System32\\Sysprep\\sysprep.exe\narg /generalize\narg /oobe\narg /quiet\narg /quit\n" +
		"arg /unattend:C:\\windows\\System32\\Sysprep\\reseal-unattend.xml\n"
	if !strings.HasPrefix(told, want) {
		t.Errorf("command line:\n%s\nwant:\n%s", told, want)
	}
	if strings.Contains(told, "env RESEAL_TEST_SECRET") {
		t.Error("our environment, which may hold secrets, reached sysprep.exe")
	}
	if !strings.Contains(strings.ToLower(told), "env systemroot") {
		t.Error("sysprep.exe has no environment of its account")
	}
	if got := w.has("Panther/unattend.xml"); got != answerText {
		t.Errorf("the answer file that sysprep.exe read:\n%q", got)
	}
}

func wasNotStarted(t *testing.T, w *wine) {
	if log := w.has("Panther/setupact.log"); log != "" {
		t.Errorf("sysprep.exe was started:\n%s", log)
	}
}

func nothingRuns(t *testing.T, w *wine) {
	if out := w.drive("-generalize", "-timeout", "1s"); strings.Contains(out, "(instance)") {
		t.Errorf("an instance is left:\n%s", out)
	}
}

// somethingRuns proves at once that a second instance is refused.
func somethingRuns(t *testing.T, w *wine) {
	if out := w.drive("-generalize", "-skip", "state"); !strings.Contains(out, "(instance)") {
		t.Errorf("the second instance is not refused:\n%s", out)
	}
	w.lay(t, "go.txt", "")
	w.until(t, 20*time.Second, func() bool {
		return !strings.Contains(w.drive("-generalize"), "(instance)")
	})
}

// secondRun starts two runs at once: the lock refuses the second.
func secondRun(t *testing.T, w *wine) {
	w.reset(t, scene, opening+generalizing+"wait\n"+resealed+tagged+closing)
	first := make(chan string)
	go func() { first <- w.drive("-generalize") }()
	w.until(t, 10*time.Second, func() bool { return w.has("reseal-unattend.xml") != "" })
	second := w.drive("-generalize")
	w.lay(t, "go.txt", "")
	if class(second) != "unchanged" || !strings.Contains(second, "another run of reseal") {
		t.Errorf("the second run:\n%s", second)
	}
	if out := <-first; class(out) != "ok" {
		t.Errorf("the first run:\n%s", out)
	}
}

func previews(t *testing.T, w *wine) {
	w.reset(t, scene, "exit 0\n")
	out := w.drive("-preview", "-generalize", "-mode", "audit")
	want := regexp.MustCompile(`^\S+\nIMAGE_STATE_COMPLETE\nC:\\windows\\System32\\Sysprep\\sysprep.exe /generalize /audit /quiet /quit /unattend:C:\\windows\\System32\\Sysprep\\reseal-unattend.xml\n<nil>\n`)
	if !want.MatchString(out) {
		t.Errorf("preview:\n%s", out)
	}
}

// class is what the driver names the result.
func class(out string) string {
	_, after, ok := strings.Cut(out, "\nclass: ")
	if !ok {
		return "no class"
	}
	line, _, _ := strings.Cut(after, "\n")
	return line
}

const answerText = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<unattend xmlns=\"urn:schemas-microsoft-com:unattend\"><!-- S3cret --></unattend>\n"

// drive runs the driver with the answer file.
func (w *wine) drive(args ...string) string {
	return w.run("driver.exe", append([]string{"-answer", w.answer}, args...)...)
}

// reset takes away what the last play left, sets the scene and lays out the
// next play.
func (w *wine) reset(t *testing.T, scene, text string) {
	t.Helper()
	for _, name := range []string{"Panther", "Sysprep_succeeded.tag", "told.txt", "go.txt", "rest.exe", "rest.txt"} {
		if err := os.RemoveAll(filepath.Join(w.folder, name)); err != nil {
			t.Fatal(err)
		}
	}
	w.lay(t, "scene.txt", scene)
	w.lay(t, "play.txt", text)
	if out := w.run("scene.exe", `C:\windows\System32\Sysprep\scene.txt`); out != "\nexit code 0\n" {
		t.Fatalf("the scene cannot be set: %s", out)
	}
	if !strings.Contains(scene, "\ntag\n") {
		return
	}
	old := time.Now().Add(-time.Hour)
	if err := os.Chtimes(filepath.Join(w.folder, "Sysprep_succeeded.tag"), old, old); err != nil {
		t.Fatal(err)
	}
}

func (w *wine) lay(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(w.folder, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
