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
	for _, c := range []struct {
		args []string
		code string
		want []string
	}{
		{[]string{"image", "inspect"}, "0", []string{"this Windows: Windows 11 24H2", "edition ", "image state    IMAGE_STATE_COMPLETE"}},
		{[]string{"image", "state"}, "0", []string{"this Windows: ", "Generalization 7"}},
		{[]string{"image", "check", "--format", "json"}, "0", []string{`"schema": "reseal/image-check/v1"`, `"name": "elevated",` + "\n      \"status\": \"ok\""}},
		{[]string{"image", "providers"}, "0", []string{"neither action files nor registered providers"}},
		{[]string{"image", "stage", answerPath, "--use", "sysprep", "--windows", "11-24h2", "--quiet"}, "0", nil},
		{[]string{"image", "clean"}, "1", []string{"would remove: ", "UserAccounts/AdministratorPassword/Value"}},
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
	name := filepath.Join(w.folder, "Unattend.xml")
	staged, err := os.ReadFile(name)
	if err != nil || !strings.Contains(string(staged), "unattend") {
		t.Errorf("%v:\n%s", err, staged)
	}
	if err := os.Remove(name); err != nil { // Wine cannot remove below a folder that is open, as clean does
		t.Error(err)
	}
}
