package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// nobody is the unprivileged account of the tests that run as root.
const nobody = 65534

// copyOfProgram puts this test binary, which acts as reseal when it is called
// by that name, into a folder that every account may enter.
func copyOfProgram(t *testing.T) (program, folder string) {
	t.Helper()
	folder, err := os.MkdirTemp("", "reseal-hostile-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	self, err := os.Open(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	defer self.Close()
	program = filepath.Join(folder, "reseal")
	out, err := os.OpenFile(program, os.O_CREATE|os.O_WRONLY, 0o755)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(out, self); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(out.Close(), os.Chmod(folder, 0o755)); err != nil {
		t.Fatal(err)
	}
	return program, folder
}

// unprivileged runs the program as an account that permissions hold for.
func unprivileged(t *testing.T, program, folder string, args ...string) (code int, output string) {
	t.Helper()
	cmd := exec.Command(program, args...)
	cmd.Dir = folder
	if os.Getuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	return outcome(t, cmd)
}

func outcome(t *testing.T, cmd *exec.Cmd) (code int, output string) {
	t.Helper()
	var b bytes.Buffer
	cmd.Stdout, cmd.Stderr = &b, &b
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), b.String()
}

func place(t *testing.T, folder, name, text string, mode os.FileMode) string {
	t.Helper()
	path := filepath.Join(folder, name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
	return path
}

func template(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../templates/golden-image.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestWithoutPermission(t *testing.T) {
	program, folder := copyOfProgram(t)
	place(t, folder, "locked.yaml", template(t), 0)
	profile := place(t, folder, "open.yaml", template(t), 0o644)
	readOnly := filepath.Join(folder, "readonly")
	if err := os.Mkdir(readOnly, 0o555); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		args []string
	}{
		{"a profile that cannot be read", []string{"validate", "locked.yaml"}},
		{"a profile that cannot be read, to compile", []string{"compile", "locked.yaml", "-o", "-"}},
		{"an output folder that is read-only", []string{"compile", profile, "-o", readOnly + "/a.xml"}},
		{"a log folder that is read-only", []string{"run", profile, "--log-dir", readOnly}},
		{"a log folder below a read-only one", []string{"run", profile, "--log-dir", readOnly + "/out"}},
		{"a template into a read-only folder", []string{"init", "golden-image", "-o", readOnly + "/a.yaml"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, output := unprivileged(t, program, folder, c.args...)
			if code != exitFile || !strings.Contains(output, "permission denied") || strings.Contains(output, "panic") {
				t.Errorf("exit %d, want %d, and the reason:\n%s", code, exitFile, output)
			}
		})
	}
	entries, err := os.ReadDir(readOnly)
	if err != nil || len(entries) > 0 {
		t.Errorf("the read-only folder holds %v (%v)", entries, err)
	}
}

func TestFullDisk(t *testing.T) {
	if os.Getuid() != 0 {
		fullDiskAsRoot(t)
		return
	}
	program, folder := copyOfProgram(t)
	disk := filepath.Join(folder, "disk")
	if err := os.Mkdir(disk, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=32k"); err != nil {
		missing(t, "no tmpfs can be mounted: "+err.Error())
	}
	t.Cleanup(func() { syscall.Unmount(disk, 0) })
	profile := place(t, folder, "open.yaml", template(t), 0o644)
	old := place(t, disk, "old.xml", "<unattend/>", 0o644)
	fill(t, filepath.Join(disk, "ballast"))
	for _, c := range []struct {
		name string
		args []string
	}{
		{"compile to a new file", []string{"compile", profile, "-o", disk + "/new.xml"}},
		{"compile over an old file", []string{"compile", profile, "-o", old}},
		{"the rehearsal's files", []string{"run", profile, "--log-dir", disk + "/out"}},
		{"the schema", []string{"schema", "-o", disk + "/s.json"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			cmd := exec.Command(program, c.args...)
			cmd.Dir = folder
			code, output := outcome(t, cmd)
			if code != exitFile || !strings.Contains(output, "no space left") {
				t.Errorf("exit %d, want %d, and the reason:\n%s", code, exitFile, output)
			}
		})
	}
	if text, err := os.ReadFile(old); err != nil || string(text) != "<unattend/>" {
		t.Errorf("the old file holds %q (%v)", text, err)
	}
	noXMLBut(t, disk, "old.xml")
}

// fill writes until the disk is full.
func fill(t *testing.T, path string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	block := make([]byte, 512)
	for range 1 << 12 {
		if _, err := f.Write(block); err != nil {
			return
		}
	}
	t.Fatal("the disk does not fill up")
}

// noXMLBut holds the disk to be free of half-written files.
func noXMLBut(t *testing.T, disk, allowed string) {
	t.Helper()
	err := filepath.WalkDir(disk, func(path string, d os.DirEntry, err error) error {
		name := filepath.Base(path)
		half := strings.HasSuffix(name, ".xml") || strings.HasSuffix(name, ".tmp") || strings.HasSuffix(name, ".json") || strings.HasSuffix(name, ".log")
		if err == nil && !d.IsDir() && half && name != allowed {
			t.Errorf("%s was left behind", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// fullDiskAsRoot runs the test once more by sudo: only root may mount.
func fullDiskAsRoot(t *testing.T) {
	t.Helper()
	if exec.Command("sudo", "-n", "true").Run() != nil {
		missing(t, "mounting a small disk needs root")
	}
	cmd := exec.Command("sudo", "-n", "--preserve-env=CI", os.Args[0], "-test.run", "^TestFullDisk$", "-test.v")
	code, output := outcome(t, cmd)
	if code != 0 || !strings.Contains(output, "PASS: TestFullDisk") {
		t.Fatalf("as root: exit %d\n%s", code, output)
	}
}

// missing skips a test that this machine cannot run, but fails it in CI.
func missing(t *testing.T, why string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatal(why)
	}
	t.Skip(why)
}
