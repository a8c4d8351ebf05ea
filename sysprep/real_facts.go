package sysprep

import (
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema"
)

// Keys below HKEY_LOCAL_MACHINE that the checks look at.
// Source: seen in registries of Windows installations; the reserve manager is
// that of learn.microsoft.com/troubleshoot/mem/configmgr/os-deployment/windows-11-image-capture-fail.
const (
	keyVersion   = `SOFTWARE\Microsoft\Windows NT\CurrentVersion`
	keyServicing = `SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing`
	keyUpdate    = `SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Auto Update\RebootRequired`
	keySession   = `SYSTEM\CurrentControlSet\Control\Session Manager`
	keyReserve   = `SOFTWARE\Microsoft\Windows\CurrentVersion\ReserveManager`
	keyServices  = `SYSTEM\CurrentControlSet\Services\`
)

// watchedServices are those whose start type the checks know.
var watchedServices = [...]string{"TrustedInstaller", "AppXSvc", "wuauserv", "sppsvc", "dmwappushservice"}

// LiveMachine reads the facts of the running Windows. What cannot be read
// stays unknown, so that a check on it is not taken for passed; the notes say
// why. Devices and files encrypted with EFS are not looked for.
func LiveMachine(w Windows) (m *Machine, notes []string) {
	l := liveReader{w: w}
	l.root = read(&l, w.SystemRoot).Value
	status, err := readStatus(w)
	l.note(err)
	release := l.release()
	m = &Machine{
		Windows:         release,
		Edition:         l.text(keyVersion, "EditionID"),
		Elevated:        read(&l, w.Elevated),
		LocalSystem:     read(&l, w.LocalSystem),
		Domain:          read(&l, w.Domain),
		Instances:       l.instances(),
		Pending:         l.pending(),
		ReservedStorage: l.reserve(),
		Services:        l.services(),
		BitLocker:       l.bitLocker(),
		Rearms:          l.rearms(),
		SkipRearm:       l.skipRearm(),
		Channel:         l.channel(),
		AppX:            l.packages(),
		Accounts:        l.accounts(),
		Roles:           l.roles(),
		Upgraded:        l.upgraded(release.Value),
		Leftovers:       l.leftovers(),
		Scripts:         l.scripts(),
		EarlierErrors:   l.earlierErrors(),
		Recovery:        l.recovery(),
		FreeSpace:       l.freeSpace(),
		StoreUpdates:    l.storeUpdates(),
		Onboarded:       l.onboarded(),
		Virtual:         l.virtual(),
		External:        l.external(),
	}
	m.Media, m.AnswerFiles = l.answerFiles()
	if arch := w.Architecture(); arch != "" {
		m.Architecture = GivenAs(arch)
	}
	if err == nil {
		if status.image != "" {
			m.ImageState = GivenAs(status.image)
		}
		m.GeneralizationState = givenNumber(status.generalization)
		m.CleanupState = givenNumber(status.cleanup)
	}
	return m, l.notes
}

// givenNumber leaves an absent value unknown.
func givenNumber(n int64) Fact[int] {
	if n < 0 {
		return Fact[int]{}
	}
	return GivenAs(int(n))
}

// liveReader gathers what could not be read.
type liveReader struct {
	w     Windows
	root  string // such as C:\Windows; "" = it could not be read
	notes []string
}

// volume is that of Windows, such as C:.
func (l *liveReader) volume() string {
	volume, _, _ := strings.Cut(l.root, `\`)
	return volume
}

// exists tells whether a file or folder is there.
func (l *liveReader) exists(path string) func() (bool, error) {
	return func() (bool, error) {
		if l.root == "" {
			return false, errNoRoot
		}
		_, _, err := l.w.Stat(path)
		if errors.Is(err, fs.ErrNotExist) {
			return false, nil
		}
		return err == nil, err
	}
}

var errNoRoot = errors.New("the folder of Windows is not known")

func (l *liveReader) note(err error) {
	if err != nil {
		l.notes = append(l.notes, err.Error())
	}
}

// read makes a fact of a question that Windows answers.
func read[T any](l *liveReader, ask func() (T, error)) Fact[T] {
	value, err := ask()
	if err != nil {
		l.note(err)
		return Fact[T]{}
	}
	return GivenAs(value)
}

func (l *liveReader) text(key, name string) Fact[string] {
	value, ok, err := l.w.ReadString(key, name)
	l.note(readError(key, name, err))
	if !ok || err != nil {
		return Fact[string]{}
	}
	return GivenAs(value)
}

// release needs the kind of installation or the edition: a build alone may be
// that of a client or of a server.
func (l *liveReader) release() Fact[string] {
	number := l.text(keyVersion, "CurrentBuildNumber")
	kind := l.text(keyVersion, "InstallationType")
	edition := l.text(keyVersion, "EditionID")
	build, err := strconv.Atoi(number.Value)
	if err != nil || !kind.Known() && !edition.Known() {
		return Fact[string]{}
	}
	r := schema.ReleaseOfWindows(build, kind.Value, edition.Value)
	if r == nil {
		l.notes = append(l.notes, fmt.Sprintf("build %d (%s) is none of the known releases of Windows", build, source.OneLine(kind.Value)))
		return Fact[string]{}
	}
	return GivenAs(r.ID)
}

func (l *liveReader) instances() Fact[int] {
	ids := read(l, l.w.Instances)
	return Fact[int]{Value: len(ids.Value), Origin: ids.Origin}
}

// pending asks for each kind of pending work. A kind that is found is given
// even where another one could not be read.
func (l *liveReader) pending() Fact[[]string] {
	signs := []struct {
		kind string
		ask  func() (bool, error)
	}{
		{"servicing", func() (bool, error) { return l.w.HasKey(keyServicing + `\RebootPending`) }},
		{"servicing", func() (bool, error) { return l.w.HasKey(keyServicing + `\RebootInProgress`) }},
		{"servicing", func() (bool, error) { return l.w.HasKey(keyServicing + `\PackagesPending`) }},
		{"servicing", l.exists(l.root + `\WinSxS\pending.xml`)},
		{"restart", func() (bool, error) { return l.w.HasKey(keyUpdate) }},
		{"renames", func() (bool, error) { return l.w.HasValue(keySession, "PendingFileRenameOperations") }},
	}
	found, complete := []string(nil), true
	for _, s := range signs {
		fact := read(l, s.ask)
		complete = complete && fact.Known()
		if fact.Value && (len(found) == 0 || found[len(found)-1] != s.kind) {
			found = append(found, s.kind)
		}
	}
	if !complete && len(found) == 0 {
		return Fact[[]string]{}
	}
	return GivenAs(found)
}

// reserve is 0 where Windows has no reserved storage.
func (l *liveReader) reserve() Fact[int] {
	n, _, err := l.w.ReadNumber(keyReserve, "ActiveScenario")
	if err != nil {
		l.note(readError(keyReserve, "ActiveScenario", err))
		return Fact[int]{}
	}
	return GivenAs(int(n))
}

// services reads the start types of the watched services; one that this
// Windows does not have is left out.
func (l *liveReader) services() Fact[[]Service] {
	var out []Service
	for _, name := range watchedServices {
		start, ok, err := l.w.ReadNumber(keyServices+name, "Start")
		if err != nil {
			l.note(readError(keyServices+name, "Start", err))
			return Fact[[]Service]{}
		}
		if starts := ServiceStarts(); ok && start < uint64(len(starts)) {
			out = append(out, Service{Name: name, Start: starts[start]})
		}
	}
	return GivenAs(out)
}
