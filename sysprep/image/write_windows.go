package image

import "golang.org/x/sys/windows"

// onlyOwner lets administrators and SYSTEM alone open a file that has just
// been made, before anything stands in it. What the folder gives to others is
// not taken over.
func onlyOwner(name string) error {
	descriptor, err := windows.SecurityDescriptorFromString("D:PAI(A;;FA;;;BA)(A;;FA;;;SY)")
	if err != nil {
		return err
	}
	list, _, err := descriptor.DACL()
	if err != nil {
		return err
	}
	return windows.SetNamedSecurityInfo(name, windows.SE_FILE_OBJECT,
		windows.DACL_SECURITY_INFORMATION|windows.PROTECTED_DACL_SECURITY_INFORMATION, nil, nil, list, nil)
}
