package report

import (
	"bytes"
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/secret"
	"github.com/reseal/reseal/internal/source"
)

// sight is how far around what is shown of a line, in bytes, a command line is
// looked for.
const sight = 2 << 10

// hideCommands masks the passwords of command lines in the part of a line that
// is to be shown. The catalogue does not know of them: the setting is no secret.
// A command line may go on behind the end of the line, in XML up to a tag, in
// YAML up to the next entry.
func hideCommands(line, shown source.Span) {
	f := line.File
	from, to := max(0, shown.Start-sight), min(len(f.Text), shown.End+sight)
	around := secret.AroundInYAML
	if bytes.HasPrefix(bytes.TrimLeft(f.Text[:min(len(f.Text), 64)], "\ufeff \t\r\n"), []byte("<")) {
		around = secret.Around
	}
	start, end := around(f.Text[from:to], shown.Start-from, shown.End-from)
	commands := source.Span{File: f, Start: from + start, End: from + end}
	commands.HideParts(secret.FindInSource(commands.Text()))
}

// said is a message without passwords of command lines, which a value that it
// quotes may hold.
func said(message string) string {
	if !strings.Contains(message, `"`) {
		return message
	}
	return secret.Hide(message)
}

// telling tells whether the text of a fix gives away what is masked elsewhere.
func telling(f *diag.Fix) bool {
	for _, e := range f.Edits {
		if e.Span.Shown() != e.Span.Text() && e.Text != "" || secret.Hide(e.Text) != e.Text {
			return true
		}
	}
	return false
}
