package sysprep

import (
	"slices"
	"strings"

	"github.com/reseal/reseal/schema"
)

// keyRoles has a key for each role and feature that Server Manager knows.
// Source: seen in registries of Windows servers; not documented.
const keyRoles = `SOFTWARE\Microsoft\ServerManager\ServicingStorage\ServerComponentCache`

// everywhere are the services of roles that every Windows has, so that they
// prove nothing.
var everywhere = [...]string{"Spooler", "PrintNotify"}

func (l *liveReader) roles() Fact[[]string] {
	roles, err := InstalledRoles(l.w)
	l.note(err)
	return roles
}

// InstalledRoles asks what Server Manager noted of its roles and which services
// of roles are registered, and returns the names of schema.Roles. Neither way
// is documented, so that what comes out may only warn; that there is no role is
// known only where Server Manager noted its roles and all could be read. A
// client has none. The error is the first of what could not be read.
func InstalledRoles(r Registry) (Fact[[]string], error) {
	kind, ok, err := r.ReadString(keyVersion, "InstallationType")
	if !ok || err != nil {
		return Fact[[]string]{}, readError(keyVersion, "InstallationType", err)
	}
	if !strings.HasPrefix(kind, "Server") {
		return GivenAs([]string(nil)), nil
	}
	noted, err := r.HasKey(keyRoles)
	failed := readError(keyRoles, "", err)
	var found []string
	for i, all := 0, schema.Roles(); i < len(all); i++ {
		installed, err := hasRole(r, &all[i])
		if installed {
			found = append(found, all[i].Name)
		}
		if failed == nil {
			failed = err
		}
	}
	if len(found) == 0 && (!noted || failed != nil) {
		return Fact[[]string]{}, failed
	}
	return GivenAs(found), failed
}

func hasRole(r Registry, role *schema.Role) (bool, error) {
	for _, feature := range role.Features {
		key := keyRoles + `\` + feature
		state, _, err := r.ReadNumber(key, "InstallState")
		if err != nil || state == 1 {
			return err == nil, readError(key, "InstallState", err)
		}
	}
	for _, service := range role.Services {
		if slices.Contains(everywhere[:], service) {
			continue
		}
		registered, err := r.HasKey(keyServices + service)
		if err != nil || registered {
			return err == nil, readError(keyServices+service, "", err)
		}
	}
	return false, nil
}
