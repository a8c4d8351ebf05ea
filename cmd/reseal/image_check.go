package main

import (
	"errors"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/reseal/reseal"
	"github.com/reseal/reseal/sysprep"
	"github.com/reseal/reseal/sysprep/image"
)

func (sh *shell) imageStateCommand() *cli.Command {
	return &cli.Command{
		Name: "state", Usage: "tell how far an image is: ready to capture, sealed, interrupted, spoiled", ArgsUsage: "[PATH]",
		Description: "Exits with 1 for an image that is spoiled or contradictory.",
		Flags:       imageFlags(),
		Action: withImage(func(c *cli.Context, path string, i *image.Image) error {
			s, problems := i.State()
			return errors.Join(sh.showImage(c, stateDocument(path, &s, problems), stateText(path, &s), problems), silent(stateCode(&s)))
		}),
	}
}

func stateCode(s *image.State) int {
	if s.Verdict == image.Spoiled || s.Verdict == image.Contradictory {
		return exitFindings
	}
	return exitDone
}

func stateText(path string, s *image.State) string {
	var b lines
	b.say("%s: %s", shownPath(path), s.Verdict)
	b.add("reading", s.Reading)
	b.add("do", s.Advice)
	b.add("known from", string(s.Grade))
	b.add("ImageState", orWord(s.ImageState, s.Missing("ImageState")))
	b.add("Generalization", s.Number("GeneralizationState", s.Generalization))
	b.add("Cleanup", s.Number("CleanupState", s.Cleanup))
	b.add("SetupType", s.Number("SetupType", s.SetupType))
	b.add("CmdLine", s.Command)
	tag := "missing"
	if s.Tag {
		tag = "there"
	}
	b.add("success tag", tag)
	b.note(s.Notes())
	return b.String()
}

func orWord(text, word string) string {
	if text == "" {
		return word
	}
	return text
}

func (sh *shell) imageCheckCommand() *cli.Command {
	return &cli.Command{
		Name: "check", Usage: "judge the pre-checks of Sysprep that an image can answer", ArgsUsage: "[PATH]",
		Description: "The run that it checks for is /generalize /oobe unless flags say otherwise. Exits with 1 when a check would stop it.",
		Flags: imageFlags(
			&cli.StringFlag{Name: "mode", Value: "oobe", Usage: "what the next boot is to enter: oobe or audit"},
			&cli.BoolFlag{Name: "generalize", Value: true, Usage: "whether the run generalizes; --generalize=false"},
			&cli.StringSliceFlag{Name: "skip-check", Usage: "set the pre-check `ID` aside; needs --reason"},
			&cli.StringSliceFlag{Name: "reason", Usage: "why a pre-check is set aside, one `TEXT` for each --skip-check"},
		),
		Action: sh.imageCheck,
	}
}

func (sh *shell) imageCheck(c *cli.Context) error {
	path, err := optionalInput(c)
	if err != nil {
		return err
	}
	inv, err := invocationOf(c)
	if err != nil {
		return err
	}
	skips, err := skipsOf(c)
	if err != nil {
		return err
	}
	i, err := openImage(path)
	if err != nil {
		return err
	}
	defer i.Close()
	m, problems := i.Machine()
	checked := image.Check(m, *inv, skips)
	for _, place := range i.Unseen() {
		checked.Notes = append(checked.Notes, unseenNote(place))
	}
	checked.Notes = append(checked.Notes, i.Caveats()...)
	code := exitDone
	if checked.Count(sysprep.StatusFailed) > 0 {
		code = exitFindings
	}
	return errors.Join(sh.showImage(c, checkDocument(path, m, checked, problems), checkText(path, m, checked), problems), silent(code))
}

func checkText(path string, m *reseal.Machine, checked *image.Checked) string {
	var b lines
	b.say("%s: %s", shownPath(path), orWord(strings.Join(nonEmpty(m.Windows.Value, m.Edition.Value, m.Architecture.Value), ", "), noRelease))
	b.say("  %s", checked.Command)
	var open []string
	for _, r := range checked.Results {
		switch r.Status {
		case sysprep.StatusFailed, sysprep.StatusWarning, sysprep.StatusInfo, sysprep.StatusSkipped:
			b.WriteString(r.Step.Words(""))
		case sysprep.StatusNotModelled:
			open = append(open, r.ID)
		}
	}
	b.say("answer files that Windows would take by itself:")
	for _, w := range checked.Winners {
		b.add(w.Pass.String(), orWord(w.File, "none"))
		for _, over := range w.Over {
			b.say("                 not %s: %s", over.File.Path, over.Reason)
		}
	}
	b.note(checked.Notes)
	if len(open) > 0 {
		b.say("not checked: %s", strings.Join(open, ", "))
	}
	b.say("%d would stop Sysprep, %s, %s, %d ok, %d assumed, %d not checked", checked.Count(sysprep.StatusFailed),
		counted(checked.Count(sysprep.StatusWarning), "warning"), counted(checked.Count(sysprep.StatusInfo), "info"), checked.Count(sysprep.StatusOK), checked.Count(sysprep.StatusAssumed), checked.Count(sysprep.StatusNotModelled))
	return b.String()
}

func nonEmpty(words ...string) []string {
	var out []string
	for _, w := range words {
		if w != "" {
			out = append(out, w)
		}
	}
	return out
}
