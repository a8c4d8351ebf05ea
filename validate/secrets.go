package validate

import (
	"strings"

	"github.com/reseal/reseal/schema/answer"
)

// hide marks the text of a secret, so that a report masks it in the line that
// it shows. Secret is what the catalogue says, and whatever stands at or below
// an element whose name speaks of a password, known or not.
func hide(c *answer.Cursor) {
	s := c.Setting
	if s.Text == "" && len(s.Extra) == 0 || !secret(c) {
		return
	}
	s.Value.Hide()
	for _, x := range s.Extra {
		if x.Kind == answer.Text {
			x.Span.Hide()
		}
	}
}

// secret tells whether the value of a setting must not be shown.
func secret(c *answer.Cursor) bool {
	if c.Known != nil && !c.Known.Container() {
		return c.Known.Sensitive
	}
	for _, s := range c.Chain {
		if speaksOfSecret(s.Name) {
			return true
		}
	}
	return false
}

// speaksOfSecret tells whether the name of an element that the catalogue does
// not know promises a secret.
func speaksOfSecret(name string) bool {
	name = strings.ToLower(name)
	for _, word := range [...]string{"password", "passphrase", "productkey", "secret"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}
