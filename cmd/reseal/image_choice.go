package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/reseal/reseal"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/sysprep"
)

// imageChoice is how a command names one of the images of a file: by the flag
// image-index or image-name. Without a flag it is "" and leaves that open.
type imageChoice struct {
	flag  string
	index int
	name  string
}

func imageChoiceOf(c *cli.Context) imageChoice {
	switch {
	case c.IsSet("image-index"):
		return imageChoice{flag: "image-index", index: c.Int("image-index")}
	case c.IsSet("image-name"):
		return imageChoice{flag: "image-name", name: c.String("image-name")}
	}
	return imageChoice{}
}

// wimSubject reads the images of a file, and finds the one that is chosen.
func wimSubject(path string, choice imageChoice) (*subject, error) {
	w, err := readWIM(path)
	if err != nil {
		return nil, err
	}
	s := &subject{}
	for n := range w.Images {
		s.images = append(s.images, w.Images[n].Facts())
	}
	if choice.flag == "" {
		return s, nil
	}
	found := choice.among(s.images)
	switch len(found) {
	case 1:
		s.chosen = found[0].Index
		return s, nil
	case 0:
		return nil, usage("%s has no image with %s%s", shown(path), choice.words(), itHas(s.images))
	}
	return nil, usage("%s has %d images with %s: %s; choose one with --image-index", shown(path), len(found), choice.words(), imageList(found))
}

// among are the images that are meant. A name is found in another letter case
// too, where none is spelled just so.
func (k imageChoice) among(images []schema.Image) []schema.Image {
	for _, same := range []func(schema.Image) bool{
		func(i schema.Image) bool {
			return k.flag == "image-index" && i.Index == k.index || k.flag == "image-name" && i.Name == k.name
		},
		func(i schema.Image) bool { return k.flag == "image-name" && strings.EqualFold(i.Name, k.name) },
	} {
		if found := filter(images, same); len(found) > 0 {
			return found
		}
	}
	return nil
}

func filter(images []schema.Image, keep func(schema.Image) bool) []schema.Image {
	return slices.DeleteFunc(slices.Clone(images), func(i schema.Image) bool { return !keep(i) })
}

func (k imageChoice) words() string {
	if k.flag == "image-index" {
		return fmt.Sprintf("the index %d", k.index)
	}
	return fmt.Sprintf("the name %q", k.name)
}

func itHas(images []schema.Image) string {
	if len(images) == 0 {
		return "; it has none"
	}
	return "; it has " + imageList(images)
}

// imageList names images so that one can be chosen, a few of them.
func imageList(images []schema.Image) string {
	const most = 16
	var names []string
	for _, i := range images[:min(len(images), most)] {
		facts := strings.Join(nonEmpty(i.Windows, i.Edition, i.Architecture), ", ")
		names = append(names, both(fmt.Sprintf("%d %q", i.Index, i.Name), facts))
	}
	if more := len(images) - most; more > 0 {
		names = append(names, fmt.Sprintf("and %d more that reseal image inspect lists", more))
	}
	return strings.Join(names, ", ")
}

// meant are the images that are looked at: the chosen one, else all.
func (s *subject) meant() []schema.Image {
	if s.chosen == 0 {
		return s.images
	}
	return filter(s.images, func(i schema.Image) bool { return i.Index == s.chosen })
}

// target is what all images have in common, which stands in for what the
// profile and the flags leave open.
func (s *subject) target() reseal.Target {
	var t reseal.Target
	for n, i := range s.meant() {
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

// machineFor is the machine of the one image that is chosen, or of those that
// the answer file and its target can mean: they may be several as long as no
// rehearsal can tell them apart.
func (s *subject) machineFor(path string, j *job) (*reseal.Machine, error) {
	if s.machine != nil {
		return s.machine, nil
	}
	target := j.answer().Target
	fit := j.loaded.ImagesOf(j.loaded.Outputs[0])
	if s.chosen == 0 {
		fit = fitting(fit, target)
	}
	if len(fit) == 0 {
		return nil, usage("no image of %s fits the target%s", shown(path), itHas(s.images))
	}
	if slices.ContainsFunc(fit, func(i schema.Image) bool { return !alike(i, fit[0]) }) {
		return nil, usage("%d images of %s fit the target: %s; choose one with --image-index or --image-name", len(fit), shown(path), imageList(fit))
	}
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
}

// alike tells whether a rehearsal meets the same machine in both.
func alike(a, b schema.Image) bool {
	return a.Windows == b.Windows && a.Architecture == b.Architecture && a.Edition == b.Edition
}

// fitting are the images that a target can mean. One of which nothing is
// known, such as a folder of programs, is meant only where no other one is.
func fitting(images []schema.Image, t reseal.Target) []schema.Image {
	blank := func(i schema.Image) bool { return i.Build == 0 && i.Architecture == "" && i.Edition == "" }
	if known := filter(images, func(i schema.Image) bool { return !blank(i) }); len(known) > 0 {
		return filter(known, func(i schema.Image) bool { return fits(i, t) })
	}
	return images
}

func fits(i schema.Image, t reseal.Target) bool {
	release := schema.FindRelease(t.Windows)
	return (release == nil || i.Build == 0 || i.Build == release.Build) &&
		(t.Architecture == "" || i.Architecture == "" || strings.EqualFold(i.Architecture, t.Architecture)) &&
		(t.Edition == "" || i.Edition == "" || strings.EqualFold(i.Edition, t.Edition))
}
