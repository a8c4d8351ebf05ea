//go:build !windows

package wholefile

import (
	"errors"
	"io/fs"
	"os"
)

// protect gives the still empty file its permissions. A file system that keeps
// none, such as that of a stick, refuses; the file was made for its owner
// alone, as far as that is possible there.
func protect(f *os.File, mode fs.FileMode) error {
	if err := f.Chmod(mode); !errors.Is(err, fs.ErrPermission) && !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	return nil
}

// Exposed tells whether others may read a file that was to be for its owner
// alone, because its file system keeps no permissions.
func Exposed(info fs.FileInfo) bool { return info.Mode().IsRegular() && info.Mode().Perm()&0o077 != 0 }
