package sysprep_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reseal/reseal/sysprep"
)

const profileText = `version: reseal/v1
target: { windows: 11-24h2, architecture: amd64, use: sysprep }
reseal: { mode: oobe, generalize: true, then: quit }
computerName: '*'
`

// runsReseal runs the program that people get, from the profile to the
// record, against the stand-in.
func runsReseal(t *testing.T, w *wine) {
	w.build(t, filepath.Join(w.folder, "reseal.exe"), "../cmd/reseal")
	computer, _, _ := strings.Cut(w.drive("-preview"), "\n")
	out := filepath.Join(filepath.Dir(filepath.Dir(w.folder)), "temp", "out", "record.json")

	run := func(args ...string) string {
		t.Helper()
		w.lay(t, "profile.yaml", profileText)
		all := append([]string{"run", "--engine", "sysprep", "--log-dir", `C:\windows\temp\out`}, args...)
		return w.run("reseal.exe", append(all, `C:\windows\System32\Sysprep\profile.yaml`)...)
	}
	cases := []struct {
		name, text string
		args       []string
		code       string
		tells      string
		verdict    string // "" = no record
	}{
		{"the wrong computer", good, []string{"--yes", "another"}, "2", "nothing was done", ""},
		{"dry run", good, []string{"--dry-run"}, "0", "image state: IMAGE_STATE_COMPLETE", ""},
		{"success", "cache\n" + good, []string{"--yes", computer}, "0", "IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE", sysprep.VerdictOK},
		{"nothing changed", opening + appsRefused + closing, []string{"--yes", computer}, "4", "0x3cf2", sysprep.VerdictFailed},
		{"spoiled", opening + generalizing + bootRefused + closing, []string{"--yes", computer}, "5", "spbcd.dll", sysprep.VerdictFailed},
		{"time-out", opening + "sleep 60s\n", []string{"--yes", computer, "--timeout", "2s"}, "4", "not done after 2s", sysprep.VerdictFailed},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w.reset(t, scene, c.text)
			if err := os.Remove(out); err != nil && !os.IsNotExist(err) {
				t.Fatal(err)
			}
			told := run(c.args...)
			if !strings.HasSuffix(told, "\nexit code "+c.code+"\n") || !strings.Contains(told, c.tells) {
				t.Errorf("want %q and exit code %s:\n%s", c.tells, c.code, told)
			}
			if got := verdictOf(t, out); got != c.verdict {
				t.Errorf("verdict %q, want %q:\n%s", got, c.verdict, told)
			}
			if c.name == "success" && !strings.Contains(w.has("Panther/unattend.xml"), "<ComputerName>*</ComputerName>") {
				t.Errorf("sysprep.exe read %q", w.has("Panther/unattend.xml"))
			}
		})
	}
}

// verdictOf reads the record that a run kept, "" when there is none.
func verdictOf(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		return ""
	}
	var rec sysprep.Record
	if err == nil {
		err = json.Unmarshal(text, &rec)
	}
	if err != nil {
		t.Fatal(err)
	}
	if rec.Engine != "sysprep" || rec.Schema != sysprep.RecordSchema {
		t.Errorf("record: %s", text)
	}
	return rec.Verdict
}
