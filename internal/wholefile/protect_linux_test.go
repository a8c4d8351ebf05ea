package wholefile

import (
	"errors"
	"io/fs"
	"os"
	"testing"
)

// proc, like the file system of a stick, lets nobody change permissions.
func TestAFileSystemWithoutPermissionsIsNoReasonToFail(t *testing.T) {
	f, err := os.OpenFile("/proc/self/comm", os.O_WRONLY, 0)
	if err != nil {
		t.Skipf("no proc here: %v", err)
	}
	defer f.Close()
	if err := f.Chmod(0o600); !errors.Is(err, fs.ErrPermission) {
		t.Skipf("this proc keeps permissions: %v", err)
	}
	if err := protect(f, 0o600); err != nil {
		t.Error(err)
	}
}
