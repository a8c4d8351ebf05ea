package main

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/sysprep"
	"github.com/reseal/reseal/sysprep/image"
)

func (sh *shell) imageInspectCommand() *cli.Command {
	return &cli.Command{
		Name: "inspect", Usage: "tell what an image is", ArgsUsage: "[PATH]",
		Flags:  imageFlags(),
		Action: sh.imageInspect,
	}
}

func (sh *shell) imageInspect(c *cli.Context) error {
	path, err := optionalInput(c)
	if err != nil {
		return err
	}
	if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
		w, err := readWIM(path)
		if err != nil {
			return err
		}
		return sh.showImage(c, wimDocument(path, w), wimText(path, w), nil)
	}
	i, err := openImage(path)
	if err != nil {
		return err
	}
	defer i.Close()
	s, problems := i.Inspect()
	return sh.showImage(c, imageDocument(path, s, problems), imageText(path, s), problems)
}

// noRelease stands in for a release that is not known.
const noRelease = "a Windows of no known release"

func wimText(path string, w *image.WIM) string {
	var b lines
	form := w.Compression
	if w.Solid {
		form += ", solid"
	}
	if w.Parts > 1 {
		form += fmt.Sprintf(", part %d of %d", w.Part, w.Parts)
	}
	b.say("%s: %s (%s)", shown(path), counted(len(w.Images), "image"), form)
	for _, i := range w.Images {
		b.say("")
		b.say("%d %s", i.Index, i.Name)
		if i.Description != i.Name {
			b.add("description", i.Description)
		}
		if r := i.Release(); r != nil {
			b.add("windows", r.String())
		}
		b.add("version", i.Version())
		b.add("edition", both(i.Edition, i.InstallationType))
		b.add("architecture", i.Architecture)
		b.add("languages", strings.Join(i.Languages, ", "))
	}
	return b.String()
}

// both is "a (b)", or what there is of it.
func both(a, b string) string {
	switch {
	case a == "" || b == "":
		return a + b
	}
	return a + " (" + b + ")"
}

func imageText(path string, s *image.Summary) string {
	var b lines
	b.say("%s: %s", shownPath(path), orWord(s.Product, noRelease))
	m := s.Machine
	b.add("version", both(s.Facts.Version, s.DisplayName))
	b.add("edition", both(s.Facts.Edition, s.Installation))
	b.add("architecture", s.Facts.Architecture)
	b.add("languages", strings.Join(s.Facts.Languages, ", "))
	b.add("state", fmt.Sprintf("%s: %s", s.State.Verdict, s.State.Reading))
	changed := ""
	if !s.Changed.IsZero() {
		changed = "since " + s.Changed.Format(time.DateTime)
	}
	b.add("image state", both(s.State.ImageState, changed))
	b.add("last run", lastRun(s))
	b.add("profiles", accounts(m.Accounts.Value))
	b.add("domain", m.Domain.Value)
	b.add("store apps", storeApps(m))
	b.add("roles", strings.Join(m.Roles.Value, ", "))
	b.add("pending", strings.Join(m.Pending.Value, ", "))
	b.add("leftovers", strings.Join(m.Leftovers.Value, ", "))
	if m.Upgraded.Value {
		b.add("upgraded", "out of an earlier Windows")
	}
	b.add("providers", providerCount(s))
	var files []string
	for _, f := range s.Answers {
		files = append(files, answerLine(f))
	}
	b.add("answer files", files...)
	b.add("unattend file", s.Pointer)
	b.add("scripts", strings.Join(s.Machine.Scripts.Value, ", "))
	b.add("clone tag", s.CloneTag)
	b.note(s.State.Notes())
	return b.String()
}

func lastRun(s *image.Summary) string {
	r := s.LastRun
	if r == nil {
		return ""
	}
	text := string(r.Verdict)
	if r.Started != "" {
		text += " (" + r.Started + ")"
	}
	if r.Cause != "" {
		text += ": " + r.Cause
	}
	return text
}

func accounts(list []sysprep.Account) string {
	var out []string
	for _, a := range list {
		out = append(out, fmt.Sprintf("%s (%s)", a.Name, a.Kind))
	}
	return strings.Join(out, ", ")
}

func storeApps(m *sysprep.Machine) string {
	private := 0
	for _, p := range m.AppX.Value {
		if !p.Provisioned && p.Kind == "app" {
			private++
		}
	}
	if len(m.AppX.Value) == 0 {
		return ""
	}
	return fmt.Sprintf("%d of users, %d of them not for all users", len(m.AppX.Value), private)
}

func providerCount(s *image.Summary) string {
	internal, external := len(s.Machine.Internal.Value), len(s.Machine.External.Value)
	if internal+external == 0 {
		return ""
	}
	return fmt.Sprintf("%d internal, %d external", internal, external)
}

// answerLine tells of one answer file where it lies, what it serves, and
// whether it gives secrets away.
func answerLine(f image.AnswerFile) string {
	parts := []string{}
	if len(f.Wins) > 0 {
		parts = append(parts, "serves "+schema.PassesOf(f.Wins...).String())
	}
	if n := len(f.Secrets); n > 0 {
		parts = append(parts, counted(n, "secret")+" can be read")
	}
	if f.Problem != "" {
		parts = append(parts, "not valid: "+f.Problem)
	}
	return both(f.Path, strings.Join(parts, "; "))
}
