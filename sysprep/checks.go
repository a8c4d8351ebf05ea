package sysprep

import (
	"slices"

	"github.com/reseal/reseal/schema/answer"
)

// Level is what a check does to a run when it fails.
type Level uint8

const (
	Warn  Level = iota // the run goes on
	Block              // the run does not start
)

// String is the word of explain and JSON: "warn" or "block".
func (l Level) String() string { return [...]string{"warn", "block"}[l] }

// Grade tells how well the evidence supports a check. Only documented or
// observed behaviour blocks a run; field reports and inference warn.
type Grade string

// The grades.
const (
	Documented Grade = "documented"
	SeenInLog  Grade = "seen in logs"
	SeenInFile Grade = "seen in files"
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

// situation is what checks judge: the machine, the answer file and the call.
type situation struct {
	machine *Machine
	answers answers
	command Command
	later   *laterGeneralize // nil where no boot behind the run is the first to generalize
}

func newSituation(m *Machine, a *answer.File, c Command) *situation {
	s := &situation{machine: m, answers: answers{file: a, arch: m.Architecture.Value}, command: c}
	s.later = s.findLater()
	return s
}

// finding is the judgement of one check. Origin is that of the weakest fact
// that decided it.
type finding struct {
	bad    bool
	detail string
	origin Origin
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
	s := newSituation(m, a, c)
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

func (c *Check) step(s *situation, skips []Skip) Step {
	step := Step{Name: c.ID, Source: c.Source}
	if i := slices.IndexFunc(skips, func(k Skip) bool { return k.ID == c.ID }); i >= 0 {
		step.Status, step.Detail = StatusSkipped, "set aside: "+skips[i].Reason
		return step
	}
	f, later := c.judge(s), c.onlyLater(s)
	step.Detail = f.detail
	if later && f.bad {
		step.Detail += "; " + s.later.words()
	}
	switch {
	case f.origin == Unknown:
		step.Status = StatusNotModelled
	case f.bad && c.Level == Block && !later:
		step.Status, step.Remedy = StatusFailed, c.Remedy
	case f.bad:
		step.Status, step.Remedy = StatusWarning, c.Remedy
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
