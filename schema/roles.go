package schema

import (
	"slices"
	"strings"
)

// Support tells whether Sysprep supports a server with a role.
type Support uint8

const (
	NotListed Support = iota // the published table has no answer
	Supported
	Unsupported // the role may not work after deployment: install it afterwards
)

// Role is a server role in Sysprep's table of roles, which ends with Windows
// Server 2012.
type Role struct {
	Name                                 string
	Server2008, Server2008R2, Server2012 Support
	Remark                               string
	Services                             []string // services that a machine with the role has; not confirmed
	Features                             []string // names by which Server Manager and Install-WindowsFeature know it
}

// Roles returns the table in its published order. The caller must not change
// it.
func Roles() []Role { return roles[:] }

// RoleNames returns all names that FindRole knows: those of the table, each
// followed by those of Install-WindowsFeature.
func RoleNames() []string {
	var names []string
	for i := range roles {
		names = append(append(names, roles[i].Name), roles[i].Features...)
	}
	return names
}

// FindRole looks a role up by its name in the table, the full name of Active
// Directory included, or by one that Get-WindowsFeature shows, without regard
// to case; nil when there is none.
func FindRole(name string) *Role {
	name = strings.TrimSpace(name)
	const long, short = "active directory ", "AD "
	if len(name) > len(long) && strings.EqualFold(name[:len(long)], long) {
		name = short + name[len(long):]
	}
	for i := range roles {
		if strings.EqualFold(roles[i].Name, name) || slices.ContainsFunc(roles[i].Features, func(f string) bool { return strings.EqualFold(f, name) }) {
			return &roles[i]
		}
	}
	return nil
}

// For returns whether Sysprep supports the role on a release. The table says
// nothing of releases after Windows Server 2012: for those, and for an unknown
// one (nil), its column is taken and stated is false.
func (r *Role) For(release *Release) (support Support, stated bool) {
	const server2008R2, server2012 = 7601, 9200
	switch {
	case release == nil || release.Build > server2012:
		return r.Server2012, false
	case release.Build == server2012:
		return r.Server2012, true
	case release.Build >= server2008R2:
		return r.Server2008R2, true
	}
	return r.Server2008, true
}
