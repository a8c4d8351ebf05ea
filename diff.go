package reseal

import (
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/diff"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema/answer"
)

// The types of a comparison.
type (
	Difference = diff.Report
	Change     = diff.Change
)

// Diff compares two loaded texts by what they mean, profiles and answer files
// alike. Secrets are never read: two are the same when they name the same
// source. Outputs are matched by suffix; a single output that has none is
// matched with the one of the same release and architecture. Where a text could
// not be read as a whole there is no comparison but the errors of both.
func Diff(nameA string, a *Loaded, nameB string, b *Loaded) (*Difference, *Diagnostics) {
	if !a.readable() || !b.readable() {
		all := &diag.List{}
		all.Add(a.Form.All...)
		all.Add(b.Form.All...)
		all.Keep(func(d *Diagnostic) bool { return d.Severity == diag.Error })
		all.Sort()
		return nil, all
	}
	report := &diff.Report{A: nameA, B: nameB}
	taken := make([]bool, len(b.Outputs))
	for _, left := range a.Outputs {
		i := partner(left, a.Outputs, b.Outputs)
		if i < 0 || taken[i] {
			report.Outputs = append(report.Outputs, diff.Output{Suffix: left.Suffix, OnlyA: true})
			continue
		}
		taken[i] = true
		suffix := left.Suffix
		if suffix == "" {
			suffix = b.Outputs[i].Suffix
		}
		report.Outputs = append(report.Outputs, diff.Output{Suffix: suffix, Changes: diff.Compare(left.Answer, b.Outputs[i].Answer)})
	}
	for i, right := range b.Outputs {
		if !taken[i] {
			report.Outputs = append(report.Outputs, diff.Output{Suffix: right.Suffix, OnlyB: true})
		}
	}
	return report, &diag.List{}
}

// readable tells that nothing of the text is missing in its outputs: elements
// in a wrong namespace are mistakes, but they are there.
func (l *Loaded) readable() bool {
	for _, d := range l.Form.All {
		if d.Severity == diag.Error && (l.Profile || d.Rule != rule.UnattendNamespaceWrong.ID && d.Rule != rule.WcmNamespaceWrong.ID) {
			return false
		}
	}
	return len(l.Outputs) > 0
}

// partner is the index of the output that one is compared with, -1 for none.
func partner(one Output, own, others []Output) int {
	for i, other := range others {
		if other.Suffix == one.Suffix {
			return i
		}
	}
	if len(own) != 1 && len(others) != 1 {
		return -1
	}
	for i, other := range others {
		if (one.Suffix == "" || other.Suffix == "") && sameTarget(one.Answer, other.Answer) {
			return i
		}
	}
	return -1
}

// sameTarget tells two answer files that can be meant for the same Windows.
func sameTarget(a, b *AnswerFile) bool {
	windows := a.Target.Windows == "" || b.Target.Windows == "" || a.Target.Windows == b.Target.Windows
	return windows && strings.EqualFold(architectureOf(a), architectureOf(b))
}

// architectureOf is that of all components, "" when they do not agree.
func architectureOf(f *answer.File) string {
	found := ""
	for _, p := range f.Passes {
		for _, c := range p.Components {
			if found != "" && !strings.EqualFold(found, c.Architecture) {
				return ""
			}
			found = c.Architecture
		}
	}
	return found
}
