package image

import (
	"slices"
	"strings"

	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/sysprep"
)

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
