package diag

import (
	"slices"
	"strings"
)

// List is a growing list of diagnostics. The zero List is empty and ready.
type List struct {
	All        []*Diagnostic
	Suppressed int // findings that the author has set aside with a reason
}

// Add appends a diagnostic; nil is passed over.
func (l *List) Add(ds ...*Diagnostic) {
	for _, d := range ds {
		if d != nil {
			l.All = append(l.All, d)
		}
	}
}

// Sort orders the list by file, place, rule and message, and drops a
// diagnostic that says the same at the same place a second time.
func (l *List) Sort() {
	slices.SortStableFunc(l.All, compare)
	l.All = slices.CompactFunc(l.All, func(a, b *Diagnostic) bool {
		return compare(a, b) == 0 && a.Severity == b.Severity
	})
}

func compare(a, b *Diagnostic) int {
	if c := strings.Compare(fileName(a), fileName(b)); c != 0 {
		return c
	}
	if c := a.Span.Start - b.Span.Start; c != 0 {
		return c
	}
	if c := strings.Compare(a.Rule, b.Rule); c != 0 {
		return c
	}
	return strings.Compare(a.Message, b.Message)
}

func fileName(d *Diagnostic) string {
	if d.Span.File == nil {
		return ""
	}
	return d.Span.File.Name
}

// Count tells how many diagnostics have exactly this severity.
func (l *List) Count(s Severity) int {
	n := 0
	for _, d := range l.All {
		if d.Severity == s {
			n++
		}
	}
	return n
}

// Has tells whether a diagnostic of this severity or a graver one is there.
func (l *List) Has(s Severity) bool {
	return slices.ContainsFunc(l.All, func(d *Diagnostic) bool { return d.Severity >= s })
}

// Keep drops the diagnostics for which keep is false.
func (l *List) Keep(keep func(*Diagnostic) bool) {
	l.All = slices.DeleteFunc(l.All, func(d *Diagnostic) bool { return !keep(d) })
}
