package validate

import (
	"strings"
	"unicode/utf8"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

var textInContainer = check{rule: rule.TextInContainer, file: func(r *run) {
	r.reportStray("the file", r.file.Extra)
}, pass: func(r *run, p *answer.Pass) {
	r.reportStray("the pass "+p.Name, p.Extra)
}, component: func(r *run, _ *answer.Pass, c *answer.Component) {
	r.reportStray(c.Name, c.Extra)
}, setting: func(r *run, c *answer.Cursor) {
	if c.Known == nil {
		return
	}
	if !c.Known.Container() {
		elementsInLeaf(r, c)
		return
	}
	if c.Known.Opaque && len(c.Schema.Children(c.Known)) == 0 {
		return // whether it is a container is not known either
	}
	if at, blank := strayBlank(c.Setting); blank != 0 {
		r.report(at, "%s holds %U, a blank that XML takes for text", c.Known.Path, blank).
			As(diag.Warning).Helpf("Indent with ordinary blanks or tabs.")
	}
	if at, ok := strayText(c.Setting); ok {
		d := r.report(at, "%s holds text, but its value stands in child elements", c.Known.Path)
		if isSetupKey(c) {
			d.As(diag.Warning)
		}
		if child := onlyScalar(c); child != "" {
			d.Helpf("Put the text into %s: <%s><%s>…</%s></%s>.", child, c.Setting.Name, child, child, c.Setting.Name)
		}
	}
}}

// reportStray reports text between the settings or above them. Nothing is known
// of Windows minding it, but hardly anybody has written it on purpose.
func (r *run) reportStray(where string, extra []answer.Extra) {
	for _, x := range extra {
		if x.Kind == answer.Text && isStray(x.Text) {
			r.report(trimmed(x.Span), "%s holds text that belongs to no setting", where).
				As(diag.Warning).Helpf("Delete it, or make a comment of it: <!-- … -->.")
		}
	}
}

// isSetupKey tells the product key of Setup. Text in place of its Key stops
// Setup on media that ask for a key, but many public files install evaluation
// media, which do not read it.
func isSetupKey(c *answer.Cursor) bool {
	return c.Schema.Name == "Microsoft-Windows-Setup" && c.Known.Path == "UserData/ProductKey"
}

func elementsInLeaf(r *run, c *answer.Cursor) {
	for _, s := range c.Setting.Children {
		if s.Space == "" && (c.Known.Kind == schema.Scalar || c.Schema.Child(c.Known, s.Name) == nil) {
			what := "the element " + s.Name
			if c.Sensitive() {
				what = "an element" // its name may be the secret in angle brackets
			}
			r.report(s.NamePlace(), "%s holds %s, but it is a simple value", c.Known.Path, what).
				Helpf("Write the value itself: <%s>…</%s>. In XML a < that belongs to it is &lt;.", c.Setting.Name, c.Setting.Name)
			return
		}
	}
}

// isStray tells text that is neither white space nor a directive of a template,
// which may well make elements.
func isStray(text string) bool { return strings.TrimSpace(text) != "" && !isDirective(text) }

// strayText finds stray text directly in an element.
func strayText(s *answer.Setting) (source.Span, bool) {
	if s.Secret != nil || isStray(s.Text) {
		return trimmed(valuePlace(s)), true
	}
	for _, x := range s.Extra {
		if x.Kind == answer.Text && isStray(x.Text) {
			return trimmed(x.Span).Or(s.Place()), true
		}
	}
	return source.Span{}, false
}

// strayBlank finds a character that looks like white space and is none in XML,
// as it comes from web pages and from Asian keyboards.
func strayBlank(s *answer.Setting) (source.Span, rune) {
	first := func(text string) rune {
		if text = strings.Trim(text, whiteSpace); text == "" || strings.TrimSpace(text) != "" {
			return 0
		}
		blank, _ := utf8.DecodeRuneInString(text)
		return blank
	}
	if s.Secret == nil && first(s.Text) != 0 {
		return trimmed(valuePlace(s)), first(s.Text)
	}
	for _, x := range s.Extra {
		if x.Kind == answer.Text && first(x.Text) != 0 {
			return trimmed(x.Span).Or(s.Place()), first(x.Text)
		}
	}
	return source.Span{}, 0
}

// onlyScalar names the child that the text was probably meant for.
func onlyScalar(c *answer.Cursor) string {
	children := c.Schema.Children(c.Known)
	for _, name := range [...]string{"Value", "Key"} {
		for i := range children {
			if children[i].Name() == name && children[i].Type != schema.KeyType {
				return name
			}
		}
	}
	return ""
}
