package image

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"

	"github.com/reseal/reseal/sysprep"
)

// OpenRunning opens the Windows that this program runs on. To a 32-bit program
// a 64-bit Windows shows another System32, in which nothing here would be true.
func OpenRunning() (*Image, error) {
	if sysprep.Redirected() {
		return nil, errors.New("this is the 32-bit reseal on a 64-bit Windows; the folder System32 is shown to the 64-bit one alone")
	}
	root, err := windows.GetSystemWindowsDirectory()
	if err != nil {
		return nil, fmt.Errorf("cannot find the folder of Windows: %w", err)
	}
	d, err := openDrive(filepath.VolumeName(root) + `\`)
	if err != nil {
		return nil, err
	}
	letter := strings.ToUpper(filepath.VolumeName(root))
	return &Image{
		registry: liveRegistry{}, drive: d, windows: slashes(strings.TrimPrefix(root[len(letter):], `\`)),
		letter: letter, running: true, close: d.close,
	}, nil
}

// liveRegistry is the registry of the running Windows, in its 64-bit view.
type liveRegistry struct{}

func openKey(key string) (registry.Key, bool, error) {
	k, err := registry.OpenKey(registry.LOCAL_MACHINE, key, registry.READ|registry.WOW64_64KEY)
	if errors.Is(err, registry.ErrNotExist) {
		return 0, false, nil
	}
	return k, err == nil, err
}

// ask puts a question to an open key; an absent key or value is no error.
func ask[T any](key string, question func(registry.Key) (T, error)) (value T, ok bool, err error) {
	k, ok, err := openKey(key)
	if !ok {
		return value, false, err
	}
	defer k.Close()
	value, err = question(k)
	if errors.Is(err, registry.ErrNotExist) || errors.Is(err, registry.ErrUnexpectedType) {
		return value, false, nil
	}
	return value, err == nil, err
}

// ReadString reads the first of several strings, too, as a hive does.
func (liveRegistry) ReadString(key, name string) (string, bool, error) {
	return ask(key, func(k registry.Key) (string, error) {
		text, _, err := k.GetStringValue(name)
		if !errors.Is(err, registry.ErrUnexpectedType) {
			return text, err
		}
		list, _, err := k.GetStringsValue(name)
		if len(list) == 0 {
			return "", err
		}
		return list[0], err
	})
}

func (liveRegistry) ReadNumber(key, name string) (uint64, bool, error) {
	return ask(key, func(k registry.Key) (uint64, error) {
		n, _, err := k.GetIntegerValue(name)
		return n, err
	})
}

func (liveRegistry) HasKey(key string) (bool, error) {
	_, ok, err := ask(key, func(registry.Key) (struct{}, error) { return struct{}{}, nil })
	return ok, err
}

func (liveRegistry) HasValue(key, name string) (bool, error) {
	_, ok, err := ask(key, func(k registry.Key) (int, error) {
		n, _, err := k.GetValue(name, nil)
		return n, err
	})
	return ok, err
}

func (liveRegistry) Keys(key string) ([]string, error) {
	names, _, err := ask(key, func(k registry.Key) ([]string, error) { return k.ReadSubKeyNames(-1) })
	return names, err
}

func (liveRegistry) Values(key string) ([]string, error) {
	names, _, err := ask(key, func(k registry.Key) ([]string, error) { return k.ReadValueNames(-1) })
	return names, err
}

func (liveRegistry) LastWrite(key string) (time.Time, bool, error) {
	return ask(key, func(k registry.Key) (time.Time, error) {
		info, err := k.Stat()
		if err != nil {
			return time.Time{}, err
		}
		return info.ModTime().UTC(), nil
	})
}
