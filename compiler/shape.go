package compiler

import (
	"bytes"
	"encoding/json"
	"math"
	"sync"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/xeipuuv/gojsonschema"
)

// outlineLevels is how deep the shape check looks into passes: the passes and
// their components. What a component may hold is for the catalogue to tell.
const outlineLevels = 1

// shape is the outer shape of the language: a JSON Schema as plain data and
// made ready for use. It must not be changed.
type shape struct {
	fragment map[string]any
	compiled *gojsonschema.Schema
}

// languageShape makes the shape once, when the first profile is read: a
// command that reads none does not pay for it.
var languageShape = sync.OnceValues(func() (*shape, error) {
	return newShape(outlineSchema())
})

// checkShape reports what in a document is no profile: keys that the language
// does not know, missing ones, values of the wrong kind. It looks at every
// section and stays silent on what passes hold below a component. It returns
// the sections, by YAML key, whose value it found fault with; "" stands for
// the document itself.
func checkShape(doc *yamldoc.Node, diags *diag.List) map[string]bool {
	s, err := languageShape()
	if err != nil {
		diags.Add(rule.YamlShape.At(doc.Span, "the schema of the language is damaged: %v", err))
		return map[string]bool{"": true}
	}
	check := shapeCheck{diags: diags, faulty: map[string]bool{}}
	check.run(s, outlineData(doc), place{node: doc})
	return check.faulty
}

// newShape brings a schema to the types that decoding JSON gives, whatever Go
// types its parts were written in, and compiles it.
func newShape(fragment map[string]any) (*shape, error) {
	text, err := json.Marshal(fragment)
	if err != nil {
		return nil, err
	}
	s := &shape{}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	if err := dec.Decode(&s.fragment); err != nil {
		return nil, err
	}
	s.compiled, err = gojsonschema.NewSchema(gojsonschema.NewBytesLoader(text))
	return s, err
}

// outlineSchema is the language with the passes reduced to their outline.
func outlineSchema() map[string]any {
	properties := map[string]any{}
	for _, s := range sections {
		properties[s.name] = s.shape()
	}
	properties["passes"] = passesOutline()
	return profileSchema(properties, map[string]any{"secret": secretDefinition()})
}

// passesOutline accepts anything below passes: the lowering tells wrong names
// and forms apart and knows the names nearby.
func passesOutline() map[string]any {
	return map[string]any{"type": []any{"object", "null"}}
}

// outlineData is the document as the shape check needs it.
func outlineData(doc *yamldoc.Node) any {
	data, ok := dataOf(doc, 0).(map[string]any)
	if !ok {
		return dataOf(doc, 0)
	}
	for _, p := range doc.Pairs {
		levels := math.MaxInt
		if p.Key.Text == "passes" {
			levels = outlineLevels
		}
		if _, twice := data[p.Key.Text]; !twice {
			data[p.Key.Text] = dataOf(p.Value, levels)
		}
	}
	return data
}
