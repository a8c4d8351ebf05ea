package sysprep

import (
	"context"
	"fmt"
)

// confirm judges the run, removes the answer file, and carries out the power
// action when success is proved.
func (d *drive) confirm(ctx context.Context, rec *Record) error {
	d.log.finish()
	proofs := d.proofs()
	rec.Phase(PhaseActions).Add(d.endStep())
	for _, p := range proofs {
		rec.Phase(PhaseConfirm).Add(p.step())
	}
	rec.ImageState, rec.Providers = d.now.image, d.providers()
	if d.statusErr != nil {
		rec.ImageState = "" // the last one that was read may be long past
	}
	d.removeAnswer(rec)
	if !d.succeeded(proofs) {
		return fail(rec, &Failure{
			Reason:      d.reason(proofs),
			Spoiled:     d.spoiled(),
			Interrupted: d.stop == stopInterrupted,
		})
	}
	return d.then(ctx, rec)
}

// then carries out the power action, unless somebody has asked to stop
// meanwhile.
func (d *drive) then(ctx context.Context, rec *Record) error {
	rec.Verdict = VerdictOK
	phase := rec.Phase(PhaseConfirm)
	if err := ctx.Err(); err != nil && d.Invocation.Then != "quit" {
		phase.Add(Step{Name: "then", Status: StatusSkipped, Detail: d.Invocation.Then})
		return fail(rec, &Failure{
			Reason: fmt.Sprintf("Sysprep has succeeded, but the run was interrupted before %s; the image is %s and stays as it is only when the computer goes down now",
				d.Invocation.Then, d.now.shown()),
			Spoiled:     true,
			Interrupted: true,
			Err:         err,
		})
	}
	phase.Add(Step{Name: "then", Status: StatusOK, Detail: d.Invocation.Then})
	if d.Invocation.Then == "quit" {
		return nil
	}
	if d.BeforePower != nil {
		d.BeforePower(rec)
	}
	err := d.w.Power(d.Invocation.Then == "reboot")
	if err == nil {
		return nil
	}
	phase.Steps = phase.Steps[:len(phase.Steps)-1]
	phase.Add(Step{Name: "then", Status: StatusFailed, Detail: err.Error()})
	// Left on, the computer goes on changing an image that is ready.
	return fail(rec, &Failure{
		Reason:  fmt.Sprintf("Sysprep has succeeded, but %s was refused by Windows: %v", d.Invocation.Then, err),
		Spoiled: true,
		Err:     err,
	})
}

func (p proof) step() Step {
	s := Step{Name: p.name, Status: StatusOK, Source: p.source}
	if p.ok {
		return s
	}
	s.Status, s.Detail, s.Remedy = StatusWarning, p.text, p.remedy
	if p.required {
		s.Status = StatusFailed
	}
	return s
}

// endStep tells how the process ended.
func (d *drive) endStep() Step {
	s := Step{Name: "process", Status: StatusOK, Detail: "ended with " + exitCode(d.code)}
	switch {
	case d.stop != stopEnded:
		s.Status, s.Detail = StatusFailed, d.remains()
	case d.code != 0:
		s.Status = StatusWarning
	}
	return s
}

// logPath is the log that sysprep.exe itself writes.
// Source: learn.microsoft.com/windows-hardware/manufacture/desktop/sysprep-process-overview.
func (d *drive) logPath() string { return d.folder() + `\Panther\setupact.log` }

// tagPath is the file that Sysprep makes as its last step.
func (d *drive) tagPath() string { return d.folder() + `\Sysprep_succeeded.tag` }

func (d *drive) folder() string {
	path := d.command.Path()
	return path[:len(path)-len(`\sysprep.exe`)]
}
