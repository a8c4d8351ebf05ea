// Package validate checks answer files against the catalogue and against what
// Windows is known to do with them. The rule a-b of the rule table is checked
// by the variable aB in the file a_b.go; the list of checks is generated from
// the table.
package validate

//go:generate go run ../internal/gen checks

import (
	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// Options are what a caller asks of a run.
type Options struct {
	Strict            bool           // rules that are off by default speak as well
	AllowPlaceholders bool           // placeholders of a template are no finding; their types stay unchecked
	Images            []schema.Image // that the answer file is to meet: those of a file, of which it may select one, or a single installation; nil = not known
	Image             int            // index of the one of a file that is meant, whichever the answer file selects; 0 = not known
}

// Check runs every check over an answer file in one walk and returns a sorted
// list of what it found. What the target and the call of Sysprep decide is
// checked only where the file says them. Check also hides the values of
// secrets in the source text, so that a report that shows lines masks them.
func Check(a *answer.File, o Options) *diag.List {
	r := newRun(a, o)
	r.walk()
	return r.list()
}
