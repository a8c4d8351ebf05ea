package image

import (
	"slices"
	"strings"

	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/sysprep"
)

// profile is one entry of the list of profiles.
type profile struct {
	sid, folder, name string
}

// profiles leaves out those of services.
func (g *gatherer) profiles() (list []profile, ok bool) {
	sids, ok := g.keys(keyProfiles)
	for _, sid := range sids {
		if !isPerson(sid) {
			continue
		}
		folder := g.text(keyProfiles+`\`+sid, "ProfileImagePath").Value
		list = append(list, profile{sid, folder, folder[strings.LastIndexByte(folder, '\\')+1:]})
	}
	return list, ok
}

// isPerson tells the accounts of people, local, of a domain or of Entra ID,
// from those of services.
func isPerson(sid string) bool {
	return strings.HasPrefix(sid, "S-1-5-21-") || strings.HasPrefix(sid, "S-1-12-1-")
}

// accounts are those with a profile. RID 500 is the built-in Administrator; an
// account whose SID does not begin like that one's is of a domain.
func (g *gatherer) accounts() sysprep.Fact[[]sysprep.Account] {
	list, ok := g.profiles()
	if !ok {
		return sysprep.Fact[[]sysprep.Account]{}
	}
	machine := ""
	for _, p := range list {
		if before, ok := strings.CutSuffix(p.sid, "-500"); ok {
			machine = before
		}
	}
	var out []sysprep.Account
	for _, p := range list {
		kind := "local"
		switch {
		case strings.HasSuffix(p.sid, "-500"):
			kind = "builtin"
		case strings.HasPrefix(p.sid, "S-1-12-1-"), machine != "" && !strings.HasPrefix(p.sid, machine+"-"):
			kind = "domain"
		}
		name := p.name
		if name == "" {
			name = p.sid
		}
		out = append(out, sysprep.Account{Name: name, Kind: kind})
	}
	return sysprep.GivenAs(out)
}

// domain goes by the DNS domain of the network settings, which every member of
// a domain has. That a machine without one belongs to none is only assumed.
func (g *gatherer) domain() sysprep.Fact[string] {
	for _, name := range []string{"NV Domain", "Domain"} {
		if domain := g.text(keyServices+`\Tcpip\Parameters`, name); domain.Value != "" {
			return domain
		}
	}
	if !g.hasKey(keyServices + `\Tcpip\Parameters`).Value {
		return sysprep.Fact[string]{}
	}
	return sysprep.Fact[string]{Origin: sysprep.Default}
}

// features are the names by which Server Manager knows the roles of the table
// of roles.
//
// Source: https://learn.microsoft.com/windows-server/administration/server-core/server-core-roles-and-services.
var features = [...]struct{ name, role string }{
	{"AD-Certificate", "AD Certificate Services"},
	{"AD-Domain-Services", "AD Domain Services"},
	{"ADCS-Cert-Authority", "AD Certificate Services"},
	{"ADFS-Federation", "AD Federation Services"},
	{"ADLDS", "AD Lightweight Directory Services"},
	{"ADRMS", "AD Rights Management Services"},
	{"Application-Server", "Application Server"},
	{"DHCP", "DHCP Server"},
	{"DNS", "DNS Server"},
	{"Fax", "Fax Server"},
	{"Hyper-V", "Hyper-V"},
	{"NPAS", "Network Policy and Access Services"},
	{"Print-Services", "Printing and Document Services"},
	{"Remote-Desktop-Services", "Remote Desktop Services"},
	{"UpdateServices", "WSUS"},
	{"VolumeActivation", "Volume Activation Services"},
	{"WDS", "Windows Deployment Services"},
	{"Web-Server", "Web Server (IIS)"},
}

// everywhere are the services of roles that every Windows has, so that they
// prove nothing.
var everywhere = []string{"Spooler", "PrintNotify"}

// roles asks what Server Manager noted of its roles and which services of
// roles are registered. Neither way is documented, so that what comes out may
// only warn. A client has no roles.
func (g *gatherer) roles() sysprep.Fact[[]string] {
	kind := g.text(keyVersion, "InstallationType")
	if !kind.Known() {
		return sysprep.Fact[[]string]{}
	}
	if !strings.HasPrefix(kind.Value, "Server") {
		return sysprep.GivenAs([]string(nil))
	}
	var found []string
	for _, f := range features {
		if g.number(keyRoles+`\`+f.name, "InstallState").Value == 1 {
			found = append(found, f.role)
		}
	}
	for i, all := 0, schema.Roles(); i < len(all); i++ {
		for _, service := range all[i].Services {
			if !slices.Contains(everywhere, service) && g.hasKey(keyServices+`\`+service).Value {
				found = append(found, all[i].Name)
			}
		}
	}
	slices.Sort(found)
	return sysprep.GivenAs(slices.Compact(found))
}

// upgraded looks for what Setup notes of the Windows of before.
func (g *gatherer) upgraded() sysprep.Fact[bool] {
	names, ok := g.keys(keySetup)
	if !ok {
		return sysprep.Fact[bool]{}
	}
	return sysprep.GivenAs(slices.ContainsFunc(names, func(name string) bool {
		_, source := cutFold(name, "Source OS")
		return source || strings.EqualFold(name, "Upgrade")
	}))
}

func (g *gatherer) leftovers() sysprep.Fact[[]string] {
	if g.windows == "." {
		return sysprep.Fact[[]string]{} // the drive is not at hand
	}
	var found []string
	for _, name := range sysprep.LeftoverFolders() {
		if g.drive.isFolder(name) {
			found = append(found, name)
		}
	}
	return sysprep.GivenAs(found)
}

// storeUpdates: the Store updates by itself unless a policy keeps it from it.
func (g *gatherer) storeUpdates() sysprep.Fact[bool] {
	const off = 2
	has := g.hasKey(keyAppX)
	if !has.Known() {
		return has
	}
	return sysprep.GivenAs(has.Value && g.number(keyStore, "AutoDownload").Value != off)
}

// onboarded: the sensor has given the machine an ID, and its service is there.
func (g *gatherer) onboarded() sysprep.Fact[bool] {
	id := g.hasValue(keyDefender, "senseGuid")
	service := g.hasKey(keyServices + `\Sense`)
	if !id.Known() || !service.Known() {
		return sysprep.Fact[bool]{}
	}
	return sysprep.GivenAs(id.Value && service.Value)
}
