package validate

import (
	"fmt"
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

var imageNotFound = check{rule: rule.ImageNotFound, setting: func(r *run, c *answer.Cursor) {
	if c.Known == nil || c.Known.Path != installFromPath || !inFile(r.options.Images) {
		return
	}
	images, lost := r.options.Images, false
	keys := imageKeys(c.Setting)
	for _, k := range keys {
		lost = r.lookUp(k) || lost
		images = selected(images, k)
	}
	if !lost && len(images) == 0 {
		r.report(c.Setting.NamePlace(), "no image of the file has all of this at once").Helpf("The images are %s.", imageList(r.options.Images))
	}
}}

// lookUp reports a key that selects no image of the file.
func (r *run) lookUp(k imageKey) (lost bool) {
	var near string
	var words []string
	for i := range r.options.Images {
		exact, folded := k.matches(&r.options.Images[i])
		if exact {
			return false
		}
		if folded {
			near = k.of(&r.options.Images[i])
		}
		words = append(words, k.of(&r.options.Images[i]))
	}
	if near != "" {
		r.report(textPlace(k.at), "the image is called %q; whether Setup minds the letter case is not documented", near).As(diag.Warning)
		return false
	}
	hint := ""
	if k.key != keyIndex {
		hint = didYouMean(schema.Nearest(k.value, words))
	}
	r.report(textPlace(k.at), "the image file has no image whose %s is %q%s", k.key, k.value, hint).Helpf("The images are %s.", imageList(r.options.Images))
	return true
}

// imageList names images for a person, a few of them.
func imageList(images []schema.Image) string {
	const most = 12
	var names []string
	for _, i := range images[:min(len(images), most)] {
		names = append(names, fmt.Sprintf("%d %q", i.Index, i.Name))
	}
	if len(images) > most {
		names = append(names, "…")
	}
	return strings.Join(names, ", ")
}
