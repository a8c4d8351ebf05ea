package answer

import (
	"slices"
	"strings"

	"github.com/reseal/reseal/schema"
)

// Deleted is what Windows writes in place of a secret that it took out of its
// cached copy of an answer file.
//
// Source: cached answer files, and windows-setup-automation-overview at
// learn.microsoft.com/windows-hardware/manufacture/desktop.
const Deleted = "*SENSITIVE*DATA*DELETED*"

// Sensitive tells whether the value of the setting must not be shown: the
// catalogue says so, it stands for a secret or is written in hidden form, or
// the catalogue does not know it and its name, or one above it, speaks of a
// secret or is nearly the name of one.
func (c *Cursor) Sensitive() bool {
	s := c.Setting
	if s.Secret != nil || s.Hide != "" {
		return true
	}
	if c.Known != nil && !c.Known.Container() {
		return c.Known.Sensitive || c.swapped()
	}
	for _, above := range c.Chain {
		if SoundsSecret(above.Name) {
			return true
		}
	}
	return c.nearSecret()
}

// swapped tells whether PlainText holds what looks like the password itself,
// because the author took it for the place of a password in plain text.
func (c *Cursor) swapped() bool {
	if c.Known.Name() != "PlainText" {
		return false
	}
	text := strings.ToLower(strings.TrimSpace(c.Setting.Text))
	return !slices.Contains([]string{"", "true", "false", "yes", "no", "on", "off", "0", "1"}, text)
}

// nearSecret tells whether a name that the catalogue does not know is nearly
// that of a secret which may stand there, or nearly a word that promises one:
// what stands in Pasword is a secret, in an unknown component too.
func (c *Cursor) nearSecret() bool {
	var parent *schema.Setting
	known := c.Schema != nil
	for _, s := range c.Chain {
		if known {
			next := c.Schema.Child(parent, s.Name)
			if next != nil {
				parent = next
				continue
			}
			if schema.Nearest(s.Name, secretNames(c.Schema, parent)) != "" {
				return true
			}
			known = false
		}
		if schema.Nearest(s.Name, secretWords[:longWords]) != "" {
			return true
		}
	}
	return false
}

// secretNames are the names of the children that are secrets or hold one.
func secretNames(c *schema.Component, parent *schema.Setting) []string {
	var names []string
	children := c.Children(parent)
	for i := range children {
		s := &children[i]
		below := c.Children(s)
		if s.Sensitive || slices.ContainsFunc(below, func(b schema.Setting) bool { return b.Sensitive }) {
			names = append(names, s.Name())
		}
	}
	return names
}

// secretWords are parts of names that promise a secret.
var secretWords = [...]string{"password", "passphrase", "productkey", "privatekey", "keymaterial", "sharedkey", "passwd", "secret",
	"pswd", "pwd", "kennwort", "passwort", "motdepasse", "contraseña", "contrasena", "wachtwoord"}

// longWords is how many of them, from the first, are long enough to be known
// in another spelling: Secure is near to secret.
const longWords = 6

// SoundsSecret guesses from the name of an element that the catalogue does not
// know whether its value is a secret.
func SoundsSecret(name string) bool {
	for i := 0; i+1 < len(name); i++ {
		for _, word := range secretBegins[name[i]&31] {
			if name[i+1]|0x20 == word[1] && len(name)-i >= len(word) && strings.EqualFold(name[i:i+len(word)], word) {
				return true
			}
		}
	}
	return false
}

// secretBegins has the words by the last five bits of their first letter, which
// are the same in both cases: each name of a file is asked about.
var secretBegins = func() (by [32][]string) {
	for _, word := range secretWords {
		by[word[0]&31] = append(by[word[0]&31], word)
	}
	return by
}()

// Holds tells whether the file holds a value that is not for everybody's eyes
// (sensitive), and whether one of them stands for a secret that is only named
// (named).
func (f *File) Holds() (sensitive, named bool) {
	f.Walk(func(c *Cursor) bool {
		named = named || c.Setting.Secret != nil
		sensitive = sensitive || c.Setting.Secret != nil || c.bare()
		return true
	})
	return sensitive, named
}

// bare tells whether a value stands there that is not for everybody's eyes.
func (c *Cursor) bare() bool {
	text := strings.TrimSpace(c.Setting.Text)
	return text != "" && text != Deleted && c.Sensitive()
}

// Secrets returns the paths of the settings whose value whoever reads the file
// can use: "oobeSystem/Microsoft-Windows-Shell-Setup/AutoLogon/Password/Value".
// A secret that is only named, a published product key, an empty password in
// hidden form and what Windows has deleted are none.
func (f *File) Secrets() []string {
	var paths []string
	f.Walk(func(c *Cursor) bool {
		if c.Setting.Secret == nil && c.bare() && !c.harmless() {
			paths = append(paths, c.Pass.Name+"/"+c.Component.Name+"/"+c.Path())
		}
		return true
	})
	return paths
}

func (c *Cursor) harmless() bool {
	text := strings.TrimSpace(c.Setting.Text)
	if schema.FindKey(text) != nil {
		return true
	}
	above := c.Above()
	if above == nil || c.Setting.Hide != "" {
		return false
	}
	value, hidden := Reveal(text, above.Name)
	return hidden && value == ""
}
