package image

import (
	"slices"
	"strconv"
	"strings"

	"github.com/reseal/reseal/sysprep"
)

// State is how far an image is on its way, from the values that Setup and
// Sysprep leave. A number that is absent is -1.
type State struct {
	ImageState      string // IMAGE_STATE_…, "" = absent
	StateIni        string // the same in Setup\State\State.ini, "" = absent
	Generalization  int    // 3 started, 4 generalized, 7 normal
	Cleanup         int    // 2 normal
	SetupType       int    // 2: the next boot runs Command
	Command         string // such as oobe\windeploy.exe
	SysprepMode     string // "vm" from a run with /mode:vm until specialize
	SetupInProgress bool
	Tag             bool     // Sysprep_succeeded.tag is there
	Dirty           []string // hives whose last write was not finished
	Unread          []string // names of values that may be there and could not be read

	Diagnosis
}

// Verdict tells in one word what an image is fit for.
type Verdict string

// The verdicts.
const (
	Ready         Verdict = "ready"         // generalized: capture it
	Normal        Verdict = "normal"        // a Windows that runs, or ran
	Sealed        Verdict = "sealed"        // boots to OOBE, but is not generalized
	Interrupted   Verdict = "interrupted"   // in the middle of its first boot
	Spoiled       Verdict = "spoiled"       // cannot be mended: rebuild it
	Contradictory Verdict = "contradictory" // its values do not fit together
	NotKnown      Verdict = "unknown"       // no known combination
)

// Diagnosis is the reading of a combination of values.
type Diagnosis struct {
	Verdict Verdict
	Reading string
	Advice  string
	Grade   sysprep.Grade
}

// diagnosis is one row of the table. "" and nil stand for any value.
type diagnosis struct {
	image          string
	generalization []int
	setupType      []int
	Diagnosis
}

// diagnoses is the table, by ImageState, GeneralizationState and SetupType.
//
// Source: windows-setup-states at
// learn.microsoft.com/windows-hardware/manufacture/desktop for the image
// states; the numbers are seen in logs and registries.
var diagnoses = [...]diagnosis{
	{sysprep.StateGeneralizeOOBE, []int{4}, []int{2}, Diagnosis{Ready, "generalized; its next boot specializes it and enters OOBE",
		"Capture it without booting it.", sysprep.SeenInLog}},
	{sysprep.StateGeneralizeAudit, []int{4}, []int{2}, Diagnosis{Ready, "generalized; its next boot specializes it and enters audit mode",
		"Capture it without booting it.", sysprep.SeenInLog}},
	{sysprep.StateComplete, []int{7}, []int{0}, Diagnosis{Normal, "a Windows that has finished OOBE, never generalized or deployed since",
		"Generalize it before it is copied to other machines.", sysprep.SeenInLog}},
	{sysprep.StateUndeployable, []int{3}, nil, Diagnosis{Spoiled, "a generalize began and did not finish",
		"Restore the snapshot from before that run, or rebuild the image.", sysprep.Inferred}},
	{sysprep.StateUndeployable, []int{4, 7}, []int{2}, Diagnosis{Interrupted, "captured or switched off within specialize or OOBE",
		"Let it boot to the end, or capture the image of before that boot.", sysprep.Inferred}},
	{sysprep.StateSpecializeOOBE, []int{7}, []int{2}, Diagnosis{Sealed, "Sysprep ran without generalize, or OOBE never came to its end",
		"Do not copy it to other machines; generalize it first.", sysprep.Inferred}},
	{"", []int{4}, []int{0}, Diagnosis{Contradictory, "generalized by one value, and not about to boot into Setup by another: somebody has edited the registry",
		"Rebuild the image.", sysprep.Inferred}},
}

// meanings say what the image states alone tell.
var meanings = map[string]string{
	sysprep.StateComplete:        "OOBE is finished, and the installation belongs to its machine",
	sysprep.StateUndeployable:    "a phase of Setup is under way; if nothing runs, it failed",
	sysprep.StateGeneralizeOOBE:  "generalize is done, and OOBE follows",
	sysprep.StateGeneralizeAudit: "generalize is done, and audit mode follows",
	sysprep.StateSpecializeOOBE:  "specialize is done, and OOBE follows",
	sysprep.StateSpecializeAudit: "specialize is done, and audit mode follows",
}

func (d *diagnosis) fits(s *State) bool {
	return (d.image == "" || strings.EqualFold(d.image, s.ImageState)) &&
		contains(d.generalization, s.Generalization) && contains(d.setupType, s.SetupType)
}

func contains(list []int, n int) bool {
	for _, m := range list {
		if m == n {
			return true
		}
	}
	return list == nil
}

// diagnose finds the row that fits.
func diagnose(s *State) Diagnosis {
	for i := range diagnoses {
		if diagnoses[i].fits(s) {
			return diagnoses[i].Diagnosis
		}
	}
	d := Diagnosis{Verdict: NotKnown, Reading: "no known combination", Advice: "Look into its logs before relying on it.", Grade: sysprep.Inferred}
	if meaning := meanings[strings.ToUpper(s.ImageState)]; meaning != "" {
		d.Reading = "the image state says: " + meaning + "; no known combination with GeneralizationState " +
			s.Number(generalizationState, s.Generalization) + " and SetupType " + s.Number(setupType, s.SetupType)
	}
	if len(s.Unread) > 0 {
		d.Advice = "Look again once its registry can be read, in the image or in a copy of it."
	}
	return d
}

// Names of values.
const (
	imageState          = "ImageState"
	generalizationState = "GeneralizationState"
	cleanupState        = "CleanupState"
	setupType           = "SetupType"
)

// Number is a number of the state for people; the name is that of its value.
func (s *State) Number(name string, n int) string {
	if n < 0 {
		return s.Missing(name)
	}
	return strconv.Itoa(n)
}

// Missing says of a value that is not known whether it is absent.
func (s *State) Missing(name string) string {
	if slices.Contains(s.Unread, name) {
		return "not readable"
	}
	return "absent"
}

// State reads the values and finds what they mean.
func (i *Image) State() (State, []error) {
	g := &gatherer{Image: i}
	s := State{
		ImageState:  g.imageState().Value,
		StateIni:    g.stateIni().Value,
		Command:     strings.TrimSpace(g.text(keySetup, "CmdLine").Value),
		SysprepMode: g.text(keySysprep, "SysprepMode").Value,

		SetupInProgress: g.number(keySetup, "SystemSetupInProgress").Value == 1,
		Tag:             g.drive.has(g.below(`System32\Sysprep\Sysprep_succeeded.tag`)),
		Dirty:           g.dirty(),
	}
	s.Generalization = s.read(g, keyStatus+`\SysprepStatus`, generalizationState)
	s.Cleanup = s.read(g, keyStatus+`\SysprepStatus`, cleanupState)
	s.SetupType = s.read(g, keySetup, setupType)
	if _, _, err := g.registry.ReadString(keyImageState, imageState); err != nil && s.ImageState == "" {
		s.Unread = append(s.Unread, imageState)
	}
	s.Diagnosis = diagnose(&s)
	return s, g.problems
}

// read gives a number of the registry, -1 for none, and notes one that may be
// there.
func (s *State) read(g *gatherer, key, name string) int {
	if f := g.number(key, name); f.Known() {
		return f.Value
	}
	if _, _, err := g.registry.ReadNumber(key, name); err != nil {
		s.Unread = append(s.Unread, name)
	}
	return -1
}

// dirty is for the hives of an offline image; those of a Windows that runs
// always have writes under way.
func (g *gatherer) dirty() []string {
	if h, ok := g.registry.(*hives); ok {
		return h.dirty()
	}
	return nil
}

func dirtyNote(hive string) string {
	return "the hive " + hive + " is dirty: its last write was not finished, and newer values may be in its transaction logs; " +
		"boot and shut down Windows, or unload the hive, to write them"
}

// Caveats are what stands over everything that is told of the image: hives
// that are dirty.
func (i *Image) Caveats() []string {
	var notes []string
	for _, name := range (&gatherer{Image: i}).dirty() {
		notes = append(notes, dirtyNote(name))
	}
	return notes
}

// Notes are what is remarkable beside the diagnosis.
func (s *State) Notes() []string {
	var notes []string
	for _, name := range s.Dirty {
		notes = append(notes, dirtyNote(name))
	}
	if s.StateIni != "" && !strings.EqualFold(s.StateIni, s.ImageState) {
		notes = append(notes, `Setup\State\State.ini says `+s.StateIni+", and the registry "+s.ImageState+"; programs that read the file go by another state than Windows")
	}
	if s.Verdict == Ready && !s.Tag {
		notes = append(notes, "Sysprep_succeeded.tag is missing, which Sysprep writes at the end of a run")
	}
	if s.SetupType == 2 && !strings.Contains(strings.ToLower(s.Command), "windeploy") {
		notes = append(notes, "the next boot runs "+strconv.Quote(s.Command)+` in place of oobe\windeploy.exe`)
	}
	if s.SysprepMode != "" {
		notes = append(notes, "it was generalized with /mode:"+s.SysprepMode+", for machines of the same virtual hardware")
	}
	return notes
}
