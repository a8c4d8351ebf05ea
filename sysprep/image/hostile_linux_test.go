package image

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
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
	if len(problems) != 3 || !strings.Contains(problems[0].Error(), "SOFTWARE cannot be opened: it is no regular file") ||
		!strings.HasSuffix(problems[1].Error(), "/Windows/Panther/unattend.xml: it is no regular file") {
		t.Errorf("problems: %v", problems)
	}
	if len(s.Answers) != 2 || s.Answers[0].Problem != "it is no regular file" || s.State.SetupType != 0 {
		t.Errorf("%+v", s.Answers)
	}
	if staged, err := i.Stage(SpotRoot, Staging{XML: []byte(harmless)}); err == nil {
		t.Errorf("a pipe was replaced: %+v", staged)
	}
}

// Whoever may not look into a folder is told so, and by the folder's name.
func TestFoldersWithoutPermissionAreNamed(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("nothing is forbidden to this account")
	}
	for _, name := range []string{"Windows", "Windows/System32"} {
		dir := folder(t)
		forbidden := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.Chmod(forbidden, 0); err != nil {
			t.Fatal(err)
		}
		_, err := Open(dir)
		if !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), forbidden+":") {
			t.Errorf("%s: %v", name, err)
		}
		if err := os.Chmod(forbidden, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	dir := folder(t)
	panther := filepath.Join(dir, "Windows", "Panther")
	if err := os.Chmod(panther, 0); err != nil {
		t.Fatal(err)
	}
	i := open(t, dir)
	files, problems := i.AnswerFiles()
	if len(files) != 0 || len(problems) != 1 || !strings.Contains(problems[0].Error(), panther+": permission denied") {
		t.Errorf("%+v, %v", files, problems)
	}
	if m, _ := i.Machine(); m.AnswerFiles.Known() {
		t.Errorf("what lies in a folder that cannot be read is known: %+v", m.AnswerFiles)
	}
	_, err := i.Stage(SpotPanther, Staging{XML: []byte(harmless)})
	if !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), panther) {
		t.Errorf("Stage: %v", err)
	}
	if err := os.Chmod(panther, 0o555); err != nil {
		t.Fatal(err)
	}
	if _, err := i.Stage(SpotPanther, Staging{XML: []byte(harmless)}); !errors.Is(err, fs.ErrPermission) || strings.Contains(err.Error(), ".tmp") {
		t.Errorf("Stage: %v", err)
	}
}

// A disk that is full while the new file is being written, after the copy of
// the old one: everything is as it was.
func TestStageOnAFullDiskLeavesEverythingAsItWas(t *testing.T) {
	const room = 1 << 20 // enough for the files of go test itself
	for name, there := range map[string]bool{"over a file": true, "into a new folder": false} {
		dir := folder(t)
		if there {
			write(t, dir, "Windows/Panther/Unattend/Unattend.xml", "the old one")
		}
		before := tree(t, dir)
		i := open(t, dir)
		_, err := withRoomFor(t, room, func() (*Staged, error) {
			return i.Stage(SpotPanther, Staging{XML: bytes.Repeat([]byte("x"), room+1)})
		})
		if err == nil || strings.Contains(err.Error(), ".tmp") || !strings.Contains(err.Error(), "/Windows/Panther/Unattend/Unattend.xml: ") {
			t.Errorf("%s: %v", name, err)
		}
		if after := tree(t, dir); !slices.Equal(after, before) {
			t.Errorf("%s: left behind\n%s", name, strings.Join(after, "\n"))
		}
		if text, err := os.ReadFile(filepath.Join(dir, "Windows/Panther/Unattend/Unattend.xml")); there && (err != nil || string(text) != "the old one") {
			t.Errorf("%s: %q, %v", name, text, err)
		}
	}
}

// withRoomFor does something while no file can get longer than that.
func withRoomFor[T any](t *testing.T, size uint64, do func() (T, error)) (T, error) {
	t.Helper()
	signal.Ignore(syscall.SIGXFSZ)
	defer signal.Reset(syscall.SIGXFSZ)
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
	before := limit
	limit.Cur = size
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Skipf("no limits here: %v", err)
	}
	defer func() {
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
			t.Fatal(err)
		}
	}()
	return do()
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
