package sysprep

import (
	"cmp"
	"slices"
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/xmldoc"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// Place is where Windows looks for an answer file, in the order of the search.
type Place uint8

// The places.
//
// Source: windows-setup-automation-overview at
// learn.microsoft.com/windows-hardware/manufacture/desktop.
const (
	PlaceExplicit        Place = iota // named by /unattend:
	PlaceRegistry                     // named by HKLM\SYSTEM\Setup, UnattendFile
	PlacePantherUnattend              // %WINDIR%\Panther\Unattend
	PlacePanther                      // %WINDIR%\Panther: the copy that Windows caches
	PlaceRemovable                    // root of a removable drive that can be written to
	PlaceReadOnly                     // root of a removable drive that cannot
	PlaceSources                      // \Sources of the distribution, for windowsPE and offlineServicing
	PlaceSysprep                      // %WINDIR%\System32\Sysprep, for all other passes
	PlaceSystemRoot                   // root of the system drive
	PlaceSetupRoot                    // root of the drive that setup.exe runs from
)

// SearchPlace tells of one place what is looked for there.
type SearchPlace struct {
	Place  Place
	Words  string   // "the root of a removable drive"
	Folder string   // below the root of its drive, with backslashes; "" = the root
	Names  []string // file names, the first one first; nil = any
}

var (
	onlyUnattend = []string{"Unattend.xml"}
	onlyAuto     = []string{"Autounattend.xml"}
	bothNames    = []string{"Unattend.xml", "Autounattend.xml"}
)

var searchPlaces = [...]SearchPlace{
	{PlaceExplicit, "the path that the command names", "", nil},
	{PlaceRegistry, `the path in HKLM\SYSTEM\Setup, UnattendFile`, "", nil},
	{PlacePantherUnattend, `Windows\Panther\Unattend`, `Windows\Panther\Unattend`, bothNames},
	{PlacePanther, `the cached copy in Windows\Panther`, `Windows\Panther`, onlyUnattend},
	{PlaceRemovable, "the root of a removable drive", "", onlyAuto},
	{PlaceReadOnly, "the root of a read-only removable drive", "", onlyAuto},
	{PlaceSources, "the folder Sources of the distribution", "Sources", onlyAuto},
	{PlaceSysprep, `Windows\System32\Sysprep`, `Windows\System32\Sysprep`, onlyUnattend},
	{PlaceSystemRoot, "the root of the system drive", "", bothNames},
	{PlaceSetupRoot, "the root of the drive that Setup runs from", "", bothNames},
}

// SearchPlaces returns the places in the order of the search. The caller must
// not change them.
func SearchPlaces() []SearchPlace { return searchPlaces[:] }

// String is what is looked for, in words.
func (p Place) String() string { return searchPlaces[p].Words }

// searches tells whether Windows looks at the place for a pass.
func (p Place) searches(pass schema.Pass) bool {
	early := pass == schema.WindowsPE || pass == schema.OfflineServicing
	switch p {
	case PlaceSources:
		return early
	case PlaceSysprep:
		return !early
	}
	return true
}

// FoundFile is a file at a place of the search.
type FoundFile struct {
	Place Place
	Path  string       // on the machine, "E:\Autounattend.xml"
	File  *answer.File // nil: it is no answer file
}

// ReadFound reads the text of a file that was found. name is its path on this
// system, which records show. The readers' findings are left out: the file is
// not the one that is being checked.
func ReadFound(place Place, path, name string, text []byte) FoundFile {
	f := FoundFile{Place: place, Path: path}
	if file, problems := xmldoc.Read(name, text); file != nil && (problems == nil || !problems.Has(diag.Error)) {
		f.File = file
	}
	return f
}

// refuse tells why Windows does not take the file for a pass, "" when it does.
func (f *FoundFile) refuse(pass schema.Pass, arch string) string {
	switch {
	case !f.Place.searches(pass):
		return "this place is not searched for " + pass.String()
	case !f.named():
		return "a file of this name is not looked for in " + f.Place.String()
	case f.File == nil:
		return "it is no valid answer file"
	case !(answers{f.File, arch}).fills(pass):
		return "it has no settings for " + pass.String()
	case wasProcessed(f.File, pass):
		return pass.String() + " is marked as processed in it"
	}
	return ""
}

func (f *FoundFile) named() bool {
	names := searchPlaces[f.Place].Names
	base := f.Path[strings.LastIndexAny(f.Path, `\/`)+1:]
	return names == nil || slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, base) })
}

// wasProcessed tells whether Setup has marked every settings element of the
// pass with wasPassProcessed.
func wasProcessed(file *answer.File, pass schema.Pass) bool {
	found := false
	for _, p := range file.Passes {
		if id, ok := p.ID(); !ok || id != pass {
			continue
		}
		found = true
		if !slices.ContainsFunc(p.Attributes, isProcessedMark) {
			return false
		}
	}
	return found
}

func isProcessedMark(a answer.Attribute) bool {
	return strings.EqualFold(a.Name, "wasPassProcessed") && truth(strings.TrimSpace(a.Value))
}

// PassedOver is a file that Windows met and did not take.
type PassedOver struct {
	File   *FoundFile
	Reason string
}

// Search decides which of the files serves a pass on a Windows of that
// architecture: the first by place, by drive letter and by name that is valid,
// has settings for the pass and is not marked as having been processed. winner
// is nil when none does; over lists those before the winner.
func Search(pass schema.Pass, arch string, files []FoundFile) (winner *FoundFile, over []PassedOver) {
	for _, f := range searchOrder(files) {
		reason := f.refuse(pass, arch)
		if reason == "" {
			return f, over
		}
		over = append(over, PassedOver{f, reason})
	}
	return nil, over
}

func searchOrder(files []FoundFile) []*FoundFile {
	out := make([]*FoundFile, len(files))
	for i := range files {
		out[i] = &files[i]
	}
	slices.SortStableFunc(out, func(a, b *FoundFile) int {
		return cmp.Or(cmp.Compare(a.Place, b.Place), cmp.Compare(a.drive(), b.drive()), cmp.Compare(a.nameRank(), b.nameRank()))
	})
	return out
}

// drive is the letter of a removable drive, which decides among them.
func (f *FoundFile) drive() string {
	if f.Place != PlaceRemovable && f.Place != PlaceReadOnly || f.Path == "" {
		return ""
	}
	return strings.ToUpper(f.Path[:1])
}

func (f *FoundFile) nameRank() int {
	base := f.Path[strings.LastIndexAny(f.Path, `\/`)+1:]
	return slices.IndexFunc(searchPlaces[f.Place].Names, func(n string) bool { return strings.EqualFold(n, base) })
}
