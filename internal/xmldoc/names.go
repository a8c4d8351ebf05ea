package xmldoc

import "unicode/utf8"

// Classes of ASCII characters in names.
const (
	nameStart = 1 << iota
	namePart
	blank
)

var classes = func() (t [128]uint8) {
	for c := range t {
		switch {
		case c == '_' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z':
			t[c] = nameStart | namePart
		case c == '-' || c == '.' || c >= '0' && c <= '9':
			t[c] = namePart
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			t[c] = blank
		}
	}
	return t
}()

func isBlank(c byte) bool { return c < utf8.RuneSelf && classes[c]&blank != 0 }

// nameLength is the length in bytes of the XML name at the start of s, 0 when
// there is none. Colons count as part of the name, the caller splits it.
func nameLength(s string) int {
	i := 0
	for i < len(s) {
		c := s[i]
		if c < utf8.RuneSelf {
			if classes[c]&namePart == 0 && c != ':' || i == 0 && classes[c]&nameStart == 0 && c != ':' {
				return i
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if !nameRune(r) || i == 0 && !nameStartRune(r) {
			return i
		}
		i += size
	}
	return i
}

// startsName tells whether an XML name stands at the start of s.
func startsName(s string) bool {
	if c := s[0]; c < utf8.RuneSelf {
		return classes[c]&nameStart != 0 || c == ':'
	}
	r, _ := utf8.DecodeRuneInString(s)
	return nameStartRune(r)
}

// ranges of name characters beyond ASCII, from the productions NameStartChar
// and NameChar of XML 1.0, fifth edition.
var (
	startRanges = [...][2]rune{
		{0xC0, 0xD6}, {0xD8, 0xF6}, {0xF8, 0x2FF}, {0x370, 0x37D}, {0x37F, 0x1FFF}, {0x200C, 0x200D},
		{0x2070, 0x218F}, {0x2C00, 0x2FEF}, {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF},
	}
	partRanges = [...][2]rune{{0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}}
)

func nameStartRune(r rune) bool { return within(r, startRanges[:]) && r != utf8.RuneError }

func nameRune(r rune) bool { return nameStartRune(r) || within(r, partRanges[:]) }

func within(r rune, ranges [][2]rune) bool {
	for _, b := range ranges {
		if r >= b[0] && r <= b[1] {
			return true
		}
	}
	return false
}

// IsName tells whether s can name an element or attribute: an XML name without
// a colon.
func IsName(s string) bool { return isName(s) }

// isName tells whether s is an XML name without a colon.
func isName(s string) bool {
	if s == "" || nameLength(s) != len(s) {
		return false
	}
	for i := range len(s) {
		if s[i] == ':' {
			return false
		}
	}
	return true
}

// isXMLChar tells whether XML 1.0 can carry the character in any spelling.
func isXMLChar(r rune) bool {
	switch {
	case r < 0x20:
		return r == '\t' || r == '\n' || r == '\r'
	case r < 0xD800:
		return true
	}
	return r >= 0xE000 && r <= 0xFFFD || r >= 0x10000 && r <= 0x10FFFF
}
