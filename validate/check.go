package validate

import (
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// check is what one rule tests. Each hook may be nil; a hook reports through
// the run, which knows the rule and the node that it is called for.
type check struct {
	rule *rule.Rule

	file      func(*run)                                  // once
	pass      func(*run, *answer.Pass)                    // each settings element
	component func(*run, *answer.Pass, *answer.Component) // each component element
	siblings  func(*run, *answer.Cursor, []sibling)       // the known settings below one parent; at the top of a component the cursor has no Setting
	setting   func(*run, *answer.Cursor)                  // each setting, known or not
	value     func(*run, *answer.Cursor, string)          // the value of each known leaf that is not empty, no secret and no placeholder; white space around it is gone
	reason    func(*run, *answer.Cursor, schema.Reason)   // each reason why such a value does not fit the catalogue
}

// sibling is one of the settings below a parent that the catalogue knows.
type sibling struct {
	*answer.Setting
	known *schema.Setting
}

// hooks are the checks of a run that have a certain hook, so that a walk over
// thousands of settings asks nobody who has nothing to say.
type hooks struct {
	file, pass, component, siblings, setting, value, reason []*check
}

func hooksOf(all []*check, strict bool) hooks {
	var h hooks
	for _, c := range all {
		if c.rule.Off && !strict {
			continue
		}
		add := func(list *[]*check, has bool) {
			if has {
				*list = append(*list, c)
			}
		}
		add(&h.file, c.file != nil)
		add(&h.pass, c.pass != nil)
		add(&h.component, c.component != nil)
		add(&h.siblings, c.siblings != nil)
		add(&h.setting, c.setting != nil)
		add(&h.value, c.value != nil)
		add(&h.reason, c.reason != nil)
	}
	return h
}
