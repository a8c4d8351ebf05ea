package sysprep

import (
	"fmt"
	"strings"

	"github.com/reseal/reseal/internal/diag"
)

// verify runs the pre-checks on the live machine and looks at the command
// line. Nothing has been written when it fails.
func (d *drive) verify(rec *Record) error {
	machine, notes := LiveMachine(d.w)
	rec.Target = RecordTarget{Windows: machine.Windows.Value, Architecture: machine.Architecture.Value}
	rec.ImageState = machine.ImageState.Value
	for _, n := range notes {
		rec.Note(n)
	}
	var blocks []string
	results := PreCheck(machine, d.Answer, d.command, d.Skips)
	for _, n := range NotesOf(results, d.Skips) {
		rec.Note(n)
	}
	for _, result := range results {
		result.Step.Detail = d.secrets.hide(result.Step.Detail) // logs of earlier runs may repeat them
		rec.Phase(result.Phase).Add(result.Step)
		if result.Blocks() {
			blocks = append(blocks, fmt.Sprintf("%s (%s)", result.Detail, result.ID))
		}
	}
	if len(blocks) > 0 {
		return fail(rec, &Failure{Reason: "sysprep.exe was not started: " + strings.Join(blocks, "; ")})
	}
	return d.checkCommand(rec)
}

// checkCommand refuses what sysprep.exe cannot do, and a power action that is
// none: doing the wrong one at the end cannot be undone.
func (d *drive) checkCommand(rec *Record) error {
	phase := rec.Phase(PhaseArguments)
	var errs []string
	for _, reason := range d.command.Check() {
		step := Step{Name: "command", Status: StatusOK, Detail: reason.Text, Source: reason.Source}
		switch reason.Severity {
		case diag.Error:
			step.Status = StatusFailed
			errs = append(errs, reason.Text)
		case diag.Warning:
			step.Status = StatusWarning
		}
		phase.Add(step)
	}
	if d.command.Mode() == "" {
		errs = append(errs, "the call names neither oobe nor audit as the next boot")
	}
	switch d.Invocation.Then {
	case "quit", "shutdown", "reboot":
	default:
		errs = append(errs, fmt.Sprintf("%q is no power action: shutdown, reboot or quit", d.Invocation.Then))
	}
	if len(errs) == 0 {
		return nil
	}
	return fail(rec, &Failure{Reason: "sysprep.exe was not started: " + strings.Join(errs, "; ")})
}

// start reads how things are, writes the answer file and starts sysprep.exe.
func (d *drive) start(rec *Record) error {
	if err := d.snapshot(rec); err != nil {
		return err
	}
	path := d.command.Unattend
	if err := d.w.WriteSecret(path, d.Content); err != nil {
		rec.Phase(PhaseArguments).Add(Step{Name: "answer-file", Status: StatusFailed, Detail: err.Error()})
		rec.Note("the answer file could not be written, and sysprep.exe was not started")
		return fmt.Errorf("cannot write the answer file: %w", err)
	}
	rec.Phase(PhaseArguments).Add(Step{Name: "answer-file", Status: StatusOK, Detail: path})
	d.foreign, _ = d.w.Instances() // the check on them has told of an error
	d.started = d.Now()
	d.changed = d.started
	process, err := d.w.Start(d.command)
	if err != nil {
		reason := fmt.Sprintf("cannot start %s: %v", d.command.Path(), err)
		rec.Phase(PhaseActions).Add(Step{Name: "start", Status: StatusFailed, Detail: reason})
		d.removeAnswer(rec)
		return fail(rec, &Failure{Reason: reason, Err: err})
	}
	d.process = process
	d.tell("sysprep.exe runs")
	rec.Phase(PhaseActions).Add(Step{Name: "start", Status: StatusOK, Detail: fmt.Sprintf("process %d", process.ID())})
	return nil
}

// snapshot reads image state and log as they are before the run: without them
// nothing could be proved afterwards.
func (d *drive) snapshot(rec *Record) error {
	var err error
	if d.before, err = readStatus(d.w); err != nil {
		rec.Phase(PhaseVerify).Add(Step{Name: "status", Status: StatusFailed, Detail: err.Error()})
		return err
	}
	d.now = d.before
	d.oldCache, d.cacheErr = d.cacheNow()
	step := Step{Name: "log", Status: StatusOK, Detail: d.logPath(), Source: docProcess}
	if d.log, err = followLog(d.w, d.logPath(), d.follow); err != nil {
		step.Status, step.Detail = StatusFailed, err.Error()
		err = fmt.Errorf("cannot read the log of Sysprep: %w", err)
	}
	rec.Phase(PhaseLogging).Add(step)
	return err
}
