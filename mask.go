package reseal

import (
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/reseal/reseal/schema/answer"
)

// Masked is a text for showing: what the catalogue or a name takes for the
// value of a secret is hidden in it, also in a text that cannot be compiled.
func Masked(name string, text []byte) *source.File {
	l := Load(name, text, Options{})
	l.Check()
	if !l.Profile {
		return maskedXML(l)
	}
	f := source.NewFile(name, text)
	if len(l.Outputs) > 0 && l.Outputs[0].Answer.Source != nil {
		f = l.Outputs[0].Answer.Source
	}
	docs, _ := yamldoc.Parse(f)
	for _, doc := range docs {
		hideByName(doc, false)
	}
	return f
}

// hideByName hides the scalars below keys that promise a secret. What names a
// secret may be read.
func hideByName(n *yamldoc.Node, secret bool) {
	if n.Kind == yamldoc.Scalar && secret {
		n.Span.Hide()
	}
	for _, item := range n.Items {
		hideByName(item, secret)
	}
	for _, p := range n.Pairs {
		names := secret && (p.Key.Text == "env" || p.Key.Text == "file")
		hideByName(p.Value, !names && (secret || answer.SoundsSecret(p.Key.Text)))
	}
}

// maskedXML hides the secrets beside the components too.
func maskedXML(l *Loaded) *source.File {
	f := l.Outputs[0].Answer
	extras := [][]answer.Extra{f.Extra}
	for _, p := range f.Passes {
		extras = append(extras, p.Extra)
	}
	for _, list := range extras {
		for _, x := range list {
			if x.Kind == answer.Element {
				hideElement(x.Element, false)
			}
		}
	}
	return f.Source
}

func hideElement(s *answer.Setting, secret bool) {
	secret = secret || answer.SoundsSecret(s.Name)
	if secret {
		s.Value.Hide()
	}
	for _, a := range s.Attributes {
		if secret || answer.SoundsSecret(a.Name) {
			a.Spans.Value.Hide()
		}
	}
	for _, child := range s.Children {
		hideElement(child, secret)
	}
}
