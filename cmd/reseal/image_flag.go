package main

import (
	"fmt"
	"os"

	"github.com/urfave/cli/v2"

	"github.com/reseal/reseal"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/sysprep"
	"github.com/reseal/reseal/sysprep/image"
)

// subjectFlags name the image that the answers meet.
func subjectFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "image", Usage: "`PATH` of the image that the answers are for: a folder with Windows, or a .wim or .esd file"},
		&cli.IntFlag{Name: "image-index", Usage: "`NUMBER` of the image in the .wim or .esd file", DefaultText: "all that fit"},
		&cli.StringFlag{Name: "image-name", Usage: "its `NAME`, in place of its number"},
	}
}

// subject is the image that --image names: what checks of an answer file need
// to know of it, and the machine that a rehearsal meets.
type subject struct {
	images  []schema.Image  // all of a file, or the one of a folder
	chosen  int             // index of the one of a file that the flags name; 0 = none
	machine *reseal.Machine // nil for an image file, whose registry stays packed
}

// subject reads the image that the flags name; without --image it is nil. An
// image that cannot be read whole is refused: checks against the rest of it
// would promise too much.
func (sh *shell) subject(c *cli.Context) (*subject, error) {
	path, choice := c.String("image"), imageChoiceOf(c)
	if path == "" {
		if choice.flag != "" {
			return nil, usage("--%s chooses among the images of a file; name it with --image", choice.flag)
		}
		return nil, nil
	}
	if c.IsSet("image-index") && c.IsSet("image-name") {
		return nil, usage("--image-index and --image-name are two ways to choose an image; give one of them")
	}
	if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
		return wimSubject(path, choice)
	}
	if choice.flag != "" {
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			return nil, usage("--%s chooses among the images of a .wim or .esd file, and %s is a folder", choice.flag, shown(path))
		}
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
