// Package diff compares two answer files by what they mean to Windows and
// tells every difference with its places on both sides.
//
// Passes, components, settings and their attributes are matched by name
// without regard to case, items of a list by what identifies them: a child
// element, the wcm:keyValue attribute, or their place in the sequence where
// Order or running keys make one. The order of other settings, comments,
// white space between elements, prefixes and the spelling of Booleans say
// nothing. A password equals its hidden form.
//
// Unified is the comparison of two texts by their lines, for what formatting
// changes.
package diff

import (
	"strings"

	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema/answer"
)

// Kind tells what happened to a part of the first file on the way to the
// second.
type Kind uint8

const (
	Added Kind = iota
	Removed
	Changed
	Moved // within a sequence, otherwise unchanged
)

// String is the word of text and JSON output.
func (k Kind) String() string { return [...]string{"added", "removed", "changed", "moved"}[k] }

// Change is one difference. A part that stands on one side alone has a change
// for each value in it, or one for itself when it holds none.
type Change struct {
	Kind      Kind
	Pass      string // "" = beside the passes
	Component string // NAME, or NAME@ARCHITECTURE where the pass has it for several; "" = beside the components
	// Setting is the path of names, an item with what identifies it in
	// brackets: "UserAccounts/LocalAccounts/LocalAccount[alice]/Group". An
	// attribute has "@" before its name. "" = the pass or component itself.
	Setting  string
	A, B     string // the values as they may be shown, those of secrets masked; of a moved item its places, from 1
	AtA, AtB source.Span
	Hidden   bool // A and B look the same: they differ in a part that is masked

	trail []string // labels from the pass down
	whole int      // from this label on all stands on one side alone
}

// Compare returns the differences in a fixed order: by pass and component in
// the order of answer.Canonical, then as the settings stand in a, with what b
// alone has behind. None means that both files mean the same.
func Compare(a, b *answer.File) []Change {
	left, right := reduce(a), reduce(b)
	c := comparing{ambiguous: ambiguous(left, right)}
	c.nodes(left, right, path{})
	return c.changes
}

// ambiguous finds the components that a pass has for several architectures,
// on either side or between the two: their names alone would not tell which.
func ambiguous(files ...*node) map[string]bool {
	seen := map[string]string{} // pass and component to the first architecture
	several := map[string]bool{}
	for _, file := range files {
		for pass := range file.all(passNode) {
			for component := range pass.all(componentNode) {
				key := pass.id + "\x00" + strings.ToLower(component.name)
				if first, known := seen[key]; known && first != component.id {
					several[key] = true
				}
				seen[key] = component.id
			}
		}
	}
	return several
}
