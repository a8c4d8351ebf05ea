package sysprep

import (
	"strings"
	"testing"

	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// servedBy lists the file of each pass that runs: "generalize=C:\…; …".
func servedBy(r *Record) string {
	var out []string
	for _, b := range r.Boots {
		for _, p := range b.Passes {
			if p.Runs() {
				out = append(out, p.Pass+"="+p.AnswerFile)
			}
		}
	}
	return strings.Join(out, "; ")
}

func TestWhichAnswerFileServesEachPass(t *testing.T) {
	const own = DefaultAnswerPath
	stick := `E:\Autounattend.xml`
	panther := `C:\Windows\Panther\Unattend\Unattend.xml`
	sysprepFolder := `C:\Windows\System32\Sysprep\Unattend.xml`
	cases := []struct {
		name  string
		lines []string
		files []FoundFile
		want  string
		notes string
	}{
		{"ours alone", quietLines, nil, "generalize=" + own + "; specialize=" + cachedPath + "; oobeSystem=" + cachedPath, ""},
		{"the cached file of the installation is overwritten", quietLines, []FoundFile{found(PlacePanther, cachedPath, "specialize", "oobeSystem")},
			"generalize=" + own + "; specialize=" + cachedPath + "; oobeSystem=" + cachedPath, ""},
		{"a drive brings what is missing, and then stays", quietLines[:1], []FoundFile{found(PlaceRemovable, stick, "specialize", "oobeSystem")},
			"generalize=" + own + "; specialize=" + stick + "; oobeSystem=" + cachedPath, "boot 2 takes oobeSystem from " + stick},
		{"a drive takes the place of ours for later passes", []string{quietLines[0], quietLines[2]}, []FoundFile{found(PlaceRemovable, stick, "specialize")},
			"generalize=" + own + "; specialize=" + stick + "; oobeSystem=", "boot 1 takes specialize from " + stick},
		{"Panther\\Unattend beats the cache", quietLines, []FoundFile{found(PlacePantherUnattend, panther, "specialize")},
			"generalize=" + own + "; specialize=" + panther + "; oobeSystem=", "limits Windows\\Panther\\Unattend"},
		{"the explicit file beats everything", quietLines, []FoundFile{found(PlaceRegistry, `D:\a.xml`, "generalize")},
			"generalize=" + own + "; specialize=" + cachedPath + "; oobeSystem=" + cachedPath, ""},
		{"the folder of Sysprep comes behind the cache", quietLines, []FoundFile{found(PlaceSysprep, sysprepFolder, "generalize", "specialize", "oobeSystem")},
			"generalize=" + own + "; specialize=" + cachedPath + "; oobeSystem=" + cachedPath, ""},
		{"a stick for audit mode alone is ignored by OOBE", quietLines, []FoundFile{found(PlaceRemovable, stick, "auditSystem", "auditUser")},
			"generalize=" + own + "; specialize=" + cachedPath + "; oobeSystem=" + cachedPath, ""},
	}
	for _, c := range cases {
		record := rehearse(t, answerFile(t, generalizeOOBE, c.lines...), given(func(m *Machine) { m.AnswerFiles.Value = c.files })).Record
		if got := servedBy(record); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.name, got, c.want)
		}
		if !strings.Contains(strings.Join(record.Notes, "\n"), c.notes) {
			t.Errorf("%s: %q is missing in %q", c.name, c.notes, record.Notes)
		}
	}
}

func TestSettingsThatDoNotServeTheirPassSayWhy(t *testing.T) {
	stick := found(PlaceRemovable, `E:\Autounattend.xml`, "specialize")
	panther := found(PlacePantherUnattend, `C:\Windows\Panther\Unattend\Unattend.xml`, "specialize", "oobeSystem")
	cases := []struct {
		name, pass, reason string
		lines              []string
		files              []FoundFile
		marked             bool
	}{
		{"another file wins", "specialize", panther.Path + " serves this pass", quietLines, []FoundFile{panther}, false},
		{"another file has taken the cache", "oobeSystem", stick.Path + " has taken the place", []string{quietLines[0], quietLines[2]}, []FoundFile{stick}, false},
		{"the file itself is marked", "specialize", "wasPassProcessed", quietLines, nil, true},
	}
	for _, c := range cases {
		f := answerFile(t, generalizeOOBE, c.lines...)
		if c.marked {
			for _, p := range f.Passes {
				if p.Name == c.pass {
					p.Attributes = []answer.Attribute{{Name: "wasPassProcessed", Value: "true"}}
				}
			}
		}
		p := passOf(t, rehearse(t, f, given(func(m *Machine) { m.AnswerFiles.Value = c.files })).Record, c.pass)
		if len(p.Ignored) != 1 || !strings.Contains(p.Ignored[0].Reason, c.reason) {
			t.Errorf("%s: %+v, want %s", c.name, p.Ignored, c.reason)
		}
	}
}

// A file on a drive is not marked, so that it can lead round in a circle.
func TestACircleOfAnswerFilesEnds(t *testing.T) {
	loop := found(PlaceRemovable, `E:\Autounattend.xml`, "oobeSystem", "auditUser")
	reseal := func(mode string) []*answer.Setting {
		return []*answer.Setting{{Name: "Reseal", Children: []*answer.Setting{{Name: "Mode", Text: mode}}}}
	}
	for i, mode := range []string{"Audit", "OOBE"} {
		c := loop.File.Passes[i].Components[0]
		c.Name, c.Settings = deploymentComponent, reseal(mode)
	}
	record := rehearse(t, answerFile(t, schema.Invocation{Mode: "oobe"}), given(func(m *Machine) { m.AnswerFiles.Value = []FoundFile{loop} })).Record
	const want = "0 sysprep; 1 oobe oobeSystem*; 2 audit auditSystem auditUser* restart; 3 oobe oobeSystem*"
	notes := strings.Join(record.Notes, "\n")
	if got := picture(record); got != want || !strings.Contains(notes, "boots 2 to 3 repeat without end") || strings.Contains(notes, "cut after") {
		t.Errorf("%s\n%q", got, record.Notes)
	}
}
