package main

import (
	"github.com/urfave/cli/v2"

	"github.com/reseal/reseal"
	"github.com/reseal/reseal/internal/diff"
	"github.com/reseal/reseal/internal/report"
)

func (sh *shell) diffCommand() *cli.Command {
	return &cli.Command{
		Name:      "diff",
		Usage:     "compare profiles and answer files by what they mean",
		ArgsUsage: "A B | --against REV FILE",
		Description: "Each of A and B is a profile or an answer file. What has no meaning for Windows is no difference: order of settings, " +
			"numbers of a sequence, letter case of names, comments, layout, and whether a password is hidden. Values of secrets are never shown. " +
			"It exits with 1 when there is a difference.",
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "against", Usage: "compare FILE with what it was in the git revision `REV`"},
		}, checkFlags()...),
		Action: sh.diff,
	}
}

// side is one text of a comparison.
type side struct {
	name string
	text []byte
}

func (sh *shell) diff(c *cli.Context) error {
	s, err := sh.session(c)
	if err != nil {
		return err
	}
	a, b, err := sh.sides(c)
	if err != nil {
		return err
	}
	left, right := reseal.Load(a.name, a.text, s.options), reseal.Load(b.name, b.text, s.options)
	difference, problems := reseal.Diff(a.name, left, b.name, right)
	if difference == nil {
		w := sh.stderr
		if s.format.Name != "text" {
			w = sh.stdout
		}
		if err := s.format.Write(w, problems, report.Summary{Files: 2}, s.style); err != nil {
			return fileError(err)
		}
		return silent(exitFindings)
	}
	if s.format.Name == "json" {
		err = report.WriteJSON(sh.stdout, difference.Document())
	} else {
		err = difference.WriteText(sh.stdout, diff.Style{Color: s.style.Color, Quiet: s.style.Quiet})
	}
	if err != nil {
		return fileError(err)
	}
	if !difference.Same() {
		return silent(exitFindings)
	}
	return nil
}

// sides reads the two texts that the command line names.
func (sh *shell) sides(c *cli.Context) (a, b side, err error) {
	if c.IsSet("against") {
		path, err := oneInput(c, "a file")
		if err != nil {
			return a, b, err
		}
		if b, err = sh.side(path); err == nil {
			a, err = gitSide(c.Context, c.String("against"), path)
		}
		return a, b, err
	}
	if c.NArg() != 2 {
		return a, b, usage("diff takes two files, or --against REV and one")
	}
	if c.Args().Get(0) == "-" && c.Args().Get(1) == "-" {
		return a, b, usage("standard input can be one side only")
	}
	if a, err = sh.side(c.Args().Get(0)); err == nil {
		b, err = sh.side(c.Args().Get(1))
	}
	return a, b, err
}

func (sh *shell) side(path string) (side, error) {
	text, err := sh.read(path)
	return side{shown(path), text}, err
}
