package sysprep

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/reseal/reseal/schema"
)

// The judges of the answer file and of its fit to the machine.

// isOwnProgram decides from the command alone, which is ours.
func isOwnProgram(s *situation) finding {
	path := strings.ToLower(s.command.Path())
	own := strings.HasSuffix(path, `\system32\sysprep\sysprep.exe`) || strings.HasSuffix(path, `\sysnative\sysprep\sysprep.exe`)
	return finding{bad: !own, detail: when(!own, "the program is %s", s.command.Path()), origin: Given}
}

// isTargetRelease compares builds, since releases such as 11-24h2 and
// server-2025 share one and with it the version of sysprep.exe.
func isTargetRelease(s *situation) finding {
	target, windows := s.target().Windows, s.machine.Windows
	if target == "" {
		return finding{origin: min(windows.Origin, Default)}
	}
	return on(windows, func(release string) string {
		return when(buildOf(release) != buildOf(target), "Windows is %s, the answer file is for %s", release, target)
	})
}

func targetsEdition(s *situation) bool { return s.target().Edition != "" }

func isTargetEdition(s *situation) finding {
	target := s.target().Edition
	return on(s.machine.Edition, func(edition string) string {
		return when(!strings.EqualFold(edition, target), "Windows is %s, the answer file is for %s", edition, target)
	})
}

func hasItsArchitecture(s *situation) finding {
	return on(s.machine.Architecture, func(arch string) string {
		if s.answers.file == nil {
			return ""
		}
		var others []string
		for _, p := range s.answers.file.Passes {
			for _, c := range p.Components {
				if strings.EqualFold(c.Architecture, arch) {
					return ""
				}
				if !slices.Contains(others, c.Architecture) {
					others = append(others, c.Architecture)
				}
			}
		}
		return when(len(others) > 0, "Windows is %s, all components are for %s", arch, strings.Join(others, ", "))
	})
}

func copiesProfile(s *situation) bool {
	return generalizes(s) && s.answers.isTrue(schema.Specialize, shellComponent, "CopyProfile")
}

func hasOneProfile(s *situation) finding {
	return on(s.machine.Accounts, func(accounts []Account) string {
		var others []string
		for _, a := range accounts {
			if a.Kind != "builtin" {
				others = append(others, a.Name)
			}
		}
		return when(len(others) > 0, "other profiles that may be copied instead: %s", strings.Join(others, ", "))
	})
}

// longestCommand is the limit of RunSynchronousCommand/Path in characters.
const longestCommand = 259

func hasShortCommands(s *situation) finding {
	var long []string
	for _, pass := range s.reached() {
		for i, item := range s.answers.items(pass, deploymentComponent, "RunSynchronous") {
			path := findSetting(item.Children, []string{"Path"})
			if path == nil || path.Secret != nil {
				continue
			}
			if n := len(utf16.Encode([]rune(path.Text))); n > longestCommand {
				long = append(long, fmt.Sprintf("command %d of %s has %d characters", i+1, pass, n))
			}
		}
	}
	return finding{bad: len(long) > 0, detail: strings.Join(long, "; "), origin: Given}
}

// hasCommandsInTheirPass looks for lists of commands in passes that do not
// have them; the commands would never start.
func hasCommandsInTheirPass(s *situation) finding {
	var stray []string
	for _, l := range append(passLists, logonLists...) {
		c := schema.FindComponent(l.component)
		if c == nil {
			continue
		}
		allowed := c.Find(l.list).Passes
		for _, pass := range schema.Passes() {
			if n := len(s.answers.items(pass, l.component, l.list)); n > 0 && !allowed.Has(pass) {
				stray = append(stray, fmt.Sprintf("%s of %s in %s; the list belongs to %s", count(n, "command"), l.list, pass, allowed))
			}
		}
	}
	return finding{bad: len(stray) > 0, detail: strings.Join(stray, "; "), origin: Given}
}

// hasOpenMarks looks for passes that Setup has marked in the answer file that
// the command names; Windows passes its settings over.
func hasOpenMarks(s *situation) finding {
	var marked []string
	for _, pass := range s.reached() {
		if s.answers.fills(pass) && wasProcessed(s.answers.file, pass) {
			marked = append(marked, pass.String())
		}
	}
	return finding{bad: len(marked) > 0, detail: when(len(marked) > 0, "the answer file marks %s as processed (wasPassProcessed): its settings are passed over",
		strings.Join(marked, ", ")), origin: Given}
}

func (s *situation) target() schema.Target {
	if s.answers.file == nil {
		return schema.Target{}
	}
	return s.answers.file.Target
}

// hasFitRoles judges by the published table of roles, which ends with Windows
// Server 2012; later servers are judged by its last column.
func hasFitRoles(s *situation) finding {
	return on(s.machine.Roles, func(names []string) string {
		var unfit []string
		for _, name := range names {
			role := schema.FindRole(name)
			if role == nil {
				unfit = append(unfit, name+" (not in the table)")
				continue
			}
			switch support, stated := role.For(s.release()); {
			case support == schema.Supported:
			case support == schema.NotListed:
				unfit = append(unfit, role.Name+" (the table has no answer)")
			case !stated:
				unfit = append(unfit, role.Name+" (not supported on Windows Server 2012, the last that the table names)")
			default:
				unfit = append(unfit, role.Name+" (not supported)")
			}
		}
		return strings.Join(unfit, ", ")
	})
}

func generalizesRoles(s *situation) bool { return generalizes(s) && len(s.machine.Roles.Value) > 0 }

// hasNoConditions names what the table of roles asks for where it says yes.
func hasNoConditions(s *situation) finding {
	return on(s.machine.Roles, func(names []string) string {
		var conditions []string
		for _, name := range names {
			role := schema.FindRole(name)
			if role == nil || role.Remark == "" {
				continue
			}
			if support, _ := role.For(s.release()); support == schema.Supported {
				conditions = append(conditions, role.Name+": "+role.Remark)
			}
		}
		return strings.Join(conditions, "; ")
	})
}
