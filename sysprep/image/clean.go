package image

import (
	"errors"
	"fmt"

	"github.com/reseal/reseal/schema"
)

// Leftover is an answer file with secrets that lies in an image.
type Leftover struct {
	AnswerFile
	Needed  []schema.Pass // passes that the next boot takes from it
	Removed bool
}

// Leftovers lists the answer files from which whoever has the image can read
// secrets. One that the next boot takes settings from is still needed.
func (i *Image) Leftovers() ([]Leftover, []error) {
	files, problems := i.AnswerFiles()
	state, more := i.State()
	due := due(&state)
	var out []Leftover
	for _, f := range files {
		if len(f.Secrets) == 0 {
			continue
		}
		l := Leftover{AnswerFile: f}
		for _, pass := range f.Wins {
			if due.Has(pass) {
				l.Needed = append(l.Needed, pass)
			}
		}
		out = append(out, l)
	}
	g := gatherer{problems: problems}
	for _, err := range more {
		g.problem(err)
	}
	return out, g.problems
}

// due are the passes that an image has still before it: none where nothing is
// armed for the next boot.
func due(s *State) schema.PassSet {
	if s.SetupType != 2 {
		return schema.PassesOf()
	}
	passes := []schema.Pass{schema.AuditSystem, schema.AuditUser, schema.OobeSystem}
	if s.Generalization == 4 {
		passes = append(passes, schema.Specialize)
	}
	return schema.PassesOf(passes...)
}

// Clean removes leftovers, and those that are needed only where needed says
// so. Each file is read once more before: one that has changed since it was
// listed stays. The problems say which files stay against the caller's will.
func (i *Image) Clean(list []Leftover, needed bool) (problems []error) {
	g := &gatherer{Image: i}
	for n := range list {
		l := &list[n]
		if len(l.Needed) > 0 && !needed {
			continue
		}
		now := g.answerAt(l.drive, l.Place, false)
		if len(now.Secrets) == 0 {
			problems = append(problems, fmt.Errorf("%s has changed since it was looked at; it is left alone", l.Here))
			continue
		}
		if err := i.drive.remove(l.drive); err != nil {
			problems = append(problems, fmt.Errorf("%s cannot be removed: %w", l.Here, reason(err)))
			continue
		}
		l.Removed = true
	}
	return problems
}

// remove removes a file. Of a link it would remove the name, and the secrets
// would stay.
func (d *drive) remove(name string) error {
	info, err := d.root.Lstat(name)
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("it is a link; remove the file that it leads to")
	}
	if err != nil {
		return err
	}
	clear(d.seen)
	return d.root.Remove(name)
}
