package validate

import "github.com/reseal/reseal/schema/answer"

// hide marks the text of a secret, so that a report masks it in the line that
// it shows. Secret is what the catalogue says, and whatever stands at or below
// an element whose name speaks of a password, known or not.
func hide(c *answer.Cursor) {
	s := c.Setting
	if s.Secret != nil {
		return // only named, and the name tells a reader where to look
	}
	if s.Text == "" && len(s.Extra) == 0 || !c.Sensitive() {
		return
	}
	s.Value.Hide()
	for _, x := range s.Extra {
		if x.Kind == answer.Text {
			x.Span.Hide()
		}
	}
}
