package wholefile

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestWriteReplacesTheWholeFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a.xml")
	for _, text := range []string{"a long first text", "short"} {
		if err := Write(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, _ := os.ReadFile(name); string(got) != text {
			t.Errorf("read %q, want %q", got, text)
		}
	}
	if info, _ := os.Stat(name); runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
	alone(t, filepath.Dir(name), "a.xml")
}

func TestWriteKeepsALink(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "real"), []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("real", filepath.Join(dir, "link")); err != nil {
		t.Skip("no links here:", err)
	}
	if err := Write(filepath.Join(dir, "link"), []byte("new"), 0o644); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(filepath.Join(dir, "real")); string(got) != "new" {
		t.Errorf("the file behind the link holds %q", got)
	}
}

func TestWriteFollowsLinksToAFileThatIsNotThere(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "out"), 0o755); err != nil {
		t.Fatal(err)
	}
	for link, target := range map[string]string{"a": "b", "b": filepath.Join(dir, "out", "c"), "out/c": "../out/real", "round": "trip", "trip": "round", "lost": "none/x"} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Skip("no links here:", err)
		}
	}
	if err := Write(filepath.Join(dir, "a"), []byte("new"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(filepath.Join(dir, "out", "real")); string(got) != "new" {
		t.Errorf("the file behind the links holds %q", got)
	}
	for _, link := range []string{"a", "b", "out/c"} {
		if info, err := os.Lstat(filepath.Join(dir, link)); err != nil || info.Mode()&fs.ModeSymlink == 0 {
			t.Errorf("%s is no link any more", link)
		}
	}
	if err := os.MkdirAll(filepath.Join(dir, "x", "y"), 0o755); err != nil {
		t.Fatal(err)
	}
	for link, target := range map[string]string{"elsewhere": filepath.Join("x", "y"), "x/y/d": "../up"} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	if err := Write(filepath.Join(dir, "elsewhere", "d"), []byte("new"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(filepath.Join(dir, "x", "up")); string(got) != "new" {
		t.Errorf("the file behind a link in a linked folder holds %q", got)
	}
	for _, link := range []string{"round", "lost"} {
		if err := Write(filepath.Join(dir, link), []byte("new"), 0o600); err == nil {
			t.Errorf("%s is written", link)
		}
	}
	alone(t, filepath.Join(dir, "out"), "c real")
}

func TestFailureNamesTheFileAndLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "folder"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{filepath.Join(dir, "none", "a.xml"), filepath.Join(dir, "folder")} {
		err := Write(name, []byte("x"), 0o644)
		if err == nil || !strings.Contains(err.Error(), name) || strings.Contains(err.Error(), ".tmp") {
			t.Errorf("Write(%s) = %v", name, err)
		}
	}
	alone(t, dir, "folder")
}

func alone(t *testing.T, dir, want string) {
	t.Helper()
	var names []string
	entries, err := fs.ReadDir(os.DirFS(dir), ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if strings.Join(names, " ") != want {
		t.Errorf("the folder holds %v, want %s alone", names, want)
	}
}
