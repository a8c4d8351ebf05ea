package schema

import (
	"sort"
	"strings"
)

// TimeZone is a time zone of Windows.
type TimeZone struct {
	ID      string // what Shell-Setup/TimeZone takes: "W. Europe Standard Time"
	Display string // English name in Settings: "(UTC+01:00) Amsterdam, Berlin, …"
	IANA    string // the IANA zone that stands for it: "Europe/Berlin"
}

// ianaZone leads from an IANA name to the place of its zone in timeZones.
type ianaZone struct {
	name string
	zone uint16
}

// noDaylightSaving may follow an ID: the zone without daylight saving time.
const noDaylightSaving = "_dstoff"

// TimeZones returns all zones sorted by ID. The caller must not change it.
func TimeZones() []TimeZone { return timeZones[:] }

// FindTimeZone looks a zone up by its Windows ID without regard to case, with
// or without the suffix _dstoff; nil when there is none. Windows wants the
// exact spelling: compare ID.
func FindTimeZone(id string) *TimeZone {
	id = strings.TrimSuffix(id, noDaylightSaving)
	i := sort.Search(len(timeZones), func(i int) bool { return compareFold(timeZones[i].ID, id) >= 0 })
	if i < len(timeZones) && compareFold(timeZones[i].ID, id) == 0 {
		return &timeZones[i]
	}
	return nil
}

// TimeZoneOfIANA returns the Windows zone of an IANA name ("Europe/Berlin",
// "Asia/Kolkata", "US/Eastern"), links and the zones of single territories
// included, without regard to case; nil when there is none.
func TimeZoneOfIANA(name string) *TimeZone {
	i := sort.Search(len(ianaZones), func(i int) bool { return compareFold(ianaZones[i].name, name) >= 0 })
	if i < len(ianaZones) && compareFold(ianaZones[i].name, name) == 0 {
		return &timeZones[ianaZones[i].zone]
	}
	return nil
}

// maxNearZones is how many zones are worth a guess.
const maxNearZones = 4

// NearestTimeZones returns the IDs that the word was probably meant to be: by an
// IANA name, a display name, a city of a display name, what several IDs end
// with, as Europe Standard Time, or a near spelling. Empty when there is none.
func NearestTimeZones(word string) []string {
	if z := TimeZoneOfIANA(word); z != nil {
		return []string{z.ID}
	}
	for i := range timeZones {
		_, places, _ := strings.Cut(timeZones[i].Display, ") ")
		if strings.EqualFold(timeZones[i].Display, word) || strings.EqualFold(places, word) {
			return []string{timeZones[i].ID}
		}
		for place := range strings.SplitSeq(places, ", ") {
			if strings.EqualFold(place, word) {
				return []string{timeZones[i].ID}
			}
		}
	}
	var ids, longer []string
	for i := range timeZones {
		id := timeZones[i].ID
		ids = append(ids, id)
		if cut := len(id) - len(word) - 1; word != "" && cut > 0 && id[cut] == ' ' && strings.EqualFold(id[cut+1:], word) {
			longer = append(longer, id)
		}
	}
	switch near := Nearest(word, ids); {
	case len(longer) > maxNearZones:
		return nil
	case len(longer) > 0:
		return longer
	case near != "":
		return []string{near}
	}
	return nil
}
