package schema

import "strings"

// Release is one release of Windows. Client, long-term servicing and server
// releases share builds.
type Release struct {
	ID       string // "11-24h2", "10-ltsc-2021", "server-2025", "8.1"
	Build    int    // third part of the version of an image
	NT       string // "10.0.26100"
	Server   bool
	Product  string   // "Windows 11"
	Version  string   // "24H2"; "" before Windows 10
	LongTerm string   // "Enterprise LTSC 2021"; "" = general availability
	Aliases  []string // further IDs that FindRelease takes

	Released               string // date, 2024-10-01; "" where the table has none
	EndOfUpdates           string // of Home and Pro where EndOfUpdatesEnterprise is given
	EndOfUpdatesEnterprise string // of Enterprise and Education, when it differs
	Note                   string

	// What a machine of this release has straight after a clean installation.
	Rearms           int  // how often generalize can reset the licence state
	ReservedStorage  bool // sets disk space aside for updates; idle on a fresh machine
	StoreApps        bool // Store packages that Sysprep looks at
	DeviceEncryption bool // may encrypt itself in OOBE without special hardware
}

// windows11Build is the first build of Windows 11.
const windows11Build = 22000

// Releases returns all releases by build; the client comes before long-term
// servicing and server. The caller must not change it.
func Releases() []Release { return releases[:] }

// ReleaseIDs returns the IDs of all releases in that order.
func ReleaseIDs() []string {
	ids := make([]string, len(releases))
	for i := range releases {
		ids[i] = releases[i].ID
	}
	return ids
}

// FindRelease looks a release up by ID, alias, or a common way to write one
// ("Windows 11 24H2", "win10-22h2", "Server 2012 R2"), without regard to case;
// nil when there is none.
func FindRelease(id string) *Release {
	word := plainID(id)
	if word == "" {
		return nil
	}
	for i := range releases {
		r := &releases[i]
		if r.ID == word {
			return r
		}
		for _, alias := range r.Aliases {
			if alias == word {
				return r
			}
		}
	}
	return nil
}

// plainID brings the ways in which people write a release to the form of an
// ID: "Windows Server 2012 R2" to "server-2012r2".
func plainID(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	for _, cut := range []string{",", "version ", "enterprise "} {
		s = strings.ReplaceAll(s, cut, "")
	}
	s = strings.ReplaceAll(strings.ReplaceAll(s, " ", "-"), "_", "-")
	for _, prefix := range []string{"windows", "win"} {
		if rest, ok := strings.CutPrefix(s, prefix); ok {
			s = strings.TrimPrefix(rest, "-")
			break
		}
	}
	if rest, ok := strings.CutPrefix(s, "server"); ok {
		s = "server-" + strings.TrimPrefix(rest, "-")
	}
	return strings.Replace(s, "-r2", "r2", 1)
}

// ReleaseOf reads the printed name of a release as the catalogue has it in
// Introduced, DeprecatedIn and RemovedIn: "Windows 10 1607", "Windows 8.1",
// "Windows 10" (the first of them), "Windows 10 or earlier". nil for a name
// that the table does not have.
func ReleaseOf(text string) *Release {
	if text == "" {
		return nil // asked for every setting without such a release
	}
	text = strings.TrimSuffix(text, " or earlier")
	for i := range releases {
		r := &releases[i]
		version, ok := strings.CutPrefix(text, r.Product)
		if ok && r.LongTerm == "" && (version == "" || version[0] == ' ' && version[1:] == r.Version) {
			return r
		}
	}
	return nil
}

// ReleaseOfBuild returns the release with that build, nil when there is none.
// An image tells whether it is a server; for a client it does not tell whether
// it is one of long-term servicing.
func ReleaseOfBuild(build int, server bool) *Release {
	for i := range releases {
		if r := &releases[i]; r.Build == build && r.Server == server {
			return r
		}
	}
	return nil
}

// ReleaseOfWindows finds the release of an installed Windows by its build, its
// kind of installation (Client, Server, Server Core; "" = not known) and its
// edition ID; nil when the table has none. The name of the product is no help:
// Windows 11 still says Windows 10. EnterpriseS, IoTEnterpriseS and the like
// are long-term servicing, and not every build with such an edition has a
// release of its own.
func ReleaseOfWindows(build int, installation, edition string) *Release {
	if strings.Contains(edition, "EnterpriseS") {
		for i := range releases {
			if releases[i].Build == build && releases[i].LongTerm != "" {
				return &releases[i]
			}
		}
	}
	server := strings.HasPrefix(installation, "Server")
	if installation == "" {
		e := FindEdition(edition)
		server = e != nil && e.Server || strings.HasPrefix(edition, "Server")
	}
	return ReleaseOfBuild(build, server)
}

// String is the name in print: "Windows 10 Enterprise LTSC 2021", "Windows 11
// 24H2", "Windows Server 2025". Annual releases of Windows Server need their
// version.
func (r *Release) String() string {
	switch {
	case r.LongTerm != "":
		return r.Product + " " + r.LongTerm
	case r.Version == "", r.Server && strings.HasPrefix(r.Product, "Windows Server 2"):
		return r.Product
	case r.Server:
		return "Windows Server, version " + r.Version
	}
	return r.Product + " " + r.Version
}

// Before tells whether r is older than other. Client and server of one build
// are the same age.
func (r *Release) Before(other *Release) bool { return r.Build < other.Build }
