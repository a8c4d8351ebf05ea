package setuplog

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

// Whatever the bytes and however they are cut, the same is told of them, and
// it is consistent.
func FuzzLog(f *testing.F) {
	for _, s := range shapes() {
		f.Add([]byte(s), 3)
	}
	full := header + validating + package26100 + closing + header + worked + closing
	f.Add([]byte(full), 100)
	for _, dress := range dresses {
		f.Add([]byte(dress(header+validating+package26100)), 40)
	}
	f.Add([]byte(wide(full, false, true)), 7)
	f.Add([]byte(wide(full, true, false)), 1)
	f.Add([]byte(boot("Error", "[setup.exe] SMI data results dump: Source = Name: A, x/settings/B/[Order=\"1\"]/C", "[windeploy.exe] Setup.exe failed, returning exit code [0x1f]")), 11)
	f.Add([]byte("SYSPRP ===\n0\nSYSPRP ===Beginning of a new sysprep run"), 86)
	f.Add([]byte("2026-03-04 05:06:07, Error\n2026-03-04 05:06:07, Error [0x0f0082] SYSPRP ''\n[setup.exe\nLaunchDll:Found ',"), 2)
	f.Fuzz(func(t *testing.T, text []byte, size int) {
		whole := NewScanner(nil)
		whole.lines.write(text)
		want := whole.Finish()
		pieces := NewScanner(func(Progress) {})
		looks := 0
		for piece := range slices.Chunk(text, max(1, size)) {
			pieces.lines.write(piece)
			if looks++; looks < 16 {
				pieces.Current() // to look changes nothing
			}
		}
		if got := pieces.Finish(); !reflect.DeepEqual(got, want) {
			t.Fatalf("at once %+v\nin pieces of %d %+v", want, size, got)
		}
		last := 0
		for _, r := range want.Runs {
			if r.StartLine <= last || r.EndLine < r.StartLine || r.EndLine > want.Lines || r.Line > r.EndLine || r.Line < 0 {
				t.Errorf("lines %d to %d, failure in %d, the run before ends in %d, the log has %d", r.StartLine, r.EndLine, r.Line, last, want.Lines)
			}
			last = r.EndLine
			if r.Verdict == Failed && (r.Line == 0 || r.Cause == "" || r.Fix == "") {
				t.Errorf("a failure without line, cause or fix: %+v", r)
			}
			if r.Verdict == Success && r.Line != 0 {
				t.Errorf("a success with a failing line: %+v", r)
			}
			all := r.Text + r.Provider + r.Cause + r.Started
			if r.Setting != nil {
				all += r.Setting.Pass + r.Setting.Component + r.Setting.Path + r.Setting.Key
			}
			if strings.ContainsFunc(all, func(c rune) bool { return c < ' ' || c == 0x7f }) {
				t.Errorf("%q steers a terminal", all)
			}
		}
	})
}

func FuzzExplain(f *testing.F) {
	for i := range signatures {
		f.Add(signatures[i].Title)
	}
	f.Add("Package x_neutral__y was installed for a user, but not provisioned for all users\ndwRet = 0x3cf2")
	f.Add("hr = -2147009294; 0xc004d307 1f")
	f.Fuzz(func(t *testing.T, text string) {
		for _, g := range Explain(text) {
			if cause, _ := g.Words(text); cause == "" {
				t.Errorf("%s has no words for %q", g.ID, text)
			}
		}
		for _, c := range CodesIn(text) {
			if c.Value == 0 || c.Describe() == "" {
				t.Errorf("%+v in %q", c, text)
			}
		}
	})
}
