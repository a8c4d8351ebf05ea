package validate

import (
	"strings"

	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

var settingRequired = check{rule: rule.SettingRequired, setting: func(r *run, c *answer.Cursor) {
	if c.Known == nil || !c.Known.Container() || c.Setting.Action() == "remove" {
		return
	}
	for i, children := 0, c.Schema.Children(c.Known); i < len(children); i++ {
		child := &children[i]
		if !child.Required || child.Type == schema.KeyType || !validIn(child, c.Pass) || has(c, child) {
			continue
		}
		// The key of an item has a rule of its own.
		if child.Name() != c.Known.Key {
			r.report(c.Setting.NamePlace(), "%s lacks %s, which the reference calls required", c.Known.Path, child.Name())
		}
	}
}}

// validIn tells whether a setting may stand in a pass; an unknown pass does
// not exclude anything.
func validIn(s *schema.Setting, p *answer.Pass) bool {
	id, ok := p.ID()
	return !ok || s.Passes.Has(id)
}

// has tells whether the setting of the cursor holds a known child.
func has(c *answer.Cursor, child *schema.Setting) bool {
	return childNamed(c, child.Name()) != nil
}

// childNamed returns the first child of a catalogue name, however it is
// spelled; nil without one.
func childNamed(c *answer.Cursor, name string) *answer.Setting {
	for _, s := range c.Setting.Children {
		if s.Space != "" {
			continue
		}
		if strings.EqualFold(s.Name, name) {
			return s
		}
		if known := c.Schema.Child(c.Known, s.Name); known != nil && known.Name() == name {
			return s
		}
	}
	return nil
}
