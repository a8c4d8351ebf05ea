package sysprep

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"unsafe"

	"golang.org/x/sys/windows"
)

// optionsOf is the command line of a running sysprep.exe behind the program,
// "" when there is nothing.
func optionsOf(process windows.Handle) (string, error) {
	line, err := commandLine(process)
	if errors.Is(err, windows.STATUS_INVALID_INFO_CLASS) {
		line, err = storedCommandLine(process)
	}
	if err != nil {
		return "", err
	}
	words, err := windows.DecomposeCommandLine(line)
	if err != nil || len(words) == 0 {
		return "", fmt.Errorf("%q is no command line", line)
	}
	if !strings.EqualFold(strings.TrimSuffix(filepath.Base(words[0]), ".exe"), "sysprep") {
		return "", fmt.Errorf("it is %s and not sysprep.exe", words[0])
	}
	return strings.Join(words[1:], " "), nil
}

// commandLine asks Windows, which can tell since 8.1.
func commandLine(process windows.Handle) (string, error) {
	buf := make([]uint64, 8<<10) // a length, a pointer, and the text that it points to
	size := uint32(len(buf) * 8)
	err := windows.NtQueryInformationProcess(process, windows.ProcessCommandLineInformation, unsafe.Pointer(&buf[0]), size, &size)
	if err != nil {
		return "", err
	}
	return (*windows.NTUnicodeString)(unsafe.Pointer(&buf[0])).String(), nil
}

// storedCommandLine reads it where the process itself keeps it. The addresses
// are numbers here and never pointers: they belong to another process.
func storedCommandLine(process windows.Handle) (string, error) {
	const pointer = unsafe.Sizeof(uintptr(0))
	var basic struct{ status, peb, affinity, priority, id, parent uintptr }
	size := uint32(unsafe.Sizeof(basic))
	if err := windows.NtQueryInformationProcess(process, windows.ProcessBasicInformation, unsafe.Pointer(&basic), size, &size); err != nil {
		return "", err
	}
	var parameters uintptr
	at := basic.peb + unsafe.Offsetof(windows.PEB{}.ProcessParameters)
	if err := windows.ReadProcessMemory(process, at, (*byte)(unsafe.Pointer(&parameters)), pointer, nil); err != nil {
		return "", err
	}
	var text struct {
		length, maximum uint16
		at              uintptr
	}
	at = parameters + unsafe.Offsetof(windows.RTL_USER_PROCESS_PARAMETERS{}.CommandLine)
	if err := windows.ReadProcessMemory(process, at, (*byte)(unsafe.Pointer(&text)), unsafe.Sizeof(text), nil); err != nil {
		return "", err
	}
	units := make([]uint16, text.length/2+1)
	if err := windows.ReadProcessMemory(process, text.at, (*byte)(unsafe.Pointer(&units[0])), uintptr(text.length), nil); err != nil {
		return "", err
	}
	return windows.UTF16ToString(units), nil
}
