package image

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/reseal/reseal/internal/imagetest"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/sysprep"
)

// An image plays Windows for the reader of facts; what it cannot do it must
// refuse, and no refusal may look like damage.
func TestOfflineRefusesWhatOnlyARunningWindowsDoes(t *testing.T) {
	g := &gatherer{Image: open(t, folder(t))}
	var w sysprep.Windows = offline{g}
	refusals := map[string]error{
		"WriteSecret": w.WriteSecret(`C:\a.xml`, nil), "Remove": w.Remove(`C:\a.xml`), "SetString": w.SetString("a", "b", "c"),
		"DeleteValue": w.DeleteValue("a", "b"), "Power": w.Power(true),
	}
	_, refusals["Lock"] = w.Lock()
	_, refusals["CloseWindow"] = w.CloseWindow(1)
	_, refusals["Start"] = w.Start(sysprep.Command{})
	_, refusals["Query"] = w.Query("a", "b")
	_, refusals["Invoke"] = w.Invoke("a", "b", "c")
	_, refusals["Elevated"] = w.Elevated()
	_, refusals["Drives"] = w.Drives()
	_, refusals["FreeSpace"] = w.FreeSpace("C:")
	_, _, refusals["HARDWARE"] = w.ReadString(`HARDWARE\DESCRIPTION\System\BIOS`, "SystemManufacturer")
	for name, err := range refusals {
		if !errors.Is(err, errOffline) {
			t.Errorf("%s: %v", name, err)
		}
	}
	none(t, g.problems)
}

func TestOfflineReadsFilesByTheirWindowsPaths(t *testing.T) {
	dir := folder(t)
	write(t, dir, "Program Files/Agent/a.txt", "0123456789")
	w := offline{&gatherer{Image: open(t, dir)}}
	if size, at, err := w.Stat(`C:\program files\AGENT\a.txt`); size != 10 || at.IsZero() || err != nil {
		t.Errorf("Stat: %d, %v, %v", size, at, err)
	}
	buf := make([]byte, 8)
	if n, err := w.ReadAt(`C:\Program Files\Agent\a.txt`, buf, 6); n != 4 || err != nil || string(buf[:n]) != "6789" {
		t.Errorf("ReadAt: %q, %v", buf[:n], err)
	}
	for _, name := range []string{`C:\none.txt`, `D:\Program Files\Agent\a.txt`, `\\server\a.txt`} {
		if _, _, err := w.Stat(name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("Stat(%s): %v", name, err)
		}
		if _, err := w.ReadAt(name, buf, 0); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("ReadAt(%s): %v", name, err)
		}
	}
}

// Whatever is wrong with the hives, every command comes to an end, says so, and
// knows nothing that it has not read.
func TestNothingIsKnownOfAnImageWithoutHives(t *testing.T) {
	whole := imagetest.Hive{Root: sampleKeys()}.Bytes()
	torn := slices.Clone(whole)
	for at := firstBin; at < len(torn); at += 7 {
		torn[at] ^= 0x55
	}
	for name, data := range map[string][]byte{"empty": nil, "text": []byte("no hive"), "zeros": make([]byte, 1<<16), "torn": torn, "short": whole[:5000]} {
		dir := folder(t)
		for _, hive := range hiveNames {
			if err := os.WriteFile(filepath.Join(dir, "Windows", "System32", "config", hive), data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		write(t, dir, "Windows/Panther/unattend.xml", withPassword)
		i := open(t, dir)
		s, problems := i.Inspect()
		if len(problems) == 0 || s.Product != "" || s.State.Verdict != NotKnown {
			t.Errorf("%s: %+v, %v", name, s, problems)
		}
		m, _ := i.Machine()
		for _, r := range Check(m, schema.Invocation{Mode: "oobe", Generalize: true}, nil).Results {
			if r.Status == sysprep.StatusFailed {
				t.Errorf("%s: %s fails for want of facts: %s", name, r.ID, r.Detail)
			}
		}
		if list, problems := i.Leftovers(); len(list) != 1 || len(problems) == 0 {
			t.Errorf("%s: the answer file can be seen all the same: %+v, %v", name, list, problems)
		}
	}
}
