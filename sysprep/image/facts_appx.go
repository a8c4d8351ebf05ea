package image

import (
	"bytes"
	"slices"
	"strings"

	"github.com/reseal/reseal/sysprep"
)

// fullName is the full name of a Store package in its five parts.
type fullName struct {
	name, version, architecture, resource, publisher string
}

// parseFullName reads Name_Version_Architecture_Resource_Publisher.
func parseFullName(text string) (fullName, bool) {
	parts := strings.Split(text, "_")
	if len(parts) != 5 {
		return fullName{}, false
	}
	return fullName{parts[0], parts[1], parts[2], parts[3], parts[4]}, true
}

// bundle marks the entry of a bundle, whose version is not that of the
// packages in it.
const bundle = "~"

// family is what packages of different versions have in common.
func (n fullName) family() string { return strings.ToLower(n.name + "_" + n.publisher) }

// systemPublisher signs what belongs to Windows itself.
const systemPublisher = "cw5n1h2txyewy"

// frameworkNames begin the names of packages that only others use; the
// manifest says it better where it can be read.
var frameworkNames = [...]string{"Microsoft.VCLibs.", "Microsoft.NET.Native.", "Microsoft.UI.Xaml.", "Microsoft.WindowsAppRuntime.", "Microsoft.WinAppRuntime."}

// appX compares the packages that users have with those that are provisioned.
// Windows keeps both below one key: Applications holds the provisioned ones,
// and a key named like a SID those of a user.
func (g *gatherer) appX() sysprep.Fact[[]sysprep.Package] {
	names, ok := g.keys(keyAppX)
	if !ok {
		return sysprep.Fact[[]sysprep.Package]{}
	}
	all := packageList{users: map[string][]string{}}
	all.provisioned, _ = g.keys(keyAppX + `\Applications`)
	all.inbox, _ = g.keys(keyAppX + `\InboxApplications`)
	for _, sid := range names {
		if !isPerson(sid) {
			continue
		}
		user := g.userName(sid)
		packages, _ := g.keys(keyAppX + `\` + sid)
		for _, p := range packages {
			all.users[p] = append(all.users[p], user)
		}
	}
	return sysprep.GivenAs(all.compare(g.kindOf))
}

func (g *gatherer) userName(sid string) string {
	folder := g.text(keyProfiles+`\`+sid, "ProfileImagePath").Value
	if name := folder[strings.LastIndexByte(folder, '\\')+1:]; name != "" {
		return name
	}
	return sid
}

// packageList is what the registry says of Store packages, by full name.
type packageList struct {
	provisioned []string
	inbox       []string // come with Windows and cannot be removed
	users       map[string][]string
}

// compare lists all packages, sorted by name.
func (l *packageList) compare(kindOf func(string) string) []sysprep.Package {
	var out []sysprep.Package
	names := slices.Clone(l.provisioned)
	for name := range l.users {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		parts, ok := parseFullName(name)
		if !ok {
			continue
		}
		p := sysprep.Package{Name: name, Users: l.users[name], Kind: kindOf(name)}
		if containsFold(l.inbox, name) {
			p.Kind = "system"
		}
		p.Provisioned, p.ProvisionedVersion = l.match(name, parts)
		out = append(out, p)
	}
	return out
}

// match finds the provisioned package of the same family. Versions of bundles
// and of packages in them differ by nature and are not compared.
func (l *packageList) match(name string, parts fullName) (provisioned bool, version string) {
	for _, other := range l.provisioned {
		if strings.EqualFold(other, name) {
			return true, ""
		}
		o, ok := parseFullName(other)
		if !ok || o.family() != parts.family() {
			continue
		}
		provisioned = true
		if (o.resource == bundle) == (parts.resource == bundle) {
			version = o.version
		}
	}
	return provisioned, version
}

func containsFold(list []string, name string) bool {
	return slices.ContainsFunc(list, func(s string) bool { return strings.EqualFold(s, name) })
}

// kindOf tells apps from what Sysprep passes over.
func (g *gatherer) kindOf(name string) string {
	parts, _ := parseFullName(name)
	switch {
	case strings.EqualFold(parts.publisher, systemPublisher):
		return "system"
	case parts.resource != "" && parts.resource != bundle && !strings.EqualFold(parts.resource, "neutral"):
		return "resource"
	}
	for _, framework := range frameworkNames {
		if _, ok := cutFold(parts.name, framework); ok {
			return "framework"
		}
	}
	if g.windows == "." {
		return "app"
	}
	manifest, err := g.drive.read(`Program Files\WindowsApps\`+name+`\AppxManifest.xml`, 1<<20)
	if err == nil && bytes.Contains(bytes.ToLower(manifest), []byte("<framework>true</framework>")) {
		return "framework"
	}
	return "app"
}
