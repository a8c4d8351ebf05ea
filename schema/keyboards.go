package schema

import (
	"sort"
	"strings"
)

// Keyboard is an input layout: a keyboard or an input method.
type Keyboard struct {
	ID       string // "00000407", or of an input method "0411:{…}{…}"
	Name     string
	Name2018 string // the name in the table of 2018, where it differed
}

// Method tells whether it is an input method, whose ID holds its language.
func (k *Keyboard) Method() bool { return strings.Contains(k.ID, "{") }

// Keyboards returns all layouts sorted by ID. The caller must not change it.
func Keyboards() []Keyboard { return keyboards[:] }

// FindKeyboard looks a layout up by its ID without regard to case; nil when
// there is none.
func FindKeyboard(id string) *Keyboard {
	i := sort.Search(len(keyboards), func(i int) bool { return compareFold(keyboards[i].ID, id) >= 0 })
	if i < len(keyboards) && compareFold(keyboards[i].ID, id) == 0 {
		return &keyboards[i]
	}
	return nil
}

// InputProfile is one part of an InputLocale: a language tag, or a language ID
// with a keyboard or input method.
type InputProfile struct {
	Tag      string // "de-DE"; "" for the hexadecimal form
	LCID     string // "0407"
	Keyboard string // ID as FindKeyboard takes it
}

// ParseInputProfile reads one part of an InputLocale, ok false when it has
// none of the three forms: TAG, LLLL:KKKKKKKK, LLLL:{text service}{profile}.
// Whether its parts exist is not looked up.
func ParseInputProfile(s string) (p InputProfile, ok bool) {
	lcid, layout, found := strings.Cut(s, ":")
	if !found {
		return InputProfile{Tag: s}, tagForm(s)
	}
	if len(lcid) != 4 || !hexDigits(lcid) {
		return InputProfile{}, false
	}
	if len(layout) == 8 && hexDigits(layout) {
		return InputProfile{LCID: lcid, Keyboard: layout}, true
	}
	if len(layout) == 76 && IsGUID(layout[:38]) && IsGUID(layout[38:]) {
		return InputProfile{LCID: lcid, Keyboard: s}, true
	}
	return InputProfile{}, false
}

// tagForm tells whether s looks like a language tag: letters first, parts of
// up to eight letters and digits.
func tagForm(s string) bool {
	for i, part := range strings.Split(s, "-") {
		if len(part) < 1 || len(part) > 8 || i == 0 && (len(part) < 2 || !letters(part)) || !alphanumeric(part) {
			return false
		}
	}
	return true
}
