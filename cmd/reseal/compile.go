package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"

	"github.com/urfave/cli/v2"

	"github.com/reseal/reseal"
	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/report"
)

func (sh *shell) compileCommand() *cli.Command {
	return &cli.Command{
		Name:      "compile",
		Usage:     "turn a profile into unattend.xml",
		ArgsUsage: "PROFILE",
		Description: "Errors of any kind stop it; --allow-errors lets findings of rules pass, never those of the language. " +
			"With several outputs, -ARCHITECTURE or -RELEASE stands before the extension of FILE.",
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Value: "-", Usage: "`FILE` to write; - is standard output"},
			&cli.StringFlag{Name: "check", Usage: "write nothing; compare with `FILE` and exit 1 if it differs"},
			&cli.StringFlag{Name: "source-map", Usage: "write to `FILE`, as JSON, the line of the profile for each line of the XML"},
			&cli.BoolFlag{Name: "explain-origin", Usage: "list for each setting where it comes from"},
			&cli.BoolFlag{Name: "allow-errors", Usage: "compile in spite of errors that rules found"},
			&cli.BoolFlag{Name: "show-secrets", Usage: "let the value of a secret go to standard output"},
		}, checkFlags()...),
		Action: sh.compile,
	}
}

func (sh *shell) compile(c *cli.Context) error {
	path, err := oneInput(c, "a profile")
	if err != nil {
		return err
	}
	s, err := sh.session(c)
	if err != nil {
		return err
	}
	s.options.Lines = c.IsSet("source-map")
	loaded, err := s.load(path, "")
	if err != nil {
		return err
	}
	if !loaded.Profile && !loaded.Form.Has(diag.Error) {
		return usage("%s is an answer file already; compile takes a profile", shown(path))
	}
	list := loaded.Check()
	stopped := loaded.Form.Has(diag.Error) || s.verdict(list) != exitDone && !c.Bool("allow-errors")
	to := &destination{input: path, output: c.String("output"), check: c.String("check"), sourceMap: c.String("source-map"), showSecrets: c.Bool("show-secrets")}
	var outputs []reseal.Compiled
	if !stopped {
		if err := to.accepts(loaded); err != nil {
			return err
		}
		var refused *diag.List
		if outputs, refused, err = loaded.Compile(sh.secretReader(path)); err != nil {
			return err
		}
		found := loaded.CheckSecrets()
		stopped = outputs == nil || s.verdict(found) != exitDone && !c.Bool("allow-errors")
		list.Add(refused.All...)
		list.Add(found.All...)
		list.Sort()
	}
	if err := sh.tell(s, list, to.output == "-" && to.check == ""); err != nil {
		return err
	}
	if stopped {
		return silent(exitFindings)
	}
	if c.Bool("explain-origin") {
		w := sh.stdout
		if to.output == "-" || s.format.Name != "text" {
			w = sh.stderr
		}
		if err := writeOrigins(w, loaded); err != nil {
			return fileError(err)
		}
	}
	return to.write(sh, outputs)
}

// tell prints the findings of a command whose product is something else: to
// standard error, or as the one JSON document where standard output is free.
func (sh *shell) tell(s *session, list *diag.List, stdoutTaken bool) error {
	if len(list.All) == 0 && (s.format.Name == "text" || stdoutTaken) {
		return nil
	}
	w := sh.stderr
	if s.format.Name != "text" && !stdoutTaken {
		w = sh.stdout
	}
	if err := s.format.Write(w, list, report.Summary{Files: 1}, s.style); err != nil {
		return fileError(err)
	}
	return nil
}

// letPass prints findings that stop nothing. Standard output is for what the
// command makes, one document when it is JSON: they are text beside it.
func (sh *shell) letPass(s *session, list *diag.List) error {
	if len(list.All) == 0 {
		return nil
	}
	text, _ := report.Find("text")
	return written(text.Write(sh.stderr, list, report.Summary{Files: 1}, s.style))
}

// destination is where compiled XML goes.
type destination struct {
	input         string // the profile
	output, check string
	sourceMap     string // "" = none
	showSecrets   bool
}

// accepts refuses, before anything is resolved, what could not be written.
func (d *destination) accepts(l *reseal.Loaded) error {
	toStdout := d.output == "-" && d.check == ""
	if toStdout && len(l.Outputs) > 1 {
		return usage("the profile has %d outputs; name a file with -o", len(l.Outputs))
	}
	switch {
	case d.sourceMap == "":
	case d.check != "":
		return usage("--source-map belongs to a file that is written, and --check writes none")
	case d.sourceMap == "-" && (d.output == "-" || len(l.Outputs) > 1):
		return usage("standard output holds one document; name a file with --source-map")
	}
	for _, out := range l.Outputs {
		if d.check == "" && sameFile(d.input, beside(d.output, out.Suffix)) {
			return usage("-o %s is the profile itself; the answer file would replace it", shown(d.output))
		}
		if name := beside(d.sourceMap, out.Suffix); d.sourceMap != "" && (sameFile(d.input, name) || name == beside(d.output, out.Suffix)) {
			return usage("--source-map %s is the profile or the answer file itself", shown(d.sourceMap))
		}
		if _, named := out.Answer.Holds(); named && toStdout && !d.showSecrets {
			return usage("the answer file holds the value of a secret; write it with -o FILE, or let it be shown with --show-secrets")
		}
	}
	return nil
}

func (d *destination) write(sh *shell, outputs []reseal.Compiled) error {
	var problems []error
	for _, out := range outputs {
		switch {
		case d.check != "":
			problems = append(problems, compare(beside(d.check, out.Suffix), out.XML))
		case d.output == "-":
			if _, err := sh.stdout.Write(out.XML); err != nil {
				problems = append(problems, fileError(err))
			}
		default:
			problems = append(problems, sh.writeText(beside(d.output, out.Suffix), out.XML, out.Sensitive))
		}
		if d.sourceMap != "" {
			problems = append(problems, sh.writeSourceMap(beside(d.sourceMap, out.Suffix), d.target(out.Suffix), out.Lines))
		}
	}
	return errors.Join(problems...)
}

// target is what the source map calls an answer file.
func (d *destination) target(suffix string) string {
	if d.output == "-" {
		return "<stdout>"
	}
	return shown(beside(d.output, suffix))
}

// compare tells whether a file holds just these bytes.
func compare(name string, want []byte) error {
	have, err := os.ReadFile(name)
	if err != nil {
		return fileError(plain(err))
	}
	if bytes.Equal(have, want) {
		return nil
	}
	line := 1
	for i := 0; i < len(have) && i < len(want) && have[i] == want[i]; i++ {
		if have[i] == '\n' {
			line++
		}
	}
	return &exitError{exitFindings, fmt.Errorf("%s:%d: differs from what the profile compiles to; compile it again with -o", shown(name), line)}
}
