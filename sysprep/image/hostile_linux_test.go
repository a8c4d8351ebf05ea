package image

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A pipe where an answer file or a hive is expected must not block anybody.
func TestPipesDoNotBlock(t *testing.T) {
	dir := folder(t)
	for _, name := range []string{"Windows/Panther/unattend.xml", "Windows/System32/config/SOFTWARE", "autounattend.xml"} {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.Remove(name); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		if err := syscall.Mkfifo(name, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	i := open(t, dir)
	s, problems := i.Inspect()
	if len(problems) != 1 || !strings.Contains(problems[0].Error(), "SOFTWARE cannot be opened: it is no regular file") {
		t.Errorf("problems: %v", problems)
	}
	if len(s.Answers) != 2 || s.Answers[0].Problem != "it is no regular file" || s.State.SetupType != 0 {
		t.Errorf("%+v", s.Answers)
	}
	if staged, err := i.Stage(SpotRoot, []byte(harmless), false); err == nil {
		t.Errorf("a pipe was replaced: %+v", staged)
	}
}

// A folder that links to itself has no end; one look at each name is enough.
func TestLinksInCirclesComeToAnEnd(t *testing.T) {
	dir := folder(t)
	if err := os.Symlink(".", filepath.Join(dir, "Windows", "Panther", "Unattend")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("unattend.xml", filepath.Join(dir, "Windows", "Panther", "unattend.xml")); err != nil {
		t.Fatal(err)
	}
	s, _ := open(t, dir).Inspect()
	if s.State.Verdict != Normal || s.Facts.Build != 26100 {
		t.Errorf("what the hives tell is lost: %+v", s)
	}
	for _, f := range s.Answers {
		if f.File != nil || f.Problem == "" {
			t.Errorf("a link to itself is no answer file: %+v", f)
		}
	}
}
