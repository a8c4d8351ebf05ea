package sysprep

import (
	"fmt"
	"strings"

	"github.com/reseal/reseal/schema"
)

// The judges of what lies about on the machine: files of earlier setups,
// registered providers, answer files.

// firstUpgradable is the build of Windows 10 1607, the first of which an
// upgraded installation may be generalized.
const firstUpgradable = 14393

func generalizesOldRelease(s *situation) bool {
	build := buildOf(s.machine.Windows.Value)
	return generalizes(s) && build != 0 && build < firstUpgradable
}

func isCleanInstall(s *situation) finding {
	return on(s.machine.Upgraded, func(yes bool) string {
		return when(yes, "this Windows is an upgrade of an earlier one")
	})
}

func hasNoLeftovers(s *situation) finding {
	return on(s.machine.Leftovers, func(folders []string) string {
		return when(len(folders) > 0, "an earlier setup left %s", strings.Join(folders, ", "))
	})
}

// roomyVolume is the free space in GiB that practice asks for.
const roomyVolume = 10

func hasRoom(s *situation) finding {
	return on(s.machine.FreeSpace, func(gib int) string {
		return when(gib < roomyVolume, "%d GiB are free", gib)
	})
}

func keepsStoreQuiet(s *situation) finding {
	return on(s.machine.StoreUpdates, func(yes bool) string {
		return when(yes, "the Store updates its apps by itself")
	})
}

func isNotOnboarded(s *situation) finding {
	return on(s.machine.Onboarded, func(yes bool) string {
		return when(yes, "the machine is onboarded to Microsoft Defender for Endpoint")
	})
}

func hasNoEncryptedFiles(s *situation) finding {
	return on(s.machine.EncryptedFiles, func(yes bool) string {
		return when(yes, "files on the volume are encrypted with EFS")
	})
}

func isVirtual(s *situation) finding {
	return on(s.machine.Virtual, func(yes bool) string {
		return when(!yes, "the machine is not virtual")
	})
}

func runsVM(s *situation) bool { return s.command.VM }

// hasItsProviders looks at those of the stages that are reached alone.
func hasItsProviders(s *situation) finding {
	return on(s.machine.External, func(providers []ExternalProvider) string {
		var missing []string
		for _, stage := range s.stages() {
			for _, p := range providers {
				if p.Stage == stage && p.Missing {
					missing = append(missing, fmt.Sprintf("%s (%s)", p.Launch(), stage))
				}
			}
		}
		return when(len(missing) > 0, "not there: %s", strings.Join(missing, "; "))
	})
}

// hasNoOpenPass: the file that is given wins in the passes that it fills,
// unless one lies at a higher place; in the others Windows goes on searching,
// drives included. Files that are known decide; a drive that nobody looked
// into is a doubt.
func hasNoOpenPass(s *situation) finding {
	files, drives := s.machine.AnswerFiles, on(s.machine.Media, s.unseenDrives)
	if files.Origin != Given || drives.bad {
		return drives
	}
	return on(files, func([]FoundFile) string { return s.strangers() })
}

// unseenDrives names the passes that a drive could serve whose content is not
// known.
func (s *situation) unseenDrives(media []Medium) string {
	var open, drives []string
	for _, pass := range passesOf(s.command) {
		if !s.answers.fills(pass) {
			open = append(open, pass.String())
		}
	}
	for _, m := range media {
		if m.Root == "" || s.machine.AnswerFiles.Origin != Given {
			drives = append(drives, fmt.Sprintf("%s (%s)", m.Drive, m.Kind))
		}
	}
	return when(len(open) > 0 && len(drives) > 0, "passes without a setting here: %s; drives that Windows searches: %s",
		strings.Join(open, ", "), strings.Join(drives, ", "))
}

// strangers names the passes that another file serves.
func (s *situation) strangers() string {
	var out []string
	cache := newCache(s)
	for _, pass := range passesOf(s.command) {
		if winner := cache.serve(pass, pass == schema.Generalize); winner != nil && winner.File != s.answers.file {
			out = append(out, fmt.Sprintf("%s is served by %s", pass, winner.Path))
		}
	}
	return strings.Join(out, "; ")
}

// hasNoSecretsLying looks at what stays behind: the cached copy and the file of
// this run are left out, since Windows scrubs the one and Reseal removes the
// other.
func hasNoSecretsLying(s *situation) finding {
	return on(s.machine.AnswerFiles, func(files []FoundFile) string {
		var out []string
		for _, f := range files {
			if f.File == nil || f.Place == PlaceExplicit {
				continue
			}
			if len(f.File.Secrets()) > 0 {
				out = append(out, f.Path)
			}
		}
		return when(len(out) > 0, "secrets are readable in %s", strings.Join(out, ", "))
	})
}
