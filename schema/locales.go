package schema

import (
	"sort"
	"strings"
)

// Locale is one locale that Windows knows.
type Locale struct {
	Tag      string   // "de-DE"
	Name     string   // "German (Germany)"
	LCID     string   // four hex digits, the LLLL of an input profile; "" = Windows has no fixed one
	Neutral  bool     // a language without a region: no UserLocale or SystemLocale
	Keyboard string   // ID of the default keyboard; "" = not in the table
	Input    []string // default input profiles of 2018, the first is the main one
	Region   string   // number of the region (GeoID)
	Setup    bool     // a language that Windows Setup itself has
	Pack     string   // base language of a language interface pack; "" = none
}

// Locales returns all locales sorted by tag. The caller must not change it.
func Locales() []Locale { return locales[:] }

// FindLocale looks a locale up by its tag without regard to case; nil when
// there is none.
func FindLocale(tag string) *Locale {
	i := sort.Search(len(locales), func(i int) bool { return compareFold(locales[i].Tag, tag) >= 0 })
	if i < len(locales) && compareFold(locales[i].Tag, tag) == 0 {
		return &locales[i]
	}
	return nil
}

// LocaleOfLCID returns the locale with that language ID (four hex digits) and
// a region where there is one; nil for an ID that the table does not have.
func LocaleOfLCID(lcid string) *Locale {
	var neutral *Locale
	for i := range locales {
		l := &locales[i]
		if l.LCID == "" || !strings.EqualFold(l.LCID, lcid) {
			continue
		}
		if !l.Neutral {
			return l
		}
		if neutral == nil {
			neutral = l
		}
	}
	return neutral
}

// NearestLocale returns the tag that was probably meant, "" when none is near.
func NearestLocale(tag string) string {
	tag = strings.ReplaceAll(tag, "_", "-")
	if l := FindLocale(tag); l != nil {
		return l.Tag
	}
	tags := make([]string, 0, len(locales))
	for i := range locales {
		if !locales[i].Neutral {
			tags = append(tags, locales[i].Tag)
		}
	}
	return Nearest(tag, tags)
}
