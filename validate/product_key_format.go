package validate

import (
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema/answer"
)

var productKeyFormat = check{rule: rule.ProductKeyFormat, value: func(r *run, c *answer.Cursor, key string) {
	if !isProductKey(c) || keyShape(key) == "" {
		return
	}
	d := r.report(textPlace(c.Setting), "the product key %s", keyShape(key))
	if keyShape(strings.ToUpper(key)) == "" {
		d.As(diag.Warning)
	}
	if strings.Count(key, "-") == 0 && len(key) == 25 {
		d.Helpf("Put a hyphen behind every fifth character.")
	}
}}

// isProductKey tells whether a setting holds a product key.
func isProductKey(c *answer.Cursor) bool {
	if c.Known == nil {
		return false
	}
	switch c.Schema.Name {
	case "Microsoft-Windows-Shell-Setup":
		return c.Known.Path == "ProductKey"
	case "Microsoft-Windows-Setup":
		return c.Known.Path == "UserData/ProductKey/Key"
	}
	return false
}

// keyShape says what is wrong with the form of a product key, "" for nothing.
// It never tells the key.
func keyShape(key string) string {
	groups := strings.Split(key, "-")
	switch {
	case len(groups) == 1 && len(key) == 25 && alphanumeric(key):
		return "has no hyphens"
	case len(groups) != 5:
		return "is not five groups joined by hyphens"
	}
	for _, g := range groups {
		if len(g) != 5 || !alphanumeric(g) {
			return "is not five groups of five letters and digits"
		}
	}
	if strings.ToUpper(key) != key {
		return "is not in upper case"
	}
	return ""
}

func alphanumeric(text string) bool {
	for _, b := range []byte(text) {
		if !('0' <= b && b <= '9' || 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z') {
			return false
		}
	}
	return true
}
