package reseal_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/reseal/reseal"
)

// finding is what a test expects, or what Reseal has said.
type finding struct {
	rule     string
	severity reseal.Severity
	at       func() place // known once the profile has been written
	says     string       // part of the message, "" for any
	about    *setting     // that the finding must name, nil for any
}

func failure(rule string, at func() place) finding {
	return finding{rule: rule, severity: reseal.Error, at: at}
}

func warning(rule string, at func() place) finding {
	return finding{rule: rule, severity: reseal.Warning, at: at}
}

func info(rule string, at func() place) finding {
	return finding{rule: rule, severity: reseal.Info, at: at}
}

func (f finding) saying(text string) finding {
	f.says = text
	return f
}

// check compares what Reseal finds with all that is expected, and nothing
// else may be found. It returns what was read.
func (s *sample) check(t *testing.T, what string, want []finding) *reseal.Loaded {
	t.Helper()
	text, loaded := s.load()
	found := loaded.Check().All
	s.checkSecrecy(t, found)
	missing := slices.Clone(want)
	var surplus []*reseal.Diagnostic
	for _, d := range found {
		i := slices.IndexFunc(missing, func(f finding) bool { return f.is(d) })
		if i < 0 {
			surplus = append(surplus, d)
			continue
		}
		missing = slices.Delete(missing, i, i+1)
	}
	if len(missing) == 0 && len(surplus) == 0 {
		return loaded
	}
	var b strings.Builder
	for _, f := range missing {
		describe(&b, "missing", f.at(), f.severity, f.rule, f.says)
	}
	for _, d := range surplus {
		p := d.Span.Position()
		describe(&b, "surplus", place{p.Line, p.Column}, d.Severity, d.Rule, d.Message)
	}
	t.Errorf("%s: %s\n%s%s", s.path(), what, b.String(), text)
	return loaded
}

// checkSecrecy holds findings about a secret to never show it, neither in
// words nor in the line of the profile.
func (s *sample) checkSecrecy(t *testing.T, found []*reseal.Diagnostic) {
	t.Helper()
	if s.secret == nil || len(s.secret.text) < 4 || s.secret.form != scalar {
		return
	}
	for _, d := range found {
		shown := d.Message + d.Why + d.Help + d.Span.File.Line(s.secret.valueAt.line).Shown()
		for _, other := range d.Related {
			shown += other.Message
		}
		if strings.Contains(shown, s.secret.text) {
			t.Errorf("%s: %s shows the secret: %s", s.path(), d.Rule, shown)
		}
	}
}

func (f finding) is(d *reseal.Diagnostic) bool {
	at := d.Span.Position()
	return d.Rule == f.rule && d.Severity == f.severity && (place{at.Line, at.Column}) == f.at() &&
		strings.Contains(d.Message, f.says) && (f.about == nil || d.Component == f.about.component && d.Setting == f.about.path)
}

func describe(b *strings.Builder, what string, at place, severity reseal.Severity, rule, message string) {
	b.WriteString(what + " " + at.String() + " " + severity.String() + " " + rule + ": " + message + "\n")
}
