package validate

import (
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema/answer"
)

var componentAttributeMissing = check{rule: rule.ComponentAttributeMissing, component: func(r *run, _ *answer.Pass, c *answer.Component) {
	var missing, insert []string
	safe := true
	for _, name := range [...]string{"name", "processorArchitecture", "publicKeyToken", "language"} {
		switch a := attribute(c, name); {
		case a == nil:
			missing = append(missing, name)
		case a.Name != name:
			missing, safe = append(missing, name+" (names of attributes are told apart by letter case)"), false
		default:
			continue
		}
		switch name {
		case "publicKeyToken":
			insert = append(insert, ` publicKeyToken="`+microsoftToken+`"`)
		case "language":
			insert = append(insert, ` language="`+neutralLanguage+`"`)
		default:
			safe = false // nobody but the author knows it
		}
	}
	if missing == nil {
		return
	}
	d := r.report(c.NamePlace(), "the component %s lacks %s", c.Name, strings.Join(missing, ", "))
	if at := behindLast(c); safe && at.Known() {
		d.Fix = &diag.Fix{Title: "Add " + strings.Join(missing, ", "), Safe: true, Edits: []diag.Edit{{Span: at, Text: strings.Join(insert, "")}}}
	}
}}

// behindLast is the place behind the last attribute that the author wrote in
// a tag; unknown in YAML.
func behindLast(c *answer.Component) source.Span {
	var last source.Span
	for i := range c.Attributes {
		a := &c.Attributes[i]
		if w := a.Whole; w.End > last.End && strings.HasPrefix(strings.TrimLeft(strings.TrimPrefix(w.Text(), a.Name), whiteSpace), "=") {
			last = source.Span{File: w.File, Start: w.End, End: w.End}
		}
	}
	return last
}
