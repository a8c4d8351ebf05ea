package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/reseal/reseal"
)

// report is what the results say together.
type report struct {
	results    []*result
	wellFormed int
	unread     []*result // well-formed, and the reader reports an error
	missed     []*result // not well-formed, and the reader reports none
	rules      map[string]*tally
	errors     []*result // errors on well-formed files that are no templates
	slowest    []*result // of the files that can be timed
	median     time.Duration
}

// tally counts the findings of one rule by severity, and the files with any.
type tally struct {
	severities [reseal.Error + 1]int
	files      int
}

func newReport(results []*result) *report {
	r := &report{results: results, rules: map[string]*tally{}}
	for _, one := range results {
		broken := len(readErrors(one.form)) > 0
		switch {
		case one.WellFormed && broken:
			r.unread = append(r.unread, one)
		case !one.WellFormed && !broken:
			r.missed = append(r.missed, one)
		}
		if one.WellFormed {
			r.wellFormed++
			if !one.Template && len(errorsOf(one.found)) > 0 {
				r.errors = append(r.errors, one)
			}
		}
		r.count(one)
		if len(one.data) > smallFile {
			r.slowest = append(r.slowest, one)
		}
	}
	slices.SortStableFunc(r.slowest, func(a, b *result) int { return cmp.Compare(b.perKB(), a.perKB()) })
	if n := len(r.slowest); n > 0 {
		r.median = r.slowest[n/2].perKB()
	}
	return r
}

func (r *report) count(one *result) {
	seen := map[string]bool{}
	for _, d := range one.found {
		t := r.rules[d.Rule]
		if t == nil {
			t = &tally{}
			r.rules[d.Rule] = t
		}
		t.severities[d.Severity]++
		if !seen[d.Rule] {
			seen[d.Rule] = true
			t.files++
		}
	}
}

func (r *report) write(w io.Writer) {
	fmt.Fprintf(w, "files        %d, well-formed %d\n", len(r.results), r.wellFormed)
	fmt.Fprintf(w, "read         %d of %d well-formed files without an error of the reader\n", r.wellFormed-len(r.unread), r.wellFormed)
	broken := len(r.results) - r.wellFormed
	fmt.Fprintf(w, "refused      %d of %d other files with an error\n", broken-len(r.missed), broken)
	for _, one := range slices.Concat(r.unread, r.missed) {
		fmt.Fprintf(w, "  %s %s\n", one.id(), one.Name)
	}
	r.writeRules(w)
	r.writeErrors(w)
	r.writeTimes(w)
}

func (r *report) writeRules(w io.Writer) {
	fmt.Fprintln(w)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "errors\twarnings\tinfos\tfiles\t  rule")
	for _, name := range slices.Sorted(maps.Keys(r.rules)) {
		c := r.rules[name]
		fmt.Fprintf(t, "%d\t%d\t%d\t%d\t  %s\n", c.severities[reseal.Error], c.severities[reseal.Warning], c.severities[reseal.Info], c.files, name)
	}
	t.Flush()
}

func (r *report) writeErrors(w io.Writer) {
	fmt.Fprintf(w, "\nerrors on well-formed files that are no templates: in %d files\n", len(r.errors))
	for _, one := range r.errors {
		for _, d := range errorsOf(one.found) {
			at := d.Span.Position()
			fmt.Fprintf(w, "  %s %s:%d:%d: %s [%s]\n", one.id(), one.Name, at.Line, at.Column, d.Message, d.Rule)
		}
	}
}

func (r *report) writeTimes(w io.Writer) {
	if r.median == 0 {
		return
	}
	fmt.Fprintf(w, "\ntime to read and check a KB, of %d files above %d KB: median %v, slowest\n", len(r.slowest), smallFile>>10, r.median.Round(10*time.Nanosecond))
	for _, one := range r.slowest[:min(10, len(r.slowest))] {
		ratio := float64(one.perKB()) / float64(r.median)
		fmt.Fprintf(w, "  %4.1f times  %v  %4d KB  %s\n", ratio, one.perKB().Round(10*time.Nanosecond), len(one.data)>>10, one.Name)
	}
}
