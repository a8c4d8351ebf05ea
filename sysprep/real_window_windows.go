package sysprep

import (
	"errors"
	"fmt"
	"time"

	"golang.org/x/sys/windows"

	"github.com/reseal/reseal/internal/source"
)

// Waiting for a window to close.
const (
	windowPatience = 10 * time.Second
	windowPoll     = 100 * time.Millisecond
)

var postMessage = windows.NewLazySystemDLL("user32.dll").NewProc("PostMessageW")

// CloseWindow asks the windows of the process to close, and waits for its end.
// Nothing is ended by force but a process without a window on this desktop:
// audit mode opens the window on the desktop of the user, where a session of
// WinRM cannot reach it.
func (native) CloseWindow(id int) (forced bool, err error) {
	const access = windows.PROCESS_QUERY_INFORMATION | windows.PROCESS_VM_READ | windows.PROCESS_TERMINATE | windows.SYNCHRONIZE
	process, err := windows.OpenProcess(access, false, uint32(id))
	if err != nil {
		return false, fmt.Errorf("cannot open process %d: %w", id, err)
	}
	defer windows.CloseHandle(process)
	options, err := optionsOf(process)
	switch {
	case hasEnded(process):
		return false, nil // meanwhile, by itself
	case err != nil:
		return false, fmt.Errorf("cannot read the command line of process %d: %w", id, err)
	case options != "":
		return false, fmt.Errorf("process %d was started with options (%s), and is no window to close", id, source.OneLine(options))
	}
	found, err := askToClose(uint32(id))
	if err != nil {
		return false, fmt.Errorf("cannot close the window of process %d: %w", id, err)
	}
	if forced = found == 0; forced {
		if err := windows.TerminateProcess(process, 1); err != nil {
			return false, fmt.Errorf("cannot end process %d, which has no window on this desktop: %w", id, err)
		}
	}
	for range windowPatience / windowPoll {
		if event, err := windows.WaitForSingleObject(process, uint32(windowPoll.Milliseconds())); err != nil || event == windows.WAIT_OBJECT_0 {
			return forced, err
		}
	}
	return false, fmt.Errorf("process %d goes on behind its window, which was asked to close", id)
}

// askToClose posts the message of a window's close button to every visible
// window of the process.
func askToClose(id uint32) (found int, err error) {
	const close = 0x0010 // WM_CLOSE
	var errs []error
	visit := windows.NewCallback(func(window windows.HWND, _ uintptr) uintptr {
		var owner uint32
		if _, err := windows.GetWindowThreadProcessId(window, &owner); err != nil || owner != id || !windows.IsWindowVisible(window) {
			return 1
		}
		found++
		if ok, _, err := postMessage.Call(uintptr(window), close, 0, 0); ok == 0 {
			errs = append(errs, err)
		}
		return 1
	})
	if err := windows.EnumWindows(visit, nil); err != nil {
		errs = append(errs, err)
	}
	return found, errors.Join(errs...)
}
