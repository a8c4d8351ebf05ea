package sysprep_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// wine is one Wine prefix with Reseal and the stand-in in it.
type wine struct {
	loader   string
	env      []string
	windows  string // C:\windows as a folder of this system
	folder   string // C:\windows\System32\Sysprep, likewise
	computer string // what --yes must name
}

// newWine makes a prefix for one test and its parts. Where Wine or the
// cross compiler is missing the test is skipped, unless REQUIRE_WINE=1 makes
// that a failure.
func newWine(t *testing.T) *wine {
	t.Helper()
	loader, server := findWine(), findFile("/usr/lib/wine/wineserver64", "/usr/lib/wine/wineserver")
	gcc, gccErr := exec.LookPath("x86_64-w64-mingw32-gcc")
	switch {
	case testing.Short():
		skip(t, "Wine takes longer than a short test may")
	case runtime.GOOS != "linux" || runtime.GOARCH != "amd64":
		skip(t, "Wine drives Windows programs on Linux for amd64 only")
	case loader == "" || server == "":
		skip(t, "Wine is missing; on Debian: apt-get install --no-install-recommends wine64")
	case gccErr != nil:
		skip(t, "the cross compiler is missing; on Debian: apt-get install --no-install-recommends gcc-mingw-w64-x86-64-win32")
	}
	prefix := t.TempDir()
	windows := filepath.Join(prefix, "drive_c", "windows")
	w := &wine{
		loader:  loader,
		windows: windows,
		folder:  filepath.Join(windows, "system32", "Sysprep"),
		env: append(os.Environ(), "WINEPREFIX="+prefix, "WINEARCH=win64", "WINEDEBUG=-all",
			"DISPLAY=", "RESEAL_TEST_SECRET="+secretText),
	}
	w.must(t, 2*time.Minute, loader, "wineboot", "-i")
	for _, value := range [][]string{
		{`HKCU\Software\Wine\Drivers`, "/v", "Graphics", "/d", "null"},                               // windows that nobody sees
		{`HKLM\Software\Microsoft\Windows NT\CurrentVersion\AeDebug`, "/v", "Auto", "/d", "0", "/f"}, // no debugger for Wine's services
	} {
		w.must(t, time.Minute, loader, append([]string{"reg", "add"}, value...)...)
	}
	// The services of a prefix's first start sometimes answer after ten seconds
	// only; those of the next one do not. And one server for the whole test:
	// left to itself it ends three seconds after the last program, and Wine 8's
	// device services sometimes crash when they start again.
	w.must(t, time.Minute, server, "-k", "-w")
	w.must(t, time.Minute, server, "-p900")
	t.Cleanup(func() { w.must(t, time.Minute, server, "-k", "-w") })

	system := filepath.Dir(w.folder)
	w.must(t, time.Minute, gcc, "-shared", "-o", filepath.Join(system, "bcryptprimitives.dll"), "testdata/wine/processprng.c", "-ladvapi32")
	w.build(t, filepath.Join(w.folder, "sysprep.exe"), "./testdata/standin")
	w.build(t, filepath.Join(w.folder, "scene.exe"), "./testdata/standin")
	w.build(t, filepath.Join(w.folder, "reseal.exe"), "../cmd/reseal")
	w.must(t, time.Minute, gcc, "-shared", "-o", filepath.Join(windows, "provider.dll"), "testdata/wine/provider.c")
	w.lay(t, "answer.xml", answerText)
	w.lay(t, "profile.yaml", profileText)
	w.put(t, "my answers/my answer.xml", answerText)
	return w
}

// skip skips, or fails where Wine is required.
func skip(t *testing.T, reason string) {
	t.Helper()
	if os.Getenv("REQUIRE_WINE") == "1" {
		t.Fatal("REQUIRE_WINE=1, but " + reason)
	}
	t.Skip(reason)
}

// findWine looks where Debian puts the loader, which is not on its PATH.
func findWine() string {
	if path, err := exec.LookPath("wine64"); err == nil {
		return path
	}
	return findFile("/usr/lib/wine/wine64")
}

func findFile(paths ...string) string {
	for _, path := range paths {
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	return ""
}

func (w *wine) build(t *testing.T, to, from string) {
	t.Helper()
	w.env = append(w.env, "GOOS=windows", "GOARCH=amd64", "CGO_ENABLED=0")
	w.must(t, 5*time.Minute, "go", "build", "-o", to, from)
}

// must runs a program of the host's side and fails the test with its output.
func (w *wine) must(t *testing.T, limit time.Duration, name string, args ...string) {
	t.Helper()
	ctx, stop := context.WithTimeout(context.Background(), limit)
	defer stop()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = w.env
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	cmd.WaitDelay = time.Second // children of Wine keep the pipes open
	if err := cmd.Run(); err != nil && ctx.Err() != nil || cmd.ProcessState == nil || !cmd.ProcessState.Success() {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out.String())
	}
}

// run runs a program of the Sysprep folder under Wine and returns all that it
// prints, with lines ending as on this system, and its exit code. What Wine
// itself says is left out: its services share the pipe, and a crash of the
// program is in the exit code.
func (w *wine) run(name string, args ...string) string {
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	cmd := exec.CommandContext(ctx, w.loader, append([]string{`C:\windows\System32\Sysprep\` + name}, args...)...)
	cmd.Env = w.env
	cmd.WaitDelay = time.Second
	out, err := cmd.CombinedOutput()
	text := withoutWine(strings.ReplaceAll(string(out), "\r\n", "\n"))
	if ctx.Err() != nil {
		return text + "\nno end after a minute: " + err.Error()
	}
	return fmt.Sprintf("%s\nexit code %d\n", text, cmd.ProcessState.ExitCode())
}

// withoutWine leaves out the lines that Wine writes about its services, and
// about threads that were still talking to the server when a program ended.
func withoutWine(text string) string {
	var kept strings.Builder
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "wine: ") && !strings.HasPrefix(line, "wine client error:") {
			kept.WriteString(line)
		}
	}
	return kept.String()
}

// has reads a file of the Sysprep folder, "" when there is none.
func (w *wine) has(name string) string {
	content, err := os.ReadFile(filepath.Join(w.folder, name))
	if err != nil {
		return ""
	}
	return string(content)
}

// until asks again and again until it is so.
func (w *wine) until(t *testing.T, limit time.Duration, so func() bool) {
	t.Helper()
	for end := time.Now().Add(limit); !so(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("still not so after %s", limit)
		}
	}
}
