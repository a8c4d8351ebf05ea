package validate

import (
	"slices"

	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

var targetArchitectureMismatch = check{rule: rule.TargetArchitectureMismatch, pass: func(r *run, p *answer.Pass) {
	want := r.file.Target.Architecture
	if !slices.Contains(schema.Architectures(), want) || len(p.Components) == 0 {
		return // a misspelt target is its own finding
	}
	var others []string
	for _, c := range p.Components {
		if schema.ArchitectureMeant(c.Architecture) == want || placeholderText(c.Architecture) {
			return // a misspelled one is its own finding
		}
		if c.Architecture != "" && !slices.Contains(others, c.Architecture) {
			others = append(others, c.Architecture)
		}
	}
	if len(others) == 0 {
		return // no component names an architecture, which is its own finding
	}
	if want != "x86" && slices.Equal(others, []string{"wow64"}) {
		return // of their 32-bit layer: that the native part is missing is told at each
	}
	d := r.report(passPlace(p), "the target is %s, and the components of %s are for %s", want, p.Name, schema.AnyOf(others))
	if at := r.file.TargetSpans["architecture"]; at.Known() {
		d.Relate(at, "the target is named here")
	}
}}
