package validate

import (
	"slices"
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

var imageTargetMismatch = check{rule: rule.ImageTargetMismatch, file: (*run).compareImages, setting: (*run).compareChoice}

func (r *run) compareImages() {
	target := r.file.Target
	images := r.chosenImages()
	r.compareTarget("architecture", target.Architecture, images, func(i schema.Image) (string, bool) {
		return i.Architecture, strings.EqualFold(i.Architecture, target.Architecture)
	})
	// Releases such as 11-24h2 and server-2025 share a build, and with it the
	// settings that Windows knows.
	if r.release != nil {
		if d := r.compareTarget("windows", r.release.ID, images, func(i schema.Image) (string, bool) {
			return releaseWords(i), i.Build == r.release.Build
		}); d != nil {
			d.As(diag.Warning)
		}
	}
	if d := r.compareTarget("edition", target.Edition, images, func(i schema.Image) (string, bool) {
		return i.Edition, strings.EqualFold(i.Edition, target.Edition)
	}); d != nil {
		d.As(diag.Warning)
	}
}

// compareChoice reports keys that select another image than the one that is
// meant. Keys that select none are a finding of their own.
func (r *run) compareChoice(c *answer.Cursor) {
	if r.options.Image == 0 || c.Known == nil || c.Known.Path != installFromPath {
		return
	}
	for _, k := range imageKeys(c.Setting) {
		left := selected(r.options.Images, k)
		if len(left) > 0 && !slices.ContainsFunc(left, func(i schema.Image) bool { return i.Index == r.options.Image }) {
			r.report(textPlace(k.at), "%s selects %s, and the answers are checked against %s", k.key, imageList(left), imageList(r.chosenImages())).
				As(diag.Warning).Helpf("Select the image that the answers are for, or check them against this one.")
		}
	}
}

// compareTarget reports a word of the target that fits none of the images. An
// image that does not tell fits everything.
func (r *run) compareTarget(key, want string, images []schema.Image, fits func(schema.Image) (have string, ok bool)) *diag.Diagnostic {
	if want == "" || len(images) == 0 {
		return nil
	}
	var others []string
	for _, i := range images {
		have, ok := fits(i)
		if ok || have == "" {
			return nil
		}
		if !slices.Contains(others, have) {
			others = append(others, have)
		}
	}
	return r.report(r.file.TargetSpans[key], "the target is %s, and the image is %s", want, schema.AnyOf(others))
}

func releaseWords(i schema.Image) string {
	if i.Windows == "" && i.Build > 0 {
		return "of version " + i.Version
	}
	return i.Windows
}
