//go:build !windows

package wholefile

import (
	"io/fs"
	"os"
)

// protect gives the still empty file its permissions.
func protect(f *os.File, mode fs.FileMode) error { return f.Chmod(mode) }
