package sysprep

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"
)

const testKey = `SOFTWARE\reseal-test`

func TestNativeListsAndWritesTheRegistry(t *testing.T) {
	n := nativeForTest(t)
	if elevated, err := n.Elevated(); err != nil || !elevated {
		t.Skipf("needs an elevated administrator: %v", err)
	}
	t.Cleanup(func() { _ = registry.DeleteKey(registry.LOCAL_MACHINE, testKey) })
	for _, list := range []func(string) ([]string, error){n.ValueNames, n.SubKeys} {
		if names, err := list(testKey); len(names) != 0 || err != nil {
			t.Errorf("an absent key: %q, %v", names, err)
		}
	}
	if err := errors.Join(n.SetString(testKey, "one", "1"), n.SetString(testKey, "two", `C:\a, b.dll,F`)); err != nil {
		t.Fatal(err)
	}
	if names, err := n.ValueNames(testKey); err != nil || !reflect.DeepEqual(names, []string{"one", "two"}) {
		t.Errorf("values %q, %v", names, err)
	}
	if v, ok, err := n.ReadString(testKey, "two"); v != `C:\a, b.dll,F` || !ok || err != nil {
		t.Errorf("%q, %v, %v", v, ok, err)
	}
	if err := n.DeleteValue(testKey, "one"); err != nil {
		t.Error(err)
	}
	if err := n.DeleteValue(testKey, "one"); !errors.Is(err, registry.ErrNotExist) {
		t.Errorf("a value that is gone: %v", err)
	}
	if err := n.DeleteValue(`SOFTWARE\no such key`, "one"); !errors.Is(err, registry.ErrNotExist) {
		t.Errorf("a key that is not there: %v", err)
	}
	if keys, err := n.SubKeys("SOFTWARE"); err != nil || !strings.Contains(strings.Join(keys, "|"), "reseal-test") {
		t.Errorf("keys %q, %v", keys, err)
	}
}

func TestNativeAsksWMI(t *testing.T) {
	n := nativeForTest(t)
	computer, err := n.ComputerName()
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time COM starts anew
		rows, err := n.Query(nsSystem, "SELECT * FROM Win32_ComputerSystem", "Name", "DomainRole", "NoSuchProperty")
		if err != nil || len(rows) != 1 {
			t.Fatalf("%+v, %v", rows, err)
		}
		if name, _ := rows[0]["Name"].(string); !strings.EqualFold(name, computer) {
			t.Errorf("name %q, want %q", name, computer)
		}
		if _, ok := rows[0]["DomainRole"].(int64); !ok {
			t.Errorf("role %v", rows[0]["DomainRole"])
		}
		if v, there := rows[0]["NoSuchProperty"]; there {
			t.Errorf("a property that is not there: %v", v)
		}
	}
	if rows, err := n.Query(nsSystem, "SELECT * FROM Win32_NoSuchClass", "Name"); len(rows) > 0 {
		t.Errorf("a class that is not there: %+v, %v", rows, err)
	}
	if _, err := n.Query(`root\no_such_namespace`, "SELECT * FROM X", "Name"); err == nil || !strings.Contains(err.Error(), `root\no_such_namespace: WMI gives 0x8004`) {
		t.Errorf("a namespace that is not there: %v", err)
	}
}

func TestNativeInvokesMethodsOfWMI(t *testing.T) {
	n := nativeForTest(t)
	rows, err := n.Query(nsSystem, fmt.Sprintf("SELECT * FROM Win32_Process WHERE ProcessId=%d", os.Getpid()), "__PATH")
	if err != nil || len(rows) != 1 {
		t.Fatalf("%+v, %v", rows, err)
	}
	path, _ := rows[0]["__PATH"].(string)
	result, err := n.Invoke(nsSystem, path, "GetOwner", "ReturnValue", "User")
	if user, _ := result["User"].(string); err != nil || result["ReturnValue"] != int64(0) || user == "" {
		t.Errorf("%q: %+v, %v", path, result, err)
	}
	if result, err := n.Invoke(nsSystem, path, "NoSuchMethod", "ReturnValue"); err == nil {
		t.Errorf("a method that is not there: %+v", result)
	}
}

func TestNativeKnowsDrivesAndAccounts(t *testing.T) {
	n := nativeForTest(t)
	drives, err := n.Drives()
	if err != nil || !strings.Contains(fmt.Sprint(drives), "{"+n.root[:2]+" fixed}") {
		t.Errorf("drives %v, %v", drives, err)
	}
	if free, err := n.FreeSpace(n.root[:2]); err != nil || free == 0 {
		t.Errorf("free space %d, %v", free, err)
	}
	if name, _, err := n.Account("S-1-5-18"); err != nil || name == "" {
		t.Errorf("account %q, %v", name, err)
	}
	if name, _, err := n.Account("no SID"); err == nil {
		t.Errorf("no SID is %q", name)
	}
}

func TestNativeClosesNothingButSysprep(t *testing.T) {
	n := nativeForTest(t)
	if _, err := n.CloseWindow(os.Getpid()); err == nil || !strings.Contains(err.Error(), "not sysprep.exe") {
		t.Errorf("this test was asked to close, %v", err)
	}
	p, err := n.Start(Command{Program: n.root + `\System32\cmd.exe`})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	if _, ended := p.Exit(); !ended {
		if err := p.Kill(); err != nil {
			t.Error(err)
		}
	}
	for range 500 {
		if _, ended := p.Exit(); ended {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if forced, err := n.CloseWindow(p.ID()); forced || err != nil {
		t.Errorf("a process that has just ended: forced %v, %v", forced, err)
	}
	if _, err := n.CloseWindow(1<<30 + 1); !errors.Is(err, windows.ERROR_INVALID_PARAMETER) {
		t.Errorf("a process that is not there: %v", err)
	}
}
