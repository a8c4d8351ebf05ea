package answer

import (
	"strings"

	"github.com/reseal/reseal/schema"
)

// Cursor is a setting with all that stands above it, and what the catalogue
// says of it. A Cursor is valid only during the visit; its slices are reused.
type Cursor struct {
	File      *File
	Pass      *Pass
	Component *Component
	Schema    *schema.Component // nil: unknown component
	Chain     []*Setting        // from the top setting down to this one
	Setting   *Setting          // the last of Chain
	Known     *schema.Setting   // nil: unknown setting, or below an unknown one
	Parent    *schema.Setting   // of the setting above; nil at the top or below an unknown one
}

// Path is the path of the setting with the names as typed.
func (c *Cursor) Path() string {
	if len(c.Chain) == 1 {
		return c.Chain[0].Name
	}
	names := make([]string, len(c.Chain))
	for i, s := range c.Chain {
		names[i] = s.Name
	}
	return strings.Join(names, "/")
}

// Above is the answer-file node above the setting, nil at the top.
func (c *Cursor) Above() *Setting {
	if len(c.Chain) < 2 {
		return nil
	}
	return c.Chain[len(c.Chain)-2]
}

// Walk visits every setting of every component in document order, parents
// before children. visit returns false to leave out what is below.
func (f *File) Walk(visit func(*Cursor) bool) {
	c := &Cursor{File: f}
	for _, c.Pass = range f.Passes {
		for _, c.Component = range c.Pass.Components {
			c.Schema = c.Component.Schema()
			c.Parent = nil
			walk(c, c.Component.Settings, visit)
		}
	}
}

func walk(c *Cursor, settings []*Setting, visit func(*Cursor) bool) {
	parent, depth := c.Parent, len(c.Chain)
	for _, s := range settings {
		c.Chain = append(c.Chain[:depth], s)
		c.Setting, c.Parent, c.Known = s, parent, nil
		if c.Schema != nil && s.Space == "" && (depth == 0 || parent != nil) {
			c.Known = c.Schema.Child(parent, s.Name)
		}
		known := c.Known
		if !visit(c) || len(s.Children) == 0 {
			continue
		}
		c.Parent = known
		walk(c, s.Children, visit)
	}
	c.Chain, c.Parent = c.Chain[:depth], parent
}
