package sysprep

import (
	"slices"
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/reseal/reseal/schema"
)

// MachineVersion marks a machine file and fixes the meaning of its keys.
const MachineVersion = "reseal-machine/v1"

// machineKey is one key of a machine file.
type machineKey struct {
	name string
	read func(*machineReader, *Machine, *yamldoc.Node)
}

// machineKeys are all keys but version, in the order of the documentation.
var machineKeys = [...]machineKey{
	{"windows", func(r *machineReader, m *Machine, n *yamldoc.Node) { set(r, n, &m.Windows, r.release) }},
	{"edition", func(r *machineReader, m *Machine, n *yamldoc.Node) { set(r, n, &m.Edition, r.text) }},
	{"architecture", func(r *machineReader, m *Machine, n *yamldoc.Node) {
		set(r, n, &m.Architecture, r.oneOf(schema.Architectures()))
	}},
	{"imageState", func(r *machineReader, m *Machine, n *yamldoc.Node) { set(r, n, &m.ImageState, r.oneOf(ImageStates())) }},
	{"generalizationState", func(r *machineReader, m *Machine, n *yamldoc.Node) { set(r, n, &m.GeneralizationState, r.number) }},
	{"cleanupState", func(r *machineReader, m *Machine, n *yamldoc.Node) { set(r, n, &m.CleanupState, r.number) }},
	{"rearms", func(r *machineReader, m *Machine, n *yamldoc.Node) { set(r, n, &m.Rearms, r.number) }},
	{"skipRearm", func(r *machineReader, m *Machine, n *yamldoc.Node) { set(r, n, &m.SkipRearm, r.truth) }},
	{"keyChannel", func(r *machineReader, m *Machine, n *yamldoc.Node) { set(r, n, &m.Channel, r.oneOf(Channels())) }},
	{"elevated", func(r *machineReader, m *Machine, n *yamldoc.Node) { set(r, n, &m.Elevated, r.truth) }},
	{"localSystem", func(r *machineReader, m *Machine, n *yamldoc.Node) { set(r, n, &m.LocalSystem, r.truth) }},
	{"instances", func(r *machineReader, m *Machine, n *yamldoc.Node) { set(r, n, &m.Instances, r.number) }},
	{"pending", func(r *machineReader, m *Machine, n *yamldoc.Node) {
		set(r, n, &m.Pending, listOf(r, r.oneOf(PendingKinds())))
	}},
	{"reservedStorage", func(r *machineReader, m *Machine, n *yamldoc.Node) { set(r, n, &m.ReservedStorage, r.number) }},
	{"bitlocker", func(r *machineReader, m *Machine, n *yamldoc.Node) {
		set(r, n, &m.BitLocker, r.oneOf(BitLockerStates()))
	}},
	{"services", func(r *machineReader, m *Machine, n *yamldoc.Node) { set(r, n, &m.Services, r.services) }},
	{"appx", func(r *machineReader, m *Machine, n *yamldoc.Node) { set(r, n, &m.AppX, listOf(r, r.appx)) }},
	{"devices", func(r *machineReader, m *Machine, n *yamldoc.Node) { set(r, n, &m.Devices, listOf(r, r.device)) }},
	{"accounts", func(r *machineReader, m *Machine, n *yamldoc.Node) { set(r, n, &m.Accounts, listOf(r, r.account)) }},
	{"domain", func(r *machineReader, m *Machine, n *yamldoc.Node) { set(r, n, &m.Domain, r.maybeText) }},
	{"roles", func(r *machineReader, m *Machine, n *yamldoc.Node) { set(r, n, &m.Roles, listOf(r, r.role)) }},
	{"media", func(r *machineReader, m *Machine, n *yamldoc.Node) { set(r, n, &m.Media, r.media) }},
	{"upgraded", func(r *machineReader, m *Machine, n *yamldoc.Node) { set(r, n, &m.Upgraded, r.truth) }},
	{"leftovers", func(r *machineReader, m *Machine, n *yamldoc.Node) {
		set(r, n, &m.Leftovers, listOf(r, r.oneOf(LeftoverFolders())))
	}},
	{"scripts", func(r *machineReader, m *Machine, n *yamldoc.Node) {
		set(r, n, &m.Scripts, listOf(r, r.oneOf(SetupScripts())))
	}},
	{"earlierErrors", func(r *machineReader, m *Machine, n *yamldoc.Node) { set(r, n, &m.EarlierErrors, listOf(r, r.text)) }},
	{"recovery", func(r *machineReader, m *Machine, n *yamldoc.Node) { set(r, n, &m.Recovery, r.truth) }},
	{"freeSpace", func(r *machineReader, m *Machine, n *yamldoc.Node) { set(r, n, &m.FreeSpace, r.number) }},
	{"storeUpdates", func(r *machineReader, m *Machine, n *yamldoc.Node) { set(r, n, &m.StoreUpdates, r.truth) }},
	{"onboarded", func(r *machineReader, m *Machine, n *yamldoc.Node) { set(r, n, &m.Onboarded, r.truth) }},
	{"encryptedFiles", func(r *machineReader, m *Machine, n *yamldoc.Node) { set(r, n, &m.EncryptedFiles, r.truth) }},
	{"virtual", func(r *machineReader, m *Machine, n *yamldoc.Node) { set(r, n, &m.Virtual, r.truth) }},
	{"externalProviders", func(r *machineReader, m *Machine, n *yamldoc.Node) {
		set(r, n, &m.External, listOf(r, r.externalProvider))
	}},
}

// MachineKeys returns the keys of a machine file without version.
func MachineKeys() []string {
	names := make([]string, len(machineKeys))
	for i := range machineKeys {
		names[i] = machineKeys[i].name
	}
	return names
}

// ReadMachine reads a machine file. What the file leaves out is that of a
// fresh machine of its release, else of the target's. The machine is nil when
// the list holds an error.
func ReadMachine(f *source.File, target schema.Target) (*Machine, *diag.List) {
	docs, diags := yamldoc.Parse(f)
	if diags == nil {
		diags = &diag.List{}
	}
	if diags.Has(diag.Error) {
		return nil, diags
	}
	whole := source.Span{File: f, End: len(f.Text)}
	if len(docs) != 1 || docs[0] == nil || docs[0].Kind != yamldoc.Mapping {
		diags.Add(rule.MachineVersion.At(whole, "a machine file is one mapping that begins with version: %s", MachineVersion))
		return nil, diags
	}
	r := &machineReader{diags: diags}
	m := r.machine(docs[0], target)
	diags.Sort()
	if diags.Has(diag.Error) {
		return nil, diags
	}
	return m, diags
}

func (r *machineReader) machine(doc *yamldoc.Node, target schema.Target) *Machine {
	r.version(doc)
	// The release and the architecture come first: the facts by default
	// depend on them.
	var first Machine
	for _, key := range machineKeys[:] {
		if n := doc.Get(key.name); n != nil && (key.name == "windows" || key.name == "architecture") {
			key.read(&machineReader{diags: &diag.List{}}, &first, n)
		}
	}
	target.Windows = or(first.Windows.Value, target.Windows)
	target.Architecture = or(first.Architecture.Value, target.Architecture)
	m := freshFor(target)
	for _, p := range doc.Pairs {
		i := slices.IndexFunc(machineKeys[:], func(k machineKey) bool { return k.name == p.Key.Text })
		switch {
		case i >= 0:
			machineKeys[i].read(r, m, p.Value)
		case p.Key.Text != "version":
			r.unknownKey(p.Key, MachineKeys())
		}
	}
	return m
}

func (r *machineReader) version(doc *yamldoc.Node) {
	n := doc.Get("version")
	if n == nil {
		r.diags.Add(rule.MachineVersion.At(doc.Span, "a machine file begins with version: %s", MachineVersion))
	} else if n.Text != MachineVersion {
		r.diags.Add(rule.MachineVersion.At(n.Span, "the version of a machine file is %s", MachineVersion))
	}
}

func (r *machineReader) unknownKey(key *yamldoc.Node, known []string) {
	d := rule.MachineKeyUnknown.At(key.Span, "the machine model has no key %q", key.Text)
	if near := schema.Nearest(key.Text, known); near != "" {
		d = rule.MachineKeyUnknown.At(key.Span, "the machine model has no key %q; did you mean %s?", key.Text, near)
	} else {
		d.Helpf("The keys here are %s.", strings.Join(known, ", "))
	}
	r.diags.Add(d)
}

func or(a, b string) string {
	if a == "" {
		return b
	}
	return a
}
