package image

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// drive is the system drive of an image as a folder of this system. Names are
// found without regard to case, as Windows does, and no link of the image
// leads out of the folder.
type drive struct {
	root *os.Root
	path string                       // of the folder on this system
	seen map[string]map[string]string // lower-case names of a folder to real ones
}

func openDrive(folder string) (*drive, error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, err
	}
	return &drive{root: root, path: folder, seen: map[string]map[string]string{}}, nil
}

// here is the path of a file below the drive on this system, for people.
func (d *drive) here(name string) string {
	return filepath.ToSlash(filepath.Join(d.path, filepath.FromSlash(name)))
}

// failed names the file as the user knows it: below the root it has no more
// than the rest of its name.
func (d *drive) failed(name string, err error) error {
	return &fs.PathError{Op: "open", Path: d.here(name), Err: reason(err)}
}

// find returns the real name of a path such as `Windows\Panther`, with
// slashes. The error of a missing part matches fs.ErrNotExist.
func (d *drive) find(name string) (string, error) {
	found := "."
	for part := range strings.SplitSeq(slashes(name), "/") {
		if part == "" || part == "." {
			continue
		}
		if part == ".." {
			return "", d.failed(name, fs.ErrInvalid)
		}
		real, err := d.entry(found, part)
		if err != nil {
			return "", err
		}
		found = path.Join(found, real)
	}
	return found, nil
}

func slashes(name string) string { return strings.ReplaceAll(name, `\`, "/") }

// entry finds a name in a folder; one that is written just so goes first.
func (d *drive) entry(folder, name string) (string, error) {
	_, err := d.root.Lstat(path.Join(folder, name))
	switch {
	case err == nil:
		return name, nil
	case errors.Is(err, fs.ErrPermission):
		return "", d.failed(folder, err) // it is the folder that forbids the look
	case !errors.Is(err, fs.ErrNotExist):
		return "", d.failed(path.Join(folder, name), err)
	}
	names, ok := d.seen[folder]
	if !ok {
		entries, err := d.entries(folder)
		if err != nil {
			return "", err
		}
		names = map[string]string{}
		for _, e := range slices.Backward(entries) {
			names[strings.ToLower(e.Name())] = e.Name()
		}
		d.seen[folder] = names
	}
	if real, ok := names[strings.ToLower(name)]; ok {
		return real, nil
	}
	return "", d.failed(path.Join(folder, name), fs.ErrNotExist)
}

func (d *drive) entries(folder string) ([]fs.DirEntry, error) {
	f, err := d.root.Open(folder)
	if err != nil {
		return nil, d.failed(folder, err)
	}
	defer f.Close()
	entries, err := f.ReadDir(-1)
	if err != nil {
		return nil, d.failed(folder, err)
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, nil
}

// list returns the names of the files and folders in a folder, sorted; a
// missing folder has none.
func (d *drive) list(folder string) ([]string, error) {
	real, err := d.find(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	entries, err := d.entries(real)
	names := make([]string, 0, len(entries))
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names, err
}

// has tells whether a file or folder is there. One that cannot be looked at
// counts as missing.
func (d *drive) has(name string) bool {
	_, err := d.find(name)
	return err == nil
}

// isFolder tells whether a folder of that name is there. The error says why
// that cannot be told.
func (d *drive) isFolder(name string) (bool, error) {
	real, err := d.find(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	info, err := d.stat(real)
	if err != nil {
		return false, err
	}
	return info.IsDir(), nil
}

// errLeadsNowhere tells of a name that is there, and what it names is not. A
// driver such as ntfs-3g shows what it cannot read, as files that Windows has
// compressed, as such a link: that counts as not known, and not as missing.
var errLeadsNowhere = errors.New("it is a link that leads nowhere; so does a compressed file under a driver that cannot read it")

// stat looks at what a name from find leads to.
func (d *drive) stat(real string) (fs.FileInfo, error) {
	info, err := d.root.Stat(real)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, d.failed(real, errLeadsNowhere)
	case err != nil:
		return nil, d.failed(real, err)
	}
	return info, nil
}

// open opens a regular file for reading. A pipe or device of that name, which
// no Windows has, is refused before it can block.
func (d *drive) open(name string) (*os.File, int64, error) {
	real, err := d.find(name)
	if err != nil {
		return nil, 0, err
	}
	info, err := d.stat(real)
	if err != nil {
		return nil, 0, err
	}
	if !info.Mode().IsRegular() {
		return nil, 0, d.failed(real, errors.New("it is no regular file"))
	}
	f, err := d.root.Open(real)
	if err != nil {
		return nil, 0, d.failed(real, err)
	}
	return f, info.Size(), nil
}

// ErrLimit is matched by the error for a file that is larger than what is read
// of its kind.
var ErrLimit = errors.New("over the limit")

// read returns the text of a file of at most limit bytes.
func (d *drive) read(name string, limit int64) ([]byte, error) {
	f, size, err := d.open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if size > limit {
		return nil, fmt.Errorf("%s is %w: it has %d bytes, and at most %d are read", d.here(name), ErrLimit, size, limit)
	}
	return io.ReadAll(io.LimitReader(f, limit))
}

func (d *drive) close() error { return d.root.Close() }
