package schema

import "strings"

// IsGUID tells whether s is a GUID in braces or without.
func IsGUID(s string) bool {
	if open, closed := strings.HasPrefix(s, "{"), strings.HasSuffix(s, "}"); open && closed {
		s = s[1 : len(s)-1]
	}
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		dash := i == 8 || i == 13 || i == 18 || i == 23
		if dash != (s[i] == '-') || !dash && !hexDigit(s[i]) {
			return false
		}
	}
	return true
}

func hexDigits(s string) bool {
	for i := range len(s) {
		if !hexDigit(s[i]) {
			return false
		}
	}
	return s != ""
}

func hexDigit(b byte) bool { return digit(b) || 'a' <= lower(b) && lower(b) <= 'f' }

func digit(b byte) bool { return '0' <= b && b <= '9' }

func digits(s string) bool {
	for i := range len(s) {
		if !digit(s[i]) {
			return false
		}
	}
	return s != ""
}

func letters(s string) bool {
	for i := range len(s) {
		if lower(s[i]) < 'a' || lower(s[i]) > 'z' {
			return false
		}
	}
	return s != ""
}

func alphanumeric(s string) bool {
	for i := range len(s) {
		if !digit(s[i]) && (lower(s[i]) < 'a' || lower(s[i]) > 'z') {
			return false
		}
	}
	return s != ""
}
