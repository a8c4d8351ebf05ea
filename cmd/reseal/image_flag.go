package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/reseal/reseal"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/sysprep"
	"github.com/reseal/reseal/sysprep/image"
)

// imageFlag names the image that the answers meet.
func imageFlag() cli.Flag {
	return &cli.StringFlag{Name: "image", Usage: "`PATH` of the image that the answers are for: a folder with Windows, or a .wim or .esd file"}
}

// subject is the image that --image names: what checks of an answer file need
// to know of it, and the machine that a rehearsal meets.
type subject struct {
	images  []schema.Image
	machine *reseal.Machine // nil for an image file, whose registry stays packed
}

// subject reads the image; "" gives nil. An image that cannot be read whole is
// refused: checks against the rest of it would promise too much.
func (sh *shell) subject(path string) (*subject, error) {
	if path == "" {
		return nil, nil
	}
	if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
		w, err := readWIM(path)
		if err != nil {
			return nil, err
		}
		s := &subject{}
		for n := range w.Images {
			s.images = append(s.images, w.Images[n].Facts())
		}
		return s, nil
	}
	i, err := image.Open(path)
	if err != nil {
		return nil, imageError(err)
	}
	defer i.Close()
	for _, note := range i.Caveats() {
		if _, err := fmt.Fprintf(sh.stderr, "note: %s: %s\n", shown(path), note); err != nil {
			return nil, fileError(err)
		}
	}
	facts, problems := i.Facts()
	if len(problems) == 0 {
		var m *reseal.Machine
		if m, problems = i.Machine(); len(problems) == 0 {
			return &subject{images: []schema.Image{facts}, machine: m}, nil
		}
	}
	return nil, sh.troubled(problems)
}

// target is what all images have in common, which stands in for what the
// profile and the flags leave open.
func (s *subject) target() reseal.Target {
	var t reseal.Target
	for n, i := range s.images {
		one := reseal.Target{Windows: i.Windows, Architecture: i.Architecture, Edition: i.Edition}
		if n == 0 {
			t = one
			continue
		}
		for _, f := range []struct{ all, one *string }{
			{&t.Windows, &one.Windows}, {&t.Architecture, &one.Architecture}, {&t.Edition, &one.Edition},
		} {
			if *f.all != *f.one {
				*f.all = ""
			}
		}
	}
	return t
}

// machineFor is the machine of the one image that a target can mean.
func (s *subject) machineFor(path string, target reseal.Target) (*reseal.Machine, error) {
	if s.machine != nil {
		return s.machine, nil
	}
	fit := s.fitting(target)
	switch len(fit) {
	case 1:
		m := &reseal.Machine{}
		for _, f := range []struct {
			fact  *sysprep.Fact[string]
			value string
		}{{&m.Windows, fit[0].Windows}, {&m.Architecture, fit[0].Architecture}, {&m.Edition, fit[0].Edition}} {
			if f.value != "" {
				*f.fact = sysprep.GivenAs(f.value)
			}
		}
		return m.Or(freshOf(m, target)), nil
	case 0:
		return nil, usage("no image of %s fits the target; reseal image inspect lists them", shown(path))
	}
	return nil, usage("%d images of %s fit the target; choose one with --edition and --architecture", len(fit), shown(path))
}

// fitting are the images that a target can mean. One of which nothing is
// known, such as a folder of programs, is meant only where no other one is.
func (s *subject) fitting(t reseal.Target) []schema.Image {
	var fit, blank []schema.Image
	for _, i := range s.images {
		switch {
		case i.Build == 0 && i.Architecture == "" && i.Edition == "":
			blank = append(blank, i)
		case fits(i, t):
			fit = append(fit, i)
		}
	}
	if len(s.images) == len(blank) {
		return blank
	}
	return fit
}

func fits(i schema.Image, t reseal.Target) bool {
	release := schema.FindRelease(t.Windows)
	return (release == nil || i.Build == 0 || i.Build == release.Build) &&
		(t.Architecture == "" || i.Architecture == "" || strings.EqualFold(i.Architecture, t.Architecture)) &&
		(t.Edition == "" || i.Edition == "" || strings.EqualFold(i.Edition, t.Edition))
}

// onImage joins what a machine file says, if there is one, with the facts of
// an image, over the assumptions for a fresh machine of its release.
func onImage(file, seen *reseal.Machine, target reseal.Target) *reseal.Machine {
	fresh := freshOf(seen, target)
	out := seen.Or(fresh)
	if file != nil {
		out = file.Or(seen).Or(fresh)
	}
	stayOpen(&out.AppX, seen.AppX)
	stayOpen(&out.External, seen.External)
	return out
}

// freshOf is a fresh machine of the release that was seen, else of the target's.
func freshOf(seen *reseal.Machine, target reseal.Target) *reseal.Machine {
	return sysprep.FreshMachine(orWord(seen.Windows.Value, target.Windows), orWord(seen.Architecture.Value, target.Architecture))
}

// stayOpen takes an assumption back: what an image has with it and nobody could
// make out is not that of a fresh machine.
func stayOpen[T any](fact *sysprep.Fact[T], seen sysprep.Fact[T]) {
	if fact.Origin == sysprep.Default && !seen.Known() {
		*fact = seen
	}
}
