package sysprep

import (
	"context"
	"time"

	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// What Real takes when a duration is 0. A short time-out shortens the others
// with it.
const (
	// DefaultTimeout is the upper end of what people wait in practice.
	DefaultTimeout = 30 * time.Minute
	defaultPoll    = 2 * time.Second  // or a hundredth of the time-out
	defaultSettle  = 30 * time.Second // or a tenth of the time-out
)

// answerName is the answer file of a run, in the folder of sysprep.exe: only
// administrators may write there, it exists on every Windows, its path holds
// no blank (sysprep.exe does not understand one even in quotes) and no cleaner
// of temporary files comes by. The implicit search for answer files does not
// know the name. It is always the same, so that secrets left behind by a run
// that was cut off are replaced by the next one.
const answerName = "reseal-unattend.xml"

// Real is one run of the real sysprep.exe on this Windows.
type Real struct {
	Invocation schema.Invocation
	Answer     *answer.File // what Content was made from; the checks look at it
	Content    []byte       // the finished answer file with its secrets
	Skips      []Skip

	// CloseGUI closes the Sysprep window that audit mode opens at every logon.
	// Without it an open window stops the run.
	CloseGUI bool

	Timeout time.Duration // for sysprep.exe; 0 = DefaultTimeout
	Poll    time.Duration // between two looks; 0 = 2 s, or less with a short Timeout
	Settle  time.Duration // without any movement before a run without closing lines is given up; 0 = 30 s, or less with a short Timeout

	// BeforePower is called with the record once success is proved and before
	// the computer goes down, so that the record can be kept. nil = nothing.
	BeforePower func(*Record)

	// Progress is told what the log shows while Sysprep runs, with the time
	// since its start. No text holds a secret. nil = nothing.
	Progress func(after time.Duration, text string)

	// The clock: time.Now and time.After, or those of a test.
	Now   func() time.Time
	After func(time.Duration) <-chan time.Time
}

// Failure is the error of a run that did not succeed, in the classes that a
// caller must tell apart.
type Failure struct {
	Reason      string // one sentence without a final stop, no secrets
	Spoiled     bool   // image or generalization state changed, or still may change
	Interrupted bool   // the context ended
	Err         error  // the cause, where there is one
}

func (f *Failure) Error() string { return f.Reason }
func (f *Failure) Unwrap() error { return f.Err }

// Preview is what a person confirms before a run.
type Preview struct {
	Computer   string // name of this computer
	ImageState string
	Command    string // command line of sysprep.exe
}

// Preview tells what Run would do to which computer, and changes nothing.
func (r Real) Preview(w Windows) (Preview, error) {
	command, err := r.command(w)
	if err != nil {
		return Preview{}, err
	}
	name, err := w.ComputerName()
	if err != nil {
		return Preview{}, err
	}
	status, err := readStatus(w)
	return Preview{Computer: name, ImageState: status.shown(), Command: command.String()}, err
}

// command is the call with the paths of this Windows.
func (r Real) command(w Windows) (Command, error) {
	root, err := w.SystemRoot()
	if err != nil {
		return Command{}, err
	}
	folder := root + `\System32\Sysprep\`
	command := CommandOf(r.Invocation, folder+answerName)
	command.Program = folder + "sysprep.exe"
	return command, nil
}

// Check judges this Windows and the command as Run does before it starts
// anything, and changes nothing. The error is a *Failure when Run would stop.
func (r Real) Check(w Windows) (*Record, error) {
	r = r.withDefaults()
	command, err := r.command(w)
	if err == nil {
		err = CheckSkips(r.Skips)
	}
	if err != nil {
		return nil, err
	}
	rec := r.record(command)
	defer rec.skipEmpty()
	if err := (&drive{Real: r, w: w, command: command, secrets: newScrubber(r.Answer)}).verify(rec); err != nil {
		return rec, err
	}
	rec.Verdict = VerdictOK
	return rec, nil
}

// Run checks this Windows, runs sysprep.exe with the answer file, proves what
// came of it and only then carries out Invocation.Then. The record is there
// with an error as well, and tells how far the run came. The error is a
// *Failure when the run failed; any other says what could not be read or
// written before sysprep.exe was started.
//
// A context that ends stops the waiting. Sysprep is ended with it only when it
// has not begun to change the image.
func (r Real) Run(ctx context.Context, w Windows) (*Record, error) {
	r = r.withDefaults()
	command, err := r.command(w)
	if err != nil {
		return nil, err
	}
	if err := CheckSkips(r.Skips); err != nil {
		return nil, err
	}
	rec := r.record(command)
	defer rec.skipEmpty()
	release, err := w.Lock()
	if err != nil {
		return rec, fail(rec, &Failure{Reason: err.Error(), Err: err})
	}
	defer release()
	d := &drive{Real: r, w: w, command: command, secrets: newScrubber(r.Answer)}
	if r.CloseGUI {
		d.closeWindows(rec)
	}
	if err := d.verify(rec); err != nil {
		return rec, err
	}
	if err := ctx.Err(); err != nil {
		return rec, fail(rec, &Failure{Reason: "the run was interrupted before sysprep.exe was started", Interrupted: true, Err: err})
	}
	if err := d.start(rec); err != nil {
		return rec, err
	}
	defer d.process.Close()
	d.wait(ctx)
	return rec, d.confirm(ctx, rec)
}

func (r Real) withDefaults() Real {
	if r.Timeout <= 0 {
		r.Timeout = DefaultTimeout
	}
	if r.Poll <= 0 {
		r.Poll = min(defaultPoll, r.Timeout/100)
	}
	if r.Settle <= 0 {
		r.Settle = min(defaultSettle, r.Timeout/10)
	}
	if r.Invocation.Then == "" {
		r.Invocation.Then = "quit"
	}
	return r
}

// record is the record before anything has happened.
func (r Real) record(c Command) *Record {
	rec := &Record{
		Schema:     RecordSchema,
		Engine:     "sysprep",
		Mode:       c.Mode(),
		Generalize: c.Generalize,
		Command:    c.String(),
		Then:       r.Invocation.Then,
		Skipped:    r.Skips,
		Verdict:    VerdictFailed,
	}
	for _, name := range []string{PhaseVerify, PhaseLogging, PhaseArguments, PhaseActions, PhaseConfirm} {
		rec.Phase(name)
	}
	return rec
}

// skipEmpty marks the phases that the run did not come to.
func (r *Record) skipEmpty() {
	for i := range r.Phases {
		if p := &r.Phases[i]; len(p.Steps) == 0 {
			p.Status = StatusSkipped
		}
	}
}

// fail notes the failure in the record and returns it.
func fail(rec *Record, f *Failure) *Failure {
	rec.Verdict = VerdictFailed
	rec.Note(f.Reason)
	return f
}
