package validate_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
)

var update = flag.Bool("update", false, "write the want and fixed files of testdata/rules")

const samples = "../testdata/rules"

// Every rule has a folder of samples. bad must yield exactly the findings in
// the file want, one of the rule among them; good must yield none at all. When
// a finding of bad has a safe fix, fixed is bad with all of them applied, and
// free of the rule.
func TestRules(t *testing.T) {
	for _, r := range rule.All() {
		if r.By != "validate" {
			continue
		}
		t.Run(r.ID, func(t *testing.T) {
			folder := filepath.Join(samples, r.ID)
			checkBad(t, r, folder)
			for _, name := range named(t, folder, "good") {
				if found := check(t, name, read(t, name)); len(found.All) > 0 {
					t.Errorf("%s must be clean:\n%s", name, lines(found))
				}
			}
		})
	}
}

func checkBad(t *testing.T, r *rule.Rule, folder string) {
	for _, name := range named(t, folder, "bad") {
		text := read(t, name)
		found := check(t, name, text)
		if !slices.ContainsFunc(found.All, func(d *diag.Diagnostic) bool { return d.Rule == r.ID }) {
			t.Errorf("%s yields nothing of its rule:\n%s", name, lines(found))
		}
		for _, d := range found.All {
			if !d.Span.Known() || d.Why == "" || d.Help == "" || strings.HasSuffix(d.Message, ".") {
				t.Errorf("%s: a finding needs place, reason, advice and no final stop: %+v", name, d)
			}
		}
		golden(t, sibling(name, "bad", "want", ".txt"), []byte(lines(found)))
		checkFixed(t, r, name, text, found)
	}
}

func checkFixed(t *testing.T, r *rule.Rule, name string, text []byte, found *diag.List) {
	result := applySafe(text, found)
	fixed := sibling(name, "bad", "fixed", filepath.Ext(name))
	if bytes.Equal(result, text) {
		if _, err := os.Stat(fixed); err == nil {
			t.Errorf("%s: nothing was fixed, and %s is there", name, fixed)
		}
		return
	}
	golden(t, fixed, result)
	for _, d := range check(t, name, result).All {
		if d.Rule == r.ID && d.Fix != nil && d.Fix.Safe {
			t.Errorf("%s: still there after its fix: %s", fixed, d.Message)
		}
	}
}

// applySafe applies all safe fixes from the end to the start, so that offsets
// stay right. Edits that overlap are left to a second run.
func applySafe(text []byte, l *diag.List) []byte {
	var edits []diag.Edit
	for _, d := range l.All {
		if d.Fix != nil && d.Fix.Safe {
			edits = append(edits, d.Fix.Edits...)
		}
	}
	slices.SortStableFunc(edits, func(a, b diag.Edit) int { return b.Span.Start - a.Span.Start })
	last := len(text)
	for _, e := range edits {
		if e.Span.End <= last {
			text = slices.Concat(text[:e.Span.Start], []byte(e.Text), text[e.Span.End:])
			last = e.Span.Start
		}
	}
	return text
}

// Whatever a rule needs beside its entry in the table must be there, and
// nothing may be left of a rule that is gone.
func TestEveryRuleHasFileAndSamples(t *testing.T) {
	folders := map[string]bool{}
	for _, r := range rule.All() {
		if r.By != "validate" {
			continue
		}
		folders[r.ID] = true
		if _, err := os.Stat(strings.ReplaceAll(r.ID, "-", "_") + ".go"); err != nil {
			t.Errorf("rule %s needs its file: %v", r.ID, err)
		}
		for _, kind := range []string{"bad", "good"} {
			if len(named(t, filepath.Join(samples, r.ID), kind)) == 0 {
				t.Errorf("rule %s needs a sample %s/%s/%s.xml or .yaml", r.ID, samples, r.ID, kind)
			}
		}
	}
	entries, err := os.ReadDir(samples)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if r := rule.Find(e.Name()); r == nil || r.By == "validate" && !folders[e.Name()] {
			t.Errorf("%s/%s belongs to no rule", samples, e.Name())
		}
	}
}

// named returns the samples of a kind: bad.xml, bad.yaml, bad-2.xml.
func named(t *testing.T, folder, kind string) []string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(folder, kind+"*"))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func sibling(name, from, to, ext string) string {
	base := strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))
	return filepath.Join(filepath.Dir(name), strings.Replace(base, from, to, 1)+ext)
}

func read(t testing.TB, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatalf("%v (run with -update)", err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s\n got:\n%s\nwant:\n%s", name, got, want)
	}
}
