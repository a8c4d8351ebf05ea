package validate

import (
	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/schema/answer"
)

// CheckResolved checks the values of secrets that were read since Check ran
// over the file, and nothing else. No finding holds such a value: it says what
// the setting takes.
func CheckResolved(a *answer.File, o Options) *diag.List {
	r := newRun(a, o)
	a.Walk(func(c *answer.Cursor) bool {
		if s := c.Setting; s.Secret != nil && s.Text != s.Secret.Placeholder() && s.Hide == "" && leaf(c) {
			r.onValue(c, s.Text)
		}
		return true
	})
	list := r.list()
	for _, d := range list.All {
		d.Fix = nil // it would put a literal in place of the secret
	}
	return list
}
