package reseal_test

import (
	"regexp"
	"slices"
	"strings"
)

// release is the one that the reference describes.
const release = "10-1809"

// releases are the client releases that the reference names, oldest first,
// with the names that it uses.
var releases = []struct{ id, name string }{
	{"8", "Windows 8"}, {"8.1", "Windows 8.1"}, {"10-1507", "Windows 10"}, {"10-1511", "Windows 10 1511"},
	{"10-1607", "Windows 10 1607"}, {"10-1703", "Windows 10 1703"}, {"10-1709", "Windows 10 1709"},
	{"10-1803", "Windows 10 1803"}, {"10-1809", "Windows 10 1809"},
}

// age is the place of a release among them, by its ID or name; -1 for any
// other.
func age(of string) int {
	for i, r := range releases {
		if of == r.id || of == r.name {
			return i
		}
	}
	return -1
}

// before is the ID of the release before the one of that name.
func before(name string) string { return releases[age(name)-1].id }

// setRelease changes the release that the profile is for.
func (s *sample) setRelease(id string) { s.doc.child("target").child("windows").text = id }

func (s *sample) release() string { return s.doc.child("target").child("windows").text }

// tooNew are the topmost settings that the release of the sample does not know
// yet.
func tooNew(s *sample) []finding {
	late := func(r *setting) bool {
		return r != nil && r.has("introduced") && age(r.word("introduced")) > age(s.release())
	}
	var found []finding
	s.component.walk(func(n *node) {
		if late(n.row) && !late(n.row.above) {
			found = append(found, failure("setting-not-in-target-version", n.name))
		}
	})
	return found
}

var endOfLife = regexp.MustCompile(`(?:in|since) (Windows [0-9.]+(?: [0-9]{4})?)\b`)

// retiredIn is the name of the client release in which the reference says that
// a setting was deprecated or removed, "" where it names none.
func (r *setting) retiredIn() string {
	if m := endOfLife.FindStringSubmatch(r.word("deprecated")); m != nil {
		return m[1]
	}
	return ""
}

// installs has the removed settings that current releases install with: public
// templates for Windows 11 and Server 2022 have them (VirtualBox, bento,
// Cloudbase; PSD).
var installs = map[string]bool{"VisualEffects/FontSmoothing": true, "DisableWelcomePage": true}

// retired is what is found in a sample because the reference calls settings
// deprecated or removed: the topmost of them, or the component that has no
// other.
func retired(s *sample, c component) []finding {
	old := func(r *setting) bool {
		return r != nil && r.has("deprecated") && age(r.retiredIn()) <= age(s.release())
	}
	if !slices.ContainsFunc(c.rows, func(r *setting) bool { return !old(r) }) {
		return []finding{warning("removed-component", s.component.name)}
	}
	gone := func(r *setting) bool { return old(r) && strings.HasPrefix(r.word("deprecated"), "removed in ") }
	var found []finding
	s.component.walk(func(n *node) {
		switch {
		case gone(n.row) && !gone(n.row.above):
			find := failure
			if installs[n.row.path] {
				find = warning
			}
			found = append(found, find("setting-not-in-target-version", n.name))
		case old(n.row) && !old(n.row.above):
			found = append(found, info("deprecated-setting", n.name))
		}
	})
	return found
}
