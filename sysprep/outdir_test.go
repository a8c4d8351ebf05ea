package sysprep

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

func openOut(t *testing.T, path string) *OutDir {
	t.Helper()
	d, err := OpenOutDir(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func names(t *testing.T, path string) []string {
	t.Helper()
	entries, err := os.ReadDir(path)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

func TestANewOutputFolderIsPrivateAndHiddenFromGit(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a", "out")
	openOut(t, path)
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
		t.Errorf("mode %v", info.Mode())
	}
	if text, err := os.ReadFile(filepath.Join(path, ".gitignore")); err != nil || string(text) != "*\n" {
		t.Errorf("%q %v", text, err)
	}
}

func TestAFolderWithOtherThingsKeepsThem(t *testing.T) {
	path := t.TempDir()
	if err := os.WriteFile(filepath.Join(path, "mine.txt"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	openOut(t, path)
	if got := names(t, path); !slices.Equal(got, []string{".lock", "mine.txt"}) {
		t.Errorf("%v", got)
	}
}

func TestOneRunAtATimeAndNoLockOutlivesItsRun(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	first := openOut(t, path)
	if _, err := OpenOutDir(path); !errors.Is(err, ErrBusy) || !strings.Contains(err.Error(), path) {
		t.Errorf("the second run: %v", err)
	}
	first.Close() // as the end of the process does
	if _, err := os.Stat(filepath.Join(path, ".lock")); err != nil {
		t.Error(err)
	}
	openOut(t, path)
}

func TestTheFilesOfARunAreWrittenAndReplaced(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	d := openOut(t, path)
	out := rehearse(t, answerFile(t, generalizeOOBE), nil)
	for range 2 {
		files, err := out.Files([]byte("<unattend/>"), true)
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Write(files...); err != nil {
			t.Fatal(err)
		}
	}
	if got := names(t, path); !slices.Equal(got, []string{".gitignore", ".lock", OutRecord, OutSetupAct, OutSetupErr, OutAnswer}) {
		t.Errorf("%v", got)
	}
	info, err := os.Stat(filepath.Join(path, OutAnswer))
	if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	record, err := os.ReadFile(filepath.Join(path, OutRecord))
	if err != nil || !strings.Contains(string(record), RecordSchema) {
		t.Errorf("%v", err)
	}
}

func TestAFailureReplacesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	d := openOut(t, path)
	if err := d.Write(OutFile{Name: OutAnswer, Data: []byte("old")}); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(path, OutRecord), 0o700); err != nil {
		t.Fatal(err)
	}
	err := d.Write(OutFile{Name: OutAnswer, Data: []byte("new")}, OutFile{Name: OutRecord, Data: []byte("{}")})
	var at *fs.PathError
	if !errors.As(err, &at) || at.Path != filepath.Join(path, OutRecord) {
		t.Errorf("%v", err)
	}
	if text, _ := os.ReadFile(filepath.Join(path, OutAnswer)); string(text) != "old" {
		t.Errorf("the old file was replaced by %q", text)
	}
	if got := names(t, path); !slices.Equal(got, []string{".gitignore", ".lock", OutRecord, OutAnswer}) {
		t.Errorf("%v", got)
	}
}

func TestOutputStaysInsideItsFolder(t *testing.T) {
	d := openOut(t, filepath.Join(t.TempDir(), "out"))
	for _, name := range []string{"../x", "a/b", "/x", "..", "", "."} {
		if err := d.Write(OutFile{Name: name}); err == nil {
			t.Errorf("%q is written", name)
		}
	}
}

func TestAFileInPlaceOfTheFolderIsAnError(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, p := range []string{path, filepath.Join(path, "below")} {
		if _, err := OpenOutDir(p); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v", p, err)
		}
	}
}
