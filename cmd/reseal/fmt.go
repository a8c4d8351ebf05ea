package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/reseal/reseal"
	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/diff"
	"github.com/reseal/reseal/internal/report"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/internal/wholefile"
	"github.com/reseal/reseal/internal/xmldoc"
	"github.com/reseal/reseal/internal/yamldoc"
)

func (sh *shell) fmtCommand() *cli.Command {
	return &cli.Command{
		Name:      "fmt",
		Usage:     "bring profiles and answer files into the canonical layout",
		ArgsUsage: "PATH...",
		Description: "YAML gets the one layout that Reseal writes, with its comments, anchors and aliases, and with its braces and brackets where they fit " +
			"on one line; of XML the white space between elements changes and nothing else. What a file means never changes: a file with errors is left alone. Of a folder, profiles and answer files are " +
			"formatted. - is standard input, and goes to standard output.",
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "check", Usage: "write nothing; list the files that would change and exit 1 if there are any"},
			&cli.BoolFlag{Name: "diff", Usage: "write nothing; show what would change, secrets masked, and exit 1 if there is anything"},
			&cli.StringFlag{Name: "stdin-filename", Value: stdinName, Usage: "`NAME` that messages give to standard input"},
			formatFlag(report.Names()),
			&cli.StringFlag{Name: "color", Value: "auto", Usage: "auto, always or never"},
			&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "print findings alone"},
		},
		Action: sh.fmt,
	}
}

// formatting is what the flags of fmt say, and what came of it.
type formatting struct {
	*shell
	check, diff bool
	stdinName   string
	style       report.Style
	findings    diag.List
	differs     bool
}

func (sh *shell) fmt(c *cli.Context) error {
	if c.NArg() == 0 {
		return usage("fmt needs a path; - is standard input")
	}
	color, err := sh.color(c.String("color"))
	if err != nil {
		return err
	}
	f := &formatting{shell: sh, check: c.Bool("check"), diff: c.Bool("diff"), stdinName: c.String("stdin-filename")}
	f.style = report.Style{Color: color, Quiet: c.Bool("quiet")}
	paths, problems := gather(c.Args().Slice())
	for _, path := range paths {
		if err := f.one(path); err != nil {
			problems = append(problems, err)
		}
		if c.Context.Err() != nil {
			break
		}
	}
	f.findings.Sort()
	stdoutTaken := f.check || f.diff || slices.Contains(paths, "-")
	if err := f.tell(c.String("format"), len(paths), stdoutTaken); err != nil {
		return err
	}
	if f.findings.Has(diag.Error) || f.differs {
		problems = append(problems, silent(exitFindings))
	}
	return errors.Join(problems...)
}

// tell prints why files were left alone: to standard error, or as the one JSON
// document where standard output is free.
func (f *formatting) tell(format string, files int, stdoutTaken bool) error {
	free := format != "text" && !stdoutTaken
	if len(f.findings.All) == 0 && !free {
		return nil
	}
	w := f.stderr
	if free {
		w = f.stdout
	}
	form, _ := report.Find(format)
	return written(form.Write(w, &f.findings, report.Summary{Files: files}, f.style))
}

// name is how messages call a path.
func (f *formatting) name(path string) string {
	if path == "-" {
		return f.stdinName
	}
	return shown(path)
}

// one formats one file.
func (f *formatting) one(path string) error {
	text, err := f.read(path)
	if err != nil {
		return err
	}
	out, found := formatText(f.name(path), text)
	if out == nil {
		found.Keep(func(d *diag.Diagnostic) bool { return d.Severity == diag.Error || d.Rule == rule.FormatKept.ID })
		f.findings.Add(found.All...)
		if found.Has(diag.Error) {
			return nil
		}
		out = text
	}
	same := bytes.Equal(out, text)
	if f.check || f.diff {
		f.differs = f.differs || !same
		return f.show(path, text, out, same)
	}
	if path == "-" {
		_, err := f.stdout.Write(out)
		return written(err)
	}
	if same {
		return nil
	}
	return rewrite(path, out)
}

// formatText returns the text in its canonical layout, or nothing and why.
func formatText(name string, text []byte) ([]byte, *diag.List) {
	if reseal.IsXML(text) {
		return xmldoc.Format(name, text)
	}
	return yamldoc.Format(source.NewFile(name, text))
}

// show tells what would change.
func (f *formatting) show(path string, before, after []byte, same bool) error {
	if same {
		return nil
	}
	if f.check {
		if _, err := fmt.Fprintln(f.stdout, f.name(path)); err != nil {
			return fileError(err)
		}
	}
	if !f.diff {
		return nil
	}
	if n := max(bytes.Count(before, []byte{'\n'}), bytes.Count(after, []byte{'\n'})); n > maxDiffLines {
		_, err := fmt.Fprintf(f.stdout, "%s differs from its canonical layout; it has %d lines, more than the %d that --diff compares\n", f.name(path), n, maxDiffLines)
		return written(err)
	}
	a, b := reseal.Masked(f.name(path), before), reseal.Masked(f.name(path)+" (formatted)", after)
	return written(diff.Unified(f.stdout, a, b, f.style.Color))
}

// maxDiffLines is how long a file may be for its differences to be shown. Real
// ones have a few thousand lines.
const maxDiffLines = 100_000

// rewrite replaces a file and keeps who may read it.
func rewrite(path string, text []byte) error {
	info, err := os.Stat(path)
	if err != nil {
		return fileError(plain(err))
	}
	if err := wholefile.Write(path, text, info.Mode().Perm()); err != nil {
		return fileError(plain(err))
	}
	return nil
}
