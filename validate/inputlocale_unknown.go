package validate

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

var inputlocaleUnknown = check{rule: rule.InputlocaleUnknown, value: func(r *run, c *answer.Cursor, text string) {
	for part := range inputParts(c, text) {
		if !isInput(part) {
			continue
		}
		if unknown := unknownInput(c, part); unknown != "" {
			r.report(textPlace(c.Setting), "%s", unknown)
		}
	}
}}

// unknownInput says what a part names that is not known, "" for nothing. Input
// methods in braces come with programs, so they are not looked up.
func unknownInput(c *answer.Cursor, part string) string {
	p, _ := schema.ParseInputProfile(part)
	switch {
	case p.Tag != "" && schema.FindLocale(p.Tag) == nil && !isOwnTag(p.Tag):
		return fmt.Sprintf("no locale %s is known%s", shown(c, part), didYouMean(schema.NearestLocale(part)))
	case p.Tag != "":
		return ""
	case !isLanguageID(p.LCID):
		return fmt.Sprintf("there is no language ID %s%s", p.LCID, didYouMean(fromDecimal(p)))
	case p.Keyboard[0] == '0' && !strings.Contains(p.Keyboard, "{") && schema.FindKeyboard(p.Keyboard) == nil:
		return "there is no keyboard " + p.Keyboard // those from a on are of their makers
	}
	return ""
}

// isLanguageID also accepts the IDs that Windows gives to locales without one
// of their own, whose lower ten bits are zero, and the invariant 007f.
func isLanguageID(lcid string) bool {
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
