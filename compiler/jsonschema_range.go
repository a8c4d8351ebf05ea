package compiler

import (
	"fmt"
	"strconv"
	"strings"
)

// bounds is a range of whole numbers; nil means that side is open.
type bounds struct{ min, max *int64 }

// pattern is the regular expression of the decimal numbers inside the bounds,
// anchored, with a sign and leading zeros as the catalogue's own check allows
// them. JSON Schema's minimum and maximum say
// nothing of strings, so a quoted number is held to its range by this.
func (b bounds) pattern() string {
	var forms []string
	if b.min == nil || *b.min < 0 {
		forms = append(forms, b.negative()...)
	}
	if b.max == nil || *b.max >= 0 {
		forms = append(forms, b.positive()...)
	}
	return "^(" + strings.Join(forms, "|") + ")$"
}

func (b bounds) negative() []string {
	low, high := uint64(1), uint64(0)
	if b.max != nil && *b.max < 0 {
		low = magnitude(*b.max)
	}
	if b.min != nil {
		high = magnitude(*b.min)
	}
	forms := digitForms(low, high, b.min == nil)
	for i := range forms {
		forms[i] = "-0*" + forms[i]
	}
	return forms
}

func (b bounds) positive() []string {
	low, high := uint64(0), uint64(0)
	if b.min != nil && *b.min > 0 {
		low = uint64(*b.min)
	}
	if b.max != nil {
		high = uint64(*b.max)
	}
	forms := digitForms(low, high, b.max == nil)
	for i := range forms {
		forms[i] = "[+]?0*" + forms[i]
	}
	if low == 0 {
		forms = append(forms, "-0+")
	}
	return forms
}

// magnitude is the absolute value, right for the smallest int64 as well.
func magnitude(n int64) uint64 {
	if n >= 0 {
		return uint64(n)
	}
	return -uint64(n)
}

// digitForms lists expressions that together match the numbers from low to
// high, or from low on when the range is open.
func digitForms(low, high uint64, open bool) []string {
	from := strconv.FormatUint(low, 10)
	if open {
		longer := fmt.Sprintf("[1-9][0-9]{%d,}", len(from))
		return append(sameLength(from, strings.Repeat("9", len(from))), longer)
	}
	to := strconv.FormatUint(high, 10)
	var forms []string
	for len(from) < len(to) {
		forms = append(forms, sameLength(from, strings.Repeat("9", len(from)))...)
		from = "1" + strings.Repeat("0", len(from))
	}
	return append(forms, sameLength(from, to)...)
}

// sameLength lists expressions for the numbers between two of equal length.
func sameLength(from, to string) []string {
	if from > to {
		return nil
	}
	if from == to {
		return []string{from}
	}
	if from[0] == to[0] {
		return prefixed(from[:1], sameLength(from[1:], to[1:]))
	}
	rest := len(from) - 1
	first, last := from[0], to[0]
	var head, tail []string
	if strings.Trim(from[1:], "0") != "" {
		head = prefixed(from[:1], sameLength(from[1:], strings.Repeat("9", rest)))
		first++
	}
	if strings.Trim(to[1:], "9") != "" {
		tail = prefixed(to[:1], sameLength(strings.Repeat("0", rest), to[1:]))
		last--
	}
	forms := head
	if first <= last {
		forms = append(forms, digitClass(first, last)+anyDigits(rest))
	}
	return append(forms, tail...)
}

func prefixed(prefix string, forms []string) []string {
	for i := range forms {
		forms[i] = prefix + forms[i]
	}
	return forms
}

func digitClass(first, last byte) string {
	if first == last {
		return string(first)
	}
	return fmt.Sprintf("[%c-%c]", first, last)
}

func anyDigits(n int) string {
	switch n {
	case 0:
		return ""
	case 1:
		return "[0-9]"
	}
	return fmt.Sprintf("[0-9]{%d}", n)
}
