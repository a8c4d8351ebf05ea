package validate

import (
	"strings"

	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

var unknownSetting = check{rule: rule.UnknownSetting, setting: func(r *run, c *answer.Cursor) {
	if !strange(c) || opaque(c) {
		return
	}
	name := c.Setting.Name
	if answer.SecretName(c.Schema, c.Chain) >= 0 {
		r.report(c.Setting.NamePlace(), "%s has no setting of this name, which is not shown because it may be the secret itself", container(c))
		return
	}
	d := r.report(c.Setting.NamePlace(), "%s has no setting %s%s", container(c), name, whereInstead(c))
	if c.Parent != nil && c.Parent.KeyAttr && strings.EqualFold(name, "Key") {
		d.Helpf("Write the key as the attribute wcm:keyValue of %s.", c.Parent.Name())
	}
}}

// strange tells whether the catalogue should have the setting and has not:
// neither the component nor anything above is unknown.
func strange(c *answer.Cursor) bool {
	return c.Known == nil && c.Schema != nil && c.Setting.Space == "" && (len(c.Chain) == 1 || c.Parent != nil)
}

// opaque tells whether the names of the settings around this one are not
// known to the catalogue.
func opaque(c *answer.Cursor) bool {
	if c.Parent != nil {
		return c.Parent.Opaque
	}
	return c.Schema.Opaque
}

// container names what a setting stands in.
func container(c *answer.Cursor) string {
	if c.Parent != nil {
		return c.Parent.Path
	}
	return c.Schema.Name
}

// whereInstead tells which setting may have been meant: a neighbour with a
// similar name, or one of exactly this name at another place.
func whereInstead(c *answer.Cursor) string {
	name := c.Setting.Name
	children := c.Schema.Children(c.Parent)
	names := make([]string, len(children))
	for i := range children {
		names[i] = children[i].Name()
	}
	if near := schema.Nearest(name, names); near != "" {
		return didYouMean(near)
	}
	if s := namesake(c.Schema, name); s != nil {
		return "; " + s.Name() + " stands at " + s.Path
	}
	for i, all := 0, schema.Components(); i < len(all); i++ {
		if s := all[i].Child(nil, name); s != nil {
			return "; " + s.Name() + " is a setting of " + all[i].Name
		}
	}
	return ""
}

// namesake finds the setting of a component with this name, when there is only
// one.
func namesake(c *schema.Component, name string) *schema.Setting {
	var found *schema.Setting
	for i := range c.Settings {
		if s := &c.Settings[i]; s.Type != schema.KeyType && strings.EqualFold(s.Name(), name) {
			if found != nil {
				return nil
			}
			found = s
		}
	}
	return found
}
