package compiler

import (
	"encoding/json"
	"maps"
	"strings"

	"github.com/reseal/reseal/schema"
)

// catalogSchema writes the catalogue as definitions, one a component and one a
// top-level setting. Most look the same in every pass; where a pass has a
// setting less, the passes that agree share a definition of their own.
type catalogSchema struct {
	definitions map[string]any
	variants    map[string]string // definition as JSON, with its base name → full name
	err         error             // the first fragment that is no JSON
}

func newCatalogSchema(definitions map[string]any) *catalogSchema {
	return &catalogSchema{definitions: definitions, variants: map[string]string{}}
}

// component defines a component as it is in one pass and returns the name of
// the definition.
func (b *catalogSchema) component(c *schema.Component, p schema.Pass) string {
	properties := map[string]any{attrKey: ref("attributes"), omitKey: ref("omitOfComponent")}
	for i, top := 0, c.Children(nil); i < len(top); i++ {
		if s := &top[i]; validIn(c, s, p) {
			name := c.Name + "." + s.Name()
			properties[s.Name()] = ref(b.define(name, p, b.element(c, s, p)))
		}
	}
	return b.define(c.Name, p, titled(c.Name, c.Describe(nil), container(properties, c.Opaque)))
}

// define stores a fragment under its name; a second fragment that differs gets
// the pass behind the name.
func (b *catalogSchema) define(name string, p schema.Pass, fragment map[string]any) string {
	text, err := json.Marshal(fragment)
	if err != nil && b.err == nil {
		b.err = err
	}
	key := name + "\n" + string(text)
	if known := b.variants[key]; known != "" {
		return known
	}
	full := name
	if b.definitions[full] != nil {
		full += "." + p.String()
	}
	b.variants[key], b.definitions[full] = full, fragment
	return full
}

// validIn tells whether a setting, or one below it, is valid in a pass.
func validIn(c *schema.Component, s *schema.Setting, p schema.Pass) bool {
	if s.Type == schema.KeyType {
		return false // an attribute, written as $key
	}
	if s.Passes.Has(p) {
		return true
	}
	for i, children := 0, c.Children(s); i < len(children); i++ {
		if validIn(c, &children[i], p) {
			return true
		}
	}
	return false
}

// element is what may stand behind the element name of a setting.
func (b *catalogSchema) element(c *schema.Component, s *schema.Setting, p schema.Pass) map[string]any {
	fragment := b.form(c, s, p)
	if s.Kind == schema.Item {
		fragment = b.repeated(c, s, p)
	}
	return b.annotate(c, s, fragment)
}

// form is one element of a setting: a value, a mapping or a list.
func (b *catalogSchema) form(c *schema.Component, s *schema.Setting, p schema.Pass) map[string]any {
	switch {
	case s.Opaque:
		return map[string]any{}
	case s.Kind == schema.List:
		return b.list(c, s, p)
	case !s.Container():
		return scalarSchema(s)
	case hiddenPassword(c, s):
		return map[string]any{"anyOf": []any{ref("text"), b.group(c, s, p)}}
	}
	return b.group(c, s, p)
}

// hiddenPassword tells whether a group may be written as the password alone,
// which the compiler then writes in Windows' hidden form.
func hiddenPassword(c *schema.Component, s *schema.Setting) bool {
	return c.Child(s, "Value") != nil && c.Child(s, "PlainText") != nil
}

// group is a mapping of the children.
func (b *catalogSchema) group(c *schema.Component, s *schema.Setting, p schema.Pass) map[string]any {
	properties := settingKeys()
	if s.Kind == schema.Item {
		properties = itemKeys()
	}
	for i, children := 0, c.Children(s); i < len(children); i++ {
		if child := &children[i]; validIn(c, child, p) {
			properties[child.Name()] = b.element(c, child, p)
		}
	}
	return container(properties, s.Opaque)
}

// container is a mapping that may also be left empty, as an empty text or list.
func container(properties map[string]any, open bool) map[string]any {
	return map[string]any{
		"type": []string{"object", "null", "string", "array"}, "maxLength": 0, "maxItems": 0,
		"properties": properties, "additionalProperties": open,
	}
}

// list is a sequence whose items need no name, or a mapping from the item's
// name to a sequence, for lists with attributes or text of their own.
func (b *catalogSchema) list(c *schema.Component, s *schema.Setting, p schema.Pass) map[string]any {
	item := c.ItemOf(s)
	if item == nil {
		return b.group(c, s, p)
	}
	named := settingKeys()
	named[item.Name()] = b.annotate(c, item, b.repeated(c, item, p))
	forms := b.sequences(c, item, p)
	return map[string]any{"anyOf": append(forms, container(named, false))}
}

// repeated is what stands behind the name of an item: all items of this name.
func (b *catalogSchema) repeated(c *schema.Component, item *schema.Setting, p schema.Pass) map[string]any {
	forms := b.sequences(c, item, p)
	if len(forms) == 1 {
		return forms[0]
	}
	return map[string]any{"anyOf": forms}
}

// sequences lists the forms in which several items can be written: a
// sequence, and where each is a text with a key, a mapping of keys to texts.
func (b *catalogSchema) sequences(c *schema.Component, item *schema.Setting, p schema.Pass) []map[string]any {
	forms := []map[string]any{{"type": []string{"array", "null"}, "items": b.annotate(c, item, b.form(c, item, p))}}
	if item.KeyAttr && item.Text {
		forms = append(forms, map[string]any{
			"type":                 "object",
			"title":                "Keys to values",
			"description":          "Each key is the wcm:keyValue of the item whose text stands behind it.",
			"patternProperties":    map[string]any{"^[^$]": map[string]any{"anyOf": append(valueForms(item), ref("secret"))}},
			"additionalProperties": false,
		})
	}
	return forms
}

// annotate adds title and description, and for settings that Windows has given
// up the message that editors show at their use.
func (b *catalogSchema) annotate(c *schema.Component, s *schema.Setting, fragment map[string]any) map[string]any {
	out := maps.Clone(fragment)
	out["title"], out["description"] = s.Path, c.Describe(s)
	if s.HasDefault && !s.Container() {
		out["default"] = editorData(s.Default)
	}
	if s.State == schema.Deprecated || s.State == schema.Removed {
		out["deprecationMessage"] = strings.TrimSuffix(c.Name+" "+s.Path+" is "+s.State.String()+": "+s.Note, ": ")
	}
	return out
}
