package validate

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// localeUnknown looks only at what was meant for a tag or an input profile. A
// plain word such as English may be a name that a deployment tool translates.
var localeUnknown = check{rule: rule.LocaleUnknown, value: func(r *run, c *answer.Cursor, text string) {
	if c.Schema.Name != "Microsoft-Windows-International-Core" && c.Schema.Name != "Microsoft-Windows-International-Core-WinPE" {
		return
	}
	switch c.Known.Name() {
	case "UILanguage", "UILanguageFallback", "SystemLocale", "UserLocale":
		r.checkTag(c, text)
	case "InputLocale":
		for _, part := range strings.Split(text, c.Known.Separator) {
			if wrong := inputMistake(c, strings.TrimSpace(part)); wrong != "" {
				r.report(textPlace(c.Setting), "%s", wrong)
			}
		}
	}
}}

func (r *run) checkTag(c *answer.Cursor, tag string) {
	known := schema.FindLocale(tag)
	if known != nil {
		if name := c.Known.Name(); known.Neutral && (name == "SystemLocale" || name == "UserLocale") {
			r.report(textPlace(c.Setting), "the locale %s is a language without a region", shown(c, tag))
		}
		return
	}
	if !regional(tag) {
		return
	}
	near := schema.NearestLocale(tag)
	d := r.report(textPlace(c.Setting), "there is no locale %s%s", shown(c, tag), didYouMean(near))
	if strings.EqualFold(strings.ReplaceAll(tag, "_", "-"), near) {
		rewrite(d, c.Setting, near)
	}
}

// regional tells what was meant for a tag with a region: a language of two or
// three letters, joined by a hyphen or, as Unix has it, by an underscore. A tag
// with a private part is one that somebody has added to their Windows.
func regional(tag string) bool {
	at := strings.IndexAny(tag, "-_")
	if at != 2 && at != 3 || strings.Contains(strings.ToLower(tag), "-x-") {
		return false
	}
	for _, b := range []byte(tag[:at]) {
		if !('a' <= b|0x20 && b|0x20 <= 'z') {
			return false
		}
	}
	return true
}

// inputMistake says what is wrong with one part of an InputLocale, "" for
// nothing. Input methods in braces come with programs, so they are not looked up.
func inputMistake(c *answer.Cursor, part string) string {
	p, ok := schema.ParseInputProfile(part)
	switch {
	case !ok && strings.Contains(part, ","):
		return fmt.Sprintf("%s is no input language: semicolons separate several", shown(c, part))
	case !ok && strings.Contains(part, ":"):
		return fmt.Sprintf("%s is no input language: it takes four hexadecimal digits, a colon and the eight of a keyboard", shown(c, part))
	case !ok || p.Tag != "":
		return tagMistake(c, part)
	case !knownLanguageID(p.LCID):
		return fmt.Sprintf("there is no language ID %s%s", p.LCID, didYouMean(fromDecimal(p)))
	case p.Keyboard[0] == '0' && !strings.Contains(p.Keyboard, "{") && schema.FindKeyboard(p.Keyboard) == nil:
		return "there is no keyboard " + p.Keyboard // those from a on are of their makers
	}
	return ""
}

func tagMistake(c *answer.Cursor, part string) string {
	if keyboard := schema.FindKeyboard(part); keyboard != nil {
		return fmt.Sprintf("the keyboard %s lacks its language%s", part, didYouMean(part[4:]+":"+part))
	}
	if schema.FindLocale(part) != nil || !regional(part) {
		return ""
	}
	return fmt.Sprintf("there is no locale %s%s", shown(c, part), didYouMean(schema.NearestLocale(part)))
}

// knownLanguageID also accepts the IDs that Windows gives to locales without one
// of their own, whose lower ten bits are zero, and the invariant 007f.
func knownLanguageID(lcid string) bool {
	n, err := strconv.ParseUint(lcid, 16, 16)
	return err == nil && (n&0x3ff == 0 || n == 0x7f || schema.LocaleOfLCID(lcid) != nil)
}

// fromDecimal takes the language ID for a decimal number, as older documents
// write it; "" when that is none either.
func fromDecimal(p schema.InputProfile) string {
	n, err := strconv.ParseUint(p.LCID, 10, 16)
	lcid := fmt.Sprintf("%04x", n)
	if err != nil || schema.LocaleOfLCID(lcid) == nil || schema.FindKeyboard(p.Keyboard) == nil {
		return ""
	}
	return lcid + ":" + p.Keyboard
}
