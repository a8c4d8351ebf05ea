package report

import (
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/sysprep/setuplog"
)

// sight is how far around what is shown of a line, in bytes, a command line is
// looked for.
const sight = 4 << 10

// hideCommands masks the passwords of command lines in the part of a line that
// is to be shown. The catalogue does not know of them: the setting is no secret.
func hideCommands(line, shown source.Span) {
	around := source.Span{File: line.File, Start: max(line.Start, shown.Start-sight), End: min(line.End, shown.End+sight)}
	around.HideParts(setuplog.SecretsInSource(around.Text()))
}

// said is a message without passwords of command lines, which a value that it
// quotes may hold.
func said(message string) string {
	if !strings.Contains(message, `"`) {
		return message
	}
	return setuplog.HideSecrets(message)
}

// telling tells whether the text of a fix gives away what is masked elsewhere.
func telling(f *diag.Fix) bool {
	for _, e := range f.Edits {
		if e.Span.Shown() != e.Span.Text() && e.Text != "" || setuplog.HideSecrets(e.Text) != e.Text {
			return true
		}
	}
	return false
}
