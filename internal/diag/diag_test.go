package diag

import (
	"testing"

	"github.com/reseal/reseal/internal/source"
)

func TestSortOrdersByPlaceAndDropsTwins(t *testing.T) {
	f := source.NewFile("b.yaml", []byte("0123456789"))
	at := func(start int, rule, message string) *Diagnostic {
		return &Diagnostic{Rule: rule, Message: message, Span: source.Span{File: f, Start: start, End: start + 1}}
	}
	var l List
	l.Add(at(5, "b", "x"), at(5, "a", "x"), nil, at(1, "z", "x"), at(5, "b", "x"), at(5, "b", "w"),
		&Diagnostic{Rule: "no-file"}, &Diagnostic{Rule: "other", Span: source.Span{File: source.NewFile("a.yaml", nil)}})
	l.Sort()
	want := []string{"no-file", "other", "z", "a", "b", "b"}
	if len(l.All) != len(want) {
		t.Fatalf("%d diagnostics, want %d", len(l.All), len(want))
	}
	for i, d := range l.All {
		if d.Rule != want[i] {
			t.Errorf("place %d: %s, want %s", i, d.Rule, want[i])
		}
	}
}

func TestCountHasKeep(t *testing.T) {
	var l List
	l.Add(&Diagnostic{Severity: Warning}, &Diagnostic{Severity: Info}, &Diagnostic{Severity: Warning})
	if l.Count(Warning) != 2 || l.Count(Error) != 0 || l.Has(Error) || !l.Has(Info) {
		t.Error("Count or Has is wrong")
	}
	l.Keep(func(d *Diagnostic) bool { return d.Severity == Info })
	if len(l.All) != 1 || l.Has(Warning) {
		t.Error("Keep is wrong")
	}
}

func TestSeverityWordsRoundTrip(t *testing.T) {
	for _, s := range []Severity{Info, Warning, Error} {
		if got, err := ParseSeverity(s.String()); err != nil || got != s {
			t.Errorf("ParseSeverity(%q) = %v, %v", s, got, err)
		}
	}
	if _, err := ParseSeverity("fatal"); err == nil {
		t.Error("fatal must be refused")
	}
}
