package sysprep

import (
	"fmt"
	"slices"
)

// laterGeneralize is the generalize of a boot behind a run that does not
// generalize itself: the Generalize setting of auditUser asks for it.
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

// findLater plays the boots to see whether one of them is the first to
// generalize. A run that generalizes itself needs no look: its own checks are
// the stricter ones.
func (s *situation) findLater() *laterGeneralize {
	if s.command.Generalize || !s.asksToGeneralize() {
		return nil
	}
	return s.playOut().first
}

// asksToGeneralize tells whether any answer file in reach has the setting,
// which most have not: that spares them the play.
func (s *situation) asksToGeneralize() bool {
	return s.answers.generalizeOf().present || slices.ContainsFunc(s.machine.AnswerFiles.Value, func(f FoundFile) bool {
		return answers{file: f.File, arch: s.answers.arch}.generalizeOf().present
	})
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
