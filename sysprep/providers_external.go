package sysprep

import (
	"crypto/sha1"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"github.com/reseal/reseal/internal/source"
)

// keyExternal is where other software registers its providers, one key a
// stage below it.
//
// Source: learn.microsoft.com/previous-versions/windows/it-pro/windows-7/ee676646(v=ws.10).
const keyExternal = `SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\SysPrepExternal\`

// ErrNotRegistered is the error of UnregisterProvider for a value that is not
// there.
var ErrNotRegistered = errors.New("no such provider is registered")

// ErrNameTaken is the error of RegisterProvider when the name stands for
// another provider.
var ErrNameTaken = errors.New("the name stands for another provider")

// ErrSeveral is the error of UnregisterProvider when more than one provider
// fits.
var ErrSeveral = errors.New("more than one provider fits")

// RegistryWriter changes values below HKEY_LOCAL_MACHINE, in the 64-bit view.
type RegistryWriter interface {
	// SetString makes the key where it is missing.
	SetString(key, name, value string) error
	// DeleteValue gives an error for a value that is not there.
	DeleteValue(key, name string) error
}

// ParseProvider reads the data of a registered value, "path,function". A path
// may hold commas, so the last one divides; blanks around both halves do not
// count.
func ParseProvider(text string) (library, function string, err error) {
	i := strings.LastIndexByte(text, ',')
	if i < 0 {
		return "", "", errors.New("the value has no comma between the path of a DLL and a function")
	}
	library, function = strings.TrimSpace(text[:i]), strings.TrimSpace(text[i+1:])
	switch {
	case library == "":
		return "", "", errors.New("the value names no DLL")
	case function == "":
		return "", "", errors.New("the value names no function")
	case strings.ContainsFunc(text, unicode.IsControl):
		return "", "", errors.New("the value holds a control character")
	}
	return library, function, nil
}

// RegisteredProviders lists the providers of all stages in the order in which
// the registry holds them. A value that cannot be understood is one without a
// function, and missing; an empty one is none. The error says what could not be
// read.
func RegisteredProviders(r Registry) ([]ExternalProvider, error) {
	var out []ExternalProvider
	var errs []error
	for _, stage := range Stages() {
		key := externalKey(stage)
		names, err := r.ValueNames(key)
		errs = append(errs, readError(key, "", err))
		for _, name := range names {
			text, _, err := r.ReadString(key, name)
			errs = append(errs, readError(key, name, err))
			if name != "" && strings.TrimSpace(text) != "" {
				out = append(out, ProviderOf(stage, name, text))
			}
		}
	}
	return out, errors.Join(errs...)
}

// ProviderOf is the provider that a registered value stands for.
func ProviderOf(stage, name, text string) ExternalProvider {
	p := ExternalProvider{Stage: stage, Name: name}
	var err error
	if p.Library, p.Function, err = ParseProvider(text); err != nil {
		p.Library, p.Missing = source.OneLine(text), true
	}
	return p
}

// externalKey is the key of one of Stages.
func externalKey(stage string) string {
	return keyExternal + strings.ToUpper(stage[:1]) + stage[1:]
}

// RegisterProvider registers a provider whose Name may be empty: then it is
// made from the rest, so that the same provider always has the same name. It
// returns the provider with its name; fresh is false when it was registered
// before, and then nothing is written. What CheckProvider finds is not looked
// at.
func RegisterProvider(r Registry, to RegistryWriter, p ExternalProvider) (registered ExternalProvider, fresh bool, err error) {
	if p.Name == "" {
		p.Name = p.identity()
	}
	if library, function, err := ParseProvider(p.Library + "," + p.Function); err != nil {
		return p, false, err
	} else if library != p.Library || function != p.Function {
		return p, false, fmt.Errorf("%q cannot be told from another provider when it is read again", p.Launch())
	}
	key := externalKey(p.Stage)
	old, there, err := r.ReadString(key, p.Name)
	switch {
	case err != nil:
		return p, false, readError(key, p.Name, err)
	case there && strings.EqualFold(old, p.Launch()):
		return p, false, nil
	case there:
		return p, false, fmt.Errorf("%w: %s is %s", ErrNameTaken, p.Name, source.OneLine(old))
	}
	if err := to.SetString(key, p.Name, p.Launch()); err != nil {
		return p, false, fmt.Errorf(`cannot write HKEY_LOCAL_MACHINE\%s, value %s: %w`, key, p.Name, err)
	}
	return p, true, nil
}

// identity is a GUID made from stage, path and function: version 5 of RFC 9562
// in shape.
func (p ExternalProvider) identity() string {
	sum := sha1.Sum([]byte("reseal provider\n" + p.Stage + "\n" + strings.ToLower(p.Library) + "\n" + p.Function))
	sum[6] = sum[6]&0x0f | 0x50
	sum[8] = sum[8]&0x3f | 0x80
	return fmt.Sprintf("{%08X-%04X-%04X-%04X-%012X}", sum[0:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}

// UnregisterProvider takes a registered provider away again. what is its name,
// the path of its DLL, or path and function; a value that cannot be understood
// can be named as well. The error matches ErrNotRegistered when there is none;
// of several that fit none is removed.
func UnregisterProvider(r Registry, from RegistryWriter, stage, what string) (ExternalProvider, error) {
	key := externalKey(stage)
	p, err := findProvider(r, stage, what)
	if err != nil {
		return ExternalProvider{}, err
	}
	if err := from.DeleteValue(key, p.Name); err != nil {
		return p, fmt.Errorf(`cannot delete HKEY_LOCAL_MACHINE\%s, value %s: %w`, key, p.Name, err)
	}
	return p, nil
}

func findProvider(r Registry, stage, what string) (ExternalProvider, error) {
	key := externalKey(stage)
	named, err := r.HasValue(key, what)
	if err != nil {
		return ExternalProvider{}, readError(key, what, err)
	}
	if named {
		text, _, err := r.ReadString(key, what)
		if err != nil {
			text = "" // a value of another type can be named as well
		}
		return ProviderOf(stage, what, text), nil
	}
	all, err := RegisteredProviders(r)
	var fit []ExternalProvider
	var names []string
	for _, p := range all {
		if p.Stage == stage && (strings.EqualFold(what, p.Library) || strings.EqualFold(what, p.Launch())) {
			fit, names = append(fit, p), append(names, p.Name)
		}
	}
	switch {
	case len(fit) == 1:
		return fit[0], nil
	case len(fit) > 1:
		return ExternalProvider{}, fmt.Errorf("%w: %s of %s; choose by name: %s", ErrSeveral, what, stage, strings.Join(names, ", "))
	}
	return ExternalProvider{}, errors.Join(fmt.Errorf("%w for %s as %s", ErrNotRegistered, stage, what), err)
}
