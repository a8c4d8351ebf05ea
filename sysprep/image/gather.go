package image

import (
	"slices"

	"github.com/reseal/reseal/sysprep"
)

// Keys below HKEY_LOCAL_MACHINE that tell of a Windows.
// Source: learn.microsoft.com/windows-hardware/manufacture/desktop/windows-setup-states
// for ImageState; seen in registries of Windows installations for the others.
const (
	keyVersion     = `SOFTWARE\Microsoft\Windows NT\CurrentVersion`
	keyProfiles    = keyVersion + `\ProfileList`
	keyCurrent     = `SOFTWARE\Microsoft\Windows\CurrentVersion`
	keyImageState  = keyCurrent + `\Setup\State`
	keySysprep     = keyCurrent + `\Setup\Sysprep`
	keyExternal    = keyCurrent + `\Setup\SysPrepExternal`
	keyOldInternal = keyCurrent + `\Setup\SysPrep`
	keySetup       = `SYSTEM\Setup`
	keyStatus      = keySetup + `\Status`
	keyControl     = `SYSTEM\CurrentControlSet\Control`
	keyServices    = `SYSTEM\CurrentControlSet\Services`
)

// gatherer asks the registry and keeps what went wrong, each mistake once: a
// damaged hive answers every question with it.
type gatherer struct {
	*Image
	problems []error
	unseen   []string // places of the search for an answer file that cannot be looked at
}

func (g *gatherer) problem(err error) {
	if err == nil || slices.ContainsFunc(g.problems, func(p error) bool { return p.Error() == err.Error() }) {
		return
	}
	g.problems = append(g.problems, err)
}

func (g *gatherer) text(key, name string) sysprep.Fact[string] {
	value, ok, err := g.registry.ReadString(key, name)
	g.problem(err)
	if !ok || err != nil {
		return sysprep.Fact[string]{}
	}
	return sysprep.GivenAs(value)
}

func (g *gatherer) number(key, name string) sysprep.Fact[int] {
	value, ok, err := g.registry.ReadNumber(key, name)
	g.problem(err)
	if !ok || err != nil || value > 1<<31 {
		return sysprep.Fact[int]{}
	}
	return sysprep.GivenAs(int(value))
}

// hasKey is unknown where the registry could not be asked.
func (g *gatherer) hasKey(key string) sysprep.Fact[bool] {
	has, err := g.registry.HasKey(key)
	g.problem(err)
	if err != nil {
		return sysprep.Fact[bool]{}
	}
	return sysprep.GivenAs(has)
}

// keys is sorted, since the order in a hive means nothing; ok is false where
// the registry could not be asked.
func (g *gatherer) keys(key string) (names []string, ok bool) {
	names, err := g.registry.Keys(key)
	g.problem(err)
	slices.Sort(names)
	return names, err == nil
}

func (g *gatherer) values(key string) (names []string, ok bool) {
	names, err := g.registry.Values(key)
	g.problem(err)
	return names, err == nil
}
