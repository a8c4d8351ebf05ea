package compiler

import (
	"strings"

	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/reseal/reseal/schema/answer"
)

// setText gives an element the text of a scalar: what was typed, unquoted and
// unfolded, never read as a number or truth value.
func (l *lowering) setText(s *spot, e *answer.Setting, n *yamldoc.Node) {
	e.Text, e.Style, e.Value = l.text(n), styles[n.Style], n.Span
	if raw := n.Span.Text(); raw != e.Text {
		e.Raw = raw
	}
	l.checkStyle(s, n)
}

var styles = [...]answer.Style{
	yamldoc.Plain:        answer.YAMLPlain,
	yamldoc.SingleQuoted: answer.YAMLSingle,
	yamldoc.DoubleQuoted: answer.YAMLDouble,
	yamldoc.Literal:      answer.YAMLLiteral,
	yamldoc.Folded:       answer.YAMLFolded,
}

// text is the value that a scalar stands for.
func (l *lowering) text(n *yamldoc.Node) string { return unescape(n.Text) }

// inside maps offsets of text(n) back to the profile.
func (l *lowering) inside(n *yamldoc.Node) func(start, end int) source.Span {
	if !strings.Contains(n.Text, escapedVariable) {
		return n.Inside
	}
	return func(start, end int) source.Span {
		return n.Inside(escapedOffset(n.Text, start), escapedOffset(n.Text, end))
	}
}
