package main

import (
	"bufio"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/reseal/reseal"
	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/schema"
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
		Timeout: c.Duration("timeout"), Now: time.Now, After: time.After,
	}
	preview, err := real.Preview(windows)
	if err != nil {
		return &exitError{exitEngine, err}
	}
	if _, err := fmt.Fprintf(sh.stderr, "computer: %s\nimage state: %s\ncommand: %s\nthen: %s\n",
		preview.Computer, preview.ImageState, preview.Command, thenWord(real.Invocation)); err != nil {
		return fileError(err)
	}
	if c.Bool("dry-run") {
		return nil
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
	real.Content = outputs[0].XML
	rec, failure := real.Run(c.Context, windows)
	if rec == nil {
		return engineError(failure)
	}
	text, err := rec.JSON()
	if err != nil {
		return errors.Join(engineError(failure), err)
	}
	kept := leave(c.String("log-dir"), sysprep.OutFile{Name: sysprep.OutRecord, Data: text})
	return errors.Join(engineError(failure), kept, sh.show(j, rec, (*reseal.Record).Story))
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

// engineError finds the exit code of a failed run.
func engineError(err error) error {
	if err == nil {
		return nil
	}
	var failure *sysprep.Failure
	if !errors.As(err, &failure) {
		return &exitError{exitEngine, err}
	}
	code := exitEngine
	if failure.Spoiled {
		code = exitSpoiled
	}
	return &exitError{code, err}
}

func thenWord(inv schema.Invocation) string {
	if inv.Then == "" {
		return "quit"
	}
	return inv.Then
}
