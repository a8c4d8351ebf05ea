package validate

import (
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

const whiteSpace = " \t\r\n"

var valueSurroundingWhitespace = check{rule: rule.ValueSurroundingWhitespace, setting: func(r *run, c *answer.Cursor) {
	s := c.Setting
	if !leaf(c) || isNumber(c.Known.Type) || s.Secret != nil || s.Text == strings.Trim(s.Text, whiteSpace) {
		return
	}
	if strings.Trim(s.Text, whiteSpace) == "" {
		if c.Known.Type == schema.String {
			r.report(s.Place(), "%s is white space alone", c.Known.Path)
		}
		return // of any other type it is empty
	}
	d := r.report(s.Place(), "%s %s white space", c.Known.Path, whichEnd(s.Text))
	// In a password the blank may be meant, so nothing is cut there unasked.
	if !c.Sensitive() {
		trim(d, s)
	}
}}

// isNumber tells the types around which white space does not matter.
func isNumber(t schema.Type) bool {
	return t == schema.Integer || t == schema.Unsigned || t == schema.Hex
}

func whichEnd(text string) string {
	starts := strings.TrimLeft(text, whiteSpace) != text
	ends := strings.TrimRight(text, whiteSpace) != text
	switch {
	case starts && ends:
		return "starts and ends with"
	case starts:
		return "starts with"
	}
	return "ends with"
}

// trim attaches a safe fix that cuts the white space around the text of an
// element.
func trim(d *diag.Diagnostic, s *answer.Setting) {
	raw := s.Value.Text()
	if s.Style != answer.XMLText || strings.Trim(raw, whiteSpace) == raw {
		return // quotes, or a CDATA section around it
	}
	start := len(raw) - len(strings.TrimLeft(raw, whiteSpace))
	end := len(strings.TrimRight(raw, whiteSpace))
	d.Fix = &diag.Fix{Title: "Remove the white space", Safe: true} // what stands between may be a secret
	if start > 0 {
		d.Fix.Edits = append(d.Fix.Edits, diag.Edit{Span: source.Span{File: s.Value.File, Start: s.Value.Start, End: s.Value.Start + start}})
	}
	if end < len(raw) {
		d.Fix.Edits = append(d.Fix.Edits, diag.Edit{Span: source.Span{File: s.Value.File, Start: s.Value.Start + end, End: s.Value.End}})
	}
}
