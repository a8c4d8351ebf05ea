package compiler

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/reseal/reseal/internal/yamldoc"
)

// at is the fragment that speaks for a path, nil when none does. No union may
// stand on the way.
func (s *shape) at(path []string) map[string]any {
	fragment := s.fragment
	for _, part := range path {
		fragment = s.down(fragment, part)
	}
	return s.resolve(fragment)
}

func (s *shape) down(fragment map[string]any, part string) map[string]any {
	fragment = s.resolve(fragment)
	if next, ok := member(fragment, "properties")[part].(map[string]any); ok {
		return next
	}
	for pattern, next := range member(fragment, "patternProperties") {
		if matched, err := regexp.MatchString(pattern, part); err == nil && matched {
			return asFragment(next)
		}
	}
	if items := member(fragment, "items"); items != nil {
		return items
	}
	return member(fragment, "additionalProperties")
}

// resolve follows $ref to a definition of the same schema.
func (s *shape) resolve(fragment map[string]any) map[string]any {
	if name, ok := fragment["$ref"].(string); ok {
		return asFragment(member(s.fragment, "definitions")[strings.TrimPrefix(name, refPrefix)])
	}
	return fragment
}

// alternatives lists what a union offers, each a schema that can be compiled
// alone: with the keywords beside the union and with the definitions.
func (s *shape) alternatives(union map[string]any) []map[string]any {
	var all []map[string]any
	for _, word := range []string{"anyOf", "oneOf"} {
		list, _ := union[word].([]any)
		for _, one := range list {
			merged := maps.Clone(union)
			delete(merged, word)
			maps.Copy(merged, s.resolve(asFragment(one)))
			merged["definitions"] = s.fragment["definitions"]
			all = append(all, merged)
		}
	}
	return all
}

func asFragment(v any) map[string]any {
	fragment, _ := v.(map[string]any)
	return fragment
}

func member(fragment map[string]any, key string) map[string]any {
	return asFragment(fragment[key])
}

// typesOf lists the JSON types that a fragment names, none when it takes any.
func typesOf(fragment map[string]any) []string {
	switch t := fragment["type"].(type) {
	case string:
		return []string{t}
	case []any:
		var all []string
		for _, one := range t {
			all = append(all, fmt.Sprint(one))
		}
		return all
	}
	if literals := literalsOf(fragment); len(literals) > 0 {
		return []string{jsonType(literals[0])}
	}
	if fragment["properties"] != nil {
		return []string{"object"}
	}
	return nil
}

// literalsOf lists the values that const or enum allows.
func literalsOf(fragment map[string]any) []any {
	if literal, ok := fragment["const"]; ok {
		return []any{literal}
	}
	literals, _ := fragment["enum"].([]any)
	return literals
}

func jsonType(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case json.Number:
		return "number"
	case string:
		return "string"
	case []any:
		return "array"
	}
	return "object"
}

// acceptsKind tells whether data has a type that the fragment takes.
func (s *shape) acceptsKind(fragment map[string]any, data any) bool {
	if alternatives := s.alternatives(fragment); len(alternatives) > 0 {
		return slices.ContainsFunc(alternatives, func(f map[string]any) bool { return s.acceptsKind(f, data) })
	}
	types, given := typesOf(fragment), jsonType(data)
	return len(types) == 0 || slices.Contains(types, given) || given == "number" && slices.Contains(types, "integer")
}

// typeWords are the JSON types in words of YAML.
var typeWords = map[string]string{
	"string": "text", "number": "a number", "integer": "a whole number", "boolean": "true or false",
	"object": "a mapping", "array": "a list", "null": "empty",
}

// kindOf says what the author wrote instead.
func kindOf(n *yamldoc.Node, data any) string {
	switch {
	case n.Kind != yamldoc.Scalar:
		return n.Kind.String()
	case n.Empty:
		return "empty"
	case n.Style != yamldoc.Plain:
		return "quoted text"
	}
	return typeWords[jsonType(data)]
}

// wants puts into words what a fragment takes: "text, a mapping or a list".
func (s *shape) wants(fragment map[string]any) string {
	words := s.wanted(fragment)
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}

// wanted lists literals, or kinds of values in the words of YAML, each once.
// Text takes in every literal, so where any text will do no literal is named.
func (s *shape) wanted(fragment map[string]any) []string {
	literals, kinds := s.leaves(fragment)
	words := kinds
	if !slices.Contains(kinds, typeWords["string"]) {
		words = append(literals, kinds...)
	}
	var once []string
	for _, word := range words {
		if !slices.Contains(once, word) {
			once = append(once, word)
		}
	}
	return once
}

// leaves parts what the alternatives of a fragment take into literals and
// kinds of values.
func (s *shape) leaves(fragment map[string]any) (literals, kinds []string) {
	for _, alternative := range s.alternatives(fragment) {
		l, k := s.leaves(alternative)
		literals, kinds = append(literals, l...), append(kinds, k...)
	}
	if len(literals)+len(kinds) > 0 {
		return literals, kinds
	}
	for _, literal := range literalsOf(fragment) {
		literals = append(literals, fmt.Sprint(literal))
	}
	if len(literals) > 0 {
		return literals, nil
	}
	types := typesOf(fragment)
	text := slices.Contains(types, "string")
	for _, t := range types {
		looksLike := t == "number" || t == "integer" || t == "boolean"
		if t == "null" || text && looksLike {
			continue // text may look like a number without being one
		}
		kinds = append(kinds, typeWords[t])
	}
	return nil, kinds
}
