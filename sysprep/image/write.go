package image

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/reseal/reseal/internal/wholefile"
)

// writeWhole writes a file whole or not at all: under another name first, for
// its owner alone, and then renamed over the old one. The file never leaves
// the drive, whatever links stand there.
func (d *drive) writeWhole(name string, data []byte, secret bool) error {
	mode := fs.FileMode(0o644)
	if secret {
		mode = 0o600
	}
	temp := path.Join(path.Dir(name), tempPrefix+rand.Text()[:10]+tempSuffix)
	f, err := d.root.OpenFile(temp, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return wholefile.Named(d.here(name), err)
	}
	err = wholefile.Fill(f, data, mode)
	if err == nil {
		err = d.root.Rename(temp, name)
	}
	if err != nil {
		return errors.Join(wholefile.Named(d.here(name), err), d.root.Remove(temp))
	}
	return nil
}

const tempPrefix, tempSuffix = ".reseal-", ".tmp"

// isTemp tells the name of a file that writeWhole was about to write when its
// program or its system was ended.
func isTemp(name string) bool {
	return strings.HasPrefix(name, tempPrefix) && strings.HasSuffix(name, tempSuffix)
}

// exposed tells whether others may read a file that was to be for its owner
// alone.
func (d *drive) exposed(name string) bool {
	info, err := d.root.Stat(name)
	return err == nil && wholefile.Exposed(info)
}

// spare is the next free name with a number, NAME.bak1, for the copy of a file
// that is about to be replaced.
func (d *drive) spare(name string) (string, error) {
	const most = 1000
	for n := 1; n < most; n++ {
		copied := fmt.Sprintf("%s.bak%d", name, n)
		if !d.has(copied) {
			return copied, nil
		}
	}
	return "", fmt.Errorf("%s has %d copies already; remove some", d.here(name), most-1)
}

// nearest is the real name of a path as far as it is there, and the rest of it
// as it stands; found tells whether there is no rest.
func (d *drive) nearest(name string) (real string, found bool, err error) {
	real, err = d.find(name)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return real, err == nil, err
	}
	above, _, err := d.nearest(path.Dir(slashes(name)))
	return path.Join(above, path.Base(slashes(name))), false, err
}

// makeFolder finds a folder and makes what is missing of it. made are the
// folders that it made, the outermost first.
func (d *drive) makeFolder(name string) (real string, made []string, err error) {
	real, err = d.find(name)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return real, nil, err
	}
	above, made, err := d.makeFolder(path.Dir(slashes(name)))
	if err != nil {
		return "", made, err
	}
	real = path.Join(above, path.Base(slashes(name)))
	if err := d.root.Mkdir(real, 0o755); err != nil {
		return "", made, wholefile.Named(d.here(real), err)
	}
	clear(d.seen)
	return real, append(made, real), nil
}

// unmake removes folders that were made for nothing.
func (d *drive) unmake(made []string) {
	for _, folder := range slices.Backward(made) {
		if d.root.Remove(folder) != nil {
			return // somebody else uses it by now
		}
	}
	clear(d.seen)
}
