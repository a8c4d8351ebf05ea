package image

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/xmldoc"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
	"github.com/reseal/reseal/sysprep"
)

// largestAnswer is the most that is read of a file that may be an answer file.
const largestAnswer = 16 << 20

// AnswerFile is an answer file that lies in an image, or what stands where one
// would.
type AnswerFile struct {
	Path    string        // as the image calls it: C:\Windows\Panther\unattend.xml
	Here    string        // on this system
	Place   sysprep.Place // of the search; only with Searched
	Secrets []string      // paths of settings with a secret that can be read
	Wins    []schema.Pass // passes that it serves at the next boot or run

	Searched bool         // Windows looks at this place, by this name
	File     *answer.File // nil: Windows cannot take it, see Problem
	Problem  string       // why it could not be read
	drive    string       // path below the drive
}

// AnswerFiles finds the answer files of an image: at the places that Windows
// searches, and wherever tools and Setup leave them. What lies at a place of
// the search and is no answer file is listed too; elsewhere it is passed over.
func (i *Image) AnswerFiles() ([]AnswerFile, []error) {
	g := &gatherer{Image: i}
	files := g.findAnswers()
	arch := g.architecture().Value
	found := foundFiles(files)
	for _, pass := range schema.Passes() {
		if winner, _ := sysprep.Search(pass, arch, found); winner != nil {
			at := slices.IndexFunc(files, func(f AnswerFile) bool { return f.Searched && f.Place == winner.Place && f.Path == winner.Path })
			files[at].Wins = append(files[at].Wins, pass)
		}
	}
	return files, g.problems
}

// answerFiles is the same for the checks of a run. Where Windows would look at
// a place that cannot be seen here, what was found does not decide.
func (g *gatherer) answerFiles() sysprep.Fact[[]sysprep.FoundFile] {
	fact := sysprep.GivenAs(foundFiles(g.findAnswers()))
	if len(g.unseen) > 0 {
		fact.Origin = sysprep.Unknown
	}
	return fact
}

// Unseen names what Windows looks at in its search for an answer file and this
// system cannot: a file that the registry names on another drive, the root of
// a drive of which the folder of Windows alone is at hand, or what may not be
// read. Drives that may be plugged in are not among them.
func (i *Image) Unseen() []string {
	g := &gatherer{Image: i}
	g.findAnswers()
	return g.unseen
}

func (g *gatherer) cannotSee(place string) {
	if !slices.Contains(g.unseen, place) {
		g.unseen = append(g.unseen, place)
	}
}

func foundFiles(files []AnswerFile) []sysprep.FoundFile {
	var found []sysprep.FoundFile
	for _, f := range files {
		if f.Searched {
			found = append(found, sysprep.FoundFile{Place: f.Place, Path: f.Path, File: f.File})
		}
	}
	return found
}

// strayFolders are where answer files are left beside the places of the
// search: Setup keeps copies in Panther, deployment tools use the others. Each
// is looked at for *.xml, for the numbered copies that staging keeps and for
// what it leaves when it is killed.
var strayFolders = [...]string{`Panther`, `Panther\Unattend`, `Panther\UnattendGC`, `System32\Sysprep`, `Setup\Scripts`, `OEM`}

// setupCache is where Setup keeps its copy until Windows is on the disk.
const setupCache = `$Windows.~BT\Sources\Panther`

func (g *gatherer) findAnswers() []AnswerFile {
	var files []AnswerFile
	add := func(f AnswerFile) {
		same := func(o AnswerFile) bool { return strings.EqualFold(o.drive, f.drive) }
		if f.drive != "" && !slices.ContainsFunc(files, same) {
			files = append(files, f)
		}
	}
	add(g.pointedAt())
	for _, place := range sysprep.SearchPlaces() {
		folder, ok := g.searched(place)
		if !ok && place.Place == sysprep.PlaceSystemRoot {
			g.cannotSee(place.Words)
		}
		for _, name := range place.Names {
			if ok {
				add(g.answerAt(path.Join(folder, name), place.Place, true))
			}
		}
	}
	for _, folder := range strayFolders {
		g.strays(g.below(folder), add)
	}
	if g.windows != "." {
		g.strays(".", add)
		g.strays(setupCache, add)
	}
	return files
}

// searched is the folder of a place of the search, ok false when it is not on
// the system drive.
func (g *gatherer) searched(p sysprep.SearchPlace) (folder string, ok bool) {
	switch p.Place {
	case sysprep.PlacePantherUnattend, sysprep.PlacePanther, sysprep.PlaceSysprep:
		rest, _ := cutFold(p.Folder, `Windows\`)
		return g.below(rest), true
	case sysprep.PlaceSystemRoot:
		return ".", g.windows != "."
	}
	return "", false
}

// Pointer is the answer file that the registry names (SYSTEM\Setup, value
// UnattendFile), "" for none. Windows looks there first.
func (i *Image) Pointer() string {
	named, _, _ := i.registry.ReadString(keySetup, "UnattendFile") // whoever looks for answer files says why it cannot be read
	return named
}

// pointedAt is the file that the registry names, wherever it lies.
func (g *gatherer) pointedAt() AnswerFile {
	named, _, err := g.registry.ReadString(keySetup, "UnattendFile")
	if err != nil {
		g.problem(err)
		g.cannotSee(sysprep.PlaceRegistry.String())
	}
	if named == "" {
		return AnswerFile{}
	}
	local, ok := g.local(named)
	if !ok {
		g.cannotSee(named + ` (named in SYSTEM\Setup, UnattendFile)`)
		return AnswerFile{}
	}
	return g.answerAt(local, sysprep.PlaceRegistry, true)
}

func (g *gatherer) strays(folder string, add func(AnswerFile)) {
	names, err := g.drive.list(folder)
	g.problem(err)
	for _, name := range names {
		lower := strings.ToLower(name)
		if strings.HasSuffix(lower, ".xml") || backupNumber(lower) > 0 || isTemp(lower) {
			add(g.answerAt(path.Join(folder, name), 0, false))
		}
	}
}

// answerAt reads one file. The zero AnswerFile says that there is none, or,
// where Windows does not look for one, that it is something else.
func (g *gatherer) answerAt(name string, place sysprep.Place, searched bool) AnswerFile {
	real, err := g.drive.find(name)
	if errors.Is(err, fs.ErrNotExist) {
		return AnswerFile{}
	}
	if err != nil {
		g.problem(err)
		if searched {
			g.cannotSee(place.String())
		}
		return AnswerFile{}
	}
	f := AnswerFile{Path: g.named(real), Here: g.drive.here(real), Place: place, Searched: searched, drive: real}
	text, err := g.drive.read(real, largestAnswer)
	if errors.Is(err, ErrLimit) && !searched {
		return AnswerFile{} // no answer file is so long
	}
	if err != nil {
		g.problem(err) // it may hold secrets, wherever it lies
		if !searched {
			return AnswerFile{}
		}
		g.cannotSee(f.Path)
		f.Problem = reason(err).Error()
		return f
	}
	file, problems := xmldoc.Read(f.Here, text)
	isAnswer := file != nil && strings.EqualFold(file.Root, "unattend")
	switch {
	case !isAnswer && !searched:
		return AnswerFile{}
	case problems != nil && problems.Has(diag.Error):
		f.Problem = firstError(problems)
	case !isAnswer:
		f.Problem = "it is no answer file"
	default:
		f.File = file
	}
	if isAnswer {
		f.Secrets = file.Secrets() // of a broken file too, as far as it can be read
	}
	return f
}

func firstError(problems *diag.List) string {
	for _, d := range problems.All {
		if d.Severity == diag.Error {
			return d.Message
		}
	}
	return ""
}

// backupNumber is the number of a copy that staging kept, such as
// unattend.xml.bak2; 0 for any other name.
func backupNumber(name string) int {
	at := strings.LastIndex(strings.ToLower(name), ".xml.bak")
	if at < 0 {
		return 0
	}
	return number(name[at+len(".xml.bak"):])
}
