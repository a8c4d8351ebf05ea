package schema

import (
	"slices"
	"strings"
)

// ReasonKind tells in which way a value does not fit its setting.
type ReasonKind uint8

const (
	ValueType       ReasonKind = iota // it cannot be read as the type
	BooleanSpelling                   // a boolean that is not spelled true or false
	ValueNotListed                    // none of the listed values
	OutOfRange                        // below the minimum, above the maximum, or no sum of the flags
	TooLong
	TooShort
	ForbiddenChars
	ForbiddenValue
	EmptyValue // empty where a value is needed
)

// Reason is one way in which a value does not fit its setting.
type Reason struct {
	Kind     ReasonKind
	Text     string // goes on after the setting's name: "must be true or false"
	Suggest  string // a value that was probably meant; "" = none
	CaseOnly bool   // of ValueNotListed: only the letter case differs
	Soft     bool   // of OutOfRange: the range only describes what is usual, or Windows corrects the value
}

// CheckValue tells in which ways a value does not fit the setting; nil when it
// does, and for settings without a value. White space around the value counts
// as part of it. No reason holds the value of a sensitive setting.
func (s *Setting) CheckValue(value string) []Reason {
	if s.Type == NoType || s.Type == KeyType {
		return nil
	}
	if value == "" {
		return s.checkEmpty()
	}
	if slices.ContainsFunc(s.SpecialValues, func(v string) bool { return strings.EqualFold(v, value) }) {
		return nil
	}
	reasons := s.checkText(value)
	if s.Separator != "" {
		return append(reasons, s.checkParts(value)...)
	}
	return append(reasons, s.checkType(value)...)
}

func (s *Setting) checkEmpty() []Reason {
	switch s.Empty {
	case EmptyAllowed:
		return nil
	case EmptyForbidden:
		return []Reason{{Kind: EmptyValue, Text: "must not be empty"}}
	}
	switch s.Type {
	case String, Path, URL, Base64:
		return nil
	}
	return []Reason{{Kind: EmptyValue, Text: "must not be empty: " + s.wanted()}}
}

// checkParts checks the values of a list in one string. A separator at the
// end is common and harmless.
func (s *Setting) checkParts(value string) []Reason {
	var reasons []Reason
	for part := range strings.SplitSeq(value, s.Separator) {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		if len(s.ListValues) > 0 {
			reasons = append(reasons, s.checkListed(part, s.ListValues)...)
			continue
		}
		reasons = append(reasons, s.checkType(part)...)
	}
	return reasons
}

func (s *Setting) checkType(value string) []Reason {
	switch s.Type {
	case Boolean:
		return checkBoolean(value)
	case Enum:
		return s.checkListed(value, s.Values)
	case Integer, Unsigned:
		return s.checkNumber(value)
	}
	if s.formed(value) {
		return nil
	}
	return []Reason{{Kind: ValueType, Text: s.wanted()}}
}

// checkBoolean accepts true and false alone, which is all that the reference
// knows, and tells other spellings of the two from anything else.
func checkBoolean(value string) []Reason {
	if value == "true" || value == "false" {
		return nil
	}
	const text = "must be true or false"
	switch strings.ToLower(value) {
	case "true", "yes", "on", "1":
		return []Reason{{Kind: BooleanSpelling, Text: text, Suggest: "true"}}
	case "false", "no", "off", "0":
		return []Reason{{Kind: BooleanSpelling, Text: text, Suggest: "false"}}
	}
	return []Reason{{Kind: ValueType, Text: text, Suggest: Nearest(value, []string{"true", "false"})}}
}

func (s *Setting) checkListed(value string, listed []string) []Reason {
	if slices.Contains(listed, value) {
		return nil
	}
	r := Reason{Kind: ValueNotListed, Text: "must be " + s.choice(listed)}
	for _, v := range listed {
		if strings.EqualFold(v, value) {
			r.CaseOnly, r.Suggest = true, v
			return []Reason{r}
		}
	}
	r.Suggest = Nearest(value, listed)
	if slices.Equal(listed, []string{"0", "1"}) || slices.Equal(listed, []string{"1", "0"}) {
		r.Suggest = map[string]string{"true": "1", "false": "0"}[strings.ToLower(value)]
	}
	return []Reason{r}
}

// choice lists values in words: `"a", "b" or "c"`.
func (s *Setting) choice(values []string) string {
	if s.Separator != "" && len(s.ListValues) > 0 {
		return "a list of " + strings.Join(values, ", ") + " with " + s.Separator + " between them"
	}
	return AnyOf(values)
}
