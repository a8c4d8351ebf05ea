package sysprep

import (
	"fmt"
	"slices"

	"github.com/reseal/reseal/schema"
)

// laterGeneralize is the generalize of a boot behind the run: the Generalize
// setting of auditUser asks for it.
type laterGeneralize struct {
	boot int
	from answers // of the file that serves the generalize pass then
}

// words tell why a check is judged that the run itself has no need of.
func (l *laterGeneralize) words() string {
	return fmt.Sprintf("this run goes on, but the Generalize setting of auditUser will meet it in boot %d", l.boot)
}

// generalizes tells whether the run or a boot behind it generalizes the image.
func generalizes(s *situation) bool { return s.command.Generalize || s.later != nil }

// findLater is the first generalize where that is not the run itself. The
// checks of a run that generalizes are the stricter ones; what only another
// generalize behind it meets, a judge finds by itself.
func (s *situation) findLater() *laterGeneralize {
	if s.command.Generalize || len(s.played.asked) == 0 {
		return nil
	}
	return &s.played.asked[0]
}

// onlyLater tells whether a check applies for a later generalize alone. The
// machine can be mended in audit mode before that, so the check does not stop
// the run.
func (c *Check) onlyLater(s *situation) bool {
	if s.later == nil || c.applies == nil {
		return false
	}
	now := *s
	now.later = nil
	return !c.applies(&now)
}

// reached are the passes that the run and the boots behind it come to, each
// once, in the order in which they first begin.
func (s *situation) reached() []schema.Pass {
	var out []schema.Pass
	for _, begun := range s.played.starts {
		if !slices.Contains(out, begun.pass) {
			out = append(out, begun.pass)
		}
	}
	return out
}

// allGeneralizes are all generalizes that the run leads to, with the run itself
// as boot 0.
func (s *situation) allGeneralizes() []laterGeneralize {
	if !s.command.Generalize {
		return s.played.asked
	}
	return append([]laterGeneralize{{from: s.generalizing()}}, s.played.asked...)
}
