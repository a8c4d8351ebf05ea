package sysprep_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// uglyText is a profile as nobody should leave it.
const uglyText = "version:   reseal/v1\r\n# stays\r\ntarget: {windows: 11-24h2,   architecture: amd64}\r\n"

// writesFiles runs the commands that read and write files of the user.
func writesFiles(t *testing.T, w *wine) {
	const made, ugly = `C:\windows\made\made.xml`, `C:\windows\made\ugly.yaml`
	w.reset(t, scene, good)
	for name, text := range map[string]string{"made.xml": "old", "ugly.yaml": uglyText, "lost.yaml": strings.ReplaceAll(profileText, "RESEAL_TEST_SECRET", "RESEAL_NO_SECRET")} {
		w.put(t, "made/"+name, text)
	}
	for _, c := range []struct {
		args  []string
		class string
		tells string
	}{
		{[]string{"validate", profile}, "ok", "no findings"},
		{[]string{"compile", profile}, "usage", "holds the value of a secret"},
		{[]string{"compile", `C:\windows\made\lost.yaml`, "-o", `C:\windows\made\none.xml`}, "findings", "[secret-unresolved]"},
		{[]string{"compile", profile, "-o", made}, "ok", ""},
		{[]string{"compile", profile, "--check", made}, "ok", ""},
		{[]string{"fmt", "--check", ugly}, "findings", "ugly.yaml"},
		{[]string{"fmt", ugly}, "ok", ""},
		{[]string{"fmt", "--check", ugly}, "ok", ""},
		{[]string{"logs", "--where"}, "ok", "Windows/Panther/UnattendGC"},
		{[]string{"logs", `C:\windows`}, "file", "holds no log"},
	} {
		if out := w.run("reseal.exe", c.args...); class(out) != c.class || !strings.Contains(out, c.tells) || strings.Contains(out, secretText) {
			t.Errorf("%q: want %q and %q:\n%s", c.args, c.class, c.tells, out)
		}
	}
	if got := w.has("../../made/made.xml"); !strings.Contains(got, "<Value>"+secretText+"</Value>") {
		t.Errorf("compiled:\n%s", got)
	}
	if got, want := w.has("../../made/ugly.yaml"), "version: reseal/v1\n# stays\ntarget: { windows: 11-24h2, architecture: amd64 }\n"; got != want {
		t.Errorf("formatted:\n%s", got)
	}
	w.holds(t, "made", "lost.yaml", "made.xml", "ugly.yaml")
	staysWhole(t, w, made)
}

// staysWhole writes over a file that another program shares with nobody.
func staysWhole(t *testing.T, w *wine, made string) {
	w.put(t, "made/made.xml", "old")
	w.lay(t, "keys.txt", "hold "+made+"\n")
	holder := make(chan string)
	go func() { holder <- w.run("scene.exe", `C:\windows\System32\Sysprep\keys.txt`) }()
	w.until(t, 10*time.Second, func() bool { return w.has("held.txt") != "" })
	out := w.run("reseal.exe", "compile", profile, "-o", made)
	w.lay(t, "go.txt", "")
	if end := <-holder; class(end) != "ok" {
		t.Errorf("the other program: %s", end)
	}
	if class(out) != "file" || !strings.Contains(out, "made.xml: ") || strings.Contains(out, ".tmp") {
		t.Errorf("over a file that is in use:\n%s", out)
	}
	if got := w.has("../../made/made.xml"); got != "old" {
		t.Errorf("the old file holds %q", got)
	}
	w.holds(t, "made", "lost.yaml", "made.xml", "ugly.yaml")
}

// put writes a file of Windows, and its folder.
func (w *wine) put(t *testing.T, name, text string) {
	t.Helper()
	path := filepath.Join(w.windows, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
