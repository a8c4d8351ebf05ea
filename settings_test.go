package reseal_test

import (
	"slices"
	"strings"
	"sync/atomic"
	"testing"
)

// The tests of this file and its neighbours hold the whole way from a profile
// in YAML to findings and XML to the reference of all settings: they build the
// smallest profile around each of them, and break each of its limits. They
// know nothing but the table and the public interface.

// everySetting calls f for each row of the reference, the components at the
// same time, and returns the sum of what f returned.
func everySetting(t *testing.T, f func(t *testing.T, c component, r *setting) int) int {
	t.Helper()
	all := settingsReference(t)
	rows := 0
	var sum atomic.Int64
	t.Run("component", func(t *testing.T) {
		for _, c := range all {
			rows += len(c.rows)
			t.Run(c.name, func(t *testing.T) {
				t.Parallel()
				for _, r := range c.rows {
					sum.Add(int64(f(t, c, r)))
				}
			})
		}
	})
	if rows != 1117 || len(all) != 82 {
		t.Errorf("the reference has %d settings of %d components", rows, len(all))
	}
	return int(sum.Load())
}

func TestEverySettingHasAMinimalProfile(t *testing.T) {
	n := everySetting(t, func(t *testing.T, c component, r *setting) int {
		for _, pass := range r.passes {
			s := sampleOf(r, pass)
			loaded := s.check(t, "minimal in "+pass, retired(s, c))
			s.checkXML(t, loaded, s.target.text)
		}
		return len(r.passes)
	})
	if t.Logf("%d minimal profiles", n); n < 1900 {
		t.Error("too few of them")
	}
}

// What keeps within the limits is accepted, and comes out as it went in.
func TestEveryLimitOfASettingCanBeReached(t *testing.T) {
	n := everySetting(t, func(t *testing.T, c component, r *setting) int {
		all := allowances(r)
		for _, a := range all {
			s := sampleOf(r, r.passes[0])
			value := a.change(s)
			loaded := s.check(t, a.what, append(retired(s, c), tooNew(s)...))
			s.checkXML(t, loaded, value)
		}
		return len(all)
	})
	if t.Logf("%d profiles at a limit", n); n < 2600 {
		t.Error("too few of them")
	}
}

func TestEveryLimitOfASettingIsHeld(t *testing.T) {
	n := everySetting(t, func(t *testing.T, c component, r *setting) int {
		all := mutations(c, r)
		if len(all) < 2 {
			t.Errorf("%s: only %d mutations", r.path, len(all))
		}
		for _, m := range all {
			s := sampleOf(r, r.passes[0])
			want := m.change(s)
			s.check(t, m.what, append(want, retired(s, c)...))
		}
		return len(all)
	})
	if t.Logf("%d mutations, each found at its place and nothing else with it", n); n < 14000 {
		t.Error("too few of them")
	}
}

// The children of a few elements have an order of their own, however they are
// written.
func TestChildrenAreWrittenInTheOrderOfTheReference(t *testing.T) {
	everySetting(t, func(t *testing.T, _ component, r *setting) int {
		if !r.has("order") {
			return 0
		}
		s := sampleOf(r, r.passes[0])
		s.target.below = nil
		for _, name := range slices.Backward(r.words("order")) {
			fill(open(s.target, r.child(name)), s.pass.key, nil)
		}
		loaded := s.check(t, "backwards", nil)
		at := s.componentOf(s.compile(t, loaded, ""))
		for _, step := range r.chain() {
			at = at.child(step.name())
		}
		var names []string
		for _, e := range at.children {
			names = append(names, e.name.Local)
		}
		if !slices.Equal(names, r.words("order")) {
			t.Errorf("%s: the order is %s", s.path(), strings.Join(names, ", "))
		}
		return 1
	})
}
