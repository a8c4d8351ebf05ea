package image

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reseal/reseal/sysprep"
)

// values sets what a state is read from.
func values(image string, generalization, setupType int) string {
	text := fmt.Sprintf("[SYSTEM\\Setup\\Status\\SysprepStatus]\nGeneralizationState=dword:%d\n[SYSTEM\\Setup]\nSetupType=dword:%d\n", generalization, setupType)
	if setupType == 2 {
		text += "CmdLine=oobe\\windeploy.exe\n"
	}
	return text + "[SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Setup\\State]\nImageState=" + image + "\n"
}

func TestDiagnosisRowByRow(t *testing.T) {
	cases := []struct {
		image                     string
		generalization, setupType int
		want                      Verdict
		says                      string
	}{
		{sysprep.StateGeneralizeOOBE, 4, 2, Ready, "enters OOBE"},
		{sysprep.StateGeneralizeAudit, 4, 2, Ready, "enters audit mode"},
		{sysprep.StateComplete, 7, 0, Normal, "finished OOBE"},
		{sysprep.StateUndeployable, 3, 0, Spoiled, "did not finish"},
		{sysprep.StateUndeployable, 3, 2, Spoiled, "did not finish"},
		{sysprep.StateUndeployable, 4, 2, Interrupted, "within specialize or OOBE"},
		{sysprep.StateUndeployable, 7, 2, Interrupted, "within specialize or OOBE"},
		{sysprep.StateSpecializeOOBE, 7, 2, Sealed, "without generalize"},
		{sysprep.StateGeneralizeOOBE, 4, 0, Contradictory, "edited the registry"},
		{sysprep.StateComplete, 4, 0, Contradictory, "edited the registry"},
		{sysprep.StateUndeployable, 4, 0, Contradictory, "edited the registry"},
		{"image_state_complete", 7, 0, Normal, "finished OOBE"},
		// one value beside each row
		{sysprep.StateGeneralizeOOBE, 7, 2, NotKnown, "generalize is done, and OOBE follows"},
		{sysprep.StateComplete, 7, 2, NotKnown, "OOBE is finished"},
		{sysprep.StateComplete, 3, 0, NotKnown, "GeneralizationState 3"},
		{sysprep.StateUndeployable, 7, 0, NotKnown, "if nothing runs, it failed"},
		{sysprep.StateSpecializeOOBE, 7, 0, NotKnown, "specialize is done"},
		{sysprep.StateSpecializeAudit, 7, 2, NotKnown, "audit mode follows"},
		{"IMAGE_STATE_STRANGE", 7, 0, NotKnown, "no known combination"},
	}
	for _, c := range cases {
		s, problems := open(t, folder(t, values(c.image, c.generalization, c.setupType))).State()
		none(t, problems)
		if s.Verdict != c.want || !strings.Contains(s.Reading, c.says) || s.Advice == "" || s.Grade == "" {
			t.Errorf("%s %d %d: %+v", c.image, c.generalization, c.setupType, s.Diagnosis)
		}
	}
}

func TestStateWithoutValuesIsUnknown(t *testing.T) {
	const bare = `
[SYSTEM\Setup]
SetupType=-
[SYSTEM\Setup\Status\SysprepStatus]
GeneralizationState=-
CleanupState=-
[SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\State]
ImageState=-
`
	s, problems := open(t, folder(t, bare)).State()
	none(t, problems)
	if s.Verdict != NotKnown || s.Generalization != -1 || s.SetupType != -1 || s.Cleanup != -1 || s.ImageState != "" {
		t.Errorf("%+v", s)
	}
}

func TestStateThatCannotBeReadIsNotAbsent(t *testing.T) {
	dir := folder(t)
	config := filepath.Join(dir, "Windows", "System32", "config")
	if err := os.WriteFile(filepath.Join(config, "SYSTEM"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	s, problems := open(t, dir).State()
	if len(problems) != 1 || s.Verdict != NotKnown || !strings.Contains(s.Reading, "GeneralizationState not readable and SetupType not readable") {
		t.Errorf("%+v, %v", s, problems)
	}
	if s.SetupType != -1 || s.Missing(setupType) != "not readable" || s.Missing(imageState) != "absent" || s.Number(cleanupState, 2) != "2" {
		t.Errorf("%+v", s)
	}
	if err := os.Remove(filepath.Join(config, "SOFTWARE")); err != nil {
		t.Fatal(err)
	}
	if s, _ := open(t, dir).State(); s.Missing(imageState) != "not readable" || !strings.Contains(s.Advice, "once its registry can be read") {
		t.Errorf("%+v", s)
	}
}

func TestStateNotes(t *testing.T) {
	dir := folder(t, armed, "[SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Setup\\Sysprep]\nSysprepMode=vm\n[SYSTEM\\Setup]\nCmdLine=cmd.exe\n")
	s, problems := open(t, dir).State()
	none(t, problems)
	notes := strings.Join(s.Notes(), "\n")
	for _, want := range []string{"Sysprep_succeeded.tag is missing", `the next boot runs "cmd.exe"`, "/mode:vm"} {
		if !strings.Contains(notes, want) {
			t.Errorf("no %q in\n%s", want, notes)
		}
	}
	write(t, dir, "Windows/System32/Sysprep/Sysprep_succeeded.TAG", "")
	if s, _ := open(t, dir).State(); !s.Tag || strings.Contains(strings.Join(s.Notes(), "\n"), "tag is missing") {
		t.Errorf("the tag is there: %+v", s)
	}
	if s, _ := open(t, folder(t)).State(); len(s.Notes()) > 0 {
		t.Errorf("a plain Windows has no notes: %q", s.Notes())
	}
}
