package sysprep

import (
	"errors"
	"slices"

	"golang.org/x/sys/windows/registry"
)

func openKey(key string) (registry.Key, bool, error) {
	const access = registry.QUERY_VALUE | registry.ENUMERATE_SUB_KEYS | registry.WOW64_64KEY
	k, err := registry.OpenKey(registry.LOCAL_MACHINE, key, access)
	if errors.Is(err, registry.ErrNotExist) {
		return 0, false, nil
	}
	return k, err == nil, err
}

// readValue reads one value by read, which is a method of registry.Key.
func readValue[T any](key, name string, read func(registry.Key, string) (T, uint32, error)) (value T, ok bool, err error) {
	k, ok, err := openKey(key)
	if !ok {
		return value, false, err
	}
	defer k.Close()
	value, _, err = read(k, name)
	if errors.Is(err, registry.ErrNotExist) {
		return value, false, nil
	}
	return value, err == nil, err
}

func (native) ReadString(key, name string) (string, bool, error) {
	return readValue(key, name, registry.Key.GetStringValue)
}

func (native) ReadNumber(key, name string) (uint64, bool, error) {
	return readValue(key, name, registry.Key.GetIntegerValue)
}

func (native) HasKey(key string) (bool, error) {
	k, ok, err := openKey(key)
	if ok {
		k.Close()
	}
	return ok, err
}

func (native) HasValue(key, name string) (bool, error) {
	_, ok, err := readValue(key, name, func(k registry.Key, name string) (int, uint32, error) {
		return k.GetValue(name, nil)
	})
	return ok, err
}

func (native) ValueNames(key string) ([]string, error) {
	k, ok, err := openKey(key)
	if !ok {
		return nil, err
	}
	defer k.Close()
	names, err := k.ReadValueNames(0)
	return slices.DeleteFunc(names, func(n string) bool { return n == "" }), err
}

func (native) SubKeys(key string) ([]string, error) {
	k, ok, err := openKey(key)
	if !ok {
		return nil, err
	}
	defer k.Close()
	return k.ReadSubKeyNames(0)
}

func (native) SetString(key, name, value string) error {
	k, _, err := registry.CreateKey(registry.LOCAL_MACHINE, key, registry.SET_VALUE|registry.WOW64_64KEY)
	if err != nil {
		return err
	}
	return errors.Join(k.SetStringValue(name, value), k.Close())
}

func (native) DeleteValue(key, name string) error {
	k, err := registry.OpenKey(registry.LOCAL_MACHINE, key, registry.SET_VALUE|registry.WOW64_64KEY)
	if err != nil {
		return err
	}
	return errors.Join(k.DeleteValue(name), k.Close())
}
