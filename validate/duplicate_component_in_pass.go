package validate

import (
	"strings"

	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

var duplicateComponentInPass = check{rule: rule.DuplicateComponentInPass, file: func(r *run) {
	first := map[identity]*answer.Component{}
	for _, p := range r.file.Passes {
		pass, ok := p.ID()
		if !ok {
			continue
		}
		for _, c := range p.Components {
			id := identityOf(pass, c)
			before := first[id]
			if before == nil {
				first[id] = c
				continue
			}
			d := r.reportAt(node{pass: p, component: c}, componentName(c), "the pass %s has the component %s twice", pass, c.Name)
			d.Relate(componentName(before), "the first one is here")
		}
	}
}}

// identity is what tells the components of an answer file apart.
type identity struct {
	pass                                       schema.Pass
	name, architecture, token, language, scope string
}

func identityOf(pass schema.Pass, c *answer.Component) identity {
	return identity{
		pass: pass, name: strings.ToLower(c.Name), architecture: strings.ToLower(c.Architecture),
		token:    strings.ToLower(attributeValue(c, "publicKeyToken")),
		language: strings.ToLower(attributeValue(c, "language")),
		scope:    strings.ToLower(attributeValue(c, "versionScope")),
	}
}
