package sysprep

import (
	"slices"
	"strings"
	"testing"

	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// The rows of the published search order: each place loses to the one above
// it and wins over the one below.
func TestTheSearchFollowsThePublishedOrder(t *testing.T) {
	order := []FoundFile{
		found(PlaceExplicit, `C:\any\name.xml`, "specialize"),
		found(PlaceRegistry, `D:\elsewhere\answers.xml`, "specialize"),
		found(PlacePantherUnattend, `C:\Windows\Panther\Unattend\Unattend.xml`, "specialize"),
		found(PlacePantherUnattend, `C:\Windows\Panther\Unattend\Autounattend.xml`, "specialize"),
		found(PlacePanther, `C:\Windows\Panther\unattend.xml`, "specialize"),
		found(PlaceRemovable, `D:\Autounattend.xml`, "specialize"),
		found(PlaceRemovable, `E:\autounattend.XML`, "specialize"),
		found(PlaceReadOnly, `A:\Autounattend.xml`, "specialize"),
		found(PlaceReadOnly, `F:\Autounattend.xml`, "specialize"),
		found(PlaceSysprep, `C:\Windows\System32\Sysprep\Unattend.xml`, "specialize"),
		found(PlaceSystemRoot, `C:\Unattend.xml`, "specialize"),
		found(PlaceSystemRoot, `C:\Autounattend.xml`, "specialize"),
		found(PlaceSetupRoot, `G:\Unattend.xml`, "specialize"),
		found(PlaceSetupRoot, `G:\Autounattend.xml`, "specialize"),
	}
	for i := range order {
		files := slices.Clone(order[i:])
		slices.Reverse(files) // the order in which they are given does not matter
		winner, over := Search(schema.Specialize, "amd64", files)
		if winner == nil || winner.Path != order[i].Path || len(over) != 0 {
			t.Errorf("%s should win, not %+v", order[i].Path, winner)
		}
	}
}

func TestSomePlacesAreSearchedForSomePassesAlone(t *testing.T) {
	all := []string{"windowsPE", "offlineServicing", "generalize", "specialize", "auditSystem", "auditUser", "oobeSystem"}
	for _, pass := range schema.Passes() {
		early := pass == schema.WindowsPE || pass == schema.OfflineServicing
		for place, want := range map[Place]bool{PlaceSources: early, PlaceSysprep: !early, PlaceRemovable: true, PlacePanther: true, PlaceSetupRoot: true} {
			name := `X:\` + SearchPlaces()[place].Names[0]
			if winner, _ := Search(pass, "amd64", []FoundFile{found(place, name, all...)}); (winner != nil) != want {
				t.Errorf("%s in %s: found %v, want %v", place, pass, winner != nil, want)
			}
		}
	}
}

func TestAFileThatIsPassedOverHasAReason(t *testing.T) {
	broken := FoundFile{Place: PlaceRegistry, Path: `D:\a.xml`}
	marked := found(PlacePanther, cachedPath, "specialize")
	marked.File.Passes[0].Attributes = []answer.Attribute{{Name: "wasPassProcessed", Value: "true"}}
	notMarked := found(PlaceSysprep, `C:\Windows\System32\Sysprep\Unattend.xml`, "specialize")
	notMarked.File.Passes[0].Attributes = []answer.Attribute{{Name: "wasPassProcessed", Value: "false"}}
	files := []FoundFile{
		broken,
		found(PlacePantherUnattend, `C:\Windows\Panther\Unattend\answers.xml`, "specialize"),
		marked,
		found(PlaceRemovable, `E:\Unattend.xml`, "specialize"),
		found(PlaceReadOnly, `F:\Autounattend.xml`, "auditSystem"),
		found(PlaceSources, `G:\Sources\Autounattend.xml`, "specialize"),
		notMarked,
	}
	winner, over := Search(schema.Specialize, "amd64", files)
	if winner == nil || winner.Path != notMarked.Path {
		t.Fatalf("%+v wins", winner)
	}
	want := []string{"no valid answer file", "not looked for", "marked as processed", "not looked for", "no settings for specialize", "not searched for specialize"}
	if len(over) != len(want) {
		t.Fatalf("%d are passed over: %+v", len(over), over)
	}
	for i, o := range over {
		if !strings.Contains(o.Reason, want[i]) {
			t.Errorf("%s: %s, want %s", o.File.Path, o.Reason, want[i])
		}
	}
	if winner, _ := Search(schema.Specialize, "arm64", files); winner != nil {
		t.Errorf("%s wins on arm64 with components for amd64 alone", winner.Path)
	}
}

func TestReadFoundTellsAnswerFilesFromOthers(t *testing.T) {
	const good = `<unattend xmlns="urn:schemas-microsoft-com:unattend"><settings pass="specialize"><component name="Microsoft-Windows-Shell-Setup" processorArchitecture="amd64"><TimeZone>UTC</TimeZone></component></settings></unattend>`
	if f := ReadFound(PlaceRemovable, `E:\Autounattend.xml`, "stick/Autounattend.xml", []byte(good)); f.File == nil {
		t.Error("a good file is not read")
	} else if winner, _ := Search(schema.Specialize, "amd64", []FoundFile{f}); winner == nil {
		t.Error("a good file does not win")
	}
	for _, text := range []string{"", "not XML", "<unattend", `version: reseal/v1`} {
		if f := ReadFound(PlaceRemovable, `E:\Autounattend.xml`, "x", []byte(text)); f.File != nil {
			t.Errorf("%q is taken for an answer file", text)
		}
	}
}

func TestPlacesStandInOrderAndHaveWords(t *testing.T) {
	for i, p := range SearchPlaces() {
		if p.Place != Place(i) || p.Words == "" || p.Place.String() != p.Words {
			t.Errorf("%d: %+v", i, p)
		}
	}
}
