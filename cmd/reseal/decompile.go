package main

import (
	"errors"
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/report"
)

func (sh *shell) decompileCommand() *cli.Command {
	return &cli.Command{
		Name:      "decompile",
		Usage:     "turn an answer file into a profile; nothing is lost",
		ArgsUsage: "XML",
		Description: "The profile compiles to an answer file that says the same. Comments become comments; what has no other form stands under " +
			"verbatim and is listed. How Sysprep is called is not in an answer file, so a profile for reseal run needs its section reseal.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Value: "-", Usage: "`FILE` to write; - is standard output"},
			formatFlag(report.Names()),
			&cli.StringFlag{Name: "color", Value: "auto", Usage: "auto, always or never"},
			&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "print findings alone"},
			&cli.StringFlag{Name: "config", Usage: "configuration `FILE` in place of the .reseal.yaml that is found"},
		},
		Action: sh.decompile,
	}
}

func (sh *shell) decompile(c *cli.Context) error {
	path, err := oneInput(c, "an answer file")
	if err != nil {
		return err
	}
	output := c.String("output")
	if sameFile(path, output) {
		return usage("-o %s is the answer file itself; the profile would replace it", shown(output))
	}
	s, err := sh.session(c)
	if err != nil {
		return err
	}
	loaded, err := s.load(path, "")
	if err != nil {
		return err
	}
	if loaded.Profile && !loaded.Form.Has(diag.Error) {
		return usage("%s is a profile already; decompile takes an answer file", shown(path))
	}
	if loaded.Profile {
		notXML := &exitError{exitFindings, fmt.Errorf("%s is no answer file: it is not XML", shown(path))}
		return errors.Join(sh.tell(s, loaded.Form, output == "-"), notXML)
	}
	done, found := loaded.Decompile()
	if err := sh.tell(s, found, output == "-"); err != nil {
		return err
	}
	if done == nil {
		return silent(exitFindings)
	}
	if output != "-" {
		return sh.writeText(output, done.Profile, done.Sensitive)
	}
	if _, err := sh.stdout.Write(done.Profile); err != nil {
		return fileError(err)
	}
	return nil
}
