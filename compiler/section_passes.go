package compiler

import (
	"strings"

	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/xmldoc"
	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/reseal/reseal/schema/answer"
)

// passesSection holds every setting of every component in Windows' own names.
// Unknown names of passes, components and settings are lowered as typed: the
// checks of the answer file know what is near.
var passesSection = section{
	name: "passes",
	turn: turnPasses,
	shape: func() map[string]any {
		return titled("Passes",
			"Every setting of every component in Windows' own names: the pass, below it the component as NAME or NAME@ARCHITECTURE, below it the settings.",
			map[string]any{"type": []any{"object", "null"}})
	},
	lower: lowerPasses,
	raise: raisePasses,
}

func lowerPasses(l *lowering, n *yamldoc.Node) {
	root := &spot{}
	sp := l.special(root, n, rootLevel)
	l.file.Attributes = sp.attributes
	l.rootName(root, sp.name)
	for _, p := range sp.rest {
		l.onePass(root, p)
	}
}

// rootName gives the root element a name of its own. Windows knows none but
// unattend; the file that a profile was made from may have had another.
func (l *lowering) rootName(root *spot, n *yamldoc.Node) {
	switch {
	case n == nil:
	case n.Kind != yamldoc.Scalar || !xmldoc.IsName(l.text(n)):
		l.diags.Add(root.in(rule.SettingNameInvalid.At(n.Span, "$name is no name of an element")))
	case l.text(n) != "unattend":
		l.file.Root, l.file.RootSpans.Name = l.text(n), n.Span
		l.findings.Add(rule.RootNotUnattend.At(n.Span, "the root element is <%s>, not <unattend>", l.file.Root))
	}
}

// rootNamespace puts the root and all elements that are in its namespace into
// another one than that of answer files.
func (l *lowering) rootNamespace(a answer.Attribute) {
	switch a.Value {
	case answer.Namespace:
		return
	case "":
		l.file.Namespace = answer.NoNamespace
		l.findings.Add(rule.UnattendNamespaceWrong.At(a.Place(), "the root element is in no namespace"))
	default:
		l.file.Namespace = a.Value
		l.findings.Add(rule.UnattendNamespaceWrong.At(a.Place(), "the root element is in the namespace %q, not in %q", a.Value, answer.Namespace))
	}
}

func (l *lowering) onePass(root *spot, p yamldoc.Pair) {
	pass := &answer.Pass{Name: p.Key.Text, Spans: spansOf(p)}
	l.file.Passes = append(l.file.Passes, pass)
	s := &spot{up: root, pass: pass}
	if !l.holdsEntries(s, p) {
		return
	}
	sp := l.special(s, p.Value, passLevel)
	pass.Attributes = sp.attributes
	for _, c := range sp.rest {
		l.oneComponent(s, c)
	}
}

// holdsEntries tells whether the value of a pass or component is a mapping
// with something in it, and reports what is neither that nor empty.
func (l *lowering) holdsEntries(s *spot, p yamldoc.Pair) bool {
	if empty, deliberate := emptyNode(p.Value); empty {
		if !deliberate {
			l.noteEmpty(s, p.Value, p.Key.Span)
		}
		return false
	}
	if p.Value.Kind != yamldoc.Mapping {
		l.wrongForm(s, p.Value, "%s holds a mapping, not %s", s.label(), kindWord(p.Value))
	}
	return p.Value.Kind == yamldoc.Mapping
}

// oneComponent lowers a component once for each architecture that it stands
// for.
func (l *lowering) oneComponent(up *spot, p yamldoc.Pair) {
	name, architecture, literal := strings.Cut(p.Key.Text, "@")
	if name == "" || literal && architecture == "" {
		l.diags.Add(up.in(rule.ComponentKey.At(p.Key.Span, "%q is not a component as NAME or NAME@ARCHITECTURE", p.Key.Text)))
		return
	}
	architectures := []string{architecture}
	if !literal {
		architectures = l.architectures
	}
	for _, architecture := range architectures {
		c := newComponent(name, architecture, answer.Spans{Whole: p.Span(), Name: p.Key.Span})
		up.pass.Components = append(up.pass.Components, c)
		s := &spot{up: up, pass: up.pass, component: c, schema: c.Schema()}
		if !l.holdsEntries(s, p) {
			continue
		}
		sp := l.special(s, p.Value, componentLevel)
		componentAttributes(c, sp)
		literal = literal || c.Architecture != architecture
		s.schema = c.Schema()
		c.Settings = l.children(s, p.Value, sp.rest)
	}
	if !literal {
		l.noteArchitecture(p.Key.Span, name)
	}
}

// componentAttributes lets the author's attributes win over the implied ones
// and takes away what he leaves out.
func componentAttributes(c *answer.Component, sp special) {
	var kept []answer.Attribute
	for _, a := range c.Attributes {
		if !sp.omits(a.Name) && !sp.has("", a.Name) {
			kept = append(kept, a)
		}
	}
	c.Attributes = append(kept, sp.attributes...)
	c.Name, c.Architecture = attributeValue(c, "name"), attributeValue(c, "processorArchitecture")
}

// attributeValue finds an attribute as the XML reader does, without regard to
// case.
func attributeValue(c *answer.Component, name string) string {
	for _, a := range c.Attributes {
		if a.Space == "" && strings.EqualFold(a.Name, name) {
			return a.Value
		}
	}
	return ""
}
