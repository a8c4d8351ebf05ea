package yamldoc

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// otherTypes is what YAML 1.1 or the core schema of YAML 1.2 reads as nothing,
// a Boolean, a number, a date or a sign of its own instead of as text.
var otherTypes = regexp.MustCompile(`^(?:` + strings.Join([]string{
	`~|null|Null|NULL`,
	`y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF`,
	`[-+]?0b[01_]+|[-+]?0o[0-7]+|[-+]?0x[0-9a-fA-F_]+`,
	`[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?`,
	`[-+]?(?:\.[0-9_]+|[0-9][0-9_]*(?:\.[0-9_.]*)?)(?:[eE][-+]?[0-9]+)?`,
	`[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)`,
	`[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt \t].*)?`,
	`=`,
}, "|") + `)$`)

// survivesPlain tells whether a text comes back from Parse when it is written
// without quotes, as a key or as a value on the key's line.
func survivesPlain(text string) bool {
	if text == "" || text == "<<" || !printable(text, "") || strings.Trim(text, " ") != text {
		return false
	}
	if strings.IndexByte(",[]{}#&*!|>'\"%@`", text[0]) >= 0 {
		return false
	}
	if strings.IndexByte("-?:", text[0]) >= 0 && (len(text) == 1 || text[1] == ' ') {
		return false
	}
	if strings.HasPrefix(text, "---") || strings.HasPrefix(text, "...") {
		return false
	}
	return !strings.Contains(text, ": ") && !strings.HasSuffix(text, ":") && !strings.Contains(text, " #")
}

// survivesLiteral tells whether a text can be written as a literal block.
func survivesLiteral(text string) bool {
	body := strings.TrimSuffix(text, "\n")
	return strings.Contains(text, "\n") && body != "" && !strings.HasSuffix(body, "\n") && printable(text, "\n\t")
}

// printable tells whether YAML shows every character of a text as itself,
// other signs than those given counting as not.
func printable(text, signs string) bool {
	for _, r := range text {
		if !shown(r) && !strings.ContainsRune(signs, r) {
			return false
		}
	}
	return true
}

func shown(r rune) bool {
	return r >= 0x20 && r <= 0x7E || r >= 0xA0 && r <= 0xFFFD && r != 0x2028 && r != 0x2029 && r != 0xFEFF || r >= 0x10000
}

// inline writes a text on one line: without quotes where they are not needed.
func inline(text string, style Style) string {
	if survivesPlain(text) && (style == Plain || !otherTypes.MatchString(text)) {
		return text
	}
	return quote(text)
}

// inFlow writes a text between the brackets of flow style, where more signs
// end a text without quotes. The question mark does so for yaml.v3 alone, the
// colon at the start for most readers.
func inFlow(text string, style Style) string {
	if strings.ContainsAny(text, ",[]{}?") || strings.HasPrefix(text, ":") {
		return quote(text)
	}
	return inline(text, style)
}

// quote writes a text in single quotes, in double quotes where it needs escapes.
func quote(text string) string {
	if printable(text, "\t") {
		return "'" + strings.ReplaceAll(text, "'", "''") + "'"
	}
	return doubleQuote(text)
}

// doubleQuote writes a text with escapes for all that is not shown as itself.
// Colons and percent signs before an escape become escapes too: "D:\n" would be
// taken for a path by Parse, and by people.
func doubleQuote(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for i, r := range text {
		switch {
		case (r == ':' || r == '%') && startsHidden(strings.TrimLeft(text[i+1:], ":%")):
			fmt.Fprintf(&b, `\x%02X`, r)
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case shown(r):
			b.WriteRune(r)
		case r <= 0xFF:
			fmt.Fprintf(&b, `\x%02X`, r)
		default:
			fmt.Fprintf(&b, `\u%04X`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// startsHidden tells whether a text starts with a character that needs an
// escape.
func startsHidden(text string) bool {
	r, size := utf8.DecodeRuneInString(text)
	return size > 0 && !shown(r)
}

// longestKey is how many characters a key may have on the line of its value;
// YAML allows 1,024 and counts tag and quotes.
const longestKey = 1000

func needsQuestionMark(key string) bool {
	return len(key) > longestKey && utf8.RuneCountInString(key) > longestKey
}
