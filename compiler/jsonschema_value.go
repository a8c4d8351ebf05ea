package compiler

import (
	"regexp"
	"slices"
	"strings"

	"github.com/reseal/reseal/schema"
)

// scalarSchema is the value of a setting: plain text that its type allows, or
// one of the forms that stand for a value.
func scalarSchema(s *schema.Setting) map[string]any {
	instead := "value"
	if s.Kind == schema.Item {
		instead = "itemValue"
	}
	return map[string]any{"anyOf": append(valueForms(s), ref(instead))}
}

// valueForms lists the schemas of a plain value, the one whose words editors
// should offer first. A schema refuses only what the catalogue calls wrong,
// and where the catalogue is lenient (soft ranges, empty elements, letter case
// that Windows forgives) the schema does not narrow.
func valueForms(s *schema.Setting) []any {
	switch s.Type {
	case schema.Boolean:
		return wordForms([]string{"true", "false"})
	case schema.Enum:
		return wordForms(s.Values)
	case schema.Integer, schema.Unsigned:
		return numberForms(s)
	}
	return []any{textForm(s)}
}

// wordForms is a closed list of words: as an editor sees them behind a plain
// scalar, and in quotes.
func wordForms(words []string) []any {
	var plain []any
	for _, word := range words {
		if data := editorData(word); !slices.Contains(plain, data) {
			plain = append(plain, data)
		}
	}
	return []any{
		map[string]any{"enum": plain},
		map[string]any{"type": []string{"string", "null"}, "pattern": "^(" + strings.TrimPrefix(alternativeWords(words), "|") + ")?$"},
	}
}

// editorData is a plain scalar as a YAML 1.2 reader other than ours sees it.
func editorData(text string) any {
	switch text {
	case "null", "Null", "NULL", "~", "":
		return nil
	}
	return plainData(text)
}

// numberForms is a whole number, also in quotes, within the range.
func numberForms(s *schema.Setting) []any {
	number := map[string]any{"type": []string{"integer", "string", "null"}}
	var b bounds
	switch zero := int64(0); {
	case s.HasMin && !s.SoftRange:
		b.min, number["minimum"] = &s.Min, s.Min
	case s.Type == schema.Unsigned && !s.HasMin:
		b.min, number["minimum"] = &zero, zero
	}
	if s.HasMax && !s.SoftRange {
		b.max, number["maximum"] = &s.Max, s.Max
	}
	number["pattern"] = "^$|" + b.pattern()
	if len(s.SpecialValues) > 0 {
		return append([]any{number}, wordForms(s.SpecialValues)...)
	}
	return []any{number}
}

// textForm is text of any other type. Lengths in bytes are no shorter than in
// characters, so an upper limit holds for both.
func textForm(s *schema.Setting) map[string]any {
	form := map[string]any{"type": plainTypes()}
	if s.MaxLength > 0 {
		form["maxLength"] = s.MaxLength
	}
	if s.Separator != "" && len(s.ListValues) > 0 {
		form["pattern"] = listPattern(s.ListValues, s.Separator)
	}
	if known := append(append([]string{}, s.KnownValues...), s.SpecialValues...); len(known) > 0 {
		form["examples"] = known
	}
	if s.ForbiddenChars != "" {
		form["pattern"] = "^([^" + classOf(s.ForbiddenChars) + "]*" + alternativeWords(s.SpecialValues) + ")$"
	}
	if len(s.ForbiddenValues) > 0 {
		form["not"] = map[string]any{"enum": s.ForbiddenValues}
	}
	return form
}

// alternativeWords is "|a|b" with the words quoted for a regular expression.
func alternativeWords(words []string) string {
	var b strings.Builder
	for _, word := range words {
		b.WriteString("|" + regexp.QuoteMeta(word))
	}
	return b.String()
}

// classOf quotes characters for use between the brackets of a class. Only what
// must be is escaped: editors read patterns in the strict Unicode mode of
// ECMAScript, which refuses needless backslashes.
func classOf(chars string) string {
	return strings.NewReplacer(`\`, `\\`, "]", `\]`, "[", `\[`, "^", `\^`, "-", `\-`).Replace(chars)
}

// listPattern allows words with separators between them, and blanks around.
func listPattern(words []string, separator string) string {
	one := "\\s*(" + strings.TrimPrefix(alternativeWords(words), "|") + ")?\\s*"
	return "^" + one + "(" + regexp.QuoteMeta(separator) + one + ")*$"
}
