package sysprep

import (
	"fmt"
	"runtime"
	"strings"
	"unsafe"

	"golang.org/x/sys/windows"
)

// NativeWindows gives the Windows that this program runs on.
func NativeWindows() (Windows, error) {
	root, err := windows.GetSystemWindowsDirectory()
	if err != nil {
		return nil, fmt.Errorf("cannot find the folder of Windows: %w", err)
	}
	return native{root: root, redirected: Redirected()}, nil
}

// native is the Windows that we run on.
type native struct {
	root       string
	redirected bool // a 32-bit program: Windows shows it SysWOW64 as System32
}

// Redirected tells whether this is a 32-bit program on a 64-bit Windows.
func Redirected() bool {
	var wow bool
	err := windows.IsWow64Process(windows.CurrentProcess(), &wow)
	return err == nil && wow && unsafe.Sizeof(uintptr(0)) == 4
}

// reach turns a path as a 64-bit program sees it into one that reaches the
// same file from here.
func (n native) reach(path string) string {
	system := n.root + `\System32\`
	if n.redirected && len(path) > len(system) && strings.EqualFold(path[:len(system)], system) {
		return n.root + `\Sysnative\` + path[len(system):]
	}
	return path
}

func (n native) SystemRoot() (string, error) { return n.root, nil }

func (native) ComputerName() (string, error) {
	buf := make([]uint16, 256)
	size := uint32(len(buf))
	if err := windows.GetComputerNameEx(windows.ComputerNamePhysicalDnsHostname, &buf[0], &size); err != nil {
		return "", fmt.Errorf("cannot read the name of the computer: %w", err)
	}
	return windows.UTF16ToString(buf[:size]), nil
}

func (n native) Architecture() string {
	var process, system uint16
	if err := windows.IsWow64Process2(windows.CurrentProcess(), &process, &system); err == nil {
		return machineType(system)
	}
	// Releases before 10.0.10586 lack the call, and none of them is arm64.
	if n.redirected || runtime.GOARCH == "amd64" {
		return "amd64"
	}
	return "x86"
}

func (native) Elevated() (bool, error) {
	return windows.GetCurrentProcessToken().IsElevated(), nil
}

func (native) LocalSystem() (bool, error) {
	user, err := windows.GetCurrentProcessToken().GetTokenUser()
	if err != nil {
		return false, fmt.Errorf("cannot read the account of this process: %w", err)
	}
	return user.User.Sid.IsWellKnown(windows.WinLocalSystemSid), nil
}

func (native) Domain() (string, error) {
	var name *uint16
	var kind uint32
	if err := windows.NetGetJoinInformation(nil, &name, &kind); err != nil {
		return "", fmt.Errorf("cannot read the domain: %w", err)
	}
	defer windows.NetApiBufferFree((*byte)(unsafe.Pointer(name)))
	if kind != windows.NetSetupDomainName {
		return "", nil
	}
	return windows.UTF16PtrToString(name), nil
}

func (native) Account(text string) (name, domain string, err error) {
	sid, err := windows.StringToSid(text)
	if err != nil {
		return "", "", err
	}
	name, domain, _, err = sid.LookupAccount("")
	return name, domain, err
}

// Drives leaves network drives out, which Windows does not search, and drives
// without a medium.
func (native) Drives() ([]Drive, error) {
	mask, err := windows.GetLogicalDrives()
	if err != nil {
		return nil, fmt.Errorf("cannot list the drives: %w", err)
	}
	kinds := map[uint32]string{windows.DRIVE_REMOVABLE: "removable", windows.DRIVE_CDROM: "read-only", windows.DRIVE_FIXED: "fixed"}
	var out []Drive
	for i := range 26 {
		if mask&(1<<i) == 0 {
			continue
		}
		letter := string(rune('A'+i)) + ":"
		root, err := windows.UTF16PtrFromString(letter + `\`)
		if err != nil {
			return nil, err
		}
		kind, known := kinds[windows.GetDriveType(root)]
		if known && windows.GetVolumeInformation(root, nil, 0, nil, nil, nil, nil, 0) == nil {
			out = append(out, Drive{Letter: letter, Kind: kind})
		}
	}
	return out, nil
}

func (native) FreeSpace(volume string) (free uint64, err error) {
	root, err := windows.UTF16PtrFromString(volume + `\`)
	if err != nil {
		return 0, err
	}
	err = windows.GetDiskFreeSpaceEx(root, nil, nil, &free)
	return free, err
}

// Power asks Windows to end without waiting for programs that hold it up: an
// image that is ready must not stay on for a forgotten window.
func (native) Power(restart bool) error {
	if err := enableShutdown(); err != nil {
		return fmt.Errorf("cannot get the right to shut down: %w", err)
	}
	const reason = windows.SHTDN_REASON_MAJOR_OPERATINGSYSTEM | windows.SHTDN_REASON_MINOR_RECONFIG | windows.SHTDN_REASON_FLAG_PLANNED
	return windows.InitiateSystemShutdownEx(nil, nil, 0, true, restart, reason)
}

// enableShutdown switches on the privilege that administrators hold switched
// off.
func enableShutdown() error {
	var token windows.Token
	if err := windows.OpenProcessToken(windows.CurrentProcess(), windows.TOKEN_ADJUST_PRIVILEGES|windows.TOKEN_QUERY, &token); err != nil {
		return err
	}
	defer token.Close()
	name, err := windows.UTF16PtrFromString("SeShutdownPrivilege")
	if err != nil {
		return err
	}
	var want windows.Tokenprivileges
	want.PrivilegeCount = 1
	want.Privileges[0].Attributes = windows.SE_PRIVILEGE_ENABLED
	if err := windows.LookupPrivilegeValue(nil, name, &want.Privileges[0].Luid); err != nil {
		return err
	}
	return windows.AdjustTokenPrivileges(token, false, &want, 0, nil, nil)
}
