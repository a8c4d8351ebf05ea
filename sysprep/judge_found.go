package sysprep

import (
	"fmt"
	"slices"
	"strings"
)

// The judges of what lies about on the machine: files of earlier setups,
// registered providers, answer files.

// firstUpgradable is the build of Windows 10 1607, the first of which an
// upgraded installation may be generalized.
const firstUpgradable = 14393

func generalizesOldRelease(s *situation) bool {
	return generalizes(s) && notUpgradable(s.machine.Windows.Value)
}

func notUpgradable(release string) bool {
	build := buildOf(release)
	return build != 0 && build < firstUpgradable
}

// generalizesNewRelease takes in an unknown release: only what is known to be
// old stops a run.
func generalizesNewRelease(s *situation) bool { return generalizes(s) && !generalizesOldRelease(s) }

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

// hasNoFailedRun tells of the last run that failed, and how many did before it.
func hasNoFailedRun(s *situation) finding {
	return on(s.machine.EarlierErrors, func(runs []string) string {
		last := len(runs) - 1
		switch {
		case last < 0:
			return ""
		case last == 0:
			return runs[0]
		}
		return fmt.Sprintf("%s; %s before it failed, too", runs[last], count(last, "run"))
	})
}

func hasRecovery(s *situation) finding {
	return on(s.machine.Recovery, func(yes bool) string {
		return when(!yes, "the recovery environment is disabled")
	})
}

// keepsStoreQuiet: updates can spoil only an app that some user has.
func keepsStoreQuiet(s *situation) finding {
	updates := on(s.machine.StoreUpdates, func(yes bool) string { return when(yes, "the Store updates its apps by itself") })
	if !updates.bad {
		return updates
	}
	return on(s.machine.AppX, func(packages []Package) string {
		n := 0
		for _, p := range packages {
			if p.isApp() && len(p.Users) > 0 {
				n++
			}
		}
		return when(n > 0, "%s, and users have %s", updates.detail, count(n, "app"))
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
		var unfit []string
		for _, stage := range s.stages() {
			for _, p := range providers {
				if why := p.unfit(s.machine.Architecture.Value); p.Stage == stage && why != "" {
					unfit = append(unfit, fmt.Sprintf("%s (%s) %s", p.Launch(), stage, why))
				}
			}
		}
		return strings.Join(unfit, "; ")
	})
}

func namesAnswer(s *situation) bool    { return s.answers.file != nil }
func searchesAnswer(s *situation) bool { return s.answers.file == nil }

// hasNoOpenPass: the file that is given wins in the passes that it fills,
// unless one lies at a higher place; in the others Windows goes on searching,
// drives included. Files that are known decide; a drive that nobody looked
// into is a doubt.
func hasNoOpenPass(s *situation) finding {
	files, drives := s.machine.AnswerFiles, on(s.machine.Media, s.unseenDrives)
	if files.Origin != Given || drives.bad {
		return drives
	}
	f := on(files, func([]FoundFile) string { return s.strangers() })
	if !f.bad {
		f.detail = s.served()
	}
	return f
}

// served tells which passes the file that is given serves, where no other one
// does.
func (s *situation) served() string {
	var ours, none []string
	for _, pass := range s.reached() {
		if slices.ContainsFunc(s.played.starts, func(b start) bool { return b.pass == pass && b.file != nil }) {
			ours = append(ours, pass.String())
		} else {
			none = append(none, pass.String())
		}
	}
	parts := []string{"this answer file serves " + orNothing(ours)}
	if len(none) > 0 {
		parts = append(parts, "no file serves "+strings.Join(none, ", "))
	}
	return strings.Join(parts, "; ")
}

func orNothing(names []string) string {
	if len(names) == 0 {
		return "nothing"
	}
	return strings.Join(names, ", ")
}

// hasNoAnswers tells which files Windows finds by itself where the command
// names none, and which it passes over as processed.
func hasNoAnswers(s *situation) finding {
	return on(s.machine.AnswerFiles, func(files []FoundFile) string {
		parts := []string{s.strangers()}
		for _, f := range files {
			var marked []string
			for _, pass := range s.reached() {
				if f.File != nil && wasProcessed(f.File, pass) {
					marked = append(marked, pass.String())
				}
			}
			if len(marked) > 0 {
				parts = append(parts, fmt.Sprintf("%s is marked as processed in %s", strings.Join(marked, ", "), f.Path))
			}
		}
		return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), "; ")
	})
}

// unseenDrives names the passes that a drive could serve whose content is not
// known.
func (s *situation) unseenDrives(media []Medium) string {
	var open, drives []string
	for _, begun := range s.played.starts {
		if name := begun.pass.String(); (begun.file == nil || begun.file != s.answers.file) && !slices.Contains(open, name) {
			open = append(open, name)
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

// strangers names the passes that another file serves, in the run or in a boot
// behind it.
func (s *situation) strangers() string {
	var out []string
	for _, begun := range s.played.starts {
		if begun.file == nil || begun.file == s.answers.file {
			continue
		}
		if text := fmt.Sprintf("%s is served by %s", begun.pass, begun.path); !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	return strings.Join(out, "; ")
}

// hasNoSecretsLying looks at what stays behind. The file of this run does not:
// Reseal removes it. Windows scrubs the cached copy at the end of each pass, so
// that a secret in it is one that stayed.
func hasNoSecretsLying(s *situation) finding {
	files := s.machine.AnswerFiles
	var out []string
	for _, f := range files.Value {
		if f.File != nil && f.Place != PlaceExplicit && len(f.File.Secrets()) > 0 {
			out = append(out, f.Path)
		}
	}
	if len(out) > 0 && !files.Known() {
		files.Origin = Given // what was found is there, whatever could not be seen
	}
	return on(files, func([]FoundFile) string {
		return when(len(out) > 0, "secrets are readable in %s", strings.Join(out, ", "))
	})
}
