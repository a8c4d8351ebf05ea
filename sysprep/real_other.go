//go:build !windows

package sysprep

// NativeWindows gives the Windows that this program runs on; here there is
// none, and the error is ErrNeedsWindows.
func NativeWindows() (Windows, error) { return nil, ErrNeedsWindows }
