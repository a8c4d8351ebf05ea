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
		return l.Outputs[0].Answer.Source // hidden in the check
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
