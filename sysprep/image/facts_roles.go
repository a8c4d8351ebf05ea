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
	for i, all := 0, schema.Roles(); i < len(all); i++ {
		for _, feature := range all[i].Features {
			if g.number(keyRoles+`\`+feature, "InstallState").Value == 1 {
				found = append(found, all[i].Name)
			}
		}
		for _, service := range all[i].Services {
			if !slices.Contains(everywhere, service) && g.hasKey(keyServices+`\`+service).Value {
				found = append(found, all[i].Name)
			}
		}
	}
	slices.Sort(found)
	return sysprep.GivenAs(slices.Compact(found))
}
