package compiler

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/xeipuuv/gojsonschema"
)

// shapeCheck turns the validator's errors into diagnostics.
type shapeCheck struct {
	diags  *diag.List
	faulty map[string]bool
}

// place is a value of the document with the way that leads to it.
type place struct {
	node *yamldoc.Node
	key  source.Span // of the mapping key or list item that holds the value; unknown at the top
	path []string    // keys and indices from the top
}

// name is the place in words of the author: "target.windows", "an entry of
// lint.ignore".
func (p place) name() string {
	last := len(p.path) - 1
	if last > 0 && digits(p.path[last]) {
		return "an entry of " + place{path: p.path[:last]}.name()
	}
	var keys []string
	for _, part := range p.path {
		if !digits(part) {
			keys = append(keys, part)
		}
	}
	if len(keys) == 0 {
		return "the profile"
	}
	return strings.Join(keys, ".")
}

// digits tells the place of an item in a list from a key.
func digits(part string) bool {
	_, err := strconv.Atoi(part)
	return err == nil
}

// span is the value, or the key where the value has no text.
func (p place) span() source.Span {
	if p.node.Empty {
		return p.key.Or(p.node.Span)
	}
	return p.node.Span
}

// start is the key in front of the value, or the first place of the document.
func (p place) start() source.Span {
	if p.key.Known() {
		return p.key
	}
	return source.Span{File: p.node.Span.File, Start: p.node.Span.Start, End: p.node.Span.Start}
}

// down follows one part of a path; a part that the document lacks stays here.
func (p place) down(part string) place {
	if p.node.Kind == yamldoc.Sequence {
		i, err := strconv.Atoi(part)
		if err != nil || i >= len(p.node.Items) {
			return p
		}
		item := p.node.Items[i]
		return place{node: item, key: item.Span, path: append(slices.Clip(p.path), part)}
	}
	for _, pair := range p.node.Pairs {
		if pair.Key.Text == part {
			return place{node: pair.Value, key: pair.Key.Span, path: append(slices.Clip(p.path), part)}
		}
	}
	return p
}

// pathSeparator cannot stand in a key that YAML can hold.
const pathSeparator = "\x00"

// pathOf is the path of an error below the value that was validated.
func pathOf(e gojsonschema.ResultError) []string {
	parts := strings.Split(e.Context().String(pathSeparator), pathSeparator)
	return parts[1:] // without "(root)"
}

// run validates data, which stands at a place of the document, and reports
// every mistake once.
func (c *shapeCheck) run(s *shape, data any, at place) {
	result, err := s.compiled.Validate(gojsonschema.NewRawLoader(data))
	if err != nil {
		c.report(at, at.span(), "%s cannot be checked: %v", at.name(), err)
		return
	}
	unions := outermostUnions(result.Errors())
	for _, e := range result.Errors() {
		if path := pathOf(e); !slices.ContainsFunc(unions, func(u []string) bool { return below(path, u) }) {
			c.translate(s, e, s.at(path), c.follow(at, path))
		}
	}
	for _, path := range unions {
		c.union(s, path, data, c.follow(at, path))
	}
}

func (c *shapeCheck) follow(at place, path []string) place {
	for _, part := range path {
		at = at.down(part)
	}
	return at
}

func (c *shapeCheck) report(at place, span source.Span, format string, args ...any) *diag.Diagnostic {
	d := shapeFinding(span, fmt.Sprintf(format, args...))
	c.add(at, d)
	return d
}

func (c *shapeCheck) add(at place, d *diag.Diagnostic) {
	c.diags.Add(d)
	if len(at.path) == 0 {
		c.faulty[""] = true
		return
	}
	c.faulty[at.path[0]] = true
}
