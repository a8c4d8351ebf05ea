package validate

import (
	"strings"

	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema/answer"
)

var componentPublicKeyTokenWrong = check{rule: rule.ComponentPublicKeyTokenWrong, component: func(r *run, _ *answer.Pass, c *answer.Component) {
	token := attribute(c, "publicKeyToken")
	if token == nil || strings.EqualFold(token.Value, microsoftToken) || placeholderText(token.Value) {
		return
	}
	if c.Schema() == nil && isToken(token.Value) {
		return // another vendor may have signed it
	}
	d := r.report(attributePlace(c, "publicKeyToken"), "the public key token of %s is not %s", c.Name, microsoftToken)
	rewriteAttribute(d, token, microsoftToken)
}}

func isToken(text string) bool {
	for _, b := range []byte(text) {
		if !strings.ContainsRune("0123456789abcdefABCDEF", rune(b)) {
			return false
		}
	}
	return len(text) == 16
}
