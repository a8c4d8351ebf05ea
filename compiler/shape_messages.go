package compiler

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/reseal/reseal/schema"
	"github.com/xeipuuv/gojsonschema"
)

func shapeFinding(span source.Span, message string) *diag.Diagnostic {
	return rule.YamlShape.At(span, "%s", message)
}

// translate reports one error of the validator in our own words. No message
// repeats a value: it may be a secret at the wrong place.
func (c *shapeCheck) translate(s *shape, e gojsonschema.ResultError, fragment map[string]any, at place) {
	name, details := at.name(), e.Details()
	switch e.Type() {
	case "additional_property_not_allowed":
		c.unknownKey(fmt.Sprint(details["property"]), fragment, at)
	case "required":
		c.report(at, at.start(), "%s lacks the key %q", name, details["property"])
	case "invalid_type":
		c.wrongKind(s, fragment, at)
	case "enum", "const":
		c.notListed(s, fragment, at)
	case "pattern", "format":
		c.report(at, at.span(), "%s must %s", name, formOf(fragment))
	case "array_min_properties", "array_max_properties":
		c.report(at, at.span(), "%s takes %s", name, keyCount(fragment))
	case "array_min_items":
		c.report(at, at.span(), "%s needs at least %s", name, amount(details["min"], "item"))
	case "string_gte":
		c.report(at, at.span(), "%s needs at least %s", name, amount(details["min"], "character"))
	case "array_max_items":
		c.report(at, at.span(), "%s takes at most %s", name, amount(details["max"], "item"))
	case "string_lte":
		if fmt.Sprint(details["max"]) == "0" {
			c.report(at, at.span(), "%s takes no text but an empty one", name)
			return
		}
		c.report(at, at.span(), "%s takes at most %s", name, amount(details["max"], "character"))
	case "number_gte":
		c.report(at, at.span(), "%s must be at least %v", name, details["min"])
	case "number_lte":
		c.report(at, at.span(), "%s must be at most %v", name, details["max"])
	case "unique":
		c.twin(at, fmt.Sprint(details["i"]), fmt.Sprint(details["j"]))
	case "number_all_of", "condition_then", "condition_else", "invalid_property_name":
		// the errors that explain it are in the list too
	default:
		c.report(at, at.span(), "%s is not allowed in this form", name)
	}
}

// twin reports the second of two equal items.
func (c *shapeCheck) twin(at place, first, second string) {
	c.report(at, at.down(second).node.Span, "%s holds the same item twice", at.name()).Relate(at.down(first).node.Span, "the first one")
}

// unknownKey reports a key that no section or part of one has.
func (c *shapeCheck) unknownKey(key string, fragment map[string]any, at place) {
	known := slices.Sorted(maps.Keys(member(fragment, "properties")))
	here := at.down(key)
	message := fmt.Sprintf("%s has no key %q", at.name(), key)
	if len(at.path) == 0 {
		message = fmt.Sprintf("the language has no section %q", key)
	}
	near := nearestKey(key, known)
	if near != "" {
		message += fmt.Sprintf("; did you mean %q?", near)
	}
	d := shapeFinding(here.key.Or(here.node.Span), message)
	if len(known) > 0 {
		d.Helpf("Known here: %s.", strings.Join(known, ", "))
	}
	if near != "" && here.key.Known() && at.node.Get(near) == nil {
		d.FixBy(fmt.Sprintf("Write %s", near), false, here.key, near)
	}
	c.add(here, d)
}

func nearestKey(key string, known []string) string {
	for _, k := range known {
		if strings.EqualFold(k, key) {
			return k
		}
	}
	return schema.Nearest(key, known)
}

// wrongKind reports text where a list is due, and the like.
func (c *shapeCheck) wrongKind(s *shape, fragment map[string]any, at place) {
	wants := s.wants(fragment)
	if at.node.Empty {
		c.report(at, at.span(), "%s has no value: it must be %s", at.name(), wants)
		return
	}
	given := kindOf(at.node, dataOf(at.node, 0))
	d := c.report(at, at.span(), "%s must be %s, not %s", at.name(), wants, given)
	if wants == typeWords["boolean"] {
		truthHelp(d, at.node)
	}
}

// truthHelp explains how to write a truth value to one who wrote it otherwise.
func truthHelp(d *diag.Diagnostic, n *yamldoc.Node) {
	meant := ""
	switch strings.ToLower(n.Text) {
	case "true", "yes", "on", "y", "1":
		meant = "true"
	case "false", "no", "off", "n", "0":
		meant = "false"
	default:
		return
	}
	d.Helpf("Write %s, without quotes.", meant)
	d.FixBy("Write "+meant, true, n.Span, meant)
}

// notListed reports a word that is none of the allowed ones.
func (c *shapeCheck) notListed(s *shape, fragment map[string]any, at place) {
	words := s.wanted(fragment)
	d := c.report(at, at.span(), "%s must be %s", at.name(), s.wants(fragment))
	near := schema.ArchitectureMeant(at.node.Text) // x64
	if !slices.Contains(words, near) {
		near = nearestKey(at.node.Text, words)
	}
	if at.node.Kind != yamldoc.Scalar || near == "" || len(words) < 2 {
		return
	}
	d.Message += fmt.Sprintf("; did you mean %s?", near)
	d.FixBy("Write "+near, false, at.node.Span, near)
}

// formOf names a form by the first example of its fragment, or by its title.
func formOf(fragment map[string]any) string {
	if examples, _ := fragment["examples"].([]any); len(examples) > 0 {
		return fmt.Sprintf("have a form such as %v", examples[0])
	}
	if title, _ := fragment["title"].(string); title != "" {
		return "be a " + strings.ToLower(title[:1]) + title[1:]
	}
	return "have another form"
}

// keyCount tells how many keys a mapping takes, and which.
func keyCount(fragment map[string]any) string {
	keys := strings.Join(slices.Sorted(maps.Keys(member(fragment, "properties"))), ", ")
	least, most := fmt.Sprint(fragment["minProperties"]), fmt.Sprint(fragment["maxProperties"])
	switch {
	case least == most:
		return fmt.Sprintf("exactly %s of: %s", least, keys)
	case fragment["maxProperties"] != nil:
		return fmt.Sprintf("at most %s of: %s", most, keys)
	}
	return fmt.Sprintf("at least %s of: %s", least, keys)
}

func amount(n any, unit string) string {
	if fmt.Sprint(n) == "1" {
		return "one " + unit
	}
	return fmt.Sprintf("%v %ss", n, unit)
}
