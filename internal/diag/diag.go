// Package diag holds the one type of diagnostic that every part of Reseal
// raises, and the list that sorts, counts and filters them.
package diag

import (
	"fmt"

	"github.com/reseal/reseal/internal/source"
)

// Severity tells what a diagnostic means for the user.
type Severity uint8

const (
	Info    Severity = iota // worth knowing
	Warning                 // ignored or surprising
	Error                   // Setup or Sysprep fails, or the file is invalid
)

// String is the word of text and JSON output: "info", "warning" or "error".
func (s Severity) String() string { return [...]string{"info", "warning", "error"}[s] }

// ParseSeverity reads the word that String writes.
func ParseSeverity(word string) (Severity, error) {
	for _, s := range []Severity{Info, Warning, Error} {
		if word == s.String() {
			return s, nil
		}
	}
	return 0, fmt.Errorf("%q is no severity: info, warning or error", word)
}

// Diagnostic is one finding. Rules make it (rule.Rule.At); the fields below
// the span are filled in where they are known. Nothing in it may hold the
// value of a secret.
type Diagnostic struct {
	Rule     string // stable ID, such as "unknown-setting"
	Severity Severity
	Tags     []string
	Message  string // what is wrong, one sentence without a final stop
	Why      string // why it matters
	Help     string // what to do
	Span     source.Span

	Pass, Component, Setting string // where in the answer file; Setting is a path such as "OOBE/ProtectYourPC"

	Related []Related
	Fix     *Fix
}

// Related is another place that has part in a finding.
type Related struct {
	Span    source.Span
	Message string
}

// Fix is a change of the text that cures a finding. A safe one keeps the
// meaning and may be applied without asking.
type Fix struct {
	Title string
	Safe  bool
	Edits []Edit
}

// Edit replaces the bytes of Span by Text.
type Edit struct {
	Span source.Span
	Text string
}

// In notes pass, component and setting path and returns d.
func (d *Diagnostic) In(pass, component, setting string) *Diagnostic {
	d.Pass, d.Component, d.Setting = pass, component, setting
	return d
}

// Helpf replaces the rule's general advice by one for this finding.
func (d *Diagnostic) Helpf(format string, args ...any) *Diagnostic {
	d.Help = fmt.Sprintf(format, args...)
	return d
}

// Relate adds another place.
func (d *Diagnostic) Relate(span source.Span, format string, args ...any) *Diagnostic {
	d.Related = append(d.Related, Related{Span: span, Message: fmt.Sprintf(format, args...)})
	return d
}

// FixBy attaches a fix that replaces one span.
func (d *Diagnostic) FixBy(title string, safe bool, span source.Span, text string) *Diagnostic {
	d.Fix = &Fix{Title: title, Safe: safe, Edits: []Edit{{Span: span, Text: text}}}
	return d
}

// As lowers or raises the severity of this one finding.
func (d *Diagnostic) As(s Severity) *Diagnostic {
	d.Severity = s
	return d
}
