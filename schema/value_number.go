package schema

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// checkNumber reads a decimal number. Signs and leading zeros are taken, since
// nothing says that Windows refuses them.
func (s *Setting) checkNumber(value string) []Reason {
	body := strings.TrimPrefix(strings.TrimPrefix(value, "+"), "-")
	if !digits(body) || strings.HasPrefix(value, "+-") {
		return []Reason{{Kind: ValueType, Text: s.wanted()}}
	}
	n, err := strconv.ParseInt(strings.TrimPrefix(value, "+"), 10, 64)
	if err != nil {
		return s.checkHuge(value)
	}
	if s.Type == Unsigned && n < 0 && !s.HasMin {
		return []Reason{{Kind: ValueType, Text: s.wanted()}}
	}
	if s.HasMin && n < s.Min || s.HasMax && n > s.Max {
		return []Reason{s.outOfRange()}
	}
	if len(s.Bits) > 0 && uint64(n)&^s.mask() != 0 {
		return []Reason{{Kind: OutOfRange, Text: "must be a sum of " + numbers(s.Bits)}}
	}
	return nil
}

// checkHuge is for numbers that 64 bits do not hold, or only without a sign.
func (s *Setting) checkHuge(value string) []Reason {
	if _, err := strconv.ParseUint(strings.TrimPrefix(value, "+"), 10, 64); err == nil && !s.HasMax && s.Type == Unsigned {
		return nil
	}
	if s.HasMin || s.HasMax {
		return []Reason{s.outOfRange()}
	}
	return []Reason{{Kind: ValueType, Text: s.wanted() + " of at most 64 bits"}}
}

func (s *Setting) outOfRange() Reason {
	return Reason{Kind: OutOfRange, Text: "must be " + s.rangeWords(), Soft: s.SoftRange}
}

// rangeWords is the range in words: "from 1 to 500", "at least 0".
func (s *Setting) rangeWords() string {
	words := ""
	switch {
	case s.HasMin && s.HasMax:
		words = fmt.Sprintf("from %d to %d", s.Min, s.Max)
	case s.HasMin:
		words = fmt.Sprintf("at least %d", s.Min)
	case s.HasMax:
		words = fmt.Sprintf("at most %d", s.Max)
	}
	if words != "" && len(s.SpecialValues) > 0 {
		words += ", or " + AnyOf(s.SpecialValues)
	}
	return words
}

func (s *Setting) mask() uint64 {
	var mask uint64
	for _, bit := range s.Bits {
		mask |= bit
	}
	return mask & math.MaxInt64
}

func numbers(bits []uint64) string {
	words := make([]string, len(bits))
	for i, b := range bits {
		words[i] = strconv.FormatUint(b, 10)
	}
	return strings.Join(words, ", ")
}
