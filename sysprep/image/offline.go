package image

import (
	"errors"
	"io"
	"io/fs"
	"strings"
	"time"

	"github.com/reseal/reseal/sysprep"
)

// errOffline answers what only a Windows that runs can tell or do.
var errOffline = errors.New("an image that is not running cannot tell")

// offline shows an image to the engine as if it ran, so that one reader of
// facts serves both. What an image cannot tell or do is errOffline, which
// leaves a fact unknown; every other error is a problem of the image.
type offline struct{ *gatherer }

func (o offline) SystemRoot() (string, error) { return o.letter + `\Windows`, nil }
func (o offline) Architecture() string        { return o.architecture().Value }
func (o offline) ComputerName() (string, error) {
	return o.text(keyControl+`\ComputerName\ComputerName`, "ComputerName").Value, nil
}

// Account names an account by its profile. One whose SID does not begin like
// that of the built-in Administrator is of a domain.
func (o offline) Account(sid string) (name, domain string, err error) {
	folder := o.text(keyProfiles+`\`+sid, "ProfileImagePath").Value
	if name = folder[strings.LastIndexByte(folder, '\\')+1:]; name == "" {
		return "", "", errOffline
	}
	sids, _ := o.keys(keyProfiles)
	for _, other := range sids {
		machine, builtin := strings.CutSuffix(other, "-500")
		if builtin && !strings.HasPrefix(sid, machine+"-") {
			return name, "of another machine", nil
		}
	}
	domain, err = o.ComputerName()
	return name, domain, err
}

func (offline) Elevated() (bool, error)          { return false, errOffline }
func (offline) LocalSystem() (bool, error)       { return false, errOffline }
func (offline) Domain() (string, error)          { return "", errOffline }
func (offline) Drives() ([]sysprep.Drive, error) { return nil, errOffline }
func (offline) FreeSpace(string) (uint64, error) { return 0, errOffline }

func (o offline) ReadString(key, name string) (string, bool, error) {
	value, ok, err := o.registry.ReadString(key, name)
	return value, ok, o.noted(key, err)
}

func (o offline) ReadNumber(key, name string) (uint64, bool, error) {
	value, ok, err := o.registry.ReadNumber(key, name)
	return value, ok, o.noted(key, err)
}

func (o offline) HasKey(key string) (bool, error) {
	has, err := o.registry.HasKey(key)
	return has, o.noted(key, err)
}

func (o offline) HasValue(key, name string) (bool, error) {
	has, err := o.registry.HasValue(key, name)
	return has, o.noted(key, err)
}

func (o offline) ValueNames(key string) ([]string, error) {
	names, err := o.registry.Values(key)
	return names, o.noted(key, err)
}

func (o offline) SubKeys(key string) ([]string, error) {
	names, err := o.registry.Keys(key)
	return names, o.noted(key, err)
}

// noted keeps an error as a problem of the image. HARDWARE is no file: Windows
// makes it anew at every start.
func (o offline) noted(key string, err error) error {
	if errors.Is(err, errNoHive) {
		return errOffline
	}
	o.problem(err)
	return err
}

func (o offline) Stat(name string) (int64, time.Time, error) {
	local, ok := o.local(name)
	if !ok {
		return 0, time.Time{}, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrNotExist}
	}
	real, err := o.drive.find(local)
	if err != nil {
		return 0, time.Time{}, err
	}
	info, err := o.drive.stat(real)
	if err != nil {
		return 0, time.Time{}, err
	}
	return info.Size(), info.ModTime(), nil
}

func (o offline) ReadAt(name string, buf []byte, offset int64) (int, error) {
	local, ok := o.local(name)
	if !ok {
		return 0, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	f, _, err := o.drive.open(local)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	n, err := f.ReadAt(buf, offset)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return n, err
}

// What follows changes or starts something, and an image does neither.

func (offline) WriteSecret(string, []byte) error { return errOffline }
func (offline) Remove(string) error              { return errOffline }
func (offline) SetString(_, _, _ string) error   { return errOffline }
func (offline) DeleteValue(_, _ string) error    { return errOffline }
func (offline) Lock() (func(), error)            { return nil, errOffline }
func (offline) Instances() ([]int, error)        { return nil, errOffline }
func (offline) CloseWindow(int) (bool, error)    { return false, errOffline }
func (offline) Power(bool) error                 { return errOffline }

func (offline) Start(sysprep.Command) (sysprep.Process, error) { return nil, errOffline }

func (offline) Query(_, _ string, _ ...string) ([]sysprep.Row, error) { return nil, errOffline }
func (offline) Invoke(_, _, _ string, _ ...string) (sysprep.Row, error) {
	return nil, errOffline
}
