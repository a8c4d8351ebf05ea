package sysprep

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reseal/reseal/schema"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares a text with a file of testdata/golden.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", "golden", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got == string(want) {
		return
	}
	g, w := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range max(len(g), len(w)) {
		if i >= len(g) || i >= len(w) || g[i] != w[i] {
			t.Errorf("%s differs from line %d on; go test -update writes it anew\n got %q\nwant %q", name, i+1, lineAt(g, i), lineAt(w, i))
			return
		}
	}
}

func lineAt(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(end)"
}

var goldenLines = append([]string{
	"windowsPE Microsoft-Windows-International-Core-WinPE UILanguage = en-US",
	"specialize Microsoft-Windows-Shell-Setup@arm64 TimeZone = UTC",
	"specialize Microsoft-Windows-Deployment RunSynchronous/RunSynchronousCommand[1]/Order = 1",
	"specialize Microsoft-Windows-Deployment RunSynchronous/RunSynchronousCommand[1]/Path = cmd /c ver",
	"oobeSystem Microsoft-Windows-Shell-Setup AutoLogon/Enabled = true",
	"oobeSystem Microsoft-Windows-Shell-Setup AutoLogon/Username = operator",
	"oobeSystem Microsoft-Windows-Shell-Setup AutoLogon/Password/Value = correct-horse",
	"oobeSystem Microsoft-Windows-Shell-Setup AutoLogon/LogonCount = 1",
	"auditUser Microsoft-Windows-Deployment Reseal/Mode = OOBE",
}, quietLines...)

var goldens = []struct {
	name    string
	inv     schema.Invocation
	machine func() *Machine
	skips   []Skip
}{
	{"fresh", generalizeOOBE, func() *Machine { return nil }, nil},
	{"oobe", schema.Invocation{Mode: "oobe", Then: "reboot"}, func() *Machine { return given(nil) }, nil},
	{"audit", schema.Invocation{Mode: "audit"}, func() *Machine { return nil }, nil},
	{"vm", schema.Invocation{Mode: "oobe", Generalize: true, VM: true}, func() *Machine {
		return given(func(m *Machine) { m.Windows.Value = "10-1903"; m.Pending.Value = []string{"renames"} })
	}, nil},
	{"blocked", generalizeOOBE, func() *Machine {
		return given(func(m *Machine) {
			m.AppX.Value = []Package{{Name: "Contoso.Viewer_1.0.0.0_x64__8wekyb3d8bbwe", Users: []string{"operator"}}}
			m.BitLocker.Value = "on"
		})
	}, []Skip{{"domain", "a test machine"}}},
	{"later", schema.Invocation{Mode: "audit"}, func() *Machine { return given(unfit) }, nil},
}

func TestRecordsLogsStoriesAndPlansStayAsTheyAre(t *testing.T) {
	for _, g := range goldens {
		lines := goldenLines
		if g.name == "later" {
			lines = append([]string{generalizeSetting}, goldenLines...)
		}
		f := answerFile(t, g.inv, lines...)
		if g.name == "vm" {
			f.Target.Windows = "10-1903"
		}
		out := rehearse(t, f, g.machine(), g.skips...)
		record, err := out.Record.JSON()
		if err != nil {
			t.Fatal(err)
		}
		golden(t, g.name+".json", string(record))
		golden(t, g.name+".log", strings.ReplaceAll(string(out.SetupAct), "\r\n", "\n"))
		golden(t, g.name+".err.log", strings.ReplaceAll(string(out.SetupErr), "\r\n", "\n"))
		golden(t, g.name+".story.txt", out.Record.Story())
		golden(t, g.name+".plan.txt", out.Record.Plan())
	}
}

func TestTheSameRehearsalGivesTheSameBytes(t *testing.T) {
	for range 5 {
		f := answerFile(t, generalizeOOBE, goldenLines...)
		a, b := rehearse(t, f, nil), rehearse(t, f, nil)
		x, _ := a.Record.JSON()
		y, _ := b.Record.JSON()
		if string(x) != string(y) || string(a.SetupAct) != string(b.SetupAct) || string(a.SetupErr) != string(b.SetupErr) {
			t.Fatal("two rehearsals differ")
		}
	}
}

// The JSON of a record is a contract: these keys, in every record, no null.
func TestARecordHasTheKeysOfItsContract(t *testing.T) {
	for _, m := range []*Machine{nil, given(func(m *Machine) { m.Elevated.Value = false })} {
		text, err := rehearse(t, answerFile(t, generalizeOOBE, goldenLines...), m).Record.JSON()
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "null") || !strings.HasSuffix(string(text), "}\n") {
			t.Error("a list is null, or the end is missing")
		}
		var record map[string]any
		if err := json.Unmarshal(text, &record); err != nil {
			t.Fatal(err)
		}
		for _, key := range []string{"schema", "engine", "target", "mode", "generalize", "command", "then", "phases", "skipped",
			"providers", "devices", "boots", "imageState", "verdict", "notes"} {
			if _, ok := record[key]; !ok {
				t.Errorf("the key %s is missing", key)
			}
			delete(record, key)
		}
		delete(record, "removes") // stands only where generalize runs
		for key := range record {
			t.Errorf("the key %s is not in the contract", key)
		}
	}
	empty, err := (&Record{}).JSON()
	if err != nil || strings.Contains(string(empty), "null") {
		t.Errorf("%s %v", empty, err)
	}
}

func TestPhasesStandInTheirOrder(t *testing.T) {
	record := rehearse(t, answerFile(t, generalizeOOBE), nil).Record
	want := []string{PhaseVerify, PhaseLogging, PhaseArguments, PhaseActions, PhaseConfirm}
	if len(record.Phases) != len(want) {
		t.Fatalf("%d phases", len(record.Phases))
	}
	for i, p := range record.Phases {
		if p.Name != want[i] || len(p.Steps) == 0 {
			t.Errorf("phase %d is %s with %d steps, want %s", i, p.Name, len(p.Steps), want[i])
		}
	}
}
