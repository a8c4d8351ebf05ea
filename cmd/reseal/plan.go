package main

import (
	"errors"
	"io"
	"path"
	"path/filepath"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/reseal/reseal"
	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/picture"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema/answer"
	"github.com/reseal/reseal/sysprep"
)

// planForms are the pictures of plan; findings stand on standard error beside
// them.
var planForms = []struct {
	name  string
	write func(io.Writer, *reseal.Record, picture.Options) error
}{
	{"text", func(w io.Writer, r *reseal.Record, _ picture.Options) error {
		_, err := io.WriteString(w, r.Plan())
		return err
	}},
	{"json", func(w io.Writer, r *reseal.Record, _ picture.Options) error { return writeRecord(w, r) }},
	{"svg", picture.SVG},
	{"html", picture.HTML},
}

func planFormats() []string {
	var names []string
	for _, f := range planForms {
		names = append(names, f.name)
	}
	return names
}

func (sh *shell) planCommand() *cli.Command {
	return &cli.Command{
		Name:      "plan",
		Usage:     "show which pass runs in which boot, and what it applies",
		ArgsUsage: "PROFILE|XML",
		Description: "The rehearsal as a picture of time: a table, an SVG, or one HTML page that needs nothing else. " +
			"It goes to standard output; nothing is written. An answer file for another use than sysprep " +
			"(--use, or target.use of a profile) shows the boots of that use.",
		Flags: append(append([]cli.Flag{
			&cli.StringSliceFlag{Name: "skip-check", Usage: "set the pre-check `ID` aside; needs --reason"},
			&cli.StringSliceFlag{Name: "reason", Usage: "why a pre-check is set aside, one `TEXT` for each --skip-check"},
		}, machineFlags()...), checkFlagsWith(planFormats())...),
		Action: sh.plan,
	}
}

func (sh *shell) plan(c *cli.Context) error {
	j, ok, err := sh.prepare(c, (*job).fitsPlan)
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
	options := picture.Options{Title: path.Base(shown(j.path)), Sources: sources(j.answer())}
	for _, f := range planForms {
		if f.name == c.String("format") {
			if err := f.write(sh.stdout, done.Record, options); err != nil {
				return written(err)
			}
		}
	}
	return silent(verdictOf(done.Record))
}

// fitsPlan takes every use of an answer file: what Sysprep has no part in has
// boots and passes as well.
func (j *job) fitsPlan(c *cli.Context) error {
	if err := j.single(); err != nil {
		return err
	}
	use := j.answer().Target.Use
	switch {
	case use == "" || use == "sysprep":
		return j.fitsSysprep(c)
	case c.IsSet("mode") || c.IsSet("generalize") || c.IsSet("then") || c.IsSet("skip-check"):
		return usage("--mode, --generalize, --then and --skip-check are for Sysprep, which has no part in use: %s", use)
	}
	return nil
}

// sources are the files that the settings of an answer file come from; a
// profile and what it extends.
func sources(a *reseal.AnswerFile) []*source.File {
	out := []*source.File{a.Source}
	a.Walk(func(c *answer.Cursor) bool {
		if f := c.Setting.Place().File; f != nil && !slices.Contains(out, f) {
			out = append(out, f)
		}
		return true
	})
	return out
}

// play rehearses a job against the machine that the flags name.
func (sh *shell) play(c *cli.Context, j *job) (*reseal.Rehearsed, error) {
	machine, err := j.session.machine(c.String("machine"), j.answer().Target)
	if err != nil {
		return nil, err
	}
	if s := j.session.image; s != nil {
		seen, err := s.machineFor(c.String("image"), j)
		if err != nil {
			return nil, err
		}
		machine = onImage(machine, seen, j.answer().Target)
	}
	done, err := j.loaded.Plan(reseal.PlanOptions{Machine: machine, Skips: j.skips, Start: sh.startTime()})
	if err != nil {
		return nil, usage("%v", err)
	}
	return done, nil
}

// machine reads the machine file; without one nil stands for a fresh machine.
func (s *session) machine(path string, target reseal.Target) (*reseal.Machine, error) {
	if path == "" {
		return nil, nil
	}
	text, err := s.sh.read(path)
	if err != nil {
		return nil, err
	}
	m, problems := reseal.ReadMachine(shown(path), text, target)
	if problems.Has(diag.Error) {
		return nil, errors.Join(s.sh.tell(s, problems, false), silent(exitFindings))
	}
	if err := s.sh.letPass(s, problems); err != nil {
		return nil, err
	}
	return m, searchMedia(m, filepath.Dir(path))
}

// show prints a record as JSON, or as the text that tell makes of it.
func (sh *shell) show(j *job, rec *reseal.Record, tell func(*reseal.Record) string) error {
	if j.session.format.Name == "json" {
		return written(writeRecord(sh.stdout, rec))
	}
	_, err := io.WriteString(sh.stdout, tell(rec))
	return written(err)
}

func writeRecord(w io.Writer, rec *reseal.Record) error {
	text, err := rec.JSON()
	if err == nil {
		_, err = w.Write(text)
	}
	return err
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
