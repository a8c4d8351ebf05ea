package sysprep

import (
	"errors"
	"fmt"
	"strings"
	"unsafe"

	"golang.org/x/sys/windows"
)

// lockName is machine-wide: Sysprep allows one instance in all sessions.
const lockName = `Global\reseal-sysprep`

func (native) Lock() (func(), error) {
	name, err := windows.UTF16PtrFromString(lockName)
	if err != nil {
		return nil, err
	}
	handle, err := windows.CreateMutex(nil, false, name)
	if errors.Is(err, windows.ERROR_ALREADY_EXISTS) || errors.Is(err, windows.ERROR_ACCESS_DENIED) {
		if handle != 0 {
			windows.CloseHandle(handle)
		}
		return nil, ErrRunning
	}
	if err != nil {
		return nil, fmt.Errorf("cannot take the lock %s: %w", lockName, err)
	}
	return func() { windows.CloseHandle(handle) }, nil
}

func (native) Instances() ([]int, error) {
	snapshot, err := windows.CreateToolhelp32Snapshot(windows.TH32CS_SNAPPROCESS, 0)
	if err != nil {
		return nil, fmt.Errorf("cannot list the processes: %w", err)
	}
	defer windows.CloseHandle(snapshot)
	var ids []int
	var entry windows.ProcessEntry32
	entry.Size = uint32(unsafe.Sizeof(entry))
	for err = windows.Process32First(snapshot, &entry); err == nil; err = windows.Process32Next(snapshot, &entry) {
		if strings.EqualFold(windows.UTF16ToString(entry.ExeFile[:]), "sysprep.exe") {
			ids = append(ids, int(entry.ProcessID))
		}
	}
	if !errors.Is(err, windows.ERROR_NO_MORE_FILES) {
		return nil, fmt.Errorf("cannot list the processes: %w", err)
	}
	return ids, nil
}

// Start gives the child the environment that Windows makes for the account,
// not ours: secrets of a profile may stand there, and providers of Sysprep
// have no need of them. A group of its own keeps Ctrl+C away from it.
func (n native) Start(c Command) (Process, error) {
	env, err := environmentBlock()
	if err != nil {
		return nil, fmt.Errorf("cannot make its environment: %w", err)
	}
	defer windows.DestroyEnvironmentBlock(env)
	program, err1 := windows.UTF16PtrFromString(n.reach(c.Path()))
	line, err2 := windows.UTF16PtrFromString(c.String())
	folder, err3 := windows.UTF16PtrFromString(n.root)
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, err
	}
	startup := windows.StartupInfo{Flags: windows.STARTF_USESHOWWINDOW, ShowWindow: windows.SW_HIDE}
	startup.Cb = uint32(unsafe.Sizeof(startup))
	var info windows.ProcessInformation
	const flags = windows.CREATE_NEW_PROCESS_GROUP | windows.CREATE_UNICODE_ENVIRONMENT
	if err := windows.CreateProcess(program, line, nil, nil, false, flags, env, folder, &startup, &info); err != nil {
		return nil, err
	}
	windows.CloseHandle(info.Thread)
	return &nativeProcess{handle: info.Process, id: int(info.ProcessId)}, nil
}

// environmentBlock makes the environment of a fresh logon of this account. It
// needs a true handle of the token: Windows duplicates it, which the pseudo
// handle of GetCurrentProcessToken does not allow.
func environmentBlock() (*uint16, error) {
	var token windows.Token
	if err := windows.OpenProcessToken(windows.CurrentProcess(), windows.TOKEN_QUERY|windows.TOKEN_DUPLICATE, &token); err != nil {
		return nil, err
	}
	defer token.Close()
	var env *uint16
	err := windows.CreateEnvironmentBlock(&env, token, false)
	return env, err
}

type nativeProcess struct {
	handle windows.Handle
	id     int
}

func (p *nativeProcess) ID() int { return p.id }

// Exit asks the handle, not the code: a program may end with the code that
// Windows gives for one that still runs.
func (p *nativeProcess) Exit() (uint32, bool) {
	if !hasEnded(p.handle) {
		return 0, false
	}
	var code uint32
	err := windows.GetExitCodeProcess(p.handle, &code)
	return code, err == nil
}

func hasEnded(process windows.Handle) bool {
	event, err := windows.WaitForSingleObject(process, 0)
	return err == nil && event == windows.WAIT_OBJECT_0
}

func (p *nativeProcess) Kill() error { return windows.TerminateProcess(p.handle, 1) }

func (p *nativeProcess) Close() { windows.CloseHandle(p.handle) }
