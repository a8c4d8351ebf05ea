package main

import (
	"errors"
	"fmt"

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
	s, err := sh.session(c)
	if err != nil {
		return err
	}
	j := &staging{sh: sh, session: s, file: c.Args().Get(0), path: c.Args().Get(1), place: c.String("place"), allow: c.Bool("allow-errors"), dry: c.Bool("dry-run")}
	defer j.close()
	list, err := j.prepare()
	if err != nil {
		return err
	}
	if j.compiled == nil {
		return errors.Join(sh.tell(s, list, false), silent(exitFindings))
	}
	err = sh.letPass(s, list)
	staged, failed := j.stage()
	if failed != nil {
		return errors.Join(err, imageError(failed))
	}
	if s.format.Name == "json" {
		return errors.Join(err, written(report.WriteJSON(sh.stdout, stageDocument(staged, j.notes()))))
	}
	if s.style.Quiet {
		return err
	}
	_, failed = fmt.Fprint(sh.stdout, stageText(staged, j.notes()))
	return errors.Join(err, written(failed))
}

// staging is one answer file on its way into an image.
type staging struct {
	sh         *shell
	session    *session
	file, path string
	place      string
	allow, dry bool

	loaded   *reseal.Loaded
	answer   *reseal.AnswerFile
	spot     image.Spot
	image    *image.Image // nil for media, which need not be a Windows
	compiled *reseal.Compiled
}

// prepare loads, checks and compiles the one answer file of a text; the list
// holds what was found, which stopped it where nothing is compiled.
func (j *staging) prepare() (*diag.List, error) {
	text, err := j.sh.read(j.file)
	if err != nil {
		return nil, err
	}
	if err := j.load(text); err != nil {
		return nil, err
	}
	if j.answer != nil && !j.media() {
		if err := j.open(); err != nil {
			return nil, err
		}
		if err := j.load(text); err != nil { // once more, now that the image is known
			return nil, err
		}
	}
	list := j.loaded.Check()
	if j.answer == nil || j.stopped(list) {
		return list, nil
	}
	return list, j.compile(list)
}

// load leaves the answer out where the text has no such form.
func (j *staging) load(text []byte) (err error) {
	j.loaded = reseal.Load(shown(j.file), text, j.session.options)
	if j.answer = nil; j.loaded.Form.Has(diag.Error) {
		return nil
	}
	if n := len(j.loaded.Outputs); n != 1 {
		return usage("%s has %d outputs; choose one with --windows and --architecture", shown(j.file), n)
	}
	j.answer = j.loaded.Outputs[0].Answer
	j.spot, err = spotOf(j.place, j.answer)
	return err
}

// media tells whether the file is for a medium, and not for the Windows in the
// folder.
func (j *staging) media() bool {
	return j.answer.Target.Use == "media" && j.spot == image.SpotRoot && j.path != ""
}

// open opens the image, which the answers are then checked against.
func (j *staging) open() (err error) {
	if j.image, err = openImage(j.path); err != nil {
		return err
	}
	facts, problems := j.image.Facts()
	if len(problems) > 0 {
		return j.sh.troubled(problems)
	}
	j.session.onImages(&subject{images: []schema.Image{facts}})
	return nil
}

func (j *staging) close() {
	if j.image != nil {
		j.image.Close()
	}
}

func (j *staging) stopped(list *diag.List) bool {
	return j.session.verdict(list) != exitDone && !j.allow
}

func (j *staging) compile(list *diag.List) error {
	compiled, refused, err := j.loaded.Compile(j.sh.secretReader(j.file))
	if err != nil {
		return err
	}
	found := j.loaded.CheckSecrets()
	list.Add(refused.All...)
	list.Add(found.All...)
	list.Sort()
	if compiled != nil && !j.stopped(found) {
		j.compiled = &compiled[0]
	}
	return nil
}

func (j *staging) stage() (*image.Staged, error) {
	s := image.Staging{XML: j.compiled.XML, Secret: j.compiled.Sensitive, DryRun: j.dry}
	if j.image == nil {
		return image.StageMedia(j.path, s)
	}
	return j.image.Stage(j.spot, s)
}

// notes tell what Windows makes of the file where it is put.
func (j *staging) notes() []string {
	if j.image == nil {
		return nil
	}
	var notes []string
	for _, r := range j.image.Rivals(j.spot, j.answer) {
		notes = append(notes, rivalNote(r))
	}
	for _, place := range j.image.Unseen() {
		notes = append(notes, unseenNote(place))
	}
	return append(notes, j.image.Caveats()...)
}

func rivalNote(r image.Rival) string {
	switch {
	case r.Winner == "":
		return fmt.Sprintf("%s: Windows takes no settings from there: %s", r.Pass, r.Reason)
	case r.Reason == "":
		return fmt.Sprintf("%s: Windows takes %s, which comes first in its search (%s)", r.Pass, r.Winner, r.Place)
	}
	return fmt.Sprintf("%s: Windows takes %s: %s", r.Pass, r.Winner, r.Reason)
}

func unseenNote(place string) string {
	return "what Windows finds at " + place + " cannot be seen from here"
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

func stageText(s *image.Staged, notes []string) string {
	var b lines
	word, kept := "staged", "kept"
	if s.DryRun {
		word, kept = "would stage", "would keep"
	}
	b.say("%s: %s", word, s.Path)
	if s.Same {
		b.add("unchanged", "just this file is there already")
	}
	b.add(kept, s.Kept)
	switch {
	case s.Exposed:
		b.add("secrets", "this file system keeps no permissions: whoever has it can read them; remove the file once Windows has taken it")
	case s.Secret:
		b.add("secrets", "only its owner may open it; remove it with image clean once Windows has taken it")
	}
	b.note(notes)
	return b.String()
}
