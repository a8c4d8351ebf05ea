// Package wholefile writes a file whole or not at all: an interrupted or
// failed write leaves the old file as it was.
package wholefile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Write puts data into the file name with the given permissions; on Windows a
// mode without rights for others becomes an access list. It writes a
// temporary file in the same folder and renames it over the old one; a name
// that is a link keeps being one, also where it leads to no file yet, and something that is no regular file (a
// device, a pipe) is written to directly. The error names the file.
func Write(name string, data []byte, mode fs.FileMode) error {
	name, err := behind(name)
	if err != nil {
		return err
	}
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		if info.IsDir() {
			return &fs.PathError{Op: "write", Path: name, Err: errors.New("is a folder")}
		}
		return writeThrough(name, data)
	}
	temp, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*.tmp")
	if err != nil {
		return Named(name, err)
	}
	if err := Fill(temp, data, mode); err != nil {
		os.Remove(temp.Name())
		return Named(name, err)
	}
	if err := os.Rename(temp.Name(), name); err != nil {
		os.Remove(temp.Name())
		return Named(name, err)
	}
	return nil
}

// maxLinks is how many links may lead from one to the next, as on Linux.
const maxLinks = 40

// behind follows the links of a name to the file that they name, which need
// not be there: the link of a fresh checkout may lead to a file that is to be
// made.
func behind(name string) (string, error) {
	if target, err := filepath.EvalSymlinks(name); err == nil {
		return target, nil
	}
	at := name
	for range maxLinks {
		next, err := os.Readlink(at)
		if err != nil {
			return at, nil // no link: what is wrong with it, writing will tell
		}
		if !filepath.IsAbs(next) {
			folder := filepath.Dir(at)
			if real, err := filepath.EvalSymlinks(folder); err == nil { // else ".." would leave the wrong folder
				folder = real
			}
			next = filepath.Join(folder, next)
		}
		at = next
	}
	return name, &fs.PathError{Op: "write", Path: name, Err: errors.New("too many links, each leading to another")}
}

// Fill gives a file that has just been made for its owner alone its content and
// permissions, and closes it.
func Fill(f *os.File, data []byte, mode fs.FileMode) error {
	err := protect(f, mode)
	if err == nil {
		_, err = f.Write(data)
	}
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}

func writeThrough(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}

// Named replaces the name in an error of writing, that of a temporary file,
// which tells the user nothing, by the one that was asked for.
func Named(name string, err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return &fs.PathError{Op: "write", Path: name, Err: path.Err}
	}
	var link *os.LinkError
	if errors.As(err, &link) {
		return &fs.PathError{Op: "write", Path: name, Err: link.Err}
	}
	return &fs.PathError{Op: "write", Path: name, Err: err}
}
