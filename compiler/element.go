package compiler

import (
	"strings"

	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/xmldoc"
	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// children lowers the entries of a mapping that name child elements.
func (l *lowering) children(s *spot, n *yamldoc.Node, pairs []yamldoc.Pair) []*answer.Setting {
	s.node = n
	var all []*answer.Setting
	for _, p := range pairs {
		c := s.child(p.Key.Text)
		if c.known == nil && !xmldoc.IsName(c.name) {
			if strings.Contains(c.name, variable) {
				continue // reported with the variables
			}
			l.diags.Add(s.in(rule.SettingNameInvalid.At(p.Key.Span, "%q cannot be the name of a setting", p.Key.Text)))
			continue
		}
		all = append(all, l.element(c, p)...)
	}
	return all
}

// element lowers one entry by what the catalogue says of its name: to one
// element, or to several where the name repeats.
func (l *lowering) element(s *spot, p yamldoc.Pair) []*answer.Setting {
	if s.known == nil {
		return l.unknown(s, p)
	}
	if s.known.Kind == schema.Item {
		return l.items(s, p.Value, spansOf(p))
	}
	e := &answer.Setting{Name: s.name, Spans: spansOf(p)}
	switch s.known.Kind {
	case schema.Scalar:
		l.leaf(s, e, p.Value)
	case schema.Group:
		l.group(s, e, p.Value)
	case schema.List:
		l.list(s, e, p.Value)
	}
	return []*answer.Setting{e}
}

// leaf lowers the value of an element that holds text only.
func (l *lowering) leaf(s *spot, e *answer.Setting, n *yamldoc.Node) {
	switch n.Kind {
	case yamldoc.Scalar:
		if n.Empty {
			l.noteEmpty(s, n, e.NamePlace())
		}
		l.setText(s, e, n)
	case yamldoc.Sequence:
		e.Style = answer.YAMLStructure
		if len(n.Items) == 0 {
			l.noteEmpty(s, n, e.NamePlace())
			return
		}
		e.Unread = true
		l.wrongForm(s, n, "%s takes one value, not a list", s.label())
	case yamldoc.Mapping:
		l.leafMapping(s, e, n)
	}
}

// leafMapping lowers a value that is written as a mapping: a secret, or text
// beside attributes.
func (l *lowering) leafMapping(s *spot, e *answer.Setting, n *yamldoc.Node) {
	e.Style = answer.YAMLStructure
	if len(n.Pairs) == 0 {
		l.noteEmpty(s, n, e.NamePlace())
		return
	}
	if l.secret(s, e, n) {
		return
	}
	sp := l.special(s, n, settingLevel)
	e.Attributes = append(e.Attributes, sp.attributes...)
	if len(sp.rest) > 0 {
		e.Unread = true
		l.wrongForm(s, n, "%s takes one value, not a mapping", s.label()).
			Helpf("Write the value itself. A secret is {env: NAME} or {file: PATH}; elements below it stand under verbatim.")
		return
	}
	l.startText(s, e, sp.text)
}

// startText sets the text that $text gives.
func (l *lowering) startText(s *spot, e *answer.Setting, n *yamldoc.Node) {
	switch {
	case n == nil:
	case n.Kind == yamldoc.Scalar:
		l.setText(s, e, n)
		e.Value = n.Span
	case n.Kind == yamldoc.Mapping && s.known != nil && !s.known.Container() && l.secret(s, e, n):
	default:
		e.Unread = true
		l.wrongForm(s, n, "$text takes one value, not %s", n.Kind)
	}
}

// group lowers a container with children of different names.
func (l *lowering) group(s *spot, e *answer.Setting, n *yamldoc.Node) {
	if passwordGroup(s) && l.password(s, e, n) {
		return
	}
	l.container(s, e, n, "%s holds a mapping of settings, not %s", settingLevel)
}

// container lowers a mapping to child elements; form is the complaint about
// anything else.
func (l *lowering) container(s *spot, e *answer.Setting, n *yamldoc.Node, form string, at level) special {
	e.Style = answer.YAMLStructure
	if empty, deliberate := emptyNode(n); empty {
		if !deliberate {
			l.noteEmpty(s, n, e.NamePlace())
		}
		return special{}
	}
	if n.Kind != yamldoc.Mapping {
		e.Unread = true
		l.wrongForm(s, n, form, s.label(), kindWord(n)).
			Helpf("Text that stands in the container itself is written as {$text: ...}.")
		return special{}
	}
	sp := l.special(s, n, at)
	e.Attributes = append(e.Attributes, sp.attributes...)
	l.startText(s, e, sp.text)
	e.Children = l.children(s, n, sp.rest)
	return sp
}

// kindWord names a value's kind as messages do.
func kindWord(n *yamldoc.Node) string {
	if n.Kind == yamldoc.Scalar {
		return "text"
	}
	return n.Kind.String()
}

// unknown lowers a setting that the catalogue lacks by the form of its value:
// text, children, or the same element several times.
func (l *lowering) unknown(s *spot, p yamldoc.Pair) []*answer.Setting {
	if p.Value.Kind != yamldoc.Sequence || len(p.Value.Items) == 0 {
		e := &answer.Setting{Name: s.name, Spans: spansOf(p)}
		l.unknownValue(s, e, p.Value)
		return []*answer.Setting{e}
	}
	var all []*answer.Setting
	for _, n := range p.Value.Items {
		e := &answer.Setting{Name: s.name, Spans: itemSpans(n)}
		if n.Kind == yamldoc.Sequence && len(n.Items) > 0 {
			l.wrongForm(s, n, "an entry of %s cannot be a list itself", s.label())
			continue
		}
		l.unknownValue(s, e, n)
		e.Spans.Name = p.Key.Span // a finding about the name points to it
		all = append(all, e)
	}
	return all
}

func (l *lowering) unknownValue(s *spot, e *answer.Setting, n *yamldoc.Node) {
	if empty, deliberate := emptyNode(n); empty && !deliberate {
		e.Style = answer.YAMLStructure
		l.noteEmpty(s, n, e.NamePlace())
		return
	}
	if n.Kind == yamldoc.Scalar {
		l.setText(s, e, n)
		return
	}
	l.container(s, e, n, "%s holds a mapping, not %s", settingLevel)
}

// itemSpans are the spans of what stands for an entry of a list.
func itemSpans(n *yamldoc.Node) answer.Spans {
	at := answer.Spans{Whole: n.Span}
	if n.Kind == yamldoc.Scalar {
		at.Value = n.Span
	}
	return at
}
