package main

import (
	"errors"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/sysprep/image"
)

func (sh *shell) imageCleanCommand() *cli.Command {
	return &cli.Command{
		Name: "clean", Usage: "list answer files with secrets in an image, and remove them with --yes", ArgsUsage: "[PATH]",
		Description: "Nothing else is ever removed. A file that the next boot takes settings from stays, unless --needed asks for it. " +
			"Exits with 1 while any other one is left.",
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
		problems = append(problems, i.Clean(list, c.Bool("needed"))...)
	}
	code := exitDone
	if slices.ContainsFunc(list, func(l image.Leftover) bool { return !l.Removed && len(l.Needed) == 0 }) {
		code = exitFindings
	}
	notes := cleanNotes(i)
	return errors.Join(sh.showImage(c, cleanDocument(path, list, notes, problems), cleanText(path, list, notes, c.Bool("yes")), problems), silent(code))
}

// cleanNotes tell what cleaning leaves: Reseal writes no registry.
func cleanNotes(i *image.Image) []string {
	var notes []string
	for _, place := range i.Unseen() {
		notes = append(notes, unseenNote(place))
	}
	if named := i.Pointer(); named != "" {
		notes = append(notes, "the registry names "+named+` as the answer file (SYSTEM\Setup, UnattendFile), and cleaning does not change that; delete the value with reg.exe in that Windows`)
	}
	return append(notes, i.Caveats()...)
}

func cleanText(path string, list []image.Leftover, notes []string, removing bool) string {
	var b lines
	if len(list) == 0 {
		b.say("%s: no answer file with a secret", shownPath(path))
	}
	for _, l := range list {
		word := "would remove"
		switch {
		case l.Removed:
			word = "removed"
		case len(l.Needed) > 0:
			word = "needed for " + schema.PassesOf(l.Needed...).String()
		case removing:
			word = "not removed"
		}
		b.say("%s: %s", word, l.Here)
		for _, s := range l.Secrets {
			b.say("  %s", s)
		}
	}
	b.note(notes)
	if len(list) > 0 && !removing {
		b.say("nothing is removed without --yes")
	}
	return b.String()
}
