package main

import (
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/reseal/reseal"
)

// trips is what becomes of well-formed files that are decompiled and compiled
// again. Whether they come back equal is for a test to say.
type trips struct {
	files, whole    int // all, and those that give a profile that compiles
	holding, pieces int // files with anything under verbatim, and how much
	reasons         map[string]int
}

func roundTrips(results []*result) *trips {
	t := &trips{reasons: map[string]int{}}
	for _, r := range results {
		if !r.WellFormed {
			continue
		}
		t.files++
		profile, _ := reseal.Load(r.Name, r.data, reseal.Options{}).Decompile()
		if profile == nil {
			continue
		}
		if _, _, err := reseal.Load("profile.yaml", profile.Profile, reseal.Options{}).Compile(nil); err == nil {
			t.whole++
		}
		t.pieces += len(profile.Verbatim)
		if len(profile.Verbatim) > 0 {
			t.holding++
		}
		for _, piece := range profile.Verbatim {
			t.reasons[string(piece.Reason)]++
		}
	}
	return t
}

func (t *trips) write(w io.Writer) {
	fmt.Fprintf(w, "\nprofiles     %d of %d well-formed files give one that compiles\n", t.whole, t.files)
	fmt.Fprintf(w, "verbatim     %d pieces in %d files\n", t.pieces, t.holding)
	for _, reason := range slices.Sorted(maps.Keys(t.reasons)) {
		fmt.Fprintf(w, "  %5d %s\n", t.reasons[reason], reason)
	}
}
