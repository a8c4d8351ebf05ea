package compiler

import (
	"slices"
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// spot is an element of the passes mapping that is being lowered, with the
// way that leads to it and what the catalogue says of it.
type spot struct {
	up        *spot // nil for the root of the file
	pass      *answer.Pass
	component *answer.Component
	name      string // of a setting as typed; "" for what stands above settings
	called    string // by messages, where the author wrote the value of an element one level up; "" = by its name

	schema *schema.Component // nil: unknown component, or above one
	known  *schema.Setting   // nil: unknown setting, or no setting
	node   *yamldoc.Node     // the mapping that holds the children, while they are lowered

	prefixes map[string]string // namespaces that $attr declares here, nil = none
}

// child is the setting of that name directly below a component or setting.
func (s *spot) child(name string) *spot {
	c := &spot{up: s, pass: s.pass, component: s.component, name: name, schema: s.schema}
	if s.schema != nil && (s.name == "" || s.known != nil) {
		c.known = s.schema.Child(s.known, name)
	}
	return c
}

// path is the way from the component down, with the names as typed.
func (s *spot) path() string {
	var names []string
	for at := s; at != nil && at.name != ""; at = at.up {
		names = append(names, at.name)
	}
	slices.Reverse(names)
	return strings.Join(names, "/")
}

// label is what messages call the place.
func (s *spot) label() string {
	switch {
	case s.called != "":
		return s.called
	case s.name != "":
		return s.name
	case s.component != nil:
		return s.component.Name
	case s.pass != nil:
		return "the pass " + s.pass.Name
	}
	return "passes"
}

// in notes the place in a diagnostic.
func (s *spot) in(d *diag.Diagnostic) *diag.Diagnostic {
	if s.pass != nil {
		d.Pass = s.pass.Name
	}
	if s.component != nil {
		d.Component = s.component.Name
	}
	d.Setting = s.path()
	return d
}

// sensitive tells whether values at or below the spot are secrets, by the
// catalogue or, where it knows nothing, by the name.
func (s *spot) sensitive() bool {
	if s.known == nil {
		return answer.SoundsSecret(s.name)
	}
	return s.known.Sensitive || passwordGroup(s)
}

// namespace finds what a prefix stands for.
func (s *spot) namespace(prefix string) (uri string, ok bool) {
	for at := s; at != nil; at = at.up {
		if uri, ok = at.prefixes[prefix]; ok {
			return uri, true
		}
	}
	switch prefix {
	case "wcm":
		return answer.WCMNamespace, true
	case "xsi":
		return answer.XSINamespace, true
	case "xml":
		return answer.XMLNamespace, true
	}
	return "", false
}

// wrongForm reports a value of a kind that its element cannot take. What
// could be a secret is masked before anybody sees the line.
func (l *lowering) wrongForm(s *spot, n *yamldoc.Node, format string, args ...any) *diag.Diagnostic {
	if s.sensitive() {
		n.Span.Hide()
	}
	d := s.in(rule.SettingForm.At(n.Span, format, args...))
	l.diags.Add(d)
	return d
}

// noteEmpty reports a key or list entry without a value: an empty element is
// written for it.
func (l *lowering) noteEmpty(s *spot, n *yamldoc.Node, at source.Span) {
	l.diags.Add(s.in(rule.YamlEmptyValue.At(at, "%s has no value, so an empty element is written", s.label())))
}

// emptyNode tells whether a node stands for an empty element: ” on purpose
// (deliberate), or a key with no text, {} or [].
func emptyNode(n *yamldoc.Node) (empty, deliberate bool) {
	switch n.Kind {
	case yamldoc.Mapping:
		return len(n.Pairs) == 0, false
	case yamldoc.Sequence:
		return len(n.Items) == 0, false
	}
	return n.Text == "", !n.Empty
}
