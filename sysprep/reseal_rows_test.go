package sysprep

import (
	"strings"
	"testing"

	"github.com/reseal/reseal/schema"
)

// The twelve rows of the published table of Reseal, each from an answer file
// to the boots, on Windows 10 and later and before: what becomes of another
// setting in the same pass, and where the machine goes.
func TestEveryRowOfResealOnBothSidesOfWindows10(t *testing.T) {
	const run, both = "0 sysprep; ", "auditSystem auditUser"
	other := map[string]string{
		"auditSystem": "auditSystem Microsoft-Windows-Deployment AuditComputerName/Name = AUDIT",
		"auditUser":   "auditUser Microsoft-Windows-Deployment RunSynchronous/RunSynchronousCommand[1]/Path = cmd /c ver",
		"oobeSystem":  "oobeSystem Microsoft-Windows-Shell-Setup OOBE/ProtectYourPC = 3",
	}
	for _, row := range []struct {
		pass, mode, shutdown string
		modern, older        string
		suppressed           bool // before Windows 10 the others are ignored
	}{
		{"auditSystem", "Audit", "false", run + "1 audit auditSystem* auditUser", "", false},
		{"auditSystem", "Audit", "true", run + "1 audit auditSystem* shutdown; 2 audit auditUser", run + "1 audit auditSystem* restart", false},
		{"auditSystem", "OOBE", "false", run + "1 audit auditSystem*; 2 oobe oobeSystem; 3 desktop", "", true},
		{"auditSystem", "OOBE", "true", run + "1 audit auditSystem* shutdown; 2 oobe oobeSystem; 3 desktop", "", true},
		{"auditUser", "Audit", "false", run + "1 audit auditSystem auditUser* restart; 2 audit " + both, "", false},
		{"auditUser", "Audit", "true", run + "1 audit auditSystem auditUser* shutdown; 2 audit " + both, "", false},
		{"auditUser", "OOBE", "false", run + "1 audit auditSystem auditUser* restart; 2 oobe oobeSystem; 3 desktop", "", false},
		{"auditUser", "OOBE", "true", run + "1 audit auditSystem auditUser* shutdown; 2 oobe oobeSystem; 3 desktop", "", false},
		{"oobeSystem", "Audit", "false", run + "1 oobe oobeSystem*; 2 audit " + both, "", true},
		{"oobeSystem", "Audit", "true", run + "1 oobe oobeSystem* shutdown; 2 audit " + both, "", true},
		{"oobeSystem", "OOBE", "false", run + "1 oobe oobeSystem*; 2 desktop", "", false},
		{"oobeSystem", "OOBE", "true", run + "1 oobe oobeSystem* shutdown; 2 oobe oobeSystem; 3 desktop", run + "1 oobe oobeSystem* restart", false},
	} {
		inv := schema.Invocation{Mode: "audit"}
		if row.pass == "oobeSystem" {
			inv.Mode = "oobe"
		}
		for windows, want := range map[string]string{"11-24h2": row.modern, "8.1": or(row.older, row.modern)} {
			f := answerFile(t, inv, row.pass+" Microsoft-Windows-Deployment Reseal/Mode = "+row.mode,
				row.pass+" Microsoft-Windows-Deployment Reseal/ForceShutdownNow = "+row.shutdown, other[row.pass])
			f.Target.Windows = windows
			record := rehearse(t, f, given(func(m *Machine) { m.Windows.Value = windows })).Record
			name := strings.Join([]string{row.pass, row.mode, row.shutdown, windows}, " ")
			if got := picture(record); got != want {
				t.Errorf("%s\n got %s\nwant %s", name, got, want)
			}
			p := passOf(t, record, row.pass)
			if ignored := windows == "8.1" && row.suppressed; ignored != (len(p.Ignored) == 1) || len(p.Applied) != map[bool]int{true: 2, false: 3}[ignored] {
				t.Errorf("%s: applied %+v, ignored %+v", name, p.Applied, p.Ignored)
			}
		}
	}
}

// Each place of the search serves a pass as soon as no better one does.
func TestEachPlaceOfTheSearchServesAPassOfThePlan(t *testing.T) {
	places := []FoundFile{
		found(PlaceRegistry, `D:\elsewhere\answers.xml`, "specialize"),
		found(PlacePantherUnattend, `C:\Windows\Panther\Unattend\Unattend.xml`, "specialize"),
		found(PlacePantherUnattend, `C:\Windows\Panther\Unattend\Autounattend.xml`, "specialize"),
		found(PlaceRemovable, `D:\Autounattend.xml`, "specialize"),
		found(PlaceRemovable, `E:\Autounattend.xml`, "specialize"),
		found(PlaceReadOnly, `A:\Autounattend.xml`, "specialize"),
		found(PlaceReadOnly, `F:\Autounattend.xml`, "specialize"),
		found(PlaceSysprep, `C:\Windows\System32\Sysprep\Unattend.xml`, "specialize"),
		found(PlaceSystemRoot, `C:\Unattend.xml`, "specialize"),
		found(PlaceSystemRoot, `C:\Autounattend.xml`, "specialize"),
		found(PlaceSetupRoot, `G:\Unattend.xml`, "specialize"),
		found(PlaceSetupRoot, `G:\Autounattend.xml`, "specialize"),
	}
	for i := range places {
		m := given(func(m *Machine) { m.AnswerFiles = GivenAs(places[i:]) })
		without := passOf(t, rehearse(t, answerFile(t, generalizeOOBE, quietLines[0]), m).Record, "specialize")
		if without.AnswerFile != places[i].Path || len(without.Applied) != 1 {
			t.Errorf("%s should serve specialize: %+v", places[i].Path, without)
		}
		with := passOf(t, rehearse(t, answerFile(t, generalizeOOBE, quietLines...), m).Record, "specialize")
		want := cachedPath // ours, which the run has cached, stands behind Panther\Unattend
		if places[i].Place < PlacePanther {
			want = places[i].Path
		}
		if with.AnswerFile != want {
			t.Errorf("%s: %s serves specialize, want %s", places[i].Path, with.AnswerFile, want)
		}
	}
}
