package main

import (
	"fmt"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"github.com/reseal/reseal"
	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/sysprep"
)

func (sh *shell) planCommand() *cli.Command {
	return &cli.Command{
		Name:        "plan",
		Usage:       "show which pass runs in which boot, and what it applies",
		ArgsUsage:   "PROFILE|XML",
		Description: "The rehearsal as a picture of time. Nothing is written.",
		Flags: append(append([]cli.Flag{
			&cli.StringSliceFlag{Name: "skip-check", Usage: "set the pre-check `ID` aside; needs --reason"},
			&cli.StringSliceFlag{Name: "reason", Usage: "why a pre-check is set aside, one `TEXT` for each --skip-check"},
		}, machineFlags()...), checkFlags()...),
		Action: sh.plan,
	}
}

func (sh *shell) plan(c *cli.Context) error {
	j, ok, err := sh.prepare(c)
	if err != nil {
		return err
	}
	if !ok {
		return silent(exitFindings)
	}
	done, err := sh.play(c, j)
	if err != nil {
		return err
	}
	if err := sh.show(j, done.Record, (*reseal.Record).Plan); err != nil {
		return err
	}
	return silent(verdictOf(done.Record))
}

// play rehearses a job against the machine that the flags name.
func (sh *shell) play(c *cli.Context, j *job) (*reseal.Rehearsed, error) {
	machine, err := sh.machine(c.String("machine"), j.answer().Target)
	if err != nil {
		return nil, err
	}
	done, err := j.loaded.Plan(reseal.PlanOptions{Machine: machine, Skips: j.skips, Start: sh.startTime()})
	if err != nil {
		return nil, usage("%v", err)
	}
	return done, nil
}

// machine reads the machine file; without one nil stands for a fresh machine.
func (sh *shell) machine(path string, target reseal.Target) (*reseal.Machine, error) {
	if path == "" {
		return nil, nil
	}
	text, err := sh.read(path)
	if err != nil {
		return nil, err
	}
	m, problems := reseal.ReadMachine(shown(path), text, target)
	if len(problems.All) > 0 {
		if err := writeReport(sh, problems); err != nil {
			return nil, err
		}
	}
	if problems.Has(diag.Error) {
		return nil, silent(exitFindings)
	}
	return m, searchMedia(m, filepath.Dir(path))
}

// show prints a record as JSON, or as the text that tell makes of it.
func (sh *shell) show(j *job, rec *reseal.Record, tell func(*reseal.Record) string) error {
	if j.session.format.Name == "json" {
		text, err := rec.JSON()
		if err != nil {
			return err
		}
		_, err = sh.stdout.Write(text)
		return written(err)
	}
	_, err := fmt.Fprint(sh.stdout, tell(rec))
	return written(err)
}

// verdictOf is the exit code of a record: a failed run that brought the image
// into the middle of its work may have spoiled it.
func verdictOf(rec *reseal.Record) int {
	switch {
	case !rec.Failed():
		return exitDone
	case rec.ImageState == sysprep.StateUndeployable && len(rec.Boots) > 0 && rec.Boots[0].ImageStateBefore != rec.ImageState:
		return exitSpoiled
	}
	return exitEngine
}
