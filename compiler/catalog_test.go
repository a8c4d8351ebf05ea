package compiler

import (
	"strings"
	"testing"

	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// TestEverySettingOfTheCatalogueIsReached writes each setting in the form that
// its kind asks for, alone with what must stand around it, and looks for it in
// the answer file.
func TestEverySettingOfTheCatalogueIsReached(t *testing.T) {
	reached := 0
	for i, all := 0, schema.Components(); i < len(all); i++ {
		c := &all[i]
		for j := range c.Settings {
			s := &c.Settings[j]
			if s.Type == schema.KeyType {
				continue // an attribute, not an element
			}
			text := inComponent("specialize", c.Name, yamlOf(c, s))
			p, diags := parse(text, Options{})
			if len(diags.All) > 0 {
				t.Errorf("%s %s: %s\n%s", c.Name, s.Path, line(diags.All[0]), text)
				continue
			}
			if !holds(p.Outputs[0].Answer, s) {
				t.Errorf("%s %s is missing:\n%s", c.Name, s.Path, text)
			}
			reached++
		}
	}
	if reached < 1000 {
		t.Errorf("only %d settings", reached)
	}
}

// yamlOf writes a setting and the containers above it in flow style.
func yamlOf(c *schema.Component, s *schema.Setting) string {
	value := "'x'"
	switch {
	case s.Kind == schema.List && c.ItemOf(s) != nil:
		value = "['']"
		if c.ItemOf(s).Text {
			value = "['x']"
		}
	case s.Container():
		value = "''"
	}
	if s.Kind == schema.Item {
		value = "[" + value + "]"
	}
	for at := s; ; {
		up := c.Parent(at)
		switch {
		case up == nil:
			return at.Name() + ": " + value
		case up.Kind == schema.List:
			// the item's name is implied
		case up.Kind == schema.Item:
			value = "[{" + at.Name() + ": " + value + "}]"
		default:
			value = "{" + at.Name() + ": " + value + "}"
		}
		at = up
	}
}

// holds tells whether a setting is in the answer file, spelled as the catalogue
// does, items with the action that adds them.
func holds(a *answer.File, s *schema.Setting) bool {
	found := false
	a.Walk(func(c *answer.Cursor) bool {
		if c.Path() == s.Path && c.Known == s {
			_, keyed := c.Setting.KeyValue()
			found = (s.Kind != schema.Item || c.Setting.Action() == "add") && keyed == s.KeyAttr
		}
		return true
	})
	return found
}

func TestEveryPasswordGroupTakesTheShortForm(t *testing.T) {
	groups := 0
	for i, all := 0, schema.Components(); i < len(all); i++ {
		c := &all[i]
		for j := range c.Settings {
			s := &c.Settings[j]
			if s.Kind != schema.Group || c.Child(s, "PlainText") == nil {
				continue
			}
			groups++
			text := inComponent("specialize", c.Name, strings.Replace(yamlOf(c, s), "''", "throw-away", 1))
			a := lowered(t, text)
			hidden := false
			a.Walk(func(at *answer.Cursor) bool {
				hidden = hidden || at.Setting.Hide == s.Name() && at.Setting.Written() == answer.Hidden("throw-away", s.Name())
				return true
			})
			if !hidden {
				t.Errorf("%s %s is not hidden", c.Name, s.Path)
			}
		}
	}
	if groups < 5 {
		t.Errorf("only %d groups", groups)
	}
}
