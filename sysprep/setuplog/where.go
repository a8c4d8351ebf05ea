package setuplog

import (
	"io/fs"
	"path"
	"strings"
)

// Place is where Windows logs one part of the life of an image.
type Place struct {
	Path   string   // of the folder, below the root of the system drive, with slashes
	Passes []string // configuration passes whose log it holds
	Holds  string   // what else is told there
	Source string
}

const (
	docProcess = "https://learn.microsoft.com/windows-hardware/manufacture/desktop/sysprep-process-overview"
	docLogs    = "https://learn.microsoft.com/windows-hardware/manufacture/desktop/windows-setup-log-files-and-event-logs"
)

// places in the order in which an image goes through them.
var places = [...]Place{
	{Path: "$Windows.~BT/Sources/Panther", Passes: []string{"windowsPE", "offlineServicing"}, Holds: "Setup before the first boot", Source: docLogs},
	{Path: "Windows/System32/Sysprep/Panther", Passes: []string{"generalize"}, Holds: "all that sysprep.exe does, cleanup too", Source: docProcess},
	{Path: "Windows/System32/Sysprep/Panther/IE", Passes: []string{"generalize"}, Holds: "the provider of Internet Explorer",
		Source: "https://learn.microsoft.com/troubleshoot/windows-client/setup-upgrade-and-drivers/windows-setup-log-file-locations"},
	{Path: "Windows/Panther", Passes: []string{"specialize"}, Holds: "Setup in the first boot", Source: docProcess},
	{Path: "Windows/Panther/UnattendGC", Passes: []string{"oobeSystem", "auditSystem", "auditUser"},
		Holds: "windeploy, OOBE, commands of answer files, SetupComplete.cmd; that of audit passes is not documented", Source: docProcess},
	{Path: "$Windows.~BT/Sources/Rollback", Holds: "the way back from an upgrade", Source: docLogs},
}

// Places returns the table. The caller must not change it.
func Places() []Place { return places[:] }

// Names of the logs in every place: the first has all lines, the second the
// errors alone.
const (
	ActLog = "setupact.log"
	ErrLog = "setuperr.log"
)

// Found is a log in a folder.
type Found struct {
	Name  string // in the file system that was searched
	Place *Place // nil for a folder that is none of the table
}

// Search finds the logs of a folder: the root of a system drive (an image), a
// Windows folder, or a folder of logs. The names count no case. Beside a
// setupact.log the setuperr.log says nothing more and is left out; one that is
// empty is too. No log at all is no error.
func Search(root fs.FS) ([]Found, error) {
	if _, err := fs.ReadDir(root, "."); err != nil {
		return nil, err
	}
	top, ok := standsFor(root)
	if !ok {
		return folderOfLogs(root), nil
	}
	var found []Found
	for i := range places {
		if below, ok := strings.CutPrefix(places[i].Path, top); ok {
			if name := logIn(root, below); name != "" {
				found = append(found, Found{Name: name, Place: &places[i]})
			}
		}
	}
	return found, nil
}

// standsFor tells which folder of a system drive a folder is, by what is in
// it: "" for the drive, "Windows/", or Sysprep's. ok is false for any other.
func standsFor(root fs.FS) (top string, ok bool) {
	for _, mark := range []struct{ name, top string }{
		{"Windows", ""}, {"$Windows.~BT", ""}, {"System32", "Windows/"}, {"sysprep.exe", sysprepFolder}, {"ActionFiles", sysprepFolder},
	} {
		if _, ok := resolve(root, mark.name); ok {
			return mark.top, true
		}
	}
	return "", false
}

const sysprepFolder = "Windows/System32/Sysprep/"

// folderOfLogs finds the logs of a folder that stands for itself: a Panther
// folder that was copied, with the folders that belong to it.
func folderOfLogs(root fs.FS) []Found {
	var found []Found
	for _, below := range []string{".", "IE", "UnattendGC", "Panther", "Panther/IE", "Panther/UnattendGC"} {
		if name := logIn(root, below); name != "" {
			found = append(found, Found{Name: name, Place: placeNamed(path.Base(below))})
		}
	}
	return found
}

// placeNamed is the place whose folder has that name, nil when several have
// it: a Panther folder by itself may be Sysprep's or Setup's.
func placeNamed(folder string) *Place {
	for i := range places {
		if path.Base(places[i].Path) == folder && folder != "Panther" {
			return &places[i]
		}
	}
	return nil
}

// logIn returns the log of a folder, "" for none.
func logIn(root fs.FS, folder string) string {
	actual, ok := resolve(root, folder)
	if !ok {
		return ""
	}
	for _, name := range []string{ActLog, ErrLog} {
		if file, ok := resolve(root, path.Join(actual, name)); ok && isLog(root, file) {
			return file
		}
	}
	return ""
}

// isLog tells whether a name is a regular file with anything in it.
func isLog(root fs.FS, name string) bool {
	info, err := fs.Stat(root, name)
	return err == nil && info.Mode().IsRegular() && info.Size() > 0
}

// resolve finds a path without regard to case, as Windows would.
func resolve(root fs.FS, name string) (string, bool) {
	at := "."
	for part := range strings.SplitSeq(path.Clean(name), "/") {
		if part == "." {
			continue
		}
		entries, err := fs.ReadDir(root, at)
		if err != nil {
			return "", false
		}
		next := ""
		for _, e := range entries {
			if e.Name() == part || next == "" && strings.EqualFold(e.Name(), part) {
				next = e.Name()
			}
		}
		if next == "" {
			return "", false
		}
		at = path.Join(at, next)
	}
	return at, true
}
