//go:build windows

package main

import (
	"errors"
	"os"
	"os/exec"
	"syscall"

	"golang.org/x/sys/windows"
)

// show opens a dialog, which is what the window of Sysprep is, and returns when
// it has been closed.
func show() {
	caption, err := windows.UTF16PtrFromString("System Preparation Tool 3.14")
	must(err)
	_, err = windows.MessageBox(0, caption, caption, windows.MB_OK)
	must(err)
}

var kernel = windows.NewLazySystemDLL("kernel32.dll")

// hold keeps a file as a program does that shares it with nobody.
func (p player) hold(file string) {
	name, err := windows.UTF16PtrFromString(file)
	must(err)
	handle, err := windows.CreateFile(name, windows.GENERIC_READ, 0, nil, windows.OPEN_EXISTING, 0, 0)
	must(err)
	must(os.WriteFile(p.path("held.txt"), []byte("held"), 0o600))
	p.await("go.txt")
	must(windows.CloseHandle(handle))
}

// interrupt gives the program a console of its own, because Ctrl+C reaches all
// programs on one, and goes there only to press the keys.
func (p player) interrupt(file string, command []string) {
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: windows.CREATE_NO_WINDOW}
	must(cmd.Start())
	p.await(file)
	_, _, _ = kernel.NewProc("FreeConsole").Call()
	for _, call := range []struct {
		name string
		args []uintptr
	}{
		{"AttachConsole", []uintptr{uintptr(cmd.Process.Pid)}},
		{"SetConsoleCtrlHandler", []uintptr{0, 1}}, // not for this program
		{"GenerateConsoleCtrlEvent", []uintptr{windows.CTRL_C_EVENT, 0}},
	} {
		if ok, _, err := kernel.NewProc(call.name).Call(call.args...); ok == 0 {
			must(errors.Join(errors.New(call.name), err, cmd.Process.Kill()))
		}
	}
	var exit *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &exit) {
		must(err)
	}
	os.Exit(cmd.ProcessState.ExitCode())
}
