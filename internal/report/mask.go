package report

import (
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/secret"
	"github.com/reseal/reseal/internal/source"
)

// sight is how far around what is shown of a line, in bytes, a command line is
// looked for.
const sight = 4 << 10

// hideCommands masks the passwords of command lines in the part of a line that
// is to be shown. The catalogue does not know of them: the setting is no secret.
// In XML a command line may go on behind the end of the line, up to a tag.
func hideCommands(line, shown source.Span) {
	from, to := line.Start, line.End
	if text := line.File.Text; strings.HasPrefix(strings.TrimLeft(string(text[:min(len(text), 64)]), "\ufeff \t\r\n"), "<") {
		from, to = 0, len(text)
	}
	around := source.Span{File: line.File, Start: max(from, shown.Start-sight), End: min(to, shown.End+sight)}
	around.HideParts(secret.FindInSource(around.Text()))
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
