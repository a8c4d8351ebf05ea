package compiler

import (
	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/reseal/reseal/schema/answer"
)

// hideSensitive masks in the author's text every value that is a secret, so
// that no diagnostic shows it. Where a secret is only named there is nothing
// to mask.
func hideSensitive(f *answer.File) {
	f.Walk(func(c *answer.Cursor) bool {
		if s := c.Setting; s.Secret == nil && s.Text != "" && c.Sensitive() {
			s.Value.Hide()
		}
		return true
	})
}

// hideSections masks the keys of the section productKey before anything can go
// wrong with it.
func hideSections(doc *yamldoc.Node) {
	if n := doc.Get("productKey"); n != nil {
		hideScalars(n, "")
	}
}

// hideScalars masks the texts of a value. What names a secret, and the word
// that stands for no key at all, may be read.
func hideScalars(n *yamldoc.Node, key string) {
	if n.Kind == yamldoc.Scalar && key != "env" && key != "file" && n.Text != keyInFirmware {
		n.Span.Hide()
	}
	for _, item := range n.Items {
		hideScalars(item, "")
	}
	for _, p := range n.Pairs {
		hideScalars(p.Value, p.Key.Text)
	}
}
