package validate

import (
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

var duplicatePassSection = check{rule: rule.DuplicatePassSection, file: func(r *run) {
	first := map[schema.Pass]*answer.Pass{}
	for _, p := range r.file.Passes {
		id, ok := p.ID()
		if !ok {
			continue
		}
		if before := first[id]; before != nil {
			d := r.reportAt(node{pass: p}, passPlace(p), "the pass %s has a second settings element", id)
			d.Relate(passPlace(before), "the first one is here")
			continue
		}
		first[id] = p
	}
}}
