package sysprep

import (
	"fmt"
	"slices"

	"github.com/reseal/reseal/schema/answer"
)

// Level is what a check does to a run when it finds something.
type Level uint8

const (
	Inform Level = iota // worth knowing; the run and the image are none the worse
	Warn                // the run goes on
	Block               // the run does not start
)

// String is the word of explain: "information", "warning" or "block".
func (l Level) String() string { return [...]string{"information", "warning", "block"}[l] }

// found is the status of a step whose check finds something. A block that
// meets a boot behind the run alone stops nothing yet.
func (l Level) found(later bool) Status {
	if l == Block && later {
		l = Warn
	}
	return [...]Status{StatusInfo, StatusWarning, StatusFailed}[l]
}

// Grade tells how well the evidence supports a check. Only documented or
// observed behaviour blocks a run; field reports and inference warn.
type Grade string

// The grades.
const (
	Documented Grade = "documented"
	SeenInLog  Grade = "seen in logs"
	Reported   Grade = "field reports"
	Inferred   Grade = "inferred"
)

// Check is one pre-check of the table.
type Check struct {
	ID     string // as --skip-check and the record name it
	Title  string // what must be so, one sentence without a final stop
	Phase  string // phase of the run that it belongs to
	Level  Level
	Grade  Grade
	Remedy string // what to do
	Source string // address, or words

	applies func(*situation) bool // nil: to every run
	judge   func(*situation) finding
	trace   trace // what the log shows where the check fails
}

// trace is the failing provider or validator as the log names it.
type trace struct {
	stage   string // "cleanup" or "generalize"; "" = the run stops before any provider
	execute bool   // fails while executing, not in pre-validation
	module  string
	method  string
	code    uint32                    // HRESULT or Win32 code
	id      string                    // message ID of a failure before any provider, "[0x0f0073]"
	says    func(*situation) []string // the validator's own lines; nil: the detail of the finding
}

// situation is what checks judge: the machine, the answer file, the call, and
// the boots that follow from them.
type situation struct {
	machine *Machine
	answers answers
	command Command
	played  *timeline        // the run and all boots behind it
	later   *laterGeneralize // nil where no boot behind the run is the first to generalize
}

func newSituation(m *Machine, a *answer.File, c Command) *situation {
	s := &situation{machine: m, answers: answers{file: a, arch: m.Architecture.Value}, command: c}
	s.played = s.play()
	s.later = s.findLater()
	return s
}

// finding is the judgement of one check. Origin is that of the weakest fact
// that decided it.
type finding struct {
	bad    bool
	detail string
	origin Origin
	later  *laterGeneralize // what it will meet, nil for the run itself
}

// CheckResult is a check with what it found.
type CheckResult struct {
	*Check
	Step
}

// Blocks tells whether the result stops the run.
func (r CheckResult) Blocks() bool { return r.Step.Status == StatusFailed }

// Checks returns the table of pre-checks in the order in which they are
// judged. The caller must not change it.
func Checks() []Check { return checks[:] }

// FindCheck returns the check of that ID, nil when there is none.
func FindCheck(id string) *Check {
	i := slices.IndexFunc(checks[:], func(c Check) bool { return c.ID == id })
	if i < 0 {
		return nil
	}
	return &checks[i]
}

// PreCheck judges every check that applies to the run, so that all problems
// come out at once. A check that skips names is not judged and yields
// StatusSkipped. The answer file may be nil.
func PreCheck(m *Machine, a *answer.File, c Command, skips []Skip) []CheckResult {
	return newSituation(m, a, c).preCheck(skips)
}

func (s *situation) preCheck(skips []Skip) []CheckResult {
	var out []CheckResult
	for i := range checks {
		check := &checks[i]
		if check.applies != nil && !check.applies(s) {
			continue
		}
		out = append(out, CheckResult{check, check.step(s, skips)})
	}
	return out
}

// NotesOf are what skips leaves to be said of the results: a check that the run
// has no need of was not set aside.
func NotesOf(results []CheckResult, skips []Skip) []string {
	var out []string
	for _, k := range skips {
		if !slices.ContainsFunc(results, func(r CheckResult) bool { return r.ID == k.ID }) {
			out = append(out, fmt.Sprintf("the check %s does not apply to this run, so that setting it aside changes nothing", k.ID))
		}
	}
	return out
}

func (c *Check) step(s *situation, skips []Skip) Step {
	step := Step{Name: c.ID, Source: c.Source}
	if i := slices.IndexFunc(skips, func(k Skip) bool { return k.ID == c.ID }); i >= 0 {
		step.Status, step.Detail = StatusSkipped, "set aside: "+skips[i].Reason
		return step
	}
	f := c.judge(s)
	if f.later == nil && c.onlyLater(s) {
		f.later = s.later
	}
	step.Detail = f.detail
	if f.later != nil && f.bad {
		step.Detail += "; " + f.later.words()
	}
	switch {
	case f.origin == Unknown:
		step.Status = StatusNotModelled
	case f.bad:
		step.Status, step.Remedy = c.Level.found(f.later != nil), c.Remedy
	case f.origin == Default:
		step.Status = StatusAssumed
	default:
		step.Status = StatusOK
	}
	return step
}

// on judges one fact: bad returns what is wrong, "" for nothing.
func on[T any](f Fact[T], bad func(T) string) finding {
	if !f.Known() {
		return finding{detail: "not checked", origin: Unknown}
	}
	detail := bad(f.Value)
	return finding{bad: detail != "", detail: detail, origin: f.Origin}
}
