package validate

import (
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

var duplicateSetting = check{rule: rule.DuplicateSetting, siblings: func(r *run, c *answer.Cursor, list []*answer.Setting) {
	if len(list) < 2 || c.Schema == nil || (c.Setting != nil && c.Known == nil) {
		return
	}
	first := map[*schema.Setting]*answer.Setting{}
	for _, s := range list {
		known := c.Schema.Child(c.Known, s.Name)
		if s.Space != "" || known == nil || known.Kind == schema.Item {
			continue
		}
		before := first[known]
		if before == nil {
			first[known] = s
			continue
		}
		if steered(c) {
			return
		}
		r.reportChild(s, s.NamePlace(), "%s is given twice", known.Name()).Relate(before.NamePlace(), "the first one is here")
	}
}}
