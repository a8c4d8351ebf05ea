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
// that is a link keeps being one, and something that is no regular file (a
// device, a pipe) is written to directly. The error names the file.
func Write(name string, data []byte, mode fs.FileMode) error {
	if target, err := filepath.EvalSymlinks(name); err == nil {
		name = target
	}
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		if info.IsDir() {
			return &fs.PathError{Op: "write", Path: name, Err: errors.New("is a folder")}
		}
		return writeThrough(name, data)
	}
	temp, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*.tmp")
	if err != nil {
		return naming(name, err)
	}
	if err := fill(temp, data, mode); err != nil {
		os.Remove(temp.Name())
		return naming(name, err)
	}
	if err := os.Rename(temp.Name(), name); err != nil {
		os.Remove(temp.Name())
		return naming(name, err)
	}
	return nil
}

func fill(f *os.File, data []byte, mode fs.FileMode) error {
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

// naming replaces the name of the temporary file, which tells the user
// nothing, by the one that was asked for.
func naming(name string, err error) error {
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
