package main

import (
	"time"

	"github.com/urfave/cli/v2"

	"github.com/reseal/reseal"
	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/sysprep"
)

func (sh *shell) runCommand() *cli.Command {
	return &cli.Command{
		Name:      "run",
		Usage:     "check and compile a profile, and run Sysprep with it",
		ArgsUsage: "PROFILE|XML",
		Description: "The default engine rehearses: it plays Sysprep and the boots that follow against a model of the machine, " +
			"and changes nothing. --engine sysprep starts the real sysprep.exe on this Windows.",
		Flags: append(append([]cli.Flag{
			&cli.StringFlag{Name: "engine", Value: "rehearse", Usage: "rehearse, or sysprep for the real one (Windows only)"},
			&cli.StringFlag{Name: "log-dir", Value: "reseal-out", Usage: "`DIR` for the files of a run"},
			&cli.BoolFlag{Name: "dry-run", Usage: "write and start nothing; the real engine tells what its checks find"},
			&cli.StringSliceFlag{Name: "skip-check", Usage: "set the pre-check `ID` aside; needs --reason"},
			&cli.StringSliceFlag{Name: "reason", Usage: "why a pre-check is set aside, one `TEXT` for each --skip-check"},
			&cli.DurationFlag{Name: "timeout", Value: sysprep.DefaultTimeout, Usage: "how long the real engine may take"},
			&cli.BoolFlag{Name: "close-gui", Usage: "close the Sysprep window that audit mode opens, before the real engine starts"},
			&cli.StringFlag{Name: "yes", Usage: "`NAME` of this computer, in place of typing it before the real engine starts"},
		}, machineFlags()...), checkFlags()...),
		Action: sh.runProfile,
	}
}

// machineFlags say what Sysprep meets and, for an answer file that is no
// profile, how it is called.
func machineFlags() []cli.Flag {
	return append(subjectFlags(),
		&cli.BoolFlag{Name: "allow-errors", Usage: "go on in spite of errors that rules found"},
		&cli.StringFlag{Name: "machine", Usage: "`FILE` that tells of the machine (reseal-machine/v1)"},
		&cli.StringFlag{Name: "mode", Usage: "for an answer file: oobe or audit", Category: "SYSPREP"},
		&cli.BoolFlag{Name: "generalize", Usage: "for an answer file: generalize", Category: "SYSPREP"},
		&cli.StringFlag{Name: "then", Usage: "for an answer file: quit, shutdown or reboot", Category: "SYSPREP"},
	)
}

// job is one checked answer file that Sysprep is to run with.
type job struct {
	session *session
	path    string
	lenient bool // errors that rules find stop nothing
	loaded  *reseal.Loaded
	list    *diag.List
	skips   []sysprep.Skip
}

func (j *job) answer() *reseal.AnswerFile { return j.loaded.Outputs[0].Answer }

// prepare loads and checks the one answer file of a run. fits tells whether it
// suits the command, before anything is checked against its use. ok is false
// when findings stop it; they are printed then.
func (sh *shell) prepare(c *cli.Context, fits func(*job, *cli.Context) error) (j *job, ok bool, err error) {
	path, err := oneInput(c, "a profile or an answer file")
	if err != nil {
		return nil, false, err
	}
	if path == "-" && c.String("machine") == "-" {
		return nil, false, usage("standard input is one file: the machine, or the answers")
	}
	s, err := sh.session(c)
	if err != nil {
		return nil, false, err
	}
	if s.options.Invocation, err = invocationOf(c); err != nil {
		return nil, false, err
	}
	j = &job{session: s, path: path, lenient: c.Bool("allow-errors")}
	if j.skips, err = skipsOf(c); err != nil {
		return nil, false, err
	}
	if j.loaded, err = s.load(path, ""); err != nil {
		return nil, false, err
	}
	if !j.loaded.Form.Has(diag.Error) {
		if err := fits(j, c); err != nil {
			return nil, false, err
		}
	}
	j.list = j.loaded.Check()
	stop := j.loaded.Form.Has(diag.Error) || j.stoppedBy(j.list)
	if stop {
		return j, false, sh.tell(s, j.list, false)
	}
	return j, true, sh.letPass(s, j.list)
}

// stoppedBy tells whether the findings of rules stop the job.
func (j *job) stoppedBy(found *diag.List) bool {
	return !j.lenient && j.session.verdict(found) != exitDone
}

// fitsSysprep refuses what is no single call of Sysprep, before anything is
// checked against that call.
func (j *job) fitsSysprep(c *cli.Context) error {
	if j.loaded.Profile && (c.IsSet("mode") || c.IsSet("generalize") || c.IsSet("then")) {
		return usage("--mode, --generalize and --then are for an answer file; a profile says it under reseal:")
	}
	if err := j.single(); err != nil {
		return err
	}
	a := j.answer()
	if use := j.session.options.Target.Use; use != "" && use != "sysprep" {
		return usage("--use %s: Sysprep runs answer files for sysprep alone", use)
	}
	if use := a.Target.Use; use != "" && use != "sysprep" {
		return usage("%s is for %s (target.use); Sysprep runs answer files for sysprep alone", shown(j.path), use)
	}
	a.Target.Use = "sysprep"
	if a.Invocation == nil || a.Invocation.Mode == "" {
		if j.loaded.Profile {
			return usage("%s does not say what the next boot enters: add reseal: {mode: oobe} or {mode: audit}%s", shown(j.path), orUse(c))
		}
		return usage("--mode oobe or --mode audit must say what the next boot enters%s", orUse(c))
	}
	return nil
}

// orUse tells of the other uses that plan knows.
func orUse(c *cli.Context) string {
	if c.Command.Name != "plan" {
		return ""
	}
	return "; --use shows the boots of an answer file that Sysprep has no part in"
}

func (j *job) single() error {
	if n := len(j.loaded.Outputs); n != 1 {
		return usage("%s has %d outputs; one is played: choose with --windows and --architecture", shown(j.path), n)
	}
	return nil
}

func invocationOf(c *cli.Context) (*reseal.Invocation, error) {
	mode, then := c.String("mode"), c.String("then")
	if mode != "" {
		if err := oneOf("mode", mode, []string{"oobe", "audit"}); err != nil {
			return nil, err
		}
	}
	if then != "" {
		if err := oneOf("then", then, []string{"quit", "shutdown", "reboot"}); err != nil {
			return nil, err
		}
	}
	return &reseal.Invocation{Mode: mode, Generalize: c.Bool("generalize"), Then: then}, nil
}

func skipsOf(c *cli.Context) ([]sysprep.Skip, error) {
	ids, reasons := c.StringSlice("skip-check"), c.StringSlice("reason")
	if len(ids) != len(reasons) {
		return nil, usage("each --skip-check needs a --reason: %d and %d are given", len(ids), len(reasons))
	}
	var skips []sysprep.Skip
	for i, id := range ids {
		skips = append(skips, sysprep.Skip{ID: id, Reason: reasons[i]})
	}
	if err := sysprep.CheckSkips(skips); err != nil {
		return nil, usage("--skip-check: %v", err)
	}
	return skips, nil
}

func (sh *shell) runProfile(c *cli.Context) error {
	engine := c.String("engine")
	if err := oneOf("engine", engine, []string{"rehearse", "sysprep"}); err != nil {
		return err
	}
	if engine == "sysprep" && (c.IsSet("machine") || c.IsSet("image")) {
		return usage("--machine and --image are for the rehearsal; the real engine looks at this machine")
	}
	if limit := c.Duration("timeout"); limit <= 0 {
		return usage("--timeout %s: give a time above zero, such as 30m", limit)
	}
	j, ok, err := sh.prepare(c, (*job).fitsSysprep)
	if err != nil {
		return err
	}
	if !ok {
		return silent(exitFindings)
	}
	if engine == "sysprep" {
		return sh.runReal(c, j)
	}
	return sh.rehearse(c, j)
}

// startTime is the clock of a run, cut to the second, which is all that a
// setupact.log shows.
func (sh *shell) startTime() time.Time { return sh.now().Truncate(time.Second) }
