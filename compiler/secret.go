package compiler

import (
	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// SecretReader returns the value of a secret. An error says why there is
// none and must not hold a value.
type SecretReader func(s *answer.Secret) (string, error)

// Resolve puts the values of all secrets into an answer file, in place. Before
// it the text of such a setting is Secret.Placeholder(); Secret stays, so that
// whoever shows the setting still knows not to show its text. Every secret
// that cannot be read is reported at its place.
func Resolve(a *answer.File, read SecretReader) *diag.List {
	diags := &diag.List{}
	a.Walk(func(c *answer.Cursor) bool {
		s := c.Setting
		if s.Secret == nil {
			return true
		}
		value, err := read(s.Secret)
		if err != nil {
			diags.Add(rule.SecretUnresolved.At(s.Secret.Span.Or(s.Place()), "the secret %s of %s cannot be read: %v",
				s.Secret.Kind+":"+s.Secret.Name, s.Name, err).In(c.Pass.Name, c.Component.Name, c.Path()))
			return true
		}
		s.Text = value
		return true
	})
	return diags
}

// secretKinds are where a secret can come from.
var secretKinds = []string{"env", "file"}

// secret lowers {env: NAME} or {file: PATH}, false when the mapping is none. A
// mapping of one other key to a text is taken for a secret of a kind that is
// not known, because a leaf has nothing else to hold.
func (l *lowering) secret(s *spot, e *answer.Setting, n *yamldoc.Node) bool {
	p := secretPair(n)
	if p == nil {
		return false
	}
	e.Style, e.Value = answer.YAMLStructure, n.Span
	name := l.text(p.Value)
	if p.Key.Text != "env" && p.Key.Text != "file" {
		e.Unread = true
		n.Span.Hide() // perhaps the secret itself stands there
		d := s.in(rule.SecretForm.At(p.Key.Span, "%s is no kind of secret", p.Key.Text))
		suggest(d, p.Key, secretKinds)
		l.diags.Add(d)
		return true
	}
	if name == "" {
		e.Unread = true
		l.diags.Add(s.in(rule.SecretForm.At(p.Key.Span, "the secret of %s names nothing behind %s", s.label(), p.Key.Text)))
		return true
	}
	e.Secret = &answer.Secret{Kind: p.Key.Text, Name: name, Span: n.Span}
	e.Text = e.Secret.Placeholder()
	return true
}

// secretPair is the only entry of a mapping that has the form of a secret, nil
// for any other node.
func secretPair(n *yamldoc.Node) *yamldoc.Pair {
	if n.Kind != yamldoc.Mapping || len(n.Pairs) != 1 {
		return nil
	}
	p := &n.Pairs[0]
	if p.Value.Kind != yamldoc.Scalar || p.Key.Text == "" || p.Key.Text[0] == '$' {
		return nil
	}
	return p
}

// passwordGroup tells whether an element is one of those that hold a password
// as Value beside PlainText.
func passwordGroup(s *spot) bool {
	return s.known != nil && isPasswordGroup(s.schema, s.known)
}

// isPasswordGroup tells the same of an element of the catalogue.
func isPasswordGroup(c *schema.Component, known *schema.Setting) bool {
	return known.Kind == schema.Group && c.Child(known, "PlainText") != nil
}

// password lowers a password that is written as a text or a secret: hidden,
// except where a domain is named, because Windows reads the password of a
// domain account as it stands. False for the literal form of Value and
// PlainText and for an empty element.
//
// Source: learn.microsoft.com/windows-hardware/customize/desktop/wsim/hide-sensitive-data-in-an-answer-file.
func (l *lowering) password(s *spot, e *answer.Setting, n *yamldoc.Node) bool {
	value := &answer.Setting{Name: "Value", Spans: answer.Spans{Whole: e.Whole, Name: e.Spans.Name}}
	at := s.child("Value")
	at.called = s.label()
	switch {
	case n.Kind == yamldoc.Scalar && n.Text != "":
		l.setText(at, value, n)
	case n.Kind == yamldoc.Mapping && l.onlyValue(s, n) && l.secret(at, value, n):
	default:
		return false
	}
	plain := "true"
	if !domainNamed(s.up) {
		plain, value.Hide = "false", s.known.Name()
	}
	e.Style = answer.YAMLStructure
	e.Children = []*answer.Setting{value, {Name: "PlainText", Text: plain, Style: answer.YAMLStructure, Spans: answer.Spans{Whole: e.Whole}}}
	return true
}

// onlyValue tells whether a mapping cannot be the literal form of a password.
func (l *lowering) onlyValue(s *spot, n *yamldoc.Node) bool {
	p := secretPair(n)
	return p != nil && s.schema.Child(s.known, p.Key.Text) == nil
}

// domainNamed tells whether the mapping around a password names the domain of
// the account. "." is the machine itself.
func domainNamed(around *spot) bool {
	if around == nil || around.known == nil || around.schema.Child(around.known, "Domain") == nil {
		return false
	}
	for _, p := range around.node.Pairs {
		if child := around.child(p.Key.Text); child.known != nil && child.known.Name() == "Domain" {
			return p.Value.Kind != yamldoc.Scalar || p.Value.Text != "" && p.Value.Text != "."
		}
	}
	return false
}
