package validate

import (
	"fmt"
	"strings"

	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

var inputlocaleFormat = check{rule: rule.InputlocaleFormat, value: func(r *run, c *answer.Cursor, text string) {
	for part := range inputParts(c, text) {
		if isInput(part) {
			continue
		}
		d := r.report(textPlace(c.Setting), "%s", inputMistake(c, part))
		if words := strings.FieldsFunc(text, isInputSeparator); allInputs(words) {
			rewrite(d, c.Setting, strings.Join(words, c.Known.Separator))
		}
	}
}}

func allInputs(words []string) bool {
	for _, word := range words {
		if !isInput(word) {
			return false
		}
	}
	return true
}

func isInputSeparator(r rune) bool { return strings.ContainsRune(";, \t\r\n", r) }

func inputMistake(c *answer.Cursor, part string) string {
	keyboard := schema.FindKeyboard(part)
	switch {
	case keyboard != nil:
		return fmt.Sprintf("the keyboard %s lacks its language%s", part, didYouMean(part[4:]+":"+part))
	case strings.ContainsFunc(part, isInputSeparator):
		return fmt.Sprintf("%s is no input language: semicolons separate several", shown(c, part))
	case strings.Contains(part, ":"):
		return fmt.Sprintf("%s is no input language: it takes four hexadecimal digits, a colon and the eight of a keyboard", shown(c, part))
	}
	return fmt.Sprintf("%s is no language tag%s", shown(c, part), didYouMean(schema.NearestLocale(part)))
}
