package wholefile

import (
	"io/fs"
	"os"

	"golang.org/x/sys/windows"
)

// ownerAccess gives full access to administrators, SYSTEM and whoever owns
// the file, nothing to anyone else, and takes nothing over from the folder.
// The owner is there so that compiling without elevation does not lock its
// own author out; that is what 0600 means on other systems.
const ownerAccess = "D:PAI(A;;FA;;;BA)(A;;FA;;;SY)(A;;FA;;;OW)"

// protect gives the still empty file its access list: Windows knows no 0600.
func protect(f *os.File, mode fs.FileMode) error {
	if mode&0o077 != 0 {
		return nil
	}
	descriptor, err := windows.SecurityDescriptorFromString(ownerAccess)
	if err != nil {
		return err
	}
	list, _, err := descriptor.DACL()
	if err != nil {
		return err
	}
	return windows.SetNamedSecurityInfo(f.Name(), windows.SE_FILE_OBJECT,
		windows.DACL_SECURITY_INFORMATION|windows.PROTECTED_DACL_SECURITY_INFORMATION, nil, nil, list, nil)
}

// Exposed is never known on Windows, whose access lists no mode tells of.
func Exposed(fs.FileInfo) bool { return false }
