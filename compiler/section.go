// Package compiler is the YAML language reseal/v1: the shape of a profile,
// its sections, and the way from a profile to answer files and back.
package compiler

import (
	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// section is one top-level key of a profile. Each stands in a file of its own,
// section_<name>.go, as the variable <name>Section; the list is generated
// from the files.
type section struct {
	name string // the YAML key

	// shape is the draft-07 JSON Schema of the section's value, with title and
	// description for editors. The same fragment serves the shape check.
	shape func() map[string]any

	// lower writes the section's value into the answer file that is being
	// made. The node has passed the shape check.
	lower func(l *lowering, n *yamldoc.Node)
}

// lowering is the making of one answer file from one profile document.
type lowering struct {
	doc    *yamldoc.Node
	file   *answer.File
	target schema.Target
	diags  *diag.List
}
