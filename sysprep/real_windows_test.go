package sysprep

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/windows"
)

// These tests run on Windows, and under Wine as a part of TestWine. They must
// not use t.TempDir: Wine 8 cannot remove folders as Go does.

func nativeForTest(t *testing.T) native {
	t.Helper()
	w, err := NativeWindows()
	if err != nil {
		t.Fatal(err)
	}
	return w.(native)
}

// underWine tells whether Wine stands in for Windows.
func underWine() bool {
	return windows.NewLazySystemDLL("ntdll.dll").NewProc("wine_get_version").Find() == nil
}

func fileForTest(t *testing.T) string {
	t.Helper()
	f, err := os.CreateTemp("", "reseal")
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Remove(f.Name()) })
	return f.Name()
}

func TestNativeKnowsItsComputer(t *testing.T) {
	n := nativeForTest(t)
	name, err := n.ComputerName()
	if err != nil || name == "" {
		t.Errorf("computer name %q, %v", name, err)
	}
	root, err := n.SystemRoot()
	if err != nil || !strings.EqualFold(root, os.Getenv("SystemRoot")) {
		t.Errorf("folder of Windows %q, %v", root, err)
	}
	if arch := n.Architecture(); arch != "amd64" && arch != "arm64" && arch != "x86" {
		t.Errorf("architecture %q", arch)
	}
	if system, err := n.LocalSystem(); err != nil || system != strings.HasSuffix(os.Getenv("USERNAME"), "$") {
		t.Errorf("LocalSystem %v, %v for %q", system, err, os.Getenv("USERNAME"))
	}
	if _, err := n.Domain(); err != nil {
		t.Errorf("domain: %v", err)
	}
}

func TestNativeReadsTheRegistry(t *testing.T) {
	n := nativeForTest(t)
	if v, ok, err := n.ReadString(keyVersion, "CurrentVersion"); err != nil || !ok || v == "" {
		t.Errorf("CurrentVersion %q, %v, %v", v, ok, err)
	}
	if _, ok, err := n.ReadString(keyVersion, "no such value"); ok || err != nil {
		t.Errorf("an absent value: %v, %v", ok, err)
	}
	if _, ok, err := n.ReadNumber(`SOFTWARE\no such key`, "x"); ok || err != nil {
		t.Errorf("a value of an absent key: %v, %v", ok, err)
	}
	if _, _, err := n.ReadNumber(keyVersion, "CurrentVersion"); err == nil {
		t.Error("a text is taken for a number")
	}
	for key, want := range map[string]bool{keyVersion: true, `SOFTWARE\no such key`: false} {
		if got, err := n.HasKey(key); got != want || err != nil {
			t.Errorf("HasKey(%s) = %v, %v", key, got, err)
		}
	}
	for name, want := range map[string]bool{"CurrentVersion": true, "no such value": false} {
		if got, err := n.HasValue(keyVersion, name); got != want || err != nil {
			t.Errorf("HasValue(%s) = %v, %v", name, got, err)
		}
	}
}

func TestNativeFilesLetOthersWork(t *testing.T) {
	n, path := nativeForTest(t), fileForTest(t)
	if err := os.WriteFile(path, []byte("0123456789"), 0o600); err != nil {
		t.Fatal(err)
	}
	buf := make([]byte, 8)
	if read, err := n.ReadAt(path, buf, 4); read != 6 || err != nil || string(buf[:6]) != "456789" {
		t.Errorf("%d bytes %q, %v", read, buf, err)
	}
	if read, err := n.ReadAt(path, buf, 99); read != 0 || err != nil {
		t.Errorf("behind the end: %d, %v", read, err)
	}
	if size, modified, err := n.Stat(path); size != 10 || err != nil || time.Since(modified).Abs() > time.Hour {
		t.Errorf("%d bytes of %s, %v", size, modified, err)
	}
	if err := n.Remove(path); err != nil {
		t.Error(err)
	}
	_, _, statErr := n.Stat(path)
	_, readErr := n.ReadAt(path, buf, 0)
	for _, err := range []error{statErr, readErr, n.Remove(path)} {
		if !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("an absent file: %v", err)
		}
	}
}

func TestNativeSecretIsForAdministratorsAlone(t *testing.T) {
	n, path := nativeForTest(t), fileForTest(t)
	if elevated, err := n.Elevated(); err != nil || !elevated {
		t.Skipf("needs an elevated administrator: %v", err)
	}
	// The file is there and open to others: its list must not be kept.
	if err := n.WriteSecret(path, []byte("first")); err != nil {
		t.Fatal(err)
	}
	if err := n.WriteSecret(path, []byte("second")); err != nil {
		t.Fatal(err)
	}
	if content, err := os.ReadFile(path); err != nil || string(content) != "second" {
		t.Errorf("%q, %v", content, err)
	}
	if underWine() {
		t.Skip("Wine keeps no access lists")
	}
	sd, err := windows.GetNamedSecurityInfo(path, windows.SE_FILE_OBJECT, windows.OWNER_SECURITY_INFORMATION|windows.DACL_SECURITY_INFORMATION)
	if err != nil {
		t.Fatal(err)
	}
	if got := sd.String(); got != "O:BAD:PAI(A;;FA;;;BA)(A;;FA;;;SY)" && got != "O:BAD:P(A;;FA;;;BA)(A;;FA;;;SY)" {
		t.Errorf("access list %s", got)
	}
	if err := n.WriteSecret(filepath.Join(path, "below a file"), nil); err == nil {
		t.Error("a path that cannot be is no error")
	}
}

func TestNativeLockKeepsOthersOut(t *testing.T) {
	n := nativeForTest(t)
	release, err := n.Lock()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := n.Lock(); !errors.Is(err, ErrRunning) {
		t.Errorf("the second lock: %v", err)
	}
	release()
	release, err = n.Lock()
	if err != nil {
		t.Fatalf("after release: %v", err)
	}
	release()
}

func TestNativeStartsWatchesAndEndsAProcess(t *testing.T) {
	n := nativeForTest(t)
	ids, err := n.Instances()
	if err != nil || len(ids) != 0 {
		t.Errorf("instances %v, %v", ids, err)
	}
	// Any program serves here; this one waits for input that never comes.
	p, err := n.Start(Command{Program: n.root + `\System32\cmd.exe`})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	if p.ID() == 0 {
		t.Error("no process ID")
	}
	if err := p.Kill(); err != nil {
		if _, ended := p.Exit(); !ended {
			t.Fatal(err)
		}
	}
	for range 100 {
		if code, ended := p.Exit(); ended {
			t.Logf("ended with %s", exitCode(code))
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Error("the process does not end")
}

func TestNativeStartTellsOfAMissingProgram(t *testing.T) {
	n := nativeForTest(t)
	if _, err := n.Start(Command{Program: n.root + `\no such program.exe`}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error %v", err)
	}
}

func TestNativeReachesSystemFilesFromA32BitProgram(t *testing.T) {
	cases := []struct {
		redirected bool
		path, want string
	}{
		{false, `C:\Windows\System32\Sysprep\x`, `C:\Windows\System32\Sysprep\x`},
		{true, `C:\Windows\System32\Sysprep\x`, `C:\Windows\Sysnative\Sysprep\x`},
		{true, `c:\windows\SYSTEM32\Sysprep\x`, `C:\Windows\Sysnative\Sysprep\x`},
		{true, `C:\Windows\Temp\x`, `C:\Windows\Temp\x`},
		{true, `C:\Windows\System32`, `C:\Windows\System32`},
	}
	for _, c := range cases {
		if got := (native{`C:\Windows`, c.redirected}).reach(c.path); got != c.want {
			t.Errorf("reach(%s) = %s, want %s", c.path, got, c.want)
		}
	}
}

func TestMachineNames(t *testing.T) {
	for machine, want := range map[uint16]string{0x014c: "x86", 0x8664: "amd64", 0xaa64: "arm64", 0x0200: ""} {
		if got := machineType(machine); got != want {
			t.Errorf("machineType(%#x) = %q", machine, got)
		}
	}
}
