package validate

import (
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

var duplicateSetting = check{rule: rule.DuplicateSetting, siblings: func(r *run, c *answer.Cursor, list []sibling) {
	first := make(map[*schema.Setting]*answer.Setting, len(list))
	for _, s := range list {
		if s.known.Kind == schema.Item {
			continue
		}
		before := first[s.known]
		if before == nil {
			first[s.known] = s.Setting
			continue
		}
		if steered(c) {
			return
		}
		r.reportChild(s.Setting, s.NamePlace(), "%s is given twice", s.known.Name()).Relate(before.NamePlace(), "the first one is here")
	}
}}
