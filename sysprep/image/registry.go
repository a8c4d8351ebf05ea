package image

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
	"time"
)

// Registry reads below HKEY_LOCAL_MACHINE: the hives of an offline image, or
// the registry of the Windows that runs. Keys begin with SYSTEM or SOFTWARE. A
// value or key that is absent is no error: ok is false, or there is none.
type Registry interface {
	ReadString(key, name string) (value string, ok bool, err error)
	ReadNumber(key, name string) (value uint64, ok bool, err error)
	HasKey(key string) (bool, error)
	HasValue(key, name string) (bool, error) // of any type
	Keys(key string) ([]string, error)       // names of the subkeys
	Values(key string) ([]string, error)     // names of the values
	LastWrite(key string) (at time.Time, ok bool, err error)
}

// hives is the Registry of an offline image.
type hives struct {
	drive   *drive
	folder  string
	open    map[string]*openedHive
	control string // name of the current control set; "" = not looked for yet
}

// openedHive is a hive, or why it cannot be read.
type openedHive struct {
	*Hive
	file *os.File
	err  error
}

// hiveNames are the hives that are looked at.
var hiveNames = [...]string{"SYSTEM", "SOFTWARE"}

func (h *hives) hive(name string) (*Hive, error) {
	name = strings.ToUpper(name)
	if one, ok := h.open[name]; ok {
		return one.Hive, one.err
	}
	one := &openedHive{}
	var size int64
	if one.file, size, one.err = h.drive.open(path.Join(h.folder, name)); one.err == nil {
		one.Hive, one.err = OpenHive(path.Join(h.folder, name), one.file, size)
	} else {
		one.err = fmt.Errorf("the hive %s cannot be opened: %w", name, reason(one.err))
	}
	h.open[name] = one
	return one.Hive, one.err
}

// reason takes the error of a file without the name that was tried: the one
// that the user knows stands before it.
func reason(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	if err.Error() == "path escapes from parent" { // os.Root has no name for it
		return errLeadsOut
	}
	return err
}

var errLeadsOut = errors.New("a link leads out of the image, and is not followed")

func (h *hives) close() error {
	var errs []error
	for _, name := range hiveNames {
		if one := h.open[name]; one != nil && one.file != nil {
			errs = append(errs, one.file.Close())
		}
	}
	return errors.Join(errs...)
}

// errNoHive tells of a key outside of the hives that are read.
var errNoHive = errors.New("only SYSTEM and SOFTWARE are read")

// at finds the hive of a key and the path in it. CurrentControlSet is a link
// that only a running Windows has; Select tells where it leads.
func (h *hives) at(key string) (*Hive, string, error) {
	name, rest, _ := strings.Cut(key, `\`)
	if !strings.EqualFold(name, "SYSTEM") && !strings.EqualFold(name, "SOFTWARE") {
		return nil, "", fmt.Errorf("%s: %w", key, errNoHive)
	}
	hive, err := h.hive(name)
	if err != nil {
		return nil, "", err
	}
	below, ok := cutFold(rest, "CurrentControlSet")
	if !ok || below != "" && below[0] != '\\' {
		return hive, rest, nil
	}
	control, err := h.controlSet(hive)
	return hive, control + below, err
}

// controlSet finds the control set that the next start uses. One that is not
// there would make all that it lacks count as absent.
func (h *hives) controlSet(system *Hive) (string, error) {
	if h.control != "" {
		return h.control, nil
	}
	current, ok, err := system.ReadNumber("Select", "Current")
	if err != nil {
		return "", err
	}
	if !ok {
		return "", system.damaged(`it does not say which control set is the current one (Select, value Current)`)
	}
	name := fmt.Sprintf("ControlSet%03d", current)
	has, err := system.HasKey(name)
	if err != nil {
		return "", err
	}
	if !has {
		return "", system.damaged(`its current control set is %d (Select, value Current), and it has no %s`, current, name)
	}
	h.control = name
	return name, nil
}

func (h *hives) ReadString(key, name string) (string, bool, error) {
	hive, path, err := h.at(key)
	if err != nil {
		return "", false, err
	}
	return hive.ReadString(path, name)
}

func (h *hives) ReadNumber(key, name string) (uint64, bool, error) {
	hive, path, err := h.at(key)
	if err != nil {
		return 0, false, err
	}
	return hive.ReadNumber(path, name)
}

func (h *hives) HasKey(key string) (bool, error) {
	hive, path, err := h.at(key)
	if err != nil {
		return false, err
	}
	return hive.HasKey(path)
}

func (h *hives) HasValue(key, name string) (bool, error) {
	hive, path, err := h.at(key)
	if err != nil {
		return false, err
	}
	return hive.HasValue(path, name)
}

func (h *hives) Keys(key string) ([]string, error) {
	hive, path, err := h.at(key)
	if err != nil {
		return nil, err
	}
	return hive.Keys(path)
}

func (h *hives) Values(key string) ([]string, error) {
	hive, path, err := h.at(key)
	if err != nil {
		return nil, err
	}
	return hive.Values(path)
}

func (h *hives) LastWrite(key string) (time.Time, bool, error) {
	hive, path, err := h.at(key)
	if err != nil {
		return time.Time{}, false, err
	}
	return hive.LastWrite(path)
}

// dirty names the hives whose last write was not finished.
func (h *hives) dirty() []string {
	var names []string
	for _, name := range hiveNames {
		if hive, err := h.hive(name); err == nil && hive.Dirty() {
			names = append(names, name)
		}
	}
	return names
}
