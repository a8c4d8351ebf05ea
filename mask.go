package reseal

import (
	"bytes"

	"github.com/reseal/reseal/internal/secret"
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
		f := l.Outputs[0].Answer.Source // hidden in the check
		all := source.Span{File: f, End: len(f.Text)}
		all.HideParts(secret.FindInSource(all.Text()))
		return f
	}
	f := source.NewFile(name, text)
	if len(l.Outputs) > 0 && l.Outputs[0].Answer.Source != nil {
		f = l.Outputs[0].Answer.Source
	}
	docs, _ := yamldoc.Parse(f)
	for _, doc := range docs {
		hideByName(doc, false)
	}
	for n := range f.Lines() {
		line := f.Line(n + 1)
		line.HideParts(secret.FindInSource(line.Text()))
	}
	return f
}

// longestFold is the size of a value that is taken for one command line, though
// it takes several lines of the source.
const longestFold = 4 << 10

// hideFolded masks values of several lines that hold the password of a command
// line: no line of them has to show it by itself.
func hideFolded(a *AnswerFile) {
	for _, p := range a.Passes {
		for _, c := range p.Components {
			hideFoldedIn(c.Settings)
		}
	}
}

func hideFoldedIn(settings []*answer.Setting) {
	for _, s := range settings {
		at := s.Value
		if n := at.End - at.Start; n > 0 && n <= longestFold && bytes.IndexByte(at.File.Text[at.Start:at.End], '\n') >= 0 && secret.Find(s.Text) != nil {
			at.Hide()
		}
		hideFoldedIn(s.Children)
	}
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
