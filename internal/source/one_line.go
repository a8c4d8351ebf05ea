package source

import "strings"

// OneLine returns a text from elsewhere fit for a line of a terminal or of a
// log: control characters, line ends and changes of direction become blanks,
// and what is no UTF-8 becomes U+FFFD.
func OneLine(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r < ' ', r >= 0x7f && r < 0xa0, // control characters
			r == 0x061c, r == 0x200e, r == 0x200f, r >= 0x2028 && r <= 0x202e, r >= 0x2066 && r <= 0x2069: // line ends, direction
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "\ufffd"))
}
