package compiler

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/reseal/reseal/schema"
	"github.com/xeipuuv/gojsonschema"
)

// everyValue visits each setting of the catalogue that has a value.
func everyValue(visit func(c *schema.Component, s *schema.Setting)) {
	for i, all := 0, schema.Components(); i < len(all); i++ {
		for j := range all[i].Settings {
			if s := &all[i].Settings[j]; !s.Container() && s.Type != schema.KeyType {
				visit(&all[i], s)
			}
		}
	}
}

// samples are values at and beyond every limit that the catalogue states.
func samples(s *schema.Setting) []string {
	values := []string{"", "true", "false", "True", "yes", "0", "1", "-1", "007", "+2", "text", "a b", "4294967295", "-0"}
	values = append(values, s.Values...)
	values = append(values, s.SpecialValues...)
	values = append(values, s.KnownValues...)
	values = append(values, s.ForbiddenValues...)
	for _, v := range s.Values {
		values = append(values, strings.ToUpper(v), v+"x")
	}
	for _, edge := range []int64{s.Min, s.Max} {
		for _, n := range []int64{edge - 1, edge, edge + 1} {
			values = append(values, strconv.FormatInt(n, 10))
		}
	}
	for _, n := range []int{s.MinLength - 1, s.MinLength, s.MaxLength, s.MaxLength + 1} {
		values = append(values, strings.Repeat("a", max(n, 0)))
	}
	for _, c := range s.ForbiddenChars {
		values = append(values, "a"+string(c)+"b", string(c))
	}
	if s.Separator != "" {
		words := append([]string{"one", "two"}, s.ListValues...)
		values = append(values, strings.Join(words, s.Separator), strings.Join(s.ListValues, s.Separator), strings.Join(words, " "+s.Separator+" "))
	}
	return values
}

// An editor must not mark a value that is right, and must mark one that is
// clearly wrong. The judge is the check that validate uses.
func TestSchemaAndCatalogueAgreeOnValues(t *testing.T) {
	settings, accepted, refused := 0, 0, 0
	everyValue(func(c *schema.Component, s *schema.Setting) {
		settings++
		compiled, err := gojsonschema.NewSchema(gojsonschema.NewGoLoader(map[string]any{"anyOf": valueForms(s)}))
		if err != nil {
			t.Fatalf("%s %s: %v", c.Name, s.Path, err)
		}
		for _, value := range samples(s) {
			reasons := s.CheckValue(value)
			quoted, plain := valid(t, compiled, value), valid(t, compiled, editorData(value))
			if len(reasons) == 0 && !(quoted && plain) {
				t.Errorf("%s %s: %q is right, but the schema says quoted %v, plain %v", c.Name, s.Path, value, quoted, plain)
			}
			if quoted && slices.ContainsFunc(reasons, func(r schema.Reason) bool { return mustRefuse(s, value, r) }) {
				t.Errorf("%s %s: %q must be refused: %v", c.Name, s.Path, value, reasons)
			}
			if quoted {
				accepted++
			} else {
				refused++
			}
		}
	})
	if settings < 860 || accepted < 5000 || refused < 3000 {
		t.Errorf("too little was tried: %d settings, %d values accepted, %d refused", settings, accepted, refused)
	}
}

func valid(t *testing.T, s *gojsonschema.Schema, data any) bool {
	t.Helper()
	result, err := s.Validate(gojsonschema.NewRawLoader(data))
	if err != nil {
		t.Fatal(err)
	}
	return result.Valid()
}

// mustRefuse names the reasons that a schema can express.
func mustRefuse(s *schema.Setting, value string, r schema.Reason) bool {
	switch r.Kind {
	case schema.ValueType, schema.BooleanSpelling:
		return s.Type == schema.Boolean || s.Type == schema.Integer || s.Type == schema.Unsigned
	case schema.ValueNotListed:
		return true
	case schema.OutOfRange:
		return !r.Soft && len(s.Bits) == 0
	case schema.ForbiddenChars, schema.TooLong:
		return true
	case schema.ForbiddenValue:
		return slices.Contains(s.ForbiddenValues, value)
	}
	return false
}

func TestWordsAreOfferedAsAYAMLReaderSeesThem(t *testing.T) {
	forms := wordForms([]string{"true", "7", "NULL", "Auto", "7.0x"})
	plain := forms[0].(map[string]any)["enum"].([]any)
	for i, want := range []any{true, plainData("7"), nil, "Auto", "7.0x"} {
		if plain[i] != want {
			t.Errorf("word %d is %v, want %v", i, plain[i], want)
		}
	}
	compiled, err := gojsonschema.NewSchema(gojsonschema.NewGoLoader(map[string]any{"anyOf": forms}))
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]bool{"true": true, "7": true, "Auto": true, "7.0x": true, "7x0x": false, "Auto7": false, "": true} {
		if valid(t, compiled, text) != want {
			t.Errorf("%q in quotes: valid is not %v", text, want)
		}
	}
}
