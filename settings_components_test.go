package reseal_test

import (
	"strings"
	"testing"
)

// componentMutations break the names above the settings. What the reference
// says of the component itself is part of what they return.
func componentMutations(c component) []mutation {
	return []mutation{
		{"component misspelt", func(s *sample) []finding {
			middle := len(c.name) - 2
			s.component.key = c.name[:middle] + "q" + c.name[middle:]
			return []finding{failure("unknown-component", s.component.name).saying("did you mean " + c.name + "?")}
		}},
		{"component in small letters", func(s *sample) []finding {
			s.component.key = strings.ToLower(c.name)
			return append(retired(s, c), info("component-name-case", s.component.name).saying("is spelled "+c.name))
		}},
		{"component twice", func(s *sample) []finding {
			found := retired(s, c)
			s.component = s.component.clone()
			s.pass.below = append(s.pass.below, s.component)
			found = append(found, retired(s, c)...)
			return append(found, failure("yaml-duplicate-key", s.component.name))
		}},
		{"text for a component", func(s *sample) []finding {
			s.component.form, s.component.text, s.component.below = scalar, "Stray", nil
			return append(componentRetired(s, c), failure("setting-form", s.component.value))
		}},
		{"pass misspelt", func(s *sample) []finding {
			right := s.pass.key
			s.pass.key = right[:3] + "q" + right[3:]
			return append(retired(s, c), failure("unknown-pass", s.pass.name).saying("did you mean "+right+"?"))
		}},
		{"pass in capitals", func(s *sample) []finding {
			right := s.pass.key
			s.pass.key = strings.ToUpper(right)
			return append(retired(s, c), failure("unknown-pass", s.pass.name).saying("is spelled "+right))
		}},
		{"pass that never runs", func(s *sample) []finding {
			use := s.doc.child("target").child("use")
			s.doc.drop(s.doc.child("reseal"))
			use.text = "azure" // which takes one pass
			if s.pass.key == "oobeSystem" {
				use.text = "offline"
				return append(retired(s, c), info("pass-never-runs", s.pass.name))
			}
			return append(retired(s, c), warning("pass-never-runs", s.pass.name))
		}},
	}
}

// componentRetired is what is found of a component without settings.
func componentRetired(s *sample, c component) []finding {
	var found []finding
	for _, f := range retired(s, c) {
		if f.rule == "removed-component" {
			found = append(found, f)
		}
	}
	return found
}

func TestNamesAboveTheSettingsAreHeld(t *testing.T) {
	n := 0
	for _, c := range settingsReference(t) {
		r := c.rows[0]
		for _, m := range componentMutations(c) {
			for _, pass := range r.passes {
				s := sampleOf(r, pass)
				s.check(t, m.what+" in "+pass, m.change(s))
				n++
			}
		}
	}
	if t.Logf("%d mutations", n); n < 900 {
		t.Error("too few of them")
	}
}
