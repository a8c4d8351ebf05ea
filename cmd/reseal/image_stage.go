package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/reseal/reseal"
	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/report"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/sysprep/image"
)

func (sh *shell) imageStageCommand() *cli.Command {
	return &cli.Command{
		Name: "stage", Usage: "put an answer file where an image finds it", ArgsUsage: "PROFILE|XML [PATH]",
		Description: "A profile is compiled, with its secrets; findings stop it. The use decides on the place: for sysprep the folder of Sysprep, or " +
			"Panther\\Unattend for audit mode; for media the root, and PATH may be any folder then. What stands there is kept under a name with a number.",
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "place", Usage: "sysprep, panther or root, in place of what the use says"},
			&cli.BoolFlag{Name: "allow-errors", Usage: "stage in spite of errors that rules found"},
			&cli.BoolFlag{Name: "dry-run", Usage: "write nothing"},
		}, checkFlagsWith([]string{"text", "json"})...),
		Action: sh.imageStage,
	}
}

func (sh *shell) imageStage(c *cli.Context) error {
	if c.NArg() < 1 || c.NArg() > 2 {
		return usage("stage needs a profile or an answer file, and takes the path of an image")
	}
	file, path := c.Args().Get(0), c.Args().Get(1)
	s, err := sh.session(c)
	if err != nil {
		return err
	}
	out, list, err := sh.toStage(c, s, file)
	if err != nil {
		return err
	}
	if out == nil {
		return errors.Join(sh.tell(s, list, false), silent(exitFindings))
	}
	if s.format.Name == "text" {
		err = sh.tell(s, list, false)
	}
	staged, failed := sh.stageAt(c, out, path)
	if failed != nil {
		return errors.Join(err, failed)
	}
	if s.format.Name == "json" {
		return errors.Join(err, written(report.WriteJSON(sh.stdout, stageDocument(staged))))
	}
	if s.style.Quiet {
		return err
	}
	_, failed = fmt.Fprint(sh.stdout, stageText(staged, c.Bool("dry-run")))
	return errors.Join(err, written(failed))
}

// staging is one compiled answer file with its place.
type staging struct {
	reseal.Compiled
	spot  image.Spot
	media bool // PATH need not be a Windows
}

// toStage loads, checks and compiles the one answer file of a text. Without a
// result the findings stopped it.
func (sh *shell) toStage(c *cli.Context, s *session, file string) (*staging, *diag.List, error) {
	loaded, err := s.load(file, "")
	if err != nil {
		return nil, nil, err
	}
	list := loaded.Check()
	if loaded.Form.Has(diag.Error) || s.verdict(list) != exitDone && !c.Bool("allow-errors") {
		return nil, list, nil
	}
	if n := len(loaded.Outputs); n != 1 {
		return nil, nil, usage("%s has %d outputs; choose one with --windows and --architecture", shown(file), n)
	}
	answer := loaded.Outputs[0].Answer
	out := &staging{media: answer.Target.Use == "media"}
	if out.spot, err = spotOf(c.String("place"), answer); err != nil {
		return nil, nil, err
	}
	compiled, refused, err := loaded.Compile(sh.secretReader(file))
	if err != nil {
		return nil, nil, err
	}
	found := loaded.CheckSecrets()
	list.Add(refused.All...)
	list.Add(found.All...)
	list.Sort()
	if compiled == nil || s.verdict(found) != exitDone && !c.Bool("allow-errors") {
		return nil, list, nil
	}
	out.Compiled = compiled[0]
	return out, list, nil
}

func spotOf(word string, answer *reseal.AnswerFile) (image.Spot, error) {
	if word != "" {
		var words []string
		for _, s := range image.Spots() {
			words = append(words, string(s))
		}
		return image.Spot(word), oneOf("place", word, words)
	}
	use := answer.Target.Use
	if use == "" && answer.Invocation != nil && answer.Invocation.Mode != "" {
		use = "sysprep"
	}
	spot, err := image.SpotOf(use, answer)
	if err != nil {
		return "", &exitError{exitUsage, err}
	}
	return spot, nil
}

func (sh *shell) stageAt(c *cli.Context, out *staging, path string) (*image.Staged, error) {
	if out.media && out.spot == image.SpotRoot && path != "" {
		if c.Bool("dry-run") {
			return &image.Staged{Path: strings.TrimSuffix(shown(path), "/") + "/Autounattend.xml", Secret: out.Sensitive}, nil
		}
		staged, err := image.StageMedia(path, out.XML, out.Sensitive)
		return staged, imageError(err)
	}
	i, err := openImage(path)
	if err != nil {
		return nil, err
	}
	defer i.Close()
	if c.Bool("dry-run") {
		return &image.Staged{Path: i.Place(out.spot), Secret: out.Sensitive}, nil
	}
	staged, err := i.Stage(out.spot, out.XML, out.Sensitive)
	return staged, imageError(err)
}

func stageText(s *image.Staged, dry bool) string {
	var b lines
	word := "staged"
	if dry {
		word = "would stage"
	}
	fmt.Fprintf(&b, "%s: %s\n", word, s.Path)
	if s.Same {
		b.add("unchanged", "just this file is there already")
	}
	b.add("kept", s.Kept)
	if s.Secret {
		b.add("secrets", "only its owner may open it; remove it with image clean once Windows has taken it")
	}
	return b.String()
}

func (sh *shell) imageCleanCommand() *cli.Command {
	return &cli.Command{
		Name: "clean", Usage: "list answer files with secrets in an image, and remove them with --yes", ArgsUsage: "[PATH]",
		Description: "Nothing else is ever removed. A file that the next boot takes settings from stays, unless --needed asks for it. " +
			"Exits with 1 while files are left.",
		Flags: imageFlags(
			&cli.BoolFlag{Name: "yes", Usage: "remove them"},
			&cli.BoolFlag{Name: "needed", Usage: "remove those too that the next boot would use"},
		),
		Action: withImage(sh.imageClean),
	}
}

func (sh *shell) imageClean(c *cli.Context, path string, i *image.Image) error {
	list, problems := i.Leftovers()
	if c.Bool("yes") {
		if err := i.Clean(list, c.Bool("needed")); err != nil {
			problems = append(problems, err)
		}
	}
	code := exitDone
	if slices.ContainsFunc(list, func(l image.Leftover) bool { return !l.Removed && len(l.Needed) == 0 }) {
		code = exitFindings
	}
	return errors.Join(sh.showImage(c, cleanDocument(path, list, problems), cleanText(path, list), problems), silent(code))
}

func cleanText(path string, list []image.Leftover) string {
	var b lines
	if len(list) == 0 {
		fmt.Fprintf(&b, "%s: no answer file with a secret\n", shownPath(path))
	}
	for _, l := range list {
		word := "would remove"
		switch {
		case l.Removed:
			word = "removed"
		case len(l.Needed) > 0:
			word = "needed for " + schema.PassesOf(l.Needed...).String()
		}
		fmt.Fprintf(&b, "%s: %s\n", word, l.Here)
		for _, s := range l.Secrets {
			fmt.Fprintf(&b, "  %s\n", s)
		}
	}
	return b.String()
}
