package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/reseal/reseal/internal/report"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/sysprep/image"
)

func (sh *shell) imageCommand() *cli.Command {
	return &cli.Command{
		Name:  "image",
		Usage: "look into a Windows image, put an answer file into it, clean it",
		Description: "PATH is a folder that holds Windows, or the folder Windows itself; inspect also takes a .wim or .esd file. " +
			"Without PATH it is this Windows.",
		Subcommands: []*cli.Command{
			sh.imageInspectCommand(), sh.imageStateCommand(), sh.imageCheckCommand(),
			sh.imageStageCommand(), sh.imageCleanCommand(), sh.imageProvidersCommand(),
		},
	}
}

// imageFlags are those of every command on images, before its own.
func imageFlags(own ...cli.Flag) []cli.Flag {
	return append([]cli.Flag{formatFlag([]string{"text", "json"})}, own...)
}

// optionalInput is the single path of commands that do without one.
func optionalInput(c *cli.Context) (string, error) {
	if c.NArg() == 0 {
		return "", nil
	}
	return oneInput(c, "a path")
}

// withImage opens the Windows that a command names, or this one, for as long as
// do looks at it.
func withImage(do func(c *cli.Context, path string, i *image.Image) error) cli.ActionFunc {
	return func(c *cli.Context) error {
		path, err := optionalInput(c)
		if err != nil {
			return err
		}
		i, err := openImage(path)
		if err != nil {
			return err
		}
		defer i.Close()
		return do(c, path, i)
	}
}

// openImage opens the folder of a Windows, or the Windows that runs for "".
func openImage(path string) (*image.Image, error) {
	if path == "" {
		i, err := image.OpenRunning()
		if err != nil {
			return nil, &exitError{exitUsage, err}
		}
		return i, nil
	}
	if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
		if _, err := readWIM(path); err != nil {
			return nil, err
		}
		return nil, usage("%s is an image file; only inspect reads those, for the others apply or mount it", shown(path))
	}
	i, err := image.Open(path)
	return i, imageError(err)
}

// readWIM reads the metadata of an image file.
func readWIM(path string) (*image.WIM, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fileError(plain(err))
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, fileError(plain(err))
	}
	w, err := image.ReadWIM(shown(path), f, info.Size())
	return w, imageError(err)
}

// imageError finds the exit code: what was read and makes no sense is a
// finding, what could not be read a file error.
func imageError(err error) error {
	if err == nil {
		return nil
	}
	for _, understood := range []error{image.ErrDamaged, image.ErrForeign, image.ErrNoWindows, image.ErrLimit} {
		if errors.Is(err, understood) {
			return &exitError{exitFindings, err}
		}
	}
	return fileError(plain(err))
}

// troubled joins the problems of an image; each is said on standard error.
func (sh *shell) troubled(problems []error) error {
	var out []error
	for _, p := range problems {
		err := imageError(p)
		if _, failed := fmt.Fprintln(sh.stderr, "reseal:", source.OneLine(err.Error())); failed != nil {
			return fileError(failed)
		}
		out = append(out, silent(codeOf(err)))
	}
	return errors.Join(out...)
}

func problemTexts(problems []error) []string {
	texts := []string{}
	for _, p := range problems {
		texts = append(texts, plain(p).Error())
	}
	return texts
}

// showImage prints a document as JSON or as text, and the problems.
func (sh *shell) showImage(c *cli.Context, doc any, text string, problems []error) error {
	if c.String("format") == "json" {
		return errors.Join(written(report.WriteJSON(sh.stdout, doc)), sh.troubled(problems))
	}
	_, err := io.WriteString(sh.stdout, text)
	return errors.Join(written(err), sh.troubled(problems))
}

// lines builds text of labelled lines; a line without a value is left out. What
// stands in an image may come from anybody: nothing of it reaches a terminal as
// anything but one line of text.
type lines struct{ strings.Builder }

func (l *lines) say(format string, args ...any) {
	l.WriteString(source.OneLine(fmt.Sprintf(format, args...)) + "\n")
}

func (l *lines) add(label string, values ...string) {
	var kept []string
	for _, v := range values {
		if v != "" {
			kept = append(kept, source.OneLine(v))
		}
	}
	if len(kept) > 0 {
		fmt.Fprintf(l, "  %-14s %s\n", label, strings.Join(kept, "\n                 "))
	}
}

func (l *lines) note(notes []string) {
	for _, note := range notes {
		l.say("note: %s", note)
	}
}

// counted is "1 image" or "2 images".
func counted(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprint(n, " ", noun)
}

// shownPath is how a command calls the image.
func shownPath(path string) string {
	if path == "" {
		return "this Windows"
	}
	return shown(path)
}
