package validate

import (
	"slices"
	"testing"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema/answer"
)

func TestRulesThatAreOffNeedStrict(t *testing.T) {
	on := &check{rule: &rule.Rule{ID: "on"}, file: func(*run) {}, value: func(*run, *answer.Cursor, string) {}}
	off := &check{rule: &rule.Rule{ID: "off", Off: true}, file: func(*run) {}, setting: func(*run, *answer.Cursor) {}}
	all := []*check{on, off}
	if h := hooksOf(all, false); !slices.Equal(h.file, []*check{on}) || h.setting != nil || !slices.Equal(h.value, []*check{on}) {
		t.Errorf("got %+v", h)
	}
	if h := hooksOf(all, true); !slices.Equal(h.file, all) || !slices.Equal(h.setting, []*check{off}) || h.pass != nil {
		t.Errorf("strict: got %+v", h)
	}
}

// Every check of the generated list has a rule of its own and at least one
// hook, so that a walk calls it.
func TestEveryCheckDoesSomething(t *testing.T) {
	seen := map[*rule.Rule]bool{}
	for _, c := range checks {
		if c.rule == nil || seen[c.rule] || c.rule.By != "validate" {
			t.Fatalf("a check without a rule of its own: %+v", c.rule)
		}
		seen[c.rule] = true
		if c.file == nil && c.pass == nil && c.component == nil && c.siblings == nil && c.setting == nil && c.value == nil && c.reason == nil {
			t.Errorf("%s tests nothing", c.rule.ID)
		}
	}
	for _, r := range rule.All() {
		if r.By == "validate" && !seen[r] {
			t.Errorf("%s is not in the list of checks: run go generate", r.ID)
		}
	}
}

func TestOverridesSilenceTheNodeAndWhatIsBelow(t *testing.T) {
	loud := &rule.Rule{ID: "loud", Overrides: []string{"quiet", "loud"}}
	quiet, other := &rule.Rule{ID: "quiet"}, &rule.Rule{ID: "other"}
	pass, comp := &answer.Pass{}, &answer.Component{}
	parent, child, sister := &answer.Setting{}, &answer.Setting{}, &answer.Setting{}
	at := func(chain ...*answer.Setting) node { return node{pass: pass, component: comp, chain: chain} }
	file := source.NewFile("a", []byte("abcdef"))
	cases := []struct {
		rule *rule.Rule
		node node
		kept bool
	}{
		{loud, at(parent), true},          // it speaks
		{quiet, at(parent), false},        // the same node
		{quiet, at(parent, child), false}, // below
		{loud, at(parent, child), false},  // itself, below
		{quiet, at(sister), true},
		{quiet, node{pass: pass, component: comp}, true}, // above
		{other, at(parent), true},
	}
	r := &run{file: &answer.File{Source: file}}
	for i, c := range cases {
		r.rule = c.rule
		r.reportAt(c.node, source.Span{File: file, Start: i, End: i + 1}, "finding")
	}
	kept := map[int]bool{}
	for _, d := range r.list().All {
		kept[d.Span.Start] = true
	}
	for i, c := range cases {
		if kept[i] != c.kept {
			t.Errorf("%d: %s: kept %v", i, c.rule.ID, kept[i])
		}
	}
}

func TestNothingIsMissedInAValueOfAWrongForm(t *testing.T) {
	unread, child := &answer.Setting{Unread: true}, &answer.Setting{}
	file := source.NewFile("a", []byte("abcdef"))
	cases := []struct {
		rule  *rule.Rule
		chain []*answer.Setting
		kept  bool
	}{
		{rule.SettingRequired, []*answer.Setting{unread}, false},
		{rule.EmptyValueNotSupported, []*answer.Setting{unread}, false},
		{rule.SettingInWrongPass, []*answer.Setting{unread}, true},
		{rule.SettingRequired, []*answer.Setting{unread, child}, true},
		{rule.SettingRequired, []*answer.Setting{child}, true},
		{rule.SettingRequired, nil, true},
	}
	for i, c := range cases {
		r := &run{file: &answer.File{Source: file}, rule: c.rule}
		r.reportAt(node{component: &answer.Component{}, chain: c.chain}, source.Span{File: file, End: 1}, "finding")
		if got := len(r.list().All) == 1; got != c.kept {
			t.Errorf("%d: %s: kept %v", i, c.rule.ID, got)
		}
	}
}

func TestFindingsAreLimited(t *testing.T) {
	c := &answer.Component{Name: "Microsoft-Windows-Shell-Setup"}
	for range maxFindings + 10 {
		c.Settings = append(c.Settings, &answer.Setting{Name: "NoSuchSetting"})
	}
	found := Check(&answer.File{Source: source.NewFile("a.xml", nil), Passes: []*answer.Pass{{Name: "specialize", Components: []*answer.Component{c}}}}, Options{})
	limits := slices.DeleteFunc(slices.Clone(found.All), func(d *diag.Diagnostic) bool { return d.Rule != rule.InputLimit.ID })
	if len(limits) != 1 || len(found.All) > maxFindings+1 {
		t.Errorf("%d findings, %d of them name the limit", len(found.All), len(limits))
	}
}
