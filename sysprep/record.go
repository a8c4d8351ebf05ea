package sysprep

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/reseal/reseal/internal/source"
)

// RecordSchema names the form of a record.
const RecordSchema = "reseal/record/v1"

// Status is the outcome of a phase or a step.
type Status string

// The outcomes. A step is StatusOK only when a function decided it from a
// fact that was given; a fact by default gives StatusAssumed, and what no
// function decides is StatusNotModelled.
const (
	StatusOK          Status = "ok"
	StatusInfo        Status = "info" // of checks: worth knowing, and nothing is wrong
	StatusWarning     Status = "warning"
	StatusFailed      Status = "failed"
	StatusSkipped     Status = "skipped"
	StatusAssumed     Status = "assumed"
	StatusNotModelled Status = "not-modelled"
	StatusListed      Status = "listed" // of providers: a list of exactly this system names it
)

// The phases of a run in their order.
const (
	PhaseVerify    = "verify"
	PhaseLogging   = "logging"
	PhaseArguments = "arguments"
	PhaseActions   = "actions"
	PhaseConfirm   = "confirm"
)

// Verdicts of a record.
const (
	VerdictOK     = "ok"
	VerdictFailed = "failed"
)

// Record is what happened in a run, or would happen. Its JSON is a contract:
// see RecordSchema. No field holds the value of a secret.
type Record struct {
	Schema     string       `json:"schema"`
	Engine     string       `json:"engine"` // "rehearse" or "sysprep"
	Target     RecordTarget `json:"target"`
	Mode       string       `json:"mode"` // "oobe" or "audit", "" where Sysprep has no part
	Generalize bool         `json:"generalize"`
	Command    string       `json:"command"` // of sysprep.exe, else what is started, in words
	Then       string       `json:"then"`    // "shutdown", "reboot" or "quit", "" where Sysprep has no part
	Phases     []Phase      `json:"phases"`
	Skipped    []Skip       `json:"skipped"`
	Providers  []Provider   `json:"providers"`
	Devices    []DeviceFate `json:"devices"`
	Boots      []Boot       `json:"boots"`
	Removes    []Removal    `json:"removes,omitempty"` // what generalize takes out of the image
	ImageState string       `json:"imageState"`        // when sysprep.exe has ended; without Sysprep, behind the last boot
	Verdict    string       `json:"verdict"`
	Notes      []string     `json:"notes"`
}

// RecordTarget is the system that the record is about.
type RecordTarget struct {
	Windows      string `json:"windows"`
	Architecture string `json:"architecture"`
	Use          string `json:"use,omitempty"` // of the answer file, where that is not sysprep: one of schema.Uses
}

// Phase is one of the five phases with its steps.
type Phase struct {
	Name   string `json:"name"`
	Status Status `json:"status"`
	Steps  []Step `json:"steps"`
}

// Step is one thing that a phase does or checks. Name is the ID of a check,
// or a short name of the step.
type Step struct {
	Name   string `json:"name"`
	Status Status `json:"status"`
	Detail string `json:"detail,omitempty"` // what was found, one sentence
	Remedy string `json:"remedy,omitempty"`
	Source string `json:"source,omitempty"`
}

// Words are the lines that tell of a step: what was found and, a little
// further in, what to do about it.
func (s Step) Words(indent string) string {
	out := fmt.Sprintf("%s%s: %s: %s\n", indent, s.Status, s.Name, source.OneLine(s.Detail))
	if s.Remedy != "" {
		out += fmt.Sprintf("%s  do: %s\n", indent, source.OneLine(s.Remedy))
	}
	return out
}

// Skip sets one check aside, with the reason that a person gave.
type Skip struct {
	ID     string `json:"check"`
	Reason string `json:"reason"`
}

// Provider is one Sysprep provider. Order is the number of the action file, 0
// where it is not known. Status is StatusListed when the image's own files, or
// an action file or log of exactly this build name it, StatusAssumed when
// another build does, StatusSkipped when the run does not come to it.
type Provider struct {
	Name     string `json:"name"`
	Stage    string `json:"stage"` // one of Stages
	Order    int    `json:"order"`
	Status   Status `json:"status"`
	External bool   `json:"external,omitempty"` // of other software
	Does     string `json:"does,omitempty"`     // the functions that it runs, and what else it does
}

// DeviceFate tells what becomes of the installation of a device: "kept",
// "reinstalled" or "removed".
type DeviceFate struct {
	Name   string `json:"name"`
	Result string `json:"result"`
}

// Removal is one thing that generalize takes out of the image, resets, or
// leaves because a setting says so.
type Removal struct {
	What   string `json:"what"`
	Result string `json:"result"` // "removed", "reset" or "kept"
	By     string `json:"by"`     // the provider, "" where none is known
	Why    string `json:"why,omitempty"`
}

// Boot is one stage in the life of the image, in order from 0, which is the
// run of sysprep.exe itself, or what begins a life without it.
type Boot struct {
	N                int       `json:"n"`
	Mode             string    `json:"mode"` // "sysprep", "setup", "oobe", "audit", "desktop" or "servicing"
	ImageStateBefore string    `json:"imageStateBefore"`
	ImageStateAfter  string    `json:"imageStateAfter"`
	ImageStates      []string  `json:"imageStates,omitempty"` // every state from before to after
	Passes           []PassRun `json:"passes"`
	Logon            *Logon    `json:"logon,omitempty"`
	Ends             string    `json:"ends,omitempty"` // "restart" or "shutdown": what the answer file asks for at the end
}

// PassRun is what one pass does with the answer file.
type PassRun struct {
	Pass       string       `json:"pass"`
	Never      bool         `json:"never,omitempty"`      // it does not run at all and stands here for its settings alone
	Continued  bool         `json:"continued,omitempty"`  // it goes on after a restart
	AnswerFile string       `json:"answerFile,omitempty"` // path on the machine of the file that serves it, "" for none
	Applied    []Applied    `json:"applied"`
	Ignored    []Ignored    `json:"ignored"`
	Commands   []RunCommand `json:"commands,omitempty"` // that it starts, in order
}

// RunCommand is one command that Windows starts for the answer file.
type RunCommand struct {
	List        string `json:"list"`  // "RunSynchronous", "RunAsynchronous", "FirstLogonCommands" or "LogonCommands"
	Order       int    `json:"order"` // as written; 0 where it is no number
	Line        string `json:"line"`
	Description string `json:"description,omitempty"`
	Reboot      string `json:"reboot,omitempty"` // "always" or "on request": what WillReboot says
	At          string `json:"at"`

	component, item string // where its settings stand: "RunSynchronous/RunSynchronousCommand[2]"
}

// Logon is the logon of a person, or of Windows in the name of one.
type Logon struct {
	Account   string       `json:"account"` // "" = whoever is there
	Automatic bool         `json:"automatic"`
	Times     int          `json:"times,omitempty"` // automatic logons, this one included; 0 = no number is known
	Commands  []RunCommand `json:"commands,omitempty"`
}

// Applied is one setting that a pass applies. The value of a sensitive
// setting is masked.
type Applied struct {
	Component string `json:"component"`
	Setting   string `json:"setting"` // path; items have their number in brackets
	Value     string `json:"value"`
	At        string `json:"at"` // "profile.yaml:12"
}

// Ignored is one setting, or a whole component when Setting is "", that has
// no effect.
type Ignored struct {
	Component string `json:"component"`
	Setting   string `json:"setting"`
	Reason    string `json:"reason"`
	At        string `json:"at"`
}

// Failed tells whether the run ended badly.
func (r *Record) Failed() bool { return r.Verdict == VerdictFailed }

// Failures are the steps that failed, in the order of the phases.
func (r *Record) Failures() []Step {
	var out []Step
	for _, p := range r.Phases {
		for _, s := range p.Steps {
			if s.Status == StatusFailed {
				out = append(out, s)
			}
		}
	}
	return out
}

// Note appends a sentence to the notes, once.
func (r *Record) Note(text string) {
	for _, n := range r.Notes {
		if n == text {
			return
		}
	}
	r.Notes = append(r.Notes, text)
}

// Phase returns the phase of that name, adding it when the record lacks it.
func (r *Record) Phase(name string) *Phase {
	for i := range r.Phases {
		if r.Phases[i].Name == name {
			return &r.Phases[i]
		}
	}
	r.Phases = append(r.Phases, Phase{Name: name, Status: StatusOK})
	return &r.Phases[len(r.Phases)-1]
}

// Add appends a step and raises the status of the phase where the step is
// graver.
func (p *Phase) Add(s Step) {
	p.Steps = append(p.Steps, s)
	if gravity(s.Status) <= gravity(p.Status) {
		return
	}
	p.Status = s.Status
	if p.Status == StatusNotModelled {
		p.Status = StatusAssumed
	}
}

// gravity orders what a phase inherits from its steps. A check that somebody
// set aside or that only informs leaves the rest of its phase as it is, and
// what is not modelled makes a phase no better than assumed.
func gravity(s Status) int {
	switch s {
	case StatusFailed:
		return 3
	case StatusWarning:
		return 2
	case StatusAssumed, StatusNotModelled:
		return 1
	}
	return 0
}

// JSON is the record as a document that ends in a line feed: lists are never
// null, and the same record gives the same bytes.
func (r *Record) JSON() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(r.filled()); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// filled is a copy without nil lists.
func (r *Record) filled() *Record {
	c := *r
	c.Phases = list(c.Phases)
	for i := range c.Phases {
		c.Phases[i].Steps = list(c.Phases[i].Steps)
	}
	c.Skipped, c.Providers, c.Devices, c.Notes = list(c.Skipped), list(c.Providers), list(c.Devices), list(c.Notes)
	c.Boots = list(c.Boots)
	for i := range c.Boots {
		c.Boots[i].Passes = list(c.Boots[i].Passes)
		for j := range c.Boots[i].Passes {
			p := &c.Boots[i].Passes[j]
			p.Applied, p.Ignored = list(p.Applied), list(p.Ignored)
		}
	}
	return &c
}

// list returns a copy that is not nil.
func list[T any](s []T) []T { return append([]T{}, s...) }
