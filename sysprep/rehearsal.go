package sysprep

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/reseal/reseal/schema/answer"
)

// DefaultAnswerPath is where a run puts the answer file: a folder that only
// administrators can write to, without blanks in its path.
const DefaultAnswerPath = `C:\Windows\System32\Sysprep\reseal-unattend.xml`

// Rehearsal plays a run of sysprep.exe and the boots after it against a model
// of a machine. For another use of the answer file (Target.Use) it plays the
// boots of that use, which Sysprep has no part in. Nothing outside of it is
// read or changed.
type Rehearsal struct {
	Answer     *answer.File // with its Invocation; secrets are placeholders
	Machine    *Machine     // nil = a fresh machine of the target
	AnswerPath string       // of the answer file on the machine; "" = DefaultAnswerPath
	Skips      []Skip       // checks that are set aside, each with a reason
	Start      time.Time    // stamp of the log
}

// Rehearsed is what a rehearsal leaves: the record and the two logs as
// sysprep.exe writes them.
type Rehearsed struct {
	Record   *Record
	SetupAct []byte // nil where Sysprep has no part
	SetupErr []byte
}

// Errors of a rehearsal that cannot begin.
var (
	ErrNoAnswer = errors.New("a rehearsal needs an answer file")
	ErrNoMode   = errors.New("a run needs a mode: oobe or audit")
)

// Run plays the rehearsal. The error tells of a call that makes no sense: no
// mode, or a check to skip that does not exist. A run that would fail is no
// error; its record says so.
func (r Rehearsal) Run() (*Rehearsed, error) {
	if err := r.valid(); err != nil {
		return nil, err
	}
	if d := findDeployment(r.Answer.Target.Use); d != nil {
		rec, err := r.deploy(d)
		if err != nil {
			return nil, err
		}
		return &Rehearsed{Record: rec}, nil
	}
	play := r.begin()
	play.run()
	act, errs := play.logs(r.Start)
	return &Rehearsed{Record: play.record, SetupAct: act, SetupErr: errs}, nil
}

func (r Rehearsal) valid() error {
	if r.Answer == nil {
		return ErrNoAnswer
	}
	inv := r.Answer.Invocation
	if findDeployment(r.Answer.Target.Use) != nil {
		return CheckSkips(r.Skips)
	}
	if inv == nil || inv.Mode != "oobe" && inv.Mode != "audit" {
		return ErrNoMode
	}
	return CheckSkips(r.Skips)
}

// CheckSkips tells whether every check that is to be set aside exists, stands
// once and has a reason. A check that blocks nothing may be named too: what is
// known and accepted need not be said in every run.
func CheckSkips(skips []Skip) error {
	for i, k := range skips {
		switch {
		case FindCheck(k.ID) == nil:
			return fmt.Errorf("there is no pre-check %q%s", k.ID, near(k.ID, CheckIDs()))
		case strings.TrimSpace(k.Reason) == "":
			return fmt.Errorf("skipping the check %q needs a reason", k.ID)
		case slices.ContainsFunc(skips[:i], func(other Skip) bool { return other.ID == k.ID }):
			return fmt.Errorf("the check %q is set aside twice", k.ID)
		}
	}
	return nil
}

// CheckIDs returns the IDs of all pre-checks in the order of the table.
func CheckIDs() []string {
	ids := make([]string, len(checks))
	for i := range checks {
		ids[i] = checks[i].ID
	}
	return ids
}

// begin prepares the record and judges the checks.
func (r Rehearsal) begin() *rehearsing {
	inv := *r.Answer.Invocation
	m, note := fitting(r.Machine, r.Answer)
	path := r.AnswerPath
	if path == "" {
		path = DefaultAnswerPath
	}
	s := newSituation(m, r.Answer, CommandOf(inv, path))
	rec := &Record{
		Schema: RecordSchema, Engine: "rehearse",
		Target: RecordTarget{Windows: m.Windows.Value, Architecture: m.Architecture.Value},
		Mode:   inv.Mode, Generalize: inv.Generalize, Command: s.command.String(), Then: inv.PowerAction(),
		Skipped: slices.Clone(r.Skips), Verdict: VerdictOK,
	}
	if note != "" {
		rec.Note(note)
	}
	return &rehearsing{situation: s, record: rec, results: s.preCheck(r.Skips)}
}

// rehearsing is one rehearsal under way.
type rehearsing struct {
	*situation
	record  *Record
	results []CheckResult
	stopped bool // a phase failed, and what follows does not happen
}

// run plays the phases in order. All checks are judged, whatever fails, so
// that all problems come out at once; what changes the machine stops.
func (p *rehearsing) run() {
	for _, phase := range []struct {
		name  string
		steps func(*Phase)
	}{
		{PhaseVerify, p.verify},
		{PhaseLogging, p.logging},
		{PhaseArguments, p.arguments},
		{PhaseActions, p.actions},
		{PhaseConfirm, p.confirm},
	} {
		ph := p.record.Phase(phase.name)
		p.check(ph)
		phase.steps(ph)
		if ph.Status == StatusFailed {
			p.stopped = true
		} else if p.stopped {
			ph.Status = StatusSkipped
		}
	}
	p.outcome()
}

// check adds the checks of a phase.
func (p *rehearsing) check(ph *Phase) {
	for _, r := range p.results {
		if r.Check.Phase == ph.Name {
			ph.Add(r.Step)
			p.stopped = p.stopped || r.Blocks()
		}
	}
}

// do adds a step that happens only while nothing has failed.
func (p *rehearsing) do(ph *Phase, s Step) {
	if p.stopped {
		s.Status, s.Detail = StatusSkipped, ""
	}
	ph.Add(s)
}

func (p *rehearsing) verify(ph *Phase) {
	p.do(ph, Step{Name: "remove-tag", Status: StatusAssumed, Detail: "the tag of an earlier success, Sysprep_succeeded.tag, is deleted", Source: seenInLogs})
}

func (p *rehearsing) logging(ph *Phase) {
	p.do(ph, Step{Name: "open-logs", Status: StatusAssumed, Source: docProcess,
		Detail: `setupact.log and setuperr.log are opened in %WINDIR%\System32\Sysprep\Panther`})
}

func (p *rehearsing) arguments(ph *Phase) {
	_, unread := ParseCommand(p.command.String())
	for _, r := range append(unread, p.command.Check()...) {
		p.do(ph, reasonStep(r))
	}
	p.do(ph, Step{Name: "options", Status: StatusOK, Detail: strings.Join(p.command.Args(), " "), Source: docCommand})
}

// reasonStep makes a step of what was said of the command line.
func reasonStep(r Reason) Step {
	status := [...]Status{StatusOK, StatusWarning, StatusFailed}[r.Severity]
	return Step{Name: "command-line", Status: status, Detail: r.Text, Source: r.Source}
}

func (p *rehearsing) confirm(ph *Phase) {
	p.do(ph, Step{Name: "reseal-state", Status: p.decided(p.command.Generalize), Source: docStates,
		Detail: "the image state becomes " + ResealedState(p.command.Mode(), p.command.Generalize)})
	p.do(ph, Step{Name: "write-tag", Status: StatusAssumed, Source: fieldReports, Detail: "Sysprep_succeeded.tag is written"})
	p.do(ph, Step{Name: "arm-boot", Status: StatusAssumed, Source: fieldReports,
		Detail: `the next boot starts oobe\windeploy.exe: SetupType is 2`})
	p.do(ph, Step{Name: "power", Status: StatusNotModelled, Source: docCommand, Detail: "then: " + p.record.Then})
}

// decided is StatusOK when the outcome is documented and rests on given facts
// alone, StatusAssumed otherwise.
func (p *rehearsing) decided(documented bool) Status {
	if !documented {
		return StatusAssumed
	}
	for _, r := range p.results {
		if r.Level == Block && r.Step.Status != StatusOK {
			return StatusAssumed
		}
	}
	return StatusOK
}
