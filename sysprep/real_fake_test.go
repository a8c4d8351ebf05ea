package sysprep

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"time"
)

// fakeWindows plays a Windows whose clock only moves while somebody waits.
type fakeWindows struct {
	now    time.Time
	begin  time.Time // when sysprep.exe was started
	events []fakeEvent

	strings map[string]string // key|name → value
	numbers map[string]uint64
	keys    map[string]bool
	files   map[string]*fakeFile
	secrets []string // paths written by WriteSecret

	elevated, system bool
	domain           string
	arch             string
	others           int
	windows          map[int]error     // what closing the window of a process gives
	hidden           bool              // the windows stand on another desktop
	accounts         map[string]string // SID → DOMAIN\name
	drives           []Drive
	free             uint64
	rows             map[string][]Row // class of WMI → objects
	results          map[string]Row   // method of WMI → result
	locked           bool

	process *fakeProcess
	command Command
	power   []string
	unread  string           // a registry key below which reading fails
	unseen  string           // a file that cannot be looked at
	fails   map[string]error // method → error
	onKill  func(*fakeWindows)
}

type fakeFile struct {
	data     []byte
	modified time.Time
}

// fakeEvent happens that long after the start of sysprep.exe.
type fakeEvent struct {
	at time.Duration
	do func(*fakeWindows)
}

type fakeProcess struct {
	w     *fakeWindows
	code  uint32
	ended bool
}

func newFake() *fakeWindows {
	w := &fakeWindows{
		now:      time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC),
		strings:  map[string]string{},
		numbers:  map[string]uint64{},
		keys:     map[string]bool{},
		files:    map[string]*fakeFile{},
		fails:    map[string]error{},
		elevated: true,
		arch:     "amd64",
		free:     64 << 30,
		accounts: map[string]string{},
		rows:     map[string][]Row{},
		results:  map[string]Row{},
	}
	w.image(StateComplete, 7)
	w.number(keySysprepStatus, "CleanupState", 2)
	w.number(keySetup, "SetupType", 0)
	w.text(keySetup, "CmdLine", "")
	w.text(keyVersion, "CurrentBuildNumber", "26100")
	w.text(keyVersion, "InstallationType", "Client")
	w.text(keyVersion, "EditionID", "Professional")
	w.number(keyStore, "AutoDownload", 2)
	return w
}

func (w *fakeWindows) text(key, name, value string)          { w.strings[key+"|"+name] = value }
func (w *fakeWindows) number(key, name string, value uint64) { w.numbers[key+"|"+name] = value }

func (w *fakeWindows) image(state string, generalization uint64) {
	w.text(keyImageState, "ImageState", state)
	w.number(keySysprepStatus, "GeneralizationState", generalization)
}

func (w *fakeWindows) arm() {
	w.number(keySetup, "SetupType", 2)
	w.text(keySetup, "CmdLine", `oobe\windeploy.exe`)
}

func (w *fakeWindows) write(path, data string) {
	w.files[strings.ToLower(path)] = &fakeFile{[]byte(data), w.now}
}

func (w *fakeWindows) end(code uint32) { w.process.code, w.process.ended = code, true }

// After lets the time pass at once, with what happens in it.
func (w *fakeWindows) After(d time.Duration) <-chan time.Time {
	w.now = w.now.Add(d)
	w.play()
	ready := make(chan time.Time, 1)
	ready <- w.now
	return ready
}

func (w *fakeWindows) Now() time.Time { return w.now }

func (w *fakeWindows) play() {
	for len(w.events) > 0 && !w.begin.IsZero() && w.now.Sub(w.begin) >= w.events[0].at {
		do := w.events[0].do
		w.events = w.events[1:]
		do(w)
	}
}

func (w *fakeWindows) ComputerName() (string, error) { return "BUILD-07", w.fails["ComputerName"] }
func (w *fakeWindows) Architecture() string          { return w.arch }
func (w *fakeWindows) Elevated() (bool, error)       { return w.elevated, w.fails["Elevated"] }
func (w *fakeWindows) LocalSystem() (bool, error)    { return w.system, w.fails["LocalSystem"] }
func (w *fakeWindows) Domain() (string, error)       { return w.domain, w.fails["Domain"] }
func (w *fakeWindows) SystemRoot() (string, error)   { return `C:\Windows`, w.fails["SystemRoot"] }

var errDenied = errors.New("access is denied")

func (w *fakeWindows) denied(key string) error {
	if w.unread != "" && strings.HasPrefix(key, w.unread) {
		return errDenied
	}
	return nil
}

func (w *fakeWindows) ReadString(key, name string) (string, bool, error) {
	value, ok := w.strings[key+"|"+name]
	return value, ok, w.denied(key)
}

func (w *fakeWindows) ReadNumber(key, name string) (uint64, bool, error) {
	value, ok := w.numbers[key+"|"+name]
	return value, ok, w.denied(key)
}

func (w *fakeWindows) HasKey(key string) (bool, error) { return w.keys[key], w.denied(key) }

func (w *fakeWindows) ValueNames(key string) ([]string, error) {
	var names []string
	for at := range w.strings {
		if rest, ok := strings.CutPrefix(at, key+"|"); ok {
			names = append(names, rest)
		}
	}
	slices.Sort(names)
	return names, w.denied(key)
}

func (w *fakeWindows) SubKeys(key string) ([]string, error) {
	var names []string
	for at := range w.keys {
		if rest, ok := strings.CutPrefix(at, key+`\`); ok && !strings.Contains(rest, `\`) {
			names = append(names, rest)
		}
	}
	slices.Sort(names)
	return names, w.denied(key)
}

func (w *fakeWindows) SetString(key, name, value string) error {
	w.text(key, name, value)
	return w.fails["SetString"]
}

func (w *fakeWindows) DeleteValue(key, name string) error {
	delete(w.strings, key+"|"+name)
	return w.fails["DeleteValue"]
}

func (w *fakeWindows) Account(sid string) (name, domain string, err error) {
	domain, name, ok := strings.Cut(w.accounts[sid], `\`)
	if !ok {
		return "", "", errors.New("no mapping between account names and security IDs was done")
	}
	return name, domain, nil
}

func (w *fakeWindows) Drives() ([]Drive, error)         { return w.drives, w.fails["Drives"] }
func (w *fakeWindows) FreeSpace(string) (uint64, error) { return w.free, w.fails["FreeSpace"] }

// Query finds the objects of the class that a query names.
func (w *fakeWindows) Query(_, query string, _ ...string) ([]Row, error) {
	_, class, _ := strings.Cut(query, " FROM ")
	class, _, _ = strings.Cut(class, " ")
	return w.rows[class], w.fails["Query"]
}

func (w *fakeWindows) Invoke(_, _, method string, _ ...string) (Row, error) {
	return w.results[method], w.fails["Invoke"]
}

func (w *fakeWindows) CloseWindow(id int) (forced bool, err error) {
	err, known := w.windows[id]
	if !known {
		return false, errors.New("there is no such process")
	}
	if err == nil {
		w.others--
	}
	return w.hidden, err
}

func (w *fakeWindows) HasValue(key, name string) (bool, error) {
	_, ok := w.strings[key+"|"+name]
	return ok, w.denied(key)
}

func (w *fakeWindows) WriteSecret(path string, content []byte) error {
	if err := w.fails["WriteSecret"]; err != nil {
		return err
	}
	w.write(path, string(content))
	w.secrets = append(w.secrets, path)
	return nil
}

func (w *fakeWindows) Remove(path string) error {
	if err := w.fails["Remove"]; err != nil {
		return err
	}
	if _, err := w.file(path); err != nil {
		return err
	}
	delete(w.files, strings.ToLower(path))
	return nil
}

func (w *fakeWindows) file(path string) (*fakeFile, error) {
	f := w.files[strings.ToLower(path)]
	if f == nil {
		return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist}
	}
	return f, nil
}

func (w *fakeWindows) Stat(path string) (int64, time.Time, error) {
	f, err := w.file(path)
	if err != nil {
		return 0, time.Time{}, err
	}
	if path == w.unseen {
		return 0, time.Time{}, errDenied
	}
	return int64(len(f.data)), f.modified, w.fails["Stat"]
}

func (w *fakeWindows) ReadAt(path string, buf []byte, offset int64) (int, error) {
	f, err := w.file(path)
	if err != nil {
		return 0, err
	}
	if err := w.fails["ReadAt"]; err != nil || offset >= int64(len(f.data)) {
		return 0, err
	}
	return copy(buf, f.data[offset:]), nil
}

func (w *fakeWindows) Lock() (func(), error) {
	if w.locked {
		return nil, ErrRunning
	}
	w.locked = true
	return func() { w.locked = false }, nil
}

func (w *fakeWindows) Instances() ([]int, error) {
	ids := make([]int, w.others)
	for i := range ids {
		ids[i] = 100 + i
	}
	return ids, w.fails["Instances"]
}

func (w *fakeWindows) Start(c Command) (Process, error) {
	if err := w.fails["Start"]; err != nil {
		return nil, err
	}
	w.command, w.begin = c, w.now
	w.process = &fakeProcess{w: w}
	w.play()
	return w.process, nil
}

func (w *fakeWindows) Power(restart bool) error {
	if err := w.fails["Power"]; err != nil {
		return err
	}
	w.power = append(w.power, map[bool]string{true: "reboot", false: "shutdown"}[restart])
	return nil
}

func (p *fakeProcess) ID() int              { return 4711 }
func (p *fakeProcess) Exit() (uint32, bool) { return p.code, p.ended }

func (p *fakeProcess) Close() {}

func (p *fakeProcess) Kill() error {
	if p.w.onKill != nil {
		p.w.onKill(p.w)
	}
	if err := p.w.fails["Kill"]; err != nil {
		return err
	}
	p.code, p.ended = 1, true
	return nil
}
