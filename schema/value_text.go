package schema

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// checkText checks what holds for a value of any type: length, characters,
// and words that may not stand alone.
func (s *Setting) checkText(value string) []Reason {
	reasons := s.checkLength(value)
	if found := forbiddenIn(value, s.ForbiddenChars); found != "" {
		r := Reason{Kind: ForbiddenChars, Text: "must not contain " + found}
		if s.Sensitive {
			r.Text = "contains a character that is not allowed"
		}
		reasons = append(reasons, r)
	}
	if slices.ContainsFunc(s.ForbiddenValues, func(v string) bool { return strings.EqualFold(v, value) }) {
		reasons = append(reasons, Reason{Kind: ForbiddenValue, Text: "must not be " + AnyOf(s.ForbiddenValues)})
	}
	return reasons
}

func (s *Setting) checkLength(value string) []Reason {
	n, unit := utf8.RuneCountInString(value), "character"
	if s.LengthInBytes {
		n, unit = len(value), "byte"
	}
	switch {
	case s.MaxLength > 0 && n > s.MaxLength:
		return []Reason{{Kind: TooLong, Text: fmt.Sprintf("must have at most %s, this has %d", count(s.MaxLength, unit), n)}}
	case n < s.MinLength:
		return []Reason{{Kind: TooShort, Text: fmt.Sprintf("must have at least %s, this has %d", count(s.MinLength, unit), n)}}
	}
	return nil
}

// forbiddenIn lists the forbidden characters that value contains, each once:
// `blanks, ":" or "."`.
func forbiddenIn(value, forbidden string) string {
	var found []string
	for _, c := range value {
		if !strings.ContainsRune(forbidden, c) {
			continue
		}
		if name := characterName(c); !slices.Contains(found, name) {
			found = append(found, name)
		}
	}
	return AnyOf(found)
}

// characterName is a character in quotation marks, or its name where those
// would not help.
func characterName(c rune) string {
	switch c {
	case ' ':
		return "blanks"
	case '"':
		return "quotation marks"
	}
	return `"` + string(c) + `"`
}

// count is a number with its unit: "1 byte", "15 bytes".
func count(n int, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	return fmt.Sprintf("%d %ss", n, unit)
}
