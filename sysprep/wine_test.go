package sysprep_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/reseal/reseal/sysprep"
)

// TestWine runs Reseal as the Windows program that people get, against a
// stand-in of sysprep.exe. Registry, files and processes are those of Wine.
// Access lists, the power action, BitLocker, rearms and LocalSystem are not
// provable there.
func TestWine(t *testing.T) {
	w := newWine(t)
	t.Run("native", func(t *testing.T) { passesItsTests(t, w) })
	t.Run("names the computer", func(t *testing.T) { asksForTheComputer(t, w) })
	t.Run("engine", func(t *testing.T) { drivesSysprep(t, w) })
	t.Run("second run of ours", func(t *testing.T) { secondRun(t, w) })
	t.Run("window of audit mode", func(t *testing.T) { closesTheWindow(t, w) })
	t.Run("Ctrl+C", func(t *testing.T) { endsWhenInterrupted(t, w) })
	t.Run("files", func(t *testing.T) { writesFiles(t, w) })
	t.Run("providers", func(t *testing.T) { registersProviders(t, w) })
	t.Run("this image", func(t *testing.T) { looksAtItself(t, w) })
}

// passesItsTests runs the tests of the native calls.
func passesItsTests(t *testing.T, w *wine) {
	w.must(t, 5*time.Minute, "go", "test", "-c", "-o", filepath.Join(w.folder, "native.exe"), ".")
	out := w.run("native.exe", "-test.v", "-test.run", "^Test(Native|MachineNames)")
	if !strings.HasSuffix(out, "\nPASS\n\nexit code 0\n") || strings.Count(out, "--- PASS: TestNative") < 9 {
		t.Error(out)
	}
}

// asksForTheComputer looks at what stands between a person and the run.
func asksForTheComputer(t *testing.T, w *wine) {
	w.reset(t, scene, good)
	out := w.reseal("--dry-run")
	want := regexp.MustCompile(`^computer: (\S+)\nimage state: IMAGE_STATE_COMPLETE\ncommand: C:\\windows\\System32\\Sysprep\\sysprep.exe ` +
		`/generalize /oobe /quiet /quit /unattend:C:\\windows\\System32\\Sysprep\\reseal-unattend.xml\nthen: quit\n(?s:.*)not checked: bitlocker\n(?s:.*)\nexit code 0\n$`)
	found := want.FindStringSubmatch(out)
	if found == nil {
		t.Fatalf("preview:\n%s", out)
	}
	w.computer = found[1]
	for _, args := range [][]string{{"--yes", "another"}, nil} {
		if out := w.reseal(args...); !strings.HasSuffix(out, "\nexit code 2\n") {
			t.Errorf("%q:\n%s", args, out)
		}
	}
	wasNotStarted(t, w)
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
			if want := map[bool]string{true: sysprep.VerdictOK, false: sysprep.VerdictFailed}[p.class == "ok"]; w.verdict(t) != want {
				t.Errorf("verdict %q, want %q:\n%s", w.verdict(t), want, out)
			}
			if strings.Contains(out+w.record(t), secretText) {
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
	if got := w.has("../../Panther/unattend.xml"); !strings.Contains(got, "<Value>"+secretText+"</Value>") {
		t.Errorf("the answer file that sysprep.exe read:\n%s", got)
	}
}

func readsTheProfile(t *testing.T, w *wine) {
	if got := w.has("../../Panther/unattend.xml"); !strings.Contains(got, "<ComputerName>*</ComputerName>") || !strings.Contains(got, secretText) {
		t.Errorf("the answer file that sysprep.exe read:\n%s", got)
	}
}

func wasNotStarted(t *testing.T, w *wine) {
	if log := w.has("Panther/setupact.log"); log != "" {
		t.Errorf("sysprep.exe was started:\n%s", log)
	}
}

func nothingRuns(t *testing.T, w *wine) {
	if out := w.drive("--timeout", "1s"); strings.Contains(out, "(instance)") {
		t.Errorf("an instance is left:\n%s", out)
	}
}

// somethingRuns proves at once that a second instance is refused, and that it
// is not taken for a window to close.
func somethingRuns(t *testing.T, w *wine) {
	out := w.drive("--skip-check", "state", "--reason", "a test", "--close-gui")
	if class(out) != "unchanged" || !strings.Contains(out, "(instance)") || !strings.Contains(out, "left alone") {
		t.Errorf("the second instance is not refused:\n%s", out)
	}
	w.lay(t, "go.txt", "")
	w.until(t, 20*time.Second, func() bool { return !strings.Contains(w.drive(), "(instance)") })
}

// secondRun starts two runs at once: the lock refuses the second.
func secondRun(t *testing.T, w *wine) {
	w.reset(t, scene, opening+generalizing+"wait\n"+resealed+tagged+closing)
	first := make(chan string)
	go func() { first <- w.drive() }()
	w.until(t, 10*time.Second, func() bool { return w.has("reseal-unattend.xml") != "" })
	second := w.drive("--log-dir", `C:\windows\temp\other`)
	w.lay(t, "go.txt", "")
	if class(second) != "unchanged" || !strings.Contains(second, "another run of reseal") {
		t.Errorf("the second run:\n%s", second)
	}
	if out := <-first; class(out) != "ok" {
		t.Errorf("the first run:\n%s", out)
	}
}

// registersProviders goes through the life of a registered provider.
func registersProviders(t *testing.T, w *wine) {
	w.reset(t, scene, good)
	const dll = `C:\windows\provider.dll`
	steps := []struct {
		args  []string
		code  string
		tells string
	}{
		{[]string{"check"}, "0", "no providers are registered"},
		{[]string{"register", "generalize", dll, "Open"}, "1", "error: the DLL does not export Open"},
		{[]string{"register", "generalize", `C:\windows\gone.dll`, "Seal"}, "1", "there is no file"},
		{[]string{"check"}, "0", "no providers are registered"},
		{[]string{"register", "generalize", dll, "Seal", "--name", "mine"}, "0", `registered for generalize: C:\windows\provider.dll,Seal as mine`},
		{[]string{"register", "generalize", dll, "Seal", "--name", "mine"}, "0", "was registered before"},
		{[]string{"register", "cleanup", dll, "Seal"}, "0", "registered for cleanup: "},
		{[]string{"check"}, "0", "(generalize, mine): ok"},
		{[]string{"check", "--format", "json"}, "0", `"name": "mine"`},
		{[]string{"check", "--architecture", "arm64", "--format", "json"}, "1", `"check": "architecture"`},
		{[]string{"unregister", "cleanup", dll + ",Seal"}, "0", "unregistered for cleanup: {"},
		{[]string{"unregister", "cleanup", dll}, "1", "no such provider is registered"},
	}
	for _, s := range steps {
		out := w.run("reseal.exe", append([]string{"providers"}, s.args...)...)
		if !strings.HasSuffix(out, "\nexit code "+s.code+"\n") || !strings.Contains(out, s.tells) {
			t.Errorf("%q: want %q and exit code %s:\n%s", s.args, s.tells, s.code, out)
		}
	}
	if out := w.run("reseal.exe", "image", "providers"); class(out) != "ok" || !strings.Contains(out, `mine C:\windows\provider.dll,Seal`) {
		t.Errorf("the providers of this Windows:\n%s", out)
	}
	if err := os.Remove(filepath.Join(w.windows, "provider.dll")); err != nil {
		t.Fatal(err)
	}
	if out := w.drive(); class(out) != "ok" || !strings.Contains(out, "provider.dll,Seal (generalize)") {
		t.Errorf("a run with a provider whose DLL is gone:\n%s", out)
	}
	if out := w.run("reseal.exe", "providers", "unregister", "generalize", "mine"); !strings.Contains(out, "exit code 0") {
		t.Errorf("a provider whose DLL is gone:\n%s", out)
	}
}

// class is what the exit code says of a run.
func class(out string) string {
	for code, class := range map[string]string{"0": "ok", "1": "findings", "2": "usage", "3": "file", "4": "unchanged", "5": "spoiled", "130": "interrupted"} {
		if strings.HasSuffix(out, "\nexit code "+code+"\n") {
			return class
		}
	}
	return "no class"
}

// Programs and files as Windows programs name them.
const (
	answerPath = `C:\windows\System32\Sysprep\answer.xml`
	spacedPath = `C:\windows\my answers\my answer.xml`
	profile    = `C:\windows\System32\Sysprep\profile.yaml`
	outFolder  = `C:\windows\temp\out`
)

// secretText is a password, which nothing may show.
const secretText = "S3cret-of-the-test"

const answerText = `<?xml version="1.0" encoding="utf-8"?>
<unattend xmlns="urn:schemas-microsoft-com:unattend">
  <settings pass="oobeSystem">
    <component name="Microsoft-Windows-Shell-Setup" processorArchitecture="amd64" publicKeyToken="31bf3856ad364e35" language="neutral" versionScope="nonSxS">
      <UserAccounts>
        <AdministratorPassword><Value>` + secretText + `</Value><PlainText>true</PlainText></AdministratorPassword>
      </UserAccounts>
    </component>
  </settings>
</unattend>
`

const profileText = `version: reseal/v1
target: { windows: 11-24h2, architecture: amd64, use: sysprep }
reseal: { mode: oobe, generalize: true, then: quit }
computerName: '*'
passes:
  oobeSystem:
    Microsoft-Windows-Shell-Setup:
      UserAccounts:
        AdministratorPassword: { Value: { env: RESEAL_TEST_SECRET }, PlainText: true }
`

// reseal starts a run, and gives what it prints.
func (w *wine) reseal(args ...string) string { return w.run("reseal.exe", w.call(args...)...) }

// call is the command line of a run, of the answer file unless the arguments
// name a profile or another file. Its short time-out makes the looks frequent
// and the waits short.
func (w *wine) call(args ...string) []string {
	all := []string{"run", "--engine", "sysprep", "--timeout", "20s", "--log-dir", outFolder}
	if !slices.Contains(args, profile) {
		all = append(all, "--mode", "oobe", "--generalize", "--windows", "11-24h2")
		if !slices.Contains(args, spacedPath) {
			all = append(all, answerPath)
		}
		if !slices.Contains(args, "--dry-run") {
			all = append(all, "--format", "json")
		}
	}
	return append(all, args...)
}

// drive starts a run on the computer that it is.
func (w *wine) drive(args ...string) string {
	return w.reseal(append([]string{"--yes", w.computer}, args...)...)
}

func (w *wine) record(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(w.windows, "temp", "out", "record.json"))
	if err != nil {
		t.Error(err)
	}
	return string(text)
}

// verdict reads the record that a run kept.
func (w *wine) verdict(t *testing.T) string {
	t.Helper()
	var rec sysprep.Record
	if err := json.Unmarshal([]byte(w.record(t)), &rec); err != nil {
		t.Fatal(err)
	}
	if rec.Engine != "sysprep" || rec.Schema != sysprep.RecordSchema {
		t.Errorf("record: %+v", rec)
	}
	return rec.Verdict
}

// reset takes away what the last play left, sets the scene and lays out the
// next play.
func (w *wine) reset(t *testing.T, scene, text string) {
	t.Helper()
	for _, name := range []string{"Panther", "../../Panther", "../../temp/out", "Sysprep_succeeded.tag", "told.txt", "go.txt", "held.txt", "rest.exe", "rest.txt"} {
		if err := os.RemoveAll(filepath.Join(w.folder, name)); err != nil {
			t.Fatal(err)
		}
	}
	w.lay(t, "scene.txt", scene)
	w.lay(t, "play.txt", text)
	if out := w.run("scene.exe", `C:\windows\System32\Sysprep\scene.txt`); class(out) != "ok" {
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
