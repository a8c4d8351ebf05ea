package sysprep

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// systemDrive is the drive that Windows runs from.
const systemDrive = "C:"

// maxAnswerFile bounds what is read of one file that was found; a longer one
// is no answer file.
const maxAnswerFile = 16 << 20

// FindAnswerFiles looks for answer files at the places of one drive, whose
// content is fsys: the root of a removable one, and on the system drive the
// folders of Windows too. Other fixed drives are not searched. Names are
// matched without regard to case. The paths of the result are those on the
// machine; records call the files by Medium.Root. What could not be read is
// in the error, which does not stop the search.
func FindAnswerFiles(fsys fs.FS, m Medium) ([]FoundFile, error) {
	var out []FoundFile
	var problems []error
	for _, place := range placesOf(m) {
		for _, name := range searchPlaces[place].Names {
			f, found, err := readPlace(fsys, m, searchPlaces[place], name)
			if err != nil {
				problems = append(problems, fmt.Errorf("%s: %w", path.Join(m.Root, strings.ReplaceAll(searchPlaces[place].Folder, `\`, "/"), name), err))
			}
			if found {
				out = append(out, f)
			}
		}
	}
	return out, errors.Join(problems...)
}

func placesOf(m Medium) []Place {
	switch {
	case m.Kind == "removable":
		return []Place{PlaceRemovable}
	case m.Kind == "read-only":
		return []Place{PlaceReadOnly}
	case strings.EqualFold(m.Drive, systemDrive):
		return []Place{PlacePantherUnattend, PlacePanther, PlaceSysprep, PlaceSystemRoot}
	}
	return nil
}

func readPlace(fsys fs.FS, m Medium, place SearchPlace, name string) (f FoundFile, found bool, err error) {
	at := "."
	for part := range strings.SplitSeq(path.Join(strings.ReplaceAll(place.Folder, `\`, "/"), name), "/") {
		if at, found, err = enter(fsys, at, part); !found {
			return f, false, err
		}
	}
	info, err := fs.Stat(fsys, at)
	if err != nil || !info.Mode().IsRegular() {
		return f, false, err
	}
	text, err := readBounded(fsys, at)
	if err != nil {
		return f, false, err
	}
	return ReadFound(place.Place, m.Drive+`\`+strings.ReplaceAll(at, "/", `\`), path.Join(m.Root, at), text), true, nil
}

// enter finds one part of a path without regard to case; the spelling that is
// asked for comes first where a folder has several.
func enter(fsys fs.FS, folder, part string) (at string, found bool, err error) {
	entries, err := fs.ReadDir(fsys, folder)
	if errors.Is(err, fs.ErrNotExist) {
		return "", false, nil
	}
	i := slices.IndexFunc(entries, func(e fs.DirEntry) bool { return e.Name() == part })
	if i < 0 {
		i = slices.IndexFunc(entries, func(e fs.DirEntry) bool { return strings.EqualFold(e.Name(), part) })
	}
	if i < 0 {
		return "", false, err
	}
	return path.Join(folder, entries[i].Name()), true, nil
}

func readBounded(fsys fs.FS, name string) ([]byte, error) {
	file, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, maxAnswerFile+1))
	if err != nil || len(text) > maxAnswerFile {
		return nil, errors.Join(err, tooLong(len(text)))
	}
	return text, nil
}

func tooLong(n int) error {
	if n <= maxAnswerFile {
		return nil
	}
	return fmt.Errorf("more than %d MiB, which no answer file has", maxAnswerFile>>20)
}
