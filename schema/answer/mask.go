package answer

import (
	"slices"
	"strings"

	"github.com/reseal/reseal/schema"
)

// HideSecrets marks in the author's text whatever may be a secret, so that no
// report shows it: the values of sensitive settings, and all that people leave
// inside of such an element, be it a comment, an instruction, an attribute or
// an element that does not belong there.
func (f *File) HideSecrets() {
	hideExtras(f.Prolog, false)
	hideExtras(f.Epilog, false)
	hideExtras(f.Extra, false)
	hideAttributes(f.Attributes, false)
	for _, p := range f.Passes {
		hideExtras(p.Extra, false)
		hideAttributes(p.Attributes, false)
		for _, c := range p.Components {
			hideExtras(c.Extra, false)
			hideAttributes(c.Attributes, false)
		}
	}
	for _, p := range f.Packages {
		hideElement(p, false)
	}
	f.Walk(func(c *Cursor) bool {
		c.hide()
		return true
	})
}

// hide marks one setting. A secret that is only named stays readable: its name
// tells where to look.
func (c *Cursor) hide() {
	s := c.Setting
	if s.Secret != nil {
		return
	}
	isName := c.Known == nil && SecretName(c.Schema, c.Chain) >= 0
	bare := len(s.Extra) == 0 && len(s.Attributes) == 0 && !isName
	if s.Text == "" && bare {
		return // spares deep trees a look at each name above each element
	}
	secret := c.Sensitive()
	if s.Text != "" && secret {
		s.Spans.Value.Hide()
	}
	if bare {
		return // most settings: the names above need no second look
	}
	inside := secret || isName || slices.ContainsFunc(c.Chain, func(above *Setting) bool { return SoundsSecret(above.Name) })
	hideExtras(s.Extra, inside)
	hideAttributes(s.Attributes, inside)
	if isName {
		s.Whole.Hide()
	}
}

// SecretName tells which of the settings from the top of a component down has
// a name that may be the secret itself, because somebody put it in angle
// brackets: an element right below a password or key, or in its value, that is
// near to none of the children there. -1 for none.
func SecretName(component *schema.Component, chain []*Setting) int {
	if component == nil {
		return -1
	}
	var parent *schema.Setting
	for i, s := range chain {
		known := component.Child(parent, s.Name)
		if known == nil || s.Space != "" {
			if IsSecretName(component, parent, s.Name) {
				return i
			}
			return -1
		}
		parent = known
	}
	return -1
}

// IsSecretName tells whether a name that the catalogue does not know below a
// setting may be the secret itself: see SecretName.
func IsSecretName(component *schema.Component, parent *schema.Setting, name string) bool {
	return parent != nil && (parent.Sensitive || SoundsSecret(parent.Name())) && schema.Nearest(name, namesOf(component.Children(parent))) == ""
}

func namesOf(settings []schema.Setting) []string {
	names := make([]string, len(settings))
	for i := range settings {
		names[i] = settings[i].Name()
	}
	return names
}

// hideExtras hides what stands between the children of a secret, and elsewhere
// the comments that speak of one: they may be a password that was taken out.
func hideExtras(list []Extra, secret bool) {
	for _, x := range list {
		switch {
		case x.Kind == Element:
			hideElement(x.Element, secret)
		case secret && strings.TrimSpace(x.Text) != "", x.Kind != Text && SoundsSecret(x.Text):
			x.Span.Hide()
		}
	}
}

// hideAttributes leaves wcm:action and wcm:keyValue readable: they say what
// becomes of an item.
func hideAttributes(list []Attribute, secret bool) {
	for i := range list {
		if a := &list[i]; a.Space != WCMNamespace && (secret || SoundsSecret(a.Name)) {
			a.Spans.Value.Hide()
		}
	}
}

// hideElement goes by names alone: the catalogue has no elements beside the
// components.
func hideElement(s *Setting, secret bool) {
	secret = secret || SoundsSecret(s.Name)
	if secret {
		s.Spans.Value.Hide()
	}
	hideExtras(s.Extra, secret)
	hideAttributes(s.Attributes, secret)
	for _, child := range s.Children {
		hideElement(child, secret)
	}
}
