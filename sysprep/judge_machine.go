package sysprep

import (
	"fmt"
	"slices"
	"strings"

	"github.com/reseal/reseal/internal/source"
)

// The judges of the machine. Each returns what is wrong in one sentence.

func isElevated(s *situation) finding {
	return on(s.machine.Elevated, func(yes bool) string {
		return when(!yes, "the caller is no elevated administrator")
	})
}

func isNotSystem(s *situation) finding {
	return on(s.machine.LocalSystem, func(yes bool) string {
		return when(yes, "the caller is the SYSTEM account")
	})
}

func isAlone(s *situation) finding {
	return on(s.machine.Instances, func(n int) string {
		return when(n > 0, "%d sysprep.exe already running", n)
	})
}

func isNotHalfway(s *situation) finding {
	return on(s.machine.GeneralizationState, func(state int) string {
		return when(state == generalizeStarted, "GeneralizationState is %d: an earlier generalize began and did not finish", state)
	})
}

// isSaneState reads three facts; the weakest origin counts.
func isSaneState(s *situation) finding {
	m := s.machine
	parts := []finding{
		on(m.ImageState, func(state string) string {
			known := slices.ContainsFunc(ImageStates(), func(one string) bool { return strings.EqualFold(one, state) })
			return when(!known || strings.EqualFold(state, StateUndeployable), "the image state is %s", source.OneLine(state))
		}),
		on(m.GeneralizationState, func(state int) string {
			return when(state == generalizeDone, "GeneralizationState is %d: the image is generalized and waits for its first boot", state)
		}),
		on(m.CleanupState, func(state int) string {
			return when(state != cleanupNormal, "CleanupState is %d, normal is %d", state, cleanupNormal)
		}),
	}
	return join(parts)
}

func hasNoRenames(s *situation) finding {
	return on(s.machine.Pending, func(kinds []string) string {
		return when(slices.Contains(kinds, "renames"), "files wait for the next restart to be renamed")
	})
}

func hasNoServicing(s *situation) finding {
	return on(s.machine.Pending, func(kinds []string) string {
		switch {
		case slices.Contains(kinds, "servicing"):
			return "component servicing is pending"
		case slices.Contains(kinds, "restart"):
			return "Windows Update waits for a restart"
		}
		return ""
	})
}

func isInWorkgroup(s *situation) finding {
	return on(s.machine.Domain, func(domain string) string {
		return when(domain != "", "the machine belongs to the domain %s", domain)
	})
}

func isReserveIdle(s *situation) finding {
	return on(s.machine.ReservedStorage, func(scenario int) string {
		return when(scenario != 0, "an update or a feature uses reserved storage: ActiveScenario is %d", scenario)
	})
}

func isDecrypted(s *situation) finding {
	return on(s.machine.BitLocker, func(state string) string {
		return when(state != "off", "BitLocker of the system volume is %s", state)
	})
}

// canStart judges that none of the services is disabled.
func canStart(names ...string) func(*situation) finding {
	return func(s *situation) finding {
		return on(s.machine.Services, func(services []Service) string {
			var disabled []string
			for _, service := range services {
				known := slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, service.Name) })
				if known && service.Start == "disabled" {
					disabled = append(disabled, service.Name)
				}
			}
			return when(len(disabled) > 0, "disabled: %s", strings.Join(disabled, ", "))
		})
	}
}

// hasNoUserApps judges the packages as the AppX validator does: apps only,
// and the version that users have against the one that is provisioned.
func hasNoUserApps(s *situation) finding {
	return on(s.machine.AppX, func(packages []Package) string {
		var bad []string
		for _, p := range packages {
			switch {
			case !p.perUser():
			case !p.Provisioned:
				bad = append(bad, p.Name+" is installed for a user, but not provisioned for all users")
			default:
				bad = append(bad, p.Name+" is newer than the provisioned "+p.ProvisionedVersion)
			}
		}
		return strings.Join(bad, "; ")
	})
}

// perUser tells whether a user has the app in a form that not all users have.
func (p Package) perUser() bool {
	if !p.isApp() || len(p.Users) == 0 {
		return false
	}
	return !p.Provisioned || newer(p.version(), p.ProvisionedVersion)
}

func (p Package) isApp() bool { return p.Kind == "" || p.Kind == "app" }

// version is the second field of a package's full name.
func (p Package) version() string {
	if parts := strings.Split(p.Name, "_"); len(parts) > 1 {
		return parts[1]
	}
	return ""
}

// newer compares dotted versions by their numbers; an empty one is the same.
func newer(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	x, y := strings.Split(a, "."), strings.Split(b, ".")
	for i := 0; i < max(len(x), len(y)); i++ {
		if c := compareNumbers(part(x, i), part(y, i)); c != 0 {
			return c > 0
		}
	}
	return false
}

func part(parts []string, i int) string {
	if i < len(parts) {
		return strings.TrimLeft(parts[i], "0")
	}
	return ""
}

// compareNumbers orders digits without leading zeros, of any length.
func compareNumbers(a, b string) int {
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}

func when(bad bool, format string, args ...any) string {
	if !bad {
		return ""
	}
	return fmt.Sprintf(format, args...)
}

// join is one finding of several facts: bad where one is, and only as well
// known as the least known.
func join(parts []finding) finding {
	out := finding{origin: Given}
	var details []string
	for _, f := range parts {
		if f.bad {
			out.bad = true
			details = append(details, f.detail)
		}
		out.origin = min(out.origin, f.origin)
	}
	out.detail = strings.Join(details, "; ")
	switch {
	case out.bad:
		out.origin = Given
	case out.origin == Unknown:
		out.detail = "not checked"
	}
	return out
}
