package validate

import (
	"slices"
	"strconv"
	"strings"

	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// Checks against the images that a caller names in Options.Images.

const (
	installFromPath = "ImageInstall/OSImage/InstallFrom"
	keyIndex        = "/IMAGE/INDEX"
	keyName         = "/IMAGE/NAME"
	keyDescription  = "/IMAGE/DESCRIPTION"
)

// imageKey is one key by which an answer file selects an image.
type imageKey struct {
	key, value string
	at         *answer.Setting // its Value
}

// imageKeys reads the MetaData items of InstallFrom. Keys that are not
// understood are left out, and so are values that a template fills in.
func imageKeys(installFrom *answer.Setting) []imageKey {
	var keys []imageKey
	for _, item := range installFrom.Children {
		if !strings.EqualFold(item.Name, "MetaData") {
			continue
		}
		var k imageKey
		for _, s := range item.Children {
			switch {
			case strings.EqualFold(s.Name, "Key"):
				k.key = strings.ToUpper(strings.TrimSpace(s.Text))
			case strings.EqualFold(s.Name, "Value") && s.Secret == nil:
				k.value, k.at = strings.TrimSpace(s.Text), s
			}
		}
		known := k.key == keyIndex || k.key == keyName || k.key == keyDescription
		if known && k.value != "" && !placeholderText(k.value) {
			keys = append(keys, k)
		}
	}
	return keys
}

// of is the value that an image has for the key.
func (k imageKey) of(i *schema.Image) string {
	switch k.key {
	case keyIndex:
		return strconv.Itoa(i.Index)
	case keyName:
		return i.Name
	}
	return i.Description
}

// matches tells whether the key selects an image, and whether it would if
// letter case did not count. An index is a number: 02 is 2.
func (k imageKey) matches(i *schema.Image) (exact, folded bool) {
	value := k.of(i)
	if n, err := strconv.Atoi(k.value); err == nil && k.key == keyIndex {
		return n == i.Index, n == i.Index
	}
	return value == k.value, strings.EqualFold(value, k.value)
}

// inFile tells whether the images are those of a file, from which an answer
// file selects one. A folder is one image without name and index.
func inFile(images []schema.Image) bool {
	return slices.ContainsFunc(images, func(i schema.Image) bool { return i.Index > 0 })
}

// chosenImages are the images that the answer file may be for.
func (r *run) chosenImages() []schema.Image { return ImagesOf(r.file, r.options) }

// ImagesOf are the images of the options that an answer file may be for: the
// one that is meant, else those that the file selects, else all.
func ImagesOf(a *answer.File, o Options) []schema.Image {
	if o.Image > 0 {
		return slices.DeleteFunc(slices.Clone(o.Images), func(i schema.Image) bool { return i.Index != o.Image })
	}
	if left, selects := selectedBy(a, o.Images); selects && len(left) > 0 {
		return left
	}
	return o.Images
}

// selectedBy are the images of a file that an answer file selects; selects is
// false when it leaves the choice to others.
func selectedBy(a *answer.File, images []schema.Image) (left []schema.Image, selects bool) {
	left = images
	if !inFile(images) {
		return left, false
	}
	a.Walk(func(c *answer.Cursor) bool {
		if c.Known == nil || c.Known.Path != installFromPath {
			return true
		}
		for _, k := range imageKeys(c.Setting) {
			left, selects = selected(left, k), true
		}
		return false
	})
	return left, selects
}

func selected(images []schema.Image, k imageKey) []schema.Image {
	var out []schema.Image
	for _, i := range images {
		if _, folded := k.matches(&i); folded {
			out = append(out, i)
		}
	}
	return out
}
