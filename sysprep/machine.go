package sysprep

import (
	"slices"
	"strings"

	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// Origin tells how well a fact of a machine is known.
type Origin uint8

const (
	Unknown Origin = iota // nobody could tell
	Default               // true of a fresh machine of that release
	Given                 // a machine file, an image or the machine itself says so
)

// Fact is one property of a machine with its origin and, when a machine file
// gave it, its place there.
type Fact[T any] struct {
	Value  T
	Origin Origin
	Span   source.Span
}

// Known tells whether the fact has a value at all.
func (f Fact[T]) Known() bool { return f.Origin != Unknown }

// GivenAs makes a fact that somebody read from a real source.
func GivenAs[T any](value T) Fact[T] { return Fact[T]{Value: value, Origin: Given} }

// byDefault makes a fact that is only assumed.
func byDefault[T any](value T) Fact[T] { return Fact[T]{Value: value, Origin: Default} }

// Machine is what the engine knows of the machine that Sysprep runs on. The
// zero Machine knows nothing; FreshMachine gives the assumptions.
type Machine struct {
	Windows      Fact[string] // release ID such as "11-24h2"
	Edition      Fact[string] // edition ID such as "Professional"
	Architecture Fact[string] // amd64, x86, arm64

	ImageState          Fact[string] // IMAGE_STATE_…
	GeneralizationState Fact[int]    // 3 started, 4 generalized, 7 normal
	CleanupState        Fact[int]    // 2 normal
	Rearms              Fact[int]    // how often the licence state can still be reset
	SkipRearm           Fact[bool]   // generalize leaves the licence state alone
	Channel             Fact[string] // of the product key; one of Channels

	Elevated    Fact[bool] // the caller holds an elevated administrator token
	LocalSystem Fact[bool] // the caller is the SYSTEM account
	Instances   Fact[int]  // running sysprep.exe processes, the window of audit mode included

	Pending         Fact[[]string] // of PendingKinds
	ReservedStorage Fact[int]      // ActiveScenario of the ReserveManager; 0 = not in use
	BitLocker       Fact[string]   // of the system volume; one of BitLockerStates
	Services        Fact[[]Service]

	AppX     Fact[[]Package]
	Devices  Fact[[]Device]
	Accounts Fact[[]Account]
	Domain   Fact[string]   // "" = a workgroup
	Roles    Fact[[]string] // installed server roles, by the names of the role table
	Media    Fact[[]Medium] // drives that are searched for answer files

	Upgraded       Fact[bool]     // the installation came out of an earlier Windows
	Leftovers      Fact[[]string] // folders of an earlier setup; of LeftoverFolders
	Scripts        Fact[[]string] // that Setup starts, in Windows\Setup\Scripts; of SetupScripts
	EarlierErrors  Fact[[]string] // why earlier runs of Sysprep failed, one sentence a run
	Recovery       Fact[bool]     // the recovery environment (Windows RE) is enabled
	FreeSpace      Fact[int]      // of the system volume in GiB
	StoreUpdates   Fact[bool]     // the Store updates its apps by itself
	Onboarded      Fact[bool]     // to Microsoft Defender for Endpoint
	EncryptedFiles Fact[bool]     // files are encrypted with EFS
	Virtual        Fact[bool]     // a virtual machine

	Internal    Fact[[]ActionProvider]   // providers as the action files of the image list them
	External    Fact[[]ExternalProvider] // providers that other software has registered
	AnswerFiles Fact[[]FoundFile]        // answer files at the places that Windows searches
}

// Service is one Windows service whose start type matters.
type Service struct {
	Name  string
	Start string // one of ServiceStarts
}

// Package is one Store package that is installed for a user or provisioned.
type Package struct {
	Name               string   // full name: Name_Version_Architecture_Resource_Publisher
	Users              []string // accounts that have it installed
	Provisioned        bool     // installed for every user
	ProvisionedVersion string   // version that is provisioned; "" = that of Name
	Kind               string   // one of PackageKinds; "" = an app
}

// Device is one device. A device that is not present when the machine is
// generalized and found again counts as not detected.
type Device struct {
	Name    string
	Class   string
	Present bool
}

// Account is one account with a profile on the machine.
type Account struct {
	Name string
	Kind string // one of AccountKinds
}

// Medium is one drive that Windows searches for answer files.
type Medium struct {
	Drive string // "E:"
	Kind  string // one of MediumKinds
	Root  string // folder on this system that holds what the drive holds
}

// PendingKinds are the words of Machine.Pending: component servicing that
// waits, a restart that Windows Update wants, renames of files at the next
// boot.
func PendingKinds() []string { return []string{"servicing", "restart", "renames"} }

// BitLockerStates are the words of Machine.BitLocker. Only "off" is a fully
// decrypted volume.
func BitLockerStates() []string {
	return []string{"off", "on", "suspended", "encrypting", "decrypting"}
}

// ServiceStarts are the start types of a service.
func ServiceStarts() []string { return []string{"boot", "system", "automatic", "manual", "disabled"} }

// LeftoverFolders are the folders in the root of the system volume that an
// upgrade leaves: the Windows of before, and what Setup worked in.
func LeftoverFolders() []string {
	return []string{"Windows.old", "$Windows.~BT", "$Windows.~WS"}
}

// Channels are the ways on which a product key is sold.
func Channels() []string { return []string{"oem", "retail", "volume"} }

// setupComplete is the script that Setup starts when it has done.
const setupComplete = "SetupComplete.cmd"

// SetupScripts are the scripts that Setup starts by itself.
//
// Source: add-a-custom-script-to-windows-setup at
// learn.microsoft.com/windows-hardware/manufacture/desktop.
func SetupScripts() []string { return []string{setupComplete, "ErrorHandler.cmd"} }

// PackageKinds are the kinds of a Store package; Sysprep looks only at apps.
func PackageKinds() []string {
	return []string{"app", "framework", "resource", "system", "non-removable"}
}

// AccountKinds are the kinds of an account: builtin is the Administrator
// account that Windows brings.
func AccountKinds() []string { return []string{"builtin", "local", "domain"} }

// MediumKinds tell whether a drive can be removed and written to.
func MediumKinds() []string { return []string{"removable", "read-only", "fixed"} }

// ImageStates are the states of an image.
//
// Source: windows-setup-states at
// learn.microsoft.com/windows-hardware/manufacture/desktop.
func ImageStates() []string {
	return []string{StateComplete, StateUndeployable, StateGeneralizeOOBE, StateGeneralizeAudit, StateSpecializeOOBE, StateSpecializeAudit}
}

// The image states.
const (
	StateComplete        = "IMAGE_STATE_COMPLETE"
	StateUndeployable    = "IMAGE_STATE_UNDEPLOYABLE"
	StateGeneralizeOOBE  = "IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE"
	StateGeneralizeAudit = "IMAGE_STATE_GENERALIZE_RESEAL_TO_AUDIT"
	StateSpecializeOOBE  = "IMAGE_STATE_SPECIALIZE_RESEAL_TO_OOBE"
	StateSpecializeAudit = "IMAGE_STATE_SPECIALIZE_RESEAL_TO_AUDIT"
)

// Generalization states of SYSTEM\Setup\Status\SysprepStatus.
const (
	generalizeStarted = 3
	generalizeDone    = 4
	generalizeNormal  = 7
	cleanupNormal     = 2
)

// ResealedState is the image state behind a run that succeeded. The states
// without generalize are inferred from the meaning of their names.
func ResealedState(mode string, generalize bool) string {
	switch {
	case generalize && mode == "audit":
		return StateGeneralizeAudit
	case generalize:
		return StateGeneralizeOOBE
	case mode == "audit":
		return StateSpecializeAudit
	}
	return StateSpecializeOOBE
}

// DefaultRelease stands in where neither profile nor machine names a release.
const DefaultRelease = "11-24h2"

// freshFor is a fresh machine of a target; what the target does not name is
// that of FreshMachine.
func freshFor(target schema.Target) *Machine {
	m := FreshMachine(target.Windows, target.Architecture)
	if target.Edition != "" {
		m.Edition = byDefault(target.Edition)
	}
	return m
}

// fitting is the machine on which an answer file is rehearsed: a fresh one
// where m is nil. An architecture that nobody has named is that of the
// components, where all agree; note says so.
func fitting(m *Machine, a *answer.File) (out *Machine, note string) {
	if m == nil {
		m = freshFor(a.Target)
	}
	arch := commonArchitecture(a)
	if m.Architecture.Origin == Given || a.Target.Architecture != "" || arch == "" || arch == m.Architecture.Value {
		return m, ""
	}
	fit := *m
	fit.Architecture = byDefault(arch)
	return &fit, "Windows is taken to be " + arch + ", as all components are"
}

// commonArchitecture is the one that all components are for, "" where they
// differ, or where it is none of Windows.
func commonArchitecture(a *answer.File) string {
	arch := ""
	for _, p := range a.Passes {
		for _, c := range p.Components {
			own := strings.ToLower(c.Architecture)
			if !slices.Contains(schema.Architectures(), own) || arch != "" && own != arch {
				return ""
			}
			arch = own
		}
	}
	return arch
}

// FreshMachine is a machine straight after installation, with every fact
// assumed. An empty release or architecture becomes DefaultRelease or amd64.
func FreshMachine(release, architecture string) *Machine {
	if release == "" {
		release = DefaultRelease
	}
	if architecture == "" {
		architecture = "amd64"
	}
	return &Machine{
		Windows:             byDefault(release),
		Edition:             Fact[string]{},
		Architecture:        byDefault(architecture),
		ImageState:          byDefault(StateComplete),
		GeneralizationState: byDefault(generalizeNormal),
		CleanupState:        byDefault(cleanupNormal),
		Rearms:              freshRearms(release),
		SkipRearm:           byDefault(false),
		Elevated:            byDefault(true),
		LocalSystem:         byDefault(false),
		Instances:           byDefault(0),
		Pending:             byDefault([]string(nil)),
		ReservedStorage:     byDefault(0),
		BitLocker:           byDefault("off"),
		Services:            byDefault([]Service(nil)),
		AppX:                byDefault([]Package(nil)),
		Devices: byDefault([]Device{
			{Name: "devices that the next boot detects", Present: true},
			{Name: "devices that are not connected", Present: false},
		}),
		Accounts: byDefault([]Account{{Name: "Administrator", Kind: "builtin"}}),
		Domain:   byDefault(""),
		Roles:    byDefault([]string(nil)),
		Media:    byDefault([]Medium(nil)),

		Upgraded:       byDefault(false),
		Leftovers:      byDefault([]string(nil)),
		Scripts:        byDefault([]string(nil)),
		EarlierErrors:  byDefault([]string(nil)),
		Recovery:       byDefault(true),
		Onboarded:      byDefault(false),
		EncryptedFiles: byDefault(false),
		External:       byDefault([]ExternalProvider(nil)),
		AnswerFiles:    byDefault([]FoundFile(nil)),
	}
}
