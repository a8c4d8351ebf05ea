package compiler

import (
	"strings"

	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/reseal/reseal/schema/answer"
)

// hideNamed masks the texts below every key that promises a secret, because
// what has a wrong form or place never becomes a setting that the catalogue
// could be asked about. Truth values and what names a secret may be read.
func hideNamed(n *yamldoc.Node, key string, secret bool) {
	if n.Kind == yamldoc.Scalar && secret && !readable(key, n.Text) {
		n.Span.Hide()
	}
	for _, item := range n.Items {
		hideNamed(item, key, secret)
	}
	for _, p := range n.Pairs {
		hideNamed(p.Value, p.Key.Text, secret || answer.SoundsSecret(p.Key.Text))
	}
}

func readable(key, text string) bool {
	switch key {
	case "env", "file", "WillShowUI", "$action", "$key", "$omit":
		return true
	}
	return strings.EqualFold(text, "true") || strings.EqualFold(text, "false") || text == keyInFirmware
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
