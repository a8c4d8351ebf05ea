package yamldoc

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/source"
)

// windowsPath is the start of a path in double quotes whose first backslash is
// not doubled: what follows was not written by somebody who thought of escapes.
var windowsPath = regexp.MustCompile(`(?:^|[^A-Za-z0-9\\])[A-Za-z]:\\[^\\"]|%[A-Za-z_()0-9]+%\\[^\\"]`)

// checkBackslashes reports a Windows path in double quotes whose backslashes
// are escapes to YAML: "C:\temp" holds a tab.
func (r *reader) checkBackslashes(n *Node) {
	raw := r.file.Text[n.Span.Start:n.Span.End]
	if bytes.IndexByte(raw, '\\') < 0 || r.isMended(n.Span.Start, n.Span.End) || len(raw) < 2 {
		return
	}
	inner := raw[1 : len(raw)-1]
	path := windowsPath.FindIndex(inner)
	if path == nil {
		return
	}
	end := path[1] + len(inner[path[1]:])
	if blank := bytes.IndexAny(inner[path[1]:], " \t\r\n"); blank >= 0 {
		end = path[1] + blank
	}
	for i := path[0]; i < end; {
		size := 1
		if inner[i] == '\\' {
			_, size = escape(inner[i:])
			if size > 0 && !strings.ContainsRune(`\" `, rune(inner[i+1])) {
				at := n.Span.Start + 1 + i
				d := rule.YamlBackslashInDoubleQuotes.At(r.span(at, at+size), "the path's backslash is an escape to YAML in double quotes, so the value is no path")
				singleQuoteFix(d, n.Span)
				r.add(d)
				return
			}
		}
		i += max(size, 1)
	}
}

// singleQuoteFix replaces double quotes by single ones around a value in which
// backslashes were meant as such.
func singleQuoteFix(d *diag.Diagnostic, value source.Span) {
	text := value.Text()
	inner := strings.ReplaceAll(text[1:len(text)-1], `\\`, `\`)
	if strings.ContainsAny(inner, "\r\n") {
		return
	}
	d.FixBy("use single quotes", false, value, "'"+strings.ReplaceAll(inner, "'", "''")+"'")
}
