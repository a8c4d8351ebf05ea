// Package compiler is the YAML language reseal/v1: the shape of a profile,
// its sections, and the way from a profile to answer files and back.
package compiler

//go:generate go run ../internal/gen sections

import (
	"slices"

	"github.com/reseal/reseal/internal/yamldoc"
)

// section is one top-level key of a profile. Each stands in a file of its own,
// section_<name>.go, as the variable <name>Section; the list is generated
// from the files.
type section struct {
	name string // the YAML key
	turn turn   // when it is lowered; the zero turn is that of most sections

	// shape is the draft-07 JSON Schema of the section's value, with title and
	// description for editors. The same fragment serves the shape check.
	shape func() map[string]any

	// frame notes what the section says about the file as a whole: the
	// invocation, the findings to set aside. Every frame runs before the first
	// lower. nil = nothing to note.
	frame func(l *lowering, n *yamldoc.Node)

	// lower writes the section's settings into the answer file that is being
	// made. nil = the section makes none. Both functions get a node that has
	// passed the shape check.
	lower func(l *lowering, n *yamldoc.Node)

	// raise makes the section from an answer file: it takes out of it what
	// lowering the section would put back, just as it was. nil = the section
	// cannot come from an answer file.
	raise func(r *raising)
}

// turn orders the lowering of sections: passes go first, so that a section
// finds what the author has set there; verbatim goes last, because it points
// at places that must exist by then.
type turn int8

const (
	turnPasses   turn = -1
	turnSections turn = 0
	turnVerbatim turn = 1
)

// inTurn lists the sections in the order of lowering.
func inTurn() []*section {
	list := slices.Clone(sections[:])
	slices.SortStableFunc(list, func(a, b *section) int { return int(a.turn) - int(b.turn) })
	return list
}
