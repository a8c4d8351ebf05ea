package yamldoc

import (
	"bytes"
	"regexp"
	"slices"
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
	inner := source.Span{File: value.File, Start: value.Start + 1, End: value.End - 1}
	text := inner.Text()
	if strings.ContainsAny(text, "\r\n") {
		return
	}
	edits := quoting(value, inner)
	for at := 0; ; {
		i := strings.Index(text[at:], `\\`)
		if i < 0 {
			break
		}
		at += i
		second := source.Span{File: value.File, Start: inner.Start + at + 1, End: inner.Start + at + 2}
		edits = append(edits, diag.Edit{Span: second})
		at += 2
	}
	slices.SortStableFunc(edits, func(a, b diag.Edit) int { return a.Span.Start - b.Span.Start })
	d.Fix = &diag.Fix{Title: "use single quotes", Edits: edits}
}

// quoting are the edits that put single quotes around inner, a value
// that has its own quotes or none, which make up the rest of whole. They hold
// nothing of the value, which may be a secret.
func quoting(whole, inner source.Span) []diag.Edit {
	place := func(start, end int) source.Span { return source.Span{File: whole.File, Start: start, End: end} }
	edits := []diag.Edit{{Span: place(whole.Start, inner.Start), Text: "'"}}
	for i, c := range []byte(inner.Text()) {
		if c == '\'' {
			edits = append(edits, diag.Edit{Span: place(inner.Start+i, inner.Start+i), Text: "'"})
		}
	}
	return append(edits, diag.Edit{Span: place(inner.End, whole.End), Text: "'"})
}
