package image

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
)

// writeWhole writes a file whole or not at all: under another name first, for
// its owner alone, and then renamed over the old one. The file never leaves
// the drive, whatever links stand there.
func (d *drive) writeWhole(name string, data []byte, secret bool) error {
	mode := fs.FileMode(0o644)
	if secret {
		mode = 0o600
	}
	temp := path.Join(path.Dir(name), ".reseal-"+rand.Text()[:10]+".tmp")
	f, err := d.root.OpenFile(temp, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if secret {
		err = onlyOwner(path.Join(d.path, temp))
	}
	if err == nil {
		_, err = f.Write(data)
	}
	err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close())
	if err == nil {
		err = d.root.Rename(temp, name)
	}
	if err != nil {
		return errors.Join(err, d.root.Remove(temp))
	}
	return nil
}

// keep copies a file to the next free name with a number, NAME.bak1, so that
// nothing that is replaced is lost. The copy is for its owner alone, whatever
// it holds.
func (d *drive) keep(name string, data []byte) (string, error) {
	const most = 1000
	for n := 1; n < most; n++ {
		copied := fmt.Sprintf("%s.bak%d", name, n)
		if d.has(copied) {
			continue
		}
		return copied, d.writeWhole(copied, data, true)
	}
	return "", fmt.Errorf("%s has %d copies already; remove some", name, most-1)
}

// makeFolder finds a folder and makes what is missing of it.
func (d *drive) makeFolder(name string) (string, error) {
	if real, err := d.find(name); err == nil || !errors.Is(err, fs.ErrNotExist) {
		return real, err
	}
	above, err := d.makeFolder(path.Dir(slashes(name)))
	if err != nil {
		return "", err
	}
	real := path.Join(above, path.Base(slashes(name)))
	if err := d.root.Mkdir(real, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return "", err
	}
	clear(d.seen)
	return real, nil
}
