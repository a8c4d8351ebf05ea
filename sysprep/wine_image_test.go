package sysprep_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// looksAtItself runs the commands on images without a path: they are about the
// Windows that runs.
func looksAtItself(t *testing.T, w *wine) {
	w.reset(t, scene, good)
	w.lay(t, "reseal-unattend.xml", answerText) // as a run leaves it whose process was killed
	for _, c := range []struct {
		args []string
		code string
		want []string
	}{
		{[]string{"image", "inspect"}, "0", []string{"this Windows: Windows 11 24H2", "edition ", "image state    IMAGE_STATE_COMPLETE"}},
		{[]string{"image", "state"}, "0", []string{"this Windows: ", "Generalization 7"}},
		{[]string{"image", "check", "--format", "json"}, "0", []string{`"schema": "reseal/image-check/v1"`, `"name": "elevated",` + "\n      \"status\": \"ok\""}},
		{[]string{"image", "providers"}, "0", []string{"neither action files nor registered providers"}},
		{[]string{"image", "stage", answerPath, "--use", "sysprep", "--windows", "11-24h2", "--dry-run"}, "0", []string{"would stage: C:/windows/System32/Sysprep/Unattend.xml"}},
		{[]string{"image", "stage", answerPath, "--use", "sysprep", "--windows", "11-24h2"}, "0", []string{"staged: C:/windows/System32/Sysprep/Unattend.xml"}},
		{[]string{"image", "stage", profile}, "0", []string{"kept           C:/windows/System32/Sysprep/Unattend.xml.bak1"}},
		{[]string{"image", "clean"}, "1", []string{"would remove: C:/windows/System32/Sysprep/Unattend.xml\n", "UserAccounts/AdministratorPassword/Value"}},
	} {
		out := w.run("reseal.exe", c.args...)
		if !strings.HasSuffix(out, "\nexit code "+c.code+"\n") {
			t.Errorf("%q:\n%s", c.args, out)
		}
		for _, want := range c.want {
			if !strings.Contains(out, want) {
				t.Errorf("%q does not tell %q:\n%s", c.args, want, out)
			}
		}
	}
	if got := w.has("Unattend.xml"); !strings.Contains(got, "<ComputerName>*</ComputerName>") {
		t.Errorf("staged:\n%s", got)
	}
	if got := w.has("Unattend.xml.bak1"); !strings.Contains(got, secretText) || strings.Contains(got, "ComputerName") {
		t.Errorf("kept:\n%s", got)
	}
	removesWhatItTells(t, w)
}

// removesWhatItTells holds each file together with what is told of it. Wine 8
// cannot remove a file below an open folder, as Go's os.Root does: it lacks
// FileDispositionInformationEx.
func removesWhatItTells(t *testing.T, w *wine) {
	out := w.run("reseal.exe", "image", "clean", "--yes")
	for _, name := range []string{"Unattend.xml", "Unattend.xml.bak1", "answer.xml", "reseal-unattend.xml"} {
		path := "C:/windows/System32/Sysprep/" + name
		there := w.has(name) != ""
		if removed, stays := strings.Contains("\n"+out, "\nremoved: "+path+"\n"), strings.Contains(out, path+" cannot be removed: "); removed == stays || there != stays {
			t.Errorf("%s is there: %v\n%s", name, there, out)
		}
		if err := os.Remove(filepath.Join(w.folder, name)); err != nil && !os.IsNotExist(err) {
			t.Error(err)
		}
	}
	if code := class(out); (code == "ok") == strings.Contains(out, "cannot be removed") {
		t.Errorf("exit code:\n%s", out)
	}
	w.lay(t, "answer.xml", answerText)
}
