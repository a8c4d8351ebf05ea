package image

import (
	"path"
	"slices"
	"strings"

	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
	"github.com/reseal/reseal/sysprep"
)

// Rival is a pass for which Windows does not take the answer file that is put
// into an image.
type Rival struct {
	Pass   schema.Pass
	Winner string        // file that it takes, as the image calls it; "" = none
	Place  sysprep.Place // of the winner
	Reason string        // what speaks against the file itself; "" = the winner only comes first
}

// Rivals compares an answer file, as if it were at that place already, with
// those that lie in the image. What Windows finds on other drives, or is given
// by /unattend:, is not among them.
func (i *Image) Rivals(at Spot, file *answer.File) []Rival {
	g := &gatherer{Image: i}
	ours := sysprep.FoundFile{Place: at.place(), Path: i.named(path.Join(i.spot(at))), File: file}
	found := slices.DeleteFunc(foundFiles(g.findAnswers()), func(f sysprep.FoundFile) bool {
		return strings.EqualFold(f.Path, ours.Path)
	})
	found = append(found, ours)
	arch := g.architecture().Value
	var out []Rival
	for _, p := range file.Passes {
		pass, ok := p.ID()
		if !ok || len(p.Components) == 0 || slices.ContainsFunc(out, func(r Rival) bool { return r.Pass == pass }) {
			continue
		}
		winner, over := sysprep.Search(pass, arch, found)
		if winner != nil && winner.File == file {
			continue
		}
		r := Rival{Pass: pass}
		if winner != nil {
			r.Winner, r.Place = winner.Path, winner.Place
		}
		for _, o := range over {
			if o.File.File == file {
				r.Reason = o.Reason
			}
		}
		out = append(out, r)
	}
	return out
}

func (s Spot) place() sysprep.Place {
	switch s {
	case SpotPanther:
		return sysprep.PlacePantherUnattend
	case SpotRoot:
		return sysprep.PlaceSystemRoot
	}
	return sysprep.PlaceSysprep
}
