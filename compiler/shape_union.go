package compiler

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/xeipuuv/gojsonschema"
)

// outermostUnions lists the paths at which no alternative fits. What the
// validator says below such a place is about the alternative that it took for
// the nearest, often the wrong one, so it is looked at again.
func outermostUnions(errs []gojsonschema.ResultError) [][]string {
	var paths [][]string
	for _, e := range errs {
		if e.Type() == "number_any_of" || e.Type() == "number_one_of" {
			paths = append(paths, pathOf(e))
		}
	}
	slices.SortFunc(paths, slices.Compare)
	var outer [][]string
	for _, path := range paths {
		if len(outer) == 0 || !below(path, outer[len(outer)-1]) {
			outer = append(outer, path)
		}
	}
	return outer
}

// below tells whether path is base or leads through it.
func below(path, base []string) bool {
	return len(path) >= len(base) && slices.Equal(path[:len(base)], base)
}

// union reports why a value fits none of several forms: the mistakes in the
// one that the author most likely meant, or what all of them want.
func (c *shapeCheck) union(s *shape, path []string, data any, at place) {
	for _, part := range path {
		data = dataDown(data, part)
	}
	fragment := s.at(path)
	forms := slices.DeleteFunc(s.alternatives(fragment), func(f map[string]any) bool { return !s.acceptsKind(f, data) })
	if at.node.Kind == yamldoc.Mapping && len(forms) > 0 {
		c.mapping(forms, data, at)
		return
	}
	nearest := nearestForms(forms, data, at)
	found := len(nearest) > 0 && len(nearest[0].diags.All) > 0
	if len(nearest) == 0 || found && len(nearest) > 1 && at.node.Kind == yamldoc.Scalar {
		c.wrongKind(s, fragment, at)
		return
	}
	c.adopt(nearest[0], at)
}

// mapping picks the form of a mapping by its keys before it counts mistakes.
func (c *shapeCheck) mapping(forms []map[string]any, data any, at place) {
	known := keysOf(forms...)
	unknown := keysOutside(known, at.node)
	fitting := slices.DeleteFunc(slices.Clone(forms), func(f map[string]any) bool {
		return f["additionalProperties"] == false && len(keysOutside(keysOf(f), at.node)) > 0
	})
	switch {
	case len(fitting) > 0:
		c.adopt(nearestForms(fitting, data, at)[0], at)
		return
	case len(unknown) == 0:
		c.report(at, at.span(), "%s has no form with these keys together: %s", at.name(), strings.Join(at.node.Keys(), ", "))
		return
	}
	if nearest := nearestForms(forms, data, at); len(nearest) == 1 {
		c.adopt(nearest[0], at)
		return
	}
	for _, key := range unknown {
		c.unknownKey(key, map[string]any{"properties": known}, at)
	}
}

// keysOutside lists the keys of a mapping that are not among the known.
func keysOutside(known map[string]any, n *yamldoc.Node) []string {
	return slices.DeleteFunc(n.Keys(), func(key string) bool { return known[key] != nil })
}

// adopt takes over the findings of a form that was tried. A form without any
// is one of several that fit, where only one may.
func (c *shapeCheck) adopt(try *shapeCheck, at place) {
	if len(try.diags.All) == 0 {
		c.report(at, at.span(), "%s can be read in more than one way", at.name())
	}
	for _, d := range try.diags.All {
		c.add(at, d)
	}
}

// keysOf joins the keys that mappings of several forms name.
func keysOf(fragments ...map[string]any) map[string]any {
	all := map[string]any{}
	for _, f := range fragments {
		maps.Copy(all, member(f, "properties"))
	}
	return all
}

// nearestForms tries every form and keeps those with the fewest mistakes.
func nearestForms(candidates []map[string]any, data any, at place) []*shapeCheck {
	var nearest []*shapeCheck
	for _, candidate := range candidates {
		try := tryShape(candidate, data, at)
		if len(nearest) > 0 && len(try.diags.All) < len(nearest[0].diags.All) {
			nearest = nil
		}
		if len(nearest) == 0 || len(try.diags.All) == len(nearest[0].diags.All) {
			nearest = append(nearest, try)
		}
	}
	return nearest
}

// tryShape collects what would be reported if a value had to fit a fragment.
func tryShape(fragment map[string]any, data any, at place) *shapeCheck {
	try := &shapeCheck{diags: &diag.List{}, faulty: map[string]bool{}}
	s, err := newShape(fragment)
	if err != nil {
		try.report(at, at.span(), "the schema of %s is damaged: %v", at.name(), err)
		return try
	}
	try.run(s, data, at)
	return try
}

func dataDown(data any, part string) any {
	switch data := data.(type) {
	case map[string]any:
		return data[part]
	case []any:
		if i, err := strconv.Atoi(part); err == nil && i < len(data) {
			return data[i]
		}
	}
	return nil
}
