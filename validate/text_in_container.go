package validate

import (
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

var textInContainer = check{rule: rule.TextInContainer, setting: func(r *run, c *answer.Cursor) {
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
			r.report(s.NamePlace(), "%s holds %s, but it is a simple value", c.Known.Path, what)
			return
		}
	}
}

// strayText finds text directly in an element that is neither white space nor
// a directive of a template, which may well make elements.
func strayText(s *answer.Setting) (source.Span, bool) {
	stray := func(text string) bool { return strings.TrimSpace(text) != "" && !isDirective(text) }
	if s.Secret != nil || stray(s.Text) {
		return trimmed(valuePlace(s)), true
	}
	for _, x := range s.Extra {
		if x.Kind == answer.Text && stray(x.Text) {
			return trimmed(x.Span).Or(s.Place()), true
		}
	}
	return source.Span{}, false
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
