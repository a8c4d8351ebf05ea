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
	whole := source.Span{File: f, End: len(f.Text)}
	whole.HideParts(secret.FindInYAML(f.Text))
	return f
}

// longestFold is the size of a value that is taken for one command line, though
// it takes several lines of the source.
const longestFold = 4 << 10

// hideFolded masks the passwords of command lines in values of several lines: no
// line of them has to show one by itself.
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
		if n := at.End - at.Start; n > 0 && n <= longestFold && bytes.IndexByte(at.File.Text[at.Start:at.End], '\n') >= 0 {
			hideCommand(at, secret.Find(s.Text))
		}
		hideFoldedIn(s.Children)
	}
}

// hideCommand hides the secrets of a value where they stand in the source, and
// the whole value where not all are found there.
func hideCommand(at source.Span, secrets [][2]int) {
	if ranges := secret.FindInSource(at.Text()); len(ranges) >= len(secrets) {
		at.HideParts(ranges)
		return
	}
	at.Hide()
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
