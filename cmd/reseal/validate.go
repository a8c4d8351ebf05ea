package main

import (
	"errors"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/report"
)

func (sh *shell) validateCommand() *cli.Command {
	return &cli.Command{
		Name: "validate", Aliases: []string{"lint"},
		Usage:     "check profiles and answer files",
		ArgsUsage: "PATH...",
		Description: "A file that is named is always checked; of a folder, profiles and answer files are. " +
			"A text that begins with < is an answer file. - is standard input.",
		Flags: slices.Concat([]cli.Flag{
			&cli.StringFlag{Name: "stdin-filename", Usage: "`NAME` that findings give to standard input"},
			&cli.BoolFlag{Name: "allow-placeholders", Usage: "template placeholders are no finding"},
		}, subjectFlags(), checkFlags()),
		Action: sh.validate,
	}
}

func (sh *shell) validate(c *cli.Context) error {
	if c.NArg() == 0 {
		return usage("validate needs a path; - is standard input")
	}
	s, err := sh.session(c)
	if err != nil {
		return err
	}
	paths, problems := gather(c.Args().Slice())
	all, files := &diag.List{}, 0
	for _, path := range paths {
		name := ""
		if path == "-" {
			name = c.String("stdin-filename")
		}
		loaded, err := s.load(path, name)
		if err != nil {
			problems = append(problems, err)
			continue
		}
		files++
		found := loaded.Check()
		all.Add(found.All...)
		all.Suppressed += found.Suppressed
		if c.Context.Err() != nil {
			break
		}
	}
	all.Sort()
	if files == 0 && len(problems) > 0 && s.format.Name == "text" {
		return errors.Join(problems...)
	}
	if err := s.format.Write(sh.stdout, all, report.Summary{Files: files}, s.style); err != nil {
		return fileError(err)
	}
	return errors.Join(append(problems, silent(s.verdict(all)))...)
}
