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
	if !secret(c) {
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
	if c.Known != nil && c.Known.Sensitive {
		return true
	}
	if len(c.Setting.Children) > 0 && strings.TrimSpace(c.Setting.Text) == "" && len(c.Setting.Extra) == 0 {
		return false
	}
	if isPlainText(c) {
		return false
	}
	for _, s := range c.Chain {
		if speaksOfSecret(s.Name) {
			return true
		}
	}
	return false
}

// isPlainText leaves out the boolean beside the value of a password.
func isPlainText(c *answer.Cursor) bool {
	return c.Known != nil && strings.EqualFold(c.Setting.Name, "PlainText")
}

func speaksOfSecret(name string) bool {
	name = strings.ToLower(name)
	for _, word := range [...]string{"password", "passphrase", "productkey", "secret"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}
