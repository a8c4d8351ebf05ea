package validate

import (
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// sensitiveDeleted is what Windows writes where it removes a secret from the
// answer file that it keeps.
const sensitiveDeleted = "*SENSITIVE*DATA*DELETED*"

// leaf tells whether a setting is one whose text is its value.
func leaf(c *answer.Cursor) bool {
	return c.Known != nil && !c.Known.Container() && len(c.Setting.Children) == 0
}

// empty tells whether a leaf has no value. White space alone counts as none,
// except in a string, where it is text.
func empty(c *answer.Cursor) bool {
	s := c.Setting
	if s.Secret != nil || s.Hide != "" {
		return false
	}
	return s.Text == "" || (c.Known.Type != schema.String && strings.TrimSpace(s.Text) == "")
}

// checkable returns the value of a known leaf whose text can be compared with
// the catalogue: more than white space, no secret that is read later, nothing
// that Windows deleted and no placeholder of a template.
func checkable(c *answer.Cursor) (text string, ok bool) {
	s := c.Setting
	if !leaf(c) || s.Secret != nil || s.Hide != "" || empty(c) {
		return "", false
	}
	text = strings.TrimSpace(s.Text)
	if text == "" || text == sensitiveDeleted || placeholder(c, text) != "" {
		return "", false
	}
	return text, true
}

// shown is a value for a message: quoted and cut to a readable length, and
// never that of a secret.
func shown(c *answer.Cursor, text string) string {
	if c.Sensitive() {
		return "the value"
	}
	if runes := []rune(text); len(runes) > 60 {
		text = string(runes[:57]) + "..."
	}
	return `"` + strings.Join(strings.Fields(text), " ") + `"`
}

// misfit reports a value that does not fit the catalogue, with what it should
// be.
func (r *run) misfit(c *answer.Cursor, why schema.Reason) *diag.Diagnostic {
	text := strings.TrimSpace(c.Setting.Text)
	return r.report(textPlace(c.Setting), "%s %s, and %s is not%s", c.Known.Path, why.Text, shown(c, text), didYouMean(why.Suggest))
}
