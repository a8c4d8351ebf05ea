package validate

import (
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema/answer"
)

// rewrite attaches a safe fix that replaces the value of a setting by a plain
// word. It does nothing where the source does not show the value literally,
// such as behind an entity or an escape.
func rewrite(d *diag.Diagnostic, s *answer.Setting, word string) {
	if at := literal(s.Value, strings.TrimSpace(s.Text)); at.Known() {
		d.FixBy("Write "+word, true, at, word)
	}
}

// rewriteAttribute does the same for the value of an attribute.
func rewriteAttribute(d *diag.Diagnostic, a *answer.Attribute, word string) {
	if at := literal(a.Spans.Value, a.Value); at.Known() {
		d.FixBy("Write "+word, true, at, word)
	}
}

// literal narrows a span to the bytes that are exactly the text, leaving
// quotes and white space around it alone; unknown when they are not there.
func literal(span source.Span, text string) source.Span {
	raw := span.Text()
	start := len(raw) - len(strings.TrimLeft(raw, " \t\r\n\"'"))
	if text == "" || !strings.HasPrefix(raw[start:], text) || strings.Trim(raw[start+len(text):], " \t\r\n\"'") != "" {
		return source.Span{}
	}
	span.Start += start
	span.End = span.Start + len(text)
	return span
}

// rename attaches a safe fix that gives an element another name, in the end
// tag of XML as well.
func rename(d *diag.Diagnostic, s *answer.Setting, name string) {
	start, ok := nameIn(s.Spans.Name, s.Name)
	if !ok {
		return
	}
	edits := []diag.Edit{{Span: start, Text: name}}
	if inTag(start) {
		end, ok := endTag(s)
		if !ok {
			return
		}
		if end.Known() {
			edits = append(edits, diag.Edit{Span: end, Text: name})
		}
	}
	d.Fix = &diag.Fix{Title: "Rename to " + name, Safe: true, Edits: edits}
}

// nameIn narrows the span of a name to its local part, without prefix or
// quotes.
func nameIn(span source.Span, name string) (source.Span, bool) {
	raw := span.Text()
	at := strings.LastIndex(raw, name)
	if name == "" || at < 0 {
		return source.Span{}, false
	}
	span.Start += at
	span.End = span.Start + len(name)
	return span, true
}

// inTag tells whether a name stands behind "<" or "<prefix:".
func inTag(name source.Span) bool {
	before := name.File.Text[:name.Start]
	for i := len(before) - 1; i >= 0; i-- {
		switch b := before[i]; {
		case b == '<':
			return true
		case b <= ' ' || b == '>' || b == '"' || b == '\'':
			return false
		}
	}
	return false
}

// endTag finds the local name in the end tag. An element without an end tag
// has an unknown span and is fine as well.
func endTag(s *answer.Setting) (source.Span, bool) {
	raw := s.Whole.Text()
	if strings.HasSuffix(raw, "/>") {
		return source.Span{}, true
	}
	at := strings.LastIndex(raw, "</")
	if at < 0 || !strings.HasSuffix(strings.TrimRight(raw[at:], "> \t\r\n"), s.Name) {
		return source.Span{}, false
	}
	return nameIn(source.Span{File: s.Whole.File, Start: s.Whole.Start + at, End: s.Whole.End}, s.Name)
}
