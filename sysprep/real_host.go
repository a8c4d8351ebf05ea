package sysprep

import (
	"errors"
	"time"
)

// ErrNeedsWindows is the error of NativeWindows on every other system.
var ErrNeedsWindows = errors.New("the real engine needs Windows; elsewhere use the rehearsal")

// ErrRunning is the error of Processes.Lock while another run of the real
// engine holds the lock.
var ErrRunning = errors.New("another run of reseal drives sysprep.exe on this computer")

// Windows is the running Windows as the real engine needs it. NativeWindows
// gives the true one. What Wine cannot prove (access lists, the power action,
// LocalSystem) is behind it as well, so that tests can play it.
type Windows interface {
	Identity
	Registry
	RegistryWriter
	Files
	Processes
	Management
	// Power restarts the computer or shuts it down. It returns once Windows
	// has accepted the request.
	Power(restart bool) error
}

// Row is one object of WMI: properties that are neither absent nor null, by
// name, as int64, string or bool.
type Row map[string]any

// Management asks WMI on this computer.
type Management interface {
	// Query gives the named properties of every object that a WQL query finds.
	Query(namespace, query string, properties ...string) ([]Row, error)
	// Invoke calls a method without parameters on the object of that path.
	Invoke(namespace, path, method string, results ...string) (Row, error)
}

// Identity tells where we run and as whom.
type Identity interface {
	ComputerName() (string, error)
	Architecture() string        // of Windows, not of this program: amd64, x86, arm64; "" = unknown
	Elevated() (bool, error)     // the token is one of an elevated administrator
	LocalSystem() (bool, error)  // the token is that of the LocalSystem account
	Domain() (string, error)     // the joined domain; "" = a workgroup
	SystemRoot() (string, error) // such as C:\Windows
	// Account gives the name behind a SID such as S-1-5-21-…, and the domain
	// or computer that it belongs to.
	Account(sid string) (name, domain string, err error)
	// Drives lists the drives with a letter that are ready to be read.
	Drives() ([]Drive, error)
	// FreeSpace is what is free on a volume such as C:, in bytes.
	FreeSpace(volume string) (uint64, error)
}

// Drive is a drive with a letter.
type Drive struct {
	Letter string // "E:"
	Kind   string // one of MediumKinds
}

// Registry reads below HKEY_LOCAL_MACHINE, in the 64-bit view. A value or key
// that is absent is no error: ok or the result is false.
type Registry interface {
	ReadString(key, name string) (value string, ok bool, err error)
	ReadNumber(key, name string) (value uint64, ok bool, err error)
	HasKey(key string) (bool, error)
	HasValue(key, name string) (bool, error) // of any type
	// ValueNames and SubKeys list in the order of the registry; an absent key
	// has none.
	ValueNames(key string) ([]string, error)
	SubKeys(key string) ([]string, error)
}

// Files works on the files of a run. Paths are those that a 64-bit program
// sees; an absent file is an error that matches fs.ErrNotExist.
type Files interface {
	// WriteSecret makes a new file that only administrators and SYSTEM may
	// open, from its first byte on. A file that stands there is replaced.
	WriteSecret(path string, content []byte) error
	Remove(path string) error
	Stat(path string) (size int64, modified time.Time, err error)
	// ReadAt reads at most len(buf) bytes and gives no error at the end of
	// the file. It must not keep others from writing, renaming or deleting.
	ReadAt(path string, buf []byte, offset int64) (int, error)
}

// Processes starts and watches sysprep.exe.
type Processes interface {
	// Lock keeps other runs of this engine out, in all sessions.
	Lock() (release func(), err error)
	// Instances lists the process IDs of all running sysprep.exe.
	Instances() ([]int, error)
	// CloseWindow closes the Sysprep window of a process, as a person would, or
	// ends the process by force where its window stands on another desktop. A
	// process that was started with options is no window, and stays.
	CloseWindow(id int) (forced bool, err error)
	// Start starts the command with a hidden window, without our environment
	// (it may hold secrets) and without waiting for it.
	Start(c Command) (Process, error)
}

// Process is a started sysprep.exe.
type Process interface {
	ID() int
	// Exit gives the exit code once the process has ended.
	Exit() (code uint32, ended bool)
	Kill() error
	Close() // lets go of it and leaves it running
}
