package validate

import (
	"strings"

	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// international tells whether a setting belongs to the components that choose
// languages and keyboards.
func international(c *answer.Cursor) bool {
	return c.Schema.Name == "Microsoft-Windows-International-Core" || c.Schema.Name == "Microsoft-Windows-International-Core-WinPE"
}

// isLocale tells whether the value is one language tag.
func isLocale(c *answer.Cursor) bool {
	if !international(c) {
		return false
	}
	switch c.Known.Name() {
	case "UILanguage", "UILanguageFallback", "SystemLocale", "UserLocale":
		return true
	}
	return false
}

// isRegional tells a value that Windows takes with a region alone.
func isRegional(c *answer.Cursor) bool {
	return c.Known.Name() == "SystemLocale" || c.Known.Name() == "UserLocale"
}

// inputParts are the parts of an InputLocale, without the empty one behind a
// last separator; none of any other setting.
func inputParts(c *answer.Cursor, text string) func(func(string) bool) {
	return func(yield func(string) bool) {
		if !international(c) || c.Known.Name() != "InputLocale" {
			return
		}
		for part := range strings.SplitSeq(text, c.Known.Separator) {
			if part = strings.TrimSpace(part); part != "" && !yield(part) {
				return
			}
		}
	}
}

// isInput tells whether a part has one of the forms, whatever it names.
func isInput(part string) bool {
	p, ok := schema.ParseInputProfile(part)
	return ok && (p.Tag == "" || schema.FindLocale(p.Tag) != nil || isTag(p.Tag) || isOwnTag(p.Tag))
}

// isOwnTag tells a tag with a private part, which somebody has added to their
// Windows.
func isOwnTag(tag string) bool {
	tag = strings.ToLower(tag)
	return strings.HasPrefix(tag, "x-") || strings.Contains(tag, "-x-")
}

// isTag tells the form that the tags of Windows have: a language of two or
// three letters, then a script of four letters, a region of two letters or
// three digits, and variants, each if at all.
func isTag(tag string) bool {
	parts := strings.Split(tag, "-")
	if n := len(parts[0]); n != 2 && n != 3 || !isAll(parts[0], isLetter) {
		return false
	}
	parts = parts[1:]
	if len(parts) > 0 && len(parts[0]) == 4 && isAll(parts[0], isLetter) {
		parts = parts[1:]
	}
	if len(parts) > 0 && (len(parts[0]) == 2 && isAll(parts[0], isLetter) || len(parts[0]) == 3 && isAll(parts[0], isDigit)) {
		parts = parts[1:]
	}
	for _, variant := range parts {
		if n := len(variant); n < 4 || n > 8 || !isAll(variant, func(b byte) bool { return isLetter(b) || isDigit(b) }) {
			return false
		}
	}
	return true
}

func isAll(text string, is func(byte) bool) bool {
	for i := range len(text) {
		if !is(text[i]) {
			return false
		}
	}
	return true
}

func isLetter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

func isDigit(b byte) bool { return '0' <= b && b <= '9' }
