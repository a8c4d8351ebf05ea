package compiler

import (
	"slices"
	"strings"

	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/reseal/reseal/schema/answer"
)

// hideSensitive masks in the author's text every value that is a secret, so
// that no diagnostic shows it. Where a secret is only named there is nothing
// to mask.
func hideSensitive(f *answer.File) {
	f.Walk(func(c *answer.Cursor) bool {
		s := c.Setting
		if s.Secret != nil || s.Text == "" {
			return true
		}
		if s.Hide != "" || c.Known != nil && c.Known.Sensitive || c.Known == nil && soundsSecretIn(c.Chain) {
			s.Value.Hide()
		}
		return true
	})
}

// soundsSecretIn looks at the names above as well: an unknown password may
// hold its text in an element called Value.
func soundsSecretIn(chain []*answer.Setting) bool {
	return slices.ContainsFunc(chain, func(s *answer.Setting) bool { return soundsSecret(s.Name) })
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

// soundsSecret guesses from the name of a setting that the catalogue lacks
// whether its value is a secret.
func soundsSecret(name string) bool {
	name = strings.ToLower(name)
	for _, part := range [...]string{"password", "passphrase", "passwd", "secret", "credential", "productkey", "privatekey", "keymaterial", "sharedkey"} {
		if strings.Contains(name, part) {
			return true
		}
	}
	return name == "key"
}
