// Package report writes diagnostics for people and for machines: one file an
// output format.
package report

import (
	"io"

	"github.com/reseal/reseal/internal/diag"
)

// Summary is what stands at the end of a report.
type Summary struct {
	Files int // how many files were examined
}

// Style is how a report for people looks.
type Style struct {
	Color bool
	Quiet bool // only the findings: no source lines, advice or summary
}

// Format writes a sorted list of diagnostics.
type Format struct {
	Name  string
	Help  string
	Write func(w io.Writer, list *diag.List, sum Summary, style Style) error
}

// Formats returns every output format of diagnostics, the default first.
func Formats() []Format { return []Format{text, jsonFormat} }

// Find returns the format of that name, ok false when there is none.
func Find(name string) (Format, bool) {
	for _, f := range Formats() {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}

// Names lists the formats for help and completion.
func Names() []string {
	var names []string
	for _, f := range Formats() {
		names = append(names, f.Name)
	}
	return names
}
