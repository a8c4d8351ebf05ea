package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/reseal/reseal"
	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/sysprep"
)

// runReal starts the real sysprep.exe, once a person has named the computer
// that it is to change.
func (sh *shell) runReal(c *cli.Context, j *job) error {
	windows, err := sysprep.NativeWindows()
	if err != nil {
		return &exitError{exitUsage, err}
	}
	real := sysprep.Real{
		Invocation: *j.answer().Invocation, Answer: j.answer(), Skips: j.skips,
		Timeout: c.Duration("timeout"), CloseGUI: c.Bool("close-gui"), Now: time.Now, After: time.After,
	}
	if !c.Bool("quiet") {
		real.Progress = sh.progress
	}
	preview, err := real.Preview(windows)
	if err != nil {
		return engineError(err)
	}
	if _, err := fmt.Fprintf(sh.stderr, "computer: %s\nimage state: %s\ncommand: %s\nthen: %s\n",
		preview.Computer, preview.ImageState, preview.Command, real.Invocation.PowerAction()); err != nil {
		return fileError(err)
	}
	if c.Bool("dry-run") {
		return sh.precheck(j, real, windows)
	}
	if err := sh.confirm(preview.Computer, c.String("yes")); err != nil {
		return err
	}
	outputs, refused, err := j.loaded.Compile(sh.secretReader(j.path))
	if err != nil {
		return err
	}
	if refused.Has(diag.Error) {
		return errors.Join(sh.tell(j.session, refused, false), silent(exitFindings))
	}
	found := j.loaded.CheckSecrets()
	if j.stoppedBy(found) {
		return errors.Join(sh.tell(j.session, found, false), silent(exitFindings))
	}
	if err := sh.letPass(j.session, found); err != nil {
		return err
	}
	real.Content = outputs[0].XML
	return sh.seal(c.Context, j, real, windows, c.String("log-dir"))
}

// precheck tells what would stop the run, and what could not be checked.
func (sh *shell) precheck(j *job, real sysprep.Real, windows sysprep.Windows) error {
	rec, failure := real.Check(windows)
	if rec == nil {
		return engineError(failure)
	}
	return errors.Join(engineError(failure), sh.show(j, rec, checksOf))
}

// checksOf lists the checks that find something or could not be judged, and the
// notes; the last note of a failed run is its error, which is told anyway.
func checksOf(rec *sysprep.Record) string {
	var b strings.Builder
	for _, p := range rec.Phases {
		for _, s := range p.Steps {
			switch s.Status {
			case sysprep.StatusFailed, sysprep.StatusWarning, sysprep.StatusInfo, sysprep.StatusSkipped:
				b.WriteString(s.Words(""))
			case sysprep.StatusNotModelled:
				fmt.Fprintf(&b, "not checked: %s\n", s.Name)
			}
		}
	}
	notes := rec.Notes
	if rec.Failed() && len(notes) > 0 {
		notes = notes[:len(notes)-1]
	}
	for _, n := range notes {
		fmt.Fprintf(&b, "note: %s\n", source.OneLine(n))
	}
	return b.String()
}

// seal runs Sysprep and keeps the record: before the computer goes down, when
// it does, because nothing may be left of this program afterwards. The folder
// is opened first, so that no image is sealed without a place for its record.
func (sh *shell) seal(ctx context.Context, j *job, real sysprep.Real, windows sysprep.Windows, folder string) (err error) {
	out, err := sysprep.OpenOutDir(folder)
	if err != nil {
		return fileError(plain(err))
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	real.BeforePower = func(rec *sysprep.Record) {
		if err := keep(out, rec); err != nil {
			fmt.Fprintln(sh.stderr, "reseal:", messageOf(err))
		}
	}
	rec, failure := real.Run(ctx, windows)
	if rec == nil {
		return engineError(failure)
	}
	return errors.Join(engineError(failure), keep(out, rec), sh.show(j, rec, (*reseal.Record).Story))
}

func keep(out *sysprep.OutDir, rec *sysprep.Record) error {
	text, err := rec.JSON()
	if err == nil {
		err = out.Write(sysprep.OutFile{Name: sysprep.OutRecord, Data: text})
	}
	if err != nil {
		return fileError(plain(err))
	}
	return nil
}

// progress shows what Sysprep does while it works: "    12s  generalize".
func (sh *shell) progress(after time.Duration, text string) {
	fmt.Fprintf(sh.stderr, "%7s  %s\n", after.Truncate(time.Second), text)
}

// confirm wants the computer named: nobody seals the wrong one by habit.
func (sh *shell) confirm(computer, given string) error {
	if given == "" {
		if !sh.prompt {
			return usage("nobody can be asked here; name the computer with --yes %s", computer)
		}
		if _, err := fmt.Fprint(sh.stderr, "Sysprep changes this computer for good. Type its name to go on: "); err != nil {
			return fileError(err)
		}
		line, err := bufio.NewReader(sh.stdin).ReadString('\n')
		if err != nil && line == "" {
			return usage("no name was typed; nothing was done")
		}
		given = strings.TrimSpace(line)
	}
	if !strings.EqualFold(given, computer) {
		return usage("this computer is %s, not %s; nothing was done", computer, given)
	}
	return nil
}

// engineError finds the exit code of a failed run. What is no Failure could
// not be read or written before sysprep.exe was started.
func engineError(err error) error {
	if err == nil {
		return nil
	}
	var failure *sysprep.Failure
	switch {
	case !errors.As(err, &failure):
		return fileError(err)
	case failure.Interrupted:
		return &exitError{exitInterrupted, err}
	case failure.Spoiled:
		return &exitError{exitSpoiled, err}
	}
	return &exitError{exitEngine, err}
}
