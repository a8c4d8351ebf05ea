package schema

import "strings"

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

// FindRole looks a role up by name without regard to case; nil when there is
// none.
func FindRole(name string) *Role {
	for i := range roles {
		if strings.EqualFold(roles[i].Name, name) {
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
