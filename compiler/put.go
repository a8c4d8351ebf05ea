package compiler

import (
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// slot is the place of a setting that a section makes.
type slot struct {
	pass            schema.Pass
	component, path string
}

// give writes the value of a section's node into a slot: as typed, or the
// secret that the node names.
func (l *lowering) give(section string, at slot, p yamldoc.Pair) {
	e := &answer.Setting{Spans: spansOf(p)}
	l.leaf(l.spotOf(at), e, p.Value)
	l.put(section, at, e)
}

// giveText writes a text that a section derives from its node.
func (l *lowering) giveText(section string, at slot, p yamldoc.Pair, text string) {
	l.put(section, at, &answer.Setting{Text: text, Style: answer.YAMLStructure, Spans: spansOf(p)})
}

// spotOf is the spot of a slot, for checks that need the catalogue.
func (l *lowering) spotOf(at slot) *spot {
	s := &spot{
		pass:      &answer.Pass{Name: at.pass.String()},
		component: &answer.Component{Name: at.component},
		schema:    schema.FindComponent(at.component),
	}
	for name := range strings.SplitSeq(at.path, "/") {
		s = s.child(name)
	}
	return s
}

// put adds a setting to the component of each architecture, with the
// containers above it. What passes already set there stays.
func (l *lowering) put(section string, at slot, e *answer.Setting) {
	l.noteArchitecture(e.NamePlace(), at.component)
	for _, architecture := range l.architectures {
		pass := l.pass(at.pass.String(), e.Whole)
		c := l.component(pass, at.component, architecture, e.Whole)
		leaf := *e
		leaf.Section = section
		l.place(at, &c.Settings, strings.Split(at.path, "/"), &leaf)
	}
}

func (l *lowering) place(at slot, settings *[]*answer.Setting, names []string, leaf *answer.Setting) {
	old := findSetting(*settings, names[0])
	if len(names) == 1 {
		leaf.Name = names[0]
		if old != nil {
			l.setTwice(at, old, leaf)
			return
		}
		*settings = append(*settings, leaf)
		return
	}
	if old == nil {
		old = &answer.Setting{Name: names[0], Style: answer.YAMLStructure, Section: leaf.Section, Spans: answer.Spans{Whole: leaf.Whole}}
		*settings = append(*settings, old)
	}
	l.place(at, &old.Children, names[1:], leaf)
}

func findSetting(settings []*answer.Setting, name string) *answer.Setting {
	for _, s := range settings {
		if s.Space == "" && strings.EqualFold(s.Name, name) {
			return s
		}
	}
	return nil
}

// setTwice reports a setting that passes and a section both set: an error
// where they differ, because the author cannot mean both.
func (l *lowering) setTwice(at slot, old, leaf *answer.Setting) {
	d := rule.SettingSetTwice.At(leaf.Place(), "%s is set here and under passes to different values", at.path)
	if sameValue(old, leaf) {
		d = rule.SettingSetTwice.At(leaf.Place(), "%s is set here and once more, alike, under passes", at.path).As(diag.Info)
	}
	l.diags.Add(d.In(at.pass.String(), at.component, at.path).Relate(old.Place(), "set under passes here"))
}

// sameValue compares what the settings stand for; two secrets are the same
// when they name the same source.
func sameValue(a, b *answer.Setting) bool {
	if len(a.Children) > 0 || len(b.Children) > 0 || (a.Secret == nil) != (b.Secret == nil) {
		return false
	}
	return a.Text == b.Text && a.Hide == b.Hide
}
