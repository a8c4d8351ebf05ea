package sysprep_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// closesTheWindow leaves sysprep.exe without options open, as audit mode does.
func closesTheWindow(t *testing.T, w *wine) {
	const shut = "SYSPRP WinMain:The sysprep dialog box returned FALSE"
	for _, c := range []struct {
		name, play string
		class      string // of a run with --close-gui
		tells      string
		shut       bool // the program has noticed that its window was closed
	}{
		{"a window", "window\nlog {now}, Error      [0x0f0043] " + shut + "\n", "ok", "was closed", true},
		{"a window on another desktop", "wait\n", "ok", "has no window on this desktop and was ended", false},
		{"a program that goes on behind its window", "window\nlog {now}, Error      [0x0f0043] " + shut + "\nwait\n", "unchanged", "goes on behind its window", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			w.reset(t, scene, "log {now}, Info                  SYSPRP WinMain:Displaying dialog box for user to choose sysprep mode\n"+c.play)
			window := make(chan string)
			go func() { window <- w.run("sysprep.exe") }()
			w.until(t, 10*time.Second, func() bool { return w.has("Panther/setupact.log") != "" })
			w.lay(t, "play.txt", good)
			if out := w.drive(); class(out) != "unchanged" || !strings.Contains(out, "(instance)") {
				t.Errorf("without --close-gui:\n%s", out)
			}
			if out := w.drive("--close-gui"); class(out) != c.class || !strings.Contains(out, c.tells) {
				t.Errorf("with --close-gui:\n%s", out)
			}
			if got := strings.Contains(w.has("Panther/setupact.log"), shut); got != c.shut {
				t.Errorf("noticed that it was closed: %v", got)
			}
			w.lay(t, "go.txt", "")
			<-window
		})
	}
}

// endsWhenInterrupted presses Ctrl+C while sysprep.exe works.
func endsWhenInterrupted(t *testing.T, w *wine) {
	for _, c := range []struct {
		name, play string
		when       string // this file is there
		tells      []string
		check      func(*testing.T, *wine)
	}{
		{"before it has begun", opening + "sleep 60s\n", `Panther\setupact.log`,
			[]string{"the run was interrupted; sysprep.exe had not begun to change the image and was ended; the image state is IMAGE_STATE_COMPLETE\n"}, nothingRuns},
		{"half-way", opening + generalizing + "tell\nwait\n", "told.txt",
			[]string{"the run was interrupted; sysprep.exe still runs as process ", "was left alone", "the image state is IMAGE_STATE_UNDEPLOYABLE\n"}, somethingRuns},
	} {
		t.Run(c.name, func(t *testing.T) {
			w.reset(t, scene, c.play)
			out := w.press(t, c.when, w.call("--yes", w.computer)...)
			if class(out) != "interrupted" || strings.Contains(out, "\ninterrupted\n") {
				t.Errorf("with Ctrl+C:\n%s", out)
			}
			for _, want := range c.tells {
				if !strings.Contains(out, want) {
					t.Errorf("%q is not told:\n%s", want, out)
				}
			}
			if w.verdict(t) != "failed" {
				t.Errorf("verdict %q", w.verdict(t))
			}
			if w.has("reseal-unattend.xml") != "" {
				t.Error("the answer file with its secrets is still there")
			}
			w.holds(t, "temp/out", ".gitignore", ".lock", "record.json")
			c.check(t, w)
		})
	}
}

// press runs reseal on a console of its own, and presses Ctrl+C there once a
// file of the Sysprep folder is there.
func (w *wine) press(t *testing.T, when string, args ...string) string {
	t.Helper()
	words := append([]string{when, `C:\windows\System32\Sysprep\reseal.exe`}, args...)
	w.lay(t, "keys.txt", "interrupt "+strings.Join(words, " | ")+"\n")
	return w.run("scene.exe", `C:\windows\System32\Sysprep\keys.txt`)
}

// holds wants just these files in a folder of Windows: nothing half-written.
func (w *wine) holds(t *testing.T, folder string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(w.windows, folder))
	if err != nil {
		t.Error(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if !slices.Equal(names, want) {
		t.Errorf("%s holds %q, want %q", folder, names, want)
	}
}
