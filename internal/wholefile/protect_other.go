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
