package reseal

import (
	"strings"

	"github.com/reseal/reseal/schema/answer"
)

// Locate finds where the text sets what a log of Windows names: a component,
// a setting path in it ("RunSynchronous/RunSynchronousCommand/Path") and the
// key of a list item. Empty parts are not known. Where the setting itself is
// not in the text, the place of the nearest one above it is returned; ok is
// false when not even the component is.
func (l *Loaded) Locate(pass, component, path, key string) (place Span, ok bool) {
	best := 0
	for _, out := range l.Outputs {
		for _, p := range out.Answer.Passes {
			for _, c := range p.Components {
				if strings.EqualFold(c.Name, component) && passFits(p.Name, pass) && best == 0 {
					best, place = 1, c.NamePlace().Or(p.NamePlace())
				}
			}
		}
		out.Answer.Walk(func(c *answer.Cursor) bool {
			if !strings.EqualFold(c.Component.Name, component) || !passFits(c.Pass.Name, pass) {
				return false
			}
			if fit := pathFits(c, path, key); fit > best {
				best, place = fit, nearest(c)
			}
			return true
		})
	}
	return place, best > 0
}

// passFits compares names of passes; one that is not known fits all.
func passFits(name, wanted string) bool { return wanted == "" || strings.EqualFold(name, wanted) }

// pathFits tells how much of a path a setting stands for, 0 for another one:
// two for each part, one more when the key of its item is the wanted one.
func pathFits(c *answer.Cursor, path, key string) int {
	parts := strings.Split(path, "/")
	if path == "" || len(c.Chain) > len(parts) {
		return 0
	}
	fit := 2
	for i, s := range c.Chain {
		if !strings.EqualFold(s.Name, parts[i]) {
			return 0
		}
		fit += 2
		if key != "" && itemKey(s) == key {
			fit++
		}
	}
	return fit
}

// itemKey is what Windows calls a list item by: wcm:keyValue, or its Order.
func itemKey(s *answer.Setting) string {
	if key, ok := s.KeyValue(); ok {
		return key
	}
	for _, child := range s.Children {
		if strings.EqualFold(child.Name, "Order") {
			return child.Text
		}
	}
	return ""
}

// nearest is the best known place of the setting or what stands above it.
func nearest(c *answer.Cursor) Span {
	for i := len(c.Chain) - 1; i >= 0; i-- {
		if place := c.Chain[i].Place(); place.Known() {
			return place
		}
	}
	return c.Component.NamePlace().Or(c.Pass.NamePlace())
}
