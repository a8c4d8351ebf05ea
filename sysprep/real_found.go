package sysprep

import (
	"errors"
	"io/fs"
	"slices"
	"strings"

	"github.com/reseal/reseal/internal/xmldoc"
)

// Keys below HKEY_LOCAL_MACHINE that tell of users, policies and hardware.
// Source: seen in registries of Windows installations. Onboarding is told as
// learn.microsoft.com/defender-endpoint/troubleshoot-onboarding reads it.
const (
	keyProfiles = keyVersion + `\ProfileList`
	keyStore    = `SOFTWARE\Policies\Microsoft\WindowsStore`
	keyDefender = `SOFTWARE\Microsoft\Windows Advanced Threat Protection`
	keyFirmware = `HARDWARE\DESCRIPTION\System\BIOS`
)

// upgraded looks for what an upgrade keeps of the Windows before it. The key
// Upgrade counts before Windows 10 1607 alone: scripts that prepare images
// refuse it there, and pass it over in later releases.
func (l *liveReader) upgraded(release string) Fact[bool] {
	keys := read(l, func() ([]string, error) { return l.w.SubKeys(keySetup) })
	old := notUpgradable(release)
	return Fact[bool]{Origin: keys.Origin, Value: slices.ContainsFunc(keys.Value, func(key string) bool {
		return strings.HasPrefix(strings.ToLower(key), "source os") || old && strings.EqualFold(key, "Upgrade")
	})}
}

func (l *liveReader) leftovers() Fact[[]string] { return l.present(LeftoverFolders(), l.volume()+`\`) }

func (l *liveReader) freeSpace() Fact[int] {
	free := read(l, func() (uint64, error) {
		if l.root == "" {
			return 0, errNoRoot
		}
		return l.w.FreeSpace(l.volume())
	})
	return Fact[int]{Value: int(free.Value >> 30), Origin: free.Origin}
}

// storeUpdates: 2 turns the updates off; without the policy they are on.
func (l *liveReader) storeUpdates() Fact[bool] {
	n, _, err := l.w.ReadNumber(keyStore, "AutoDownload")
	if err != nil {
		l.note(readError(keyStore, "AutoDownload", err))
		return Fact[bool]{}
	}
	return GivenAs(n != 2)
}

func (l *liveReader) onboarded() Fact[bool] {
	n, _, err := l.w.ReadNumber(keyDefender+`\Status`, "OnboardingState")
	if err != nil {
		l.note(readError(keyDefender+`\Status`, "OnboardingState", err))
		return Fact[bool]{}
	}
	return GivenAs(n == 1)
}

// hypervisors are words in what virtual machines give as their manufacturer or
// model.
var hypervisors = [...]string{"virtual", "vmware", "qemu", "kvm", "xen", "bochs", "parallels", "bhyve", "innotek",
	"google compute engine", "amazon ec2", "openstack", "ovirt", "nutanix", "proxmox"}

// virtual is true where the firmware names a hypervisor, and false only where
// none is present; a host of Hyper-V has one, too, and leaves it open.
func (l *liveReader) virtual() Fact[bool] {
	words := strings.ToLower(l.text(keyFirmware, "SystemManufacturer").Value + " " + l.text(keyFirmware, "SystemProductName").Value)
	for _, name := range hypervisors {
		if strings.Contains(words, name) {
			return GivenAs(true)
		}
	}
	if present, ok := l.first(nsSystem, "SELECT HypervisorPresent FROM Win32_ComputerSystem", "HypervisorPresent").(bool); ok && !present {
		return GivenAs(false)
	}
	return Fact[bool]{}
}

// accounts are those with a profile.
func (l *liveReader) accounts() Fact[[]Account] {
	sids := read(l, func() ([]string, error) { return l.w.SubKeys(keyProfiles) })
	computer := read(l, l.w.ComputerName)
	var out []Account
	for _, sid := range sids.Value {
		if kind := accountKind(sid); kind != "" {
			name, domain, err := l.w.Account(sid)
			if err != nil {
				name = l.profileName(sid)
			} else if kind == "local" && !strings.EqualFold(domain, computer.Value) {
				kind = "domain"
			}
			out = append(out, Account{Name: name, Kind: kind})
		}
	}
	return Fact[[]Account]{Value: out, Origin: min(sids.Origin, computer.Origin)}
}

// accountKind tells by the form of a SID: accounts of people, which a domain
// or this computer has made, those of Entra ID, and none of the system.
func accountKind(sid string) string {
	switch {
	case strings.HasPrefix(sid, "S-1-12-1-"):
		return "domain"
	case !strings.HasPrefix(sid, "S-1-5-21-"):
		return ""
	case strings.HasSuffix(sid, "-500"):
		return "builtin"
	}
	return "local"
}

// profileName stands in for an account that no longer has a name.
func (l *liveReader) profileName(sid string) string {
	path := l.text(keyProfiles+`\`+sid, "ProfileImagePath").Value
	if name := path[strings.LastIndexByte(path, '\\')+1:]; name != "" {
		return name
	}
	return sid
}

// external reads the registered providers with what their DLLs lack. A DLL that
// cannot be read leaves the whole open, unless another one decides.
func (l *liveReader) external() Fact[[]ExternalProvider] {
	all, err := RegisteredProviders(l.w)
	l.note(err)
	if err != nil || l.root == "" {
		return Fact[[]ExternalProvider]{}
	}
	out := GivenAs(all)
	for i := range all {
		library, troubles, err := registeredLibrary(l.w, all[i], l.root)
		l.note(err)
		switch {
		case err != nil:
			out.Origin = Unknown
		case library == nil:
			all[i].Missing = all[i].Missing || slices.ContainsFunc(troubles, func(t Trouble) bool { return t.Check == "file" })
		default:
			_, all[i].Missing = library.lacks(all[i].Function)
			all[i].Architecture = library.Architecture
		}
	}
	if slices.ContainsFunc(all, func(p ExternalProvider) bool { return p.unfit(l.w.Architecture()) != "" }) {
		out.Origin = Given
	}
	return out
}

// answerFiles looks where Windows looks for answer files outside of Setup, and
// at the drives that it searches. One file that cannot be read leaves the
// whole open.
func (l *liveReader) answerFiles() (Fact[[]Medium], Fact[[]FoundFile]) {
	drives := read(l, l.w.Drives)
	media := Fact[[]Medium]{Origin: drives.Origin}
	for _, d := range drives.Value {
		if d.Kind != "fixed" {
			media.Value = append(media.Value, Medium{Drive: d.Letter, Kind: d.Kind, Root: d.Letter + `\`})
		}
	}
	pointer, _, err := l.w.ReadString(keySetup, "UnattendFile")
	l.note(readError(keySetup, "UnattendFile", err))
	if err != nil || !drives.Known() || l.root == "" {
		return media, Fact[[]FoundFile]{}
	}
	files := GivenAs([]FoundFile(nil))
	look := func(place Place, path string) {
		text, err := readWhole(l.w, path, xmldoc.MaxSize)
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			l.note(err)
			files.Origin = Unknown
		default:
			files.Value = append(files.Value, ReadFound(place, path, path, text))
		}
	}
	if pointer != "" {
		look(PlaceRegistry, pointer)
	}
	for _, p := range SearchPlaces() {
		for _, folder := range l.foldersOf(p, media.Value) {
			for _, name := range p.Names {
				look(p.Place, folder+name)
			}
		}
	}
	return media, files
}

// foldersOf are the folders of a place on this machine, with a backslash
// behind. Where Setup runs from has none.
func (l *liveReader) foldersOf(p SearchPlace, media []Medium) []string {
	kind := ""
	switch p.Place {
	case PlacePantherUnattend, PlacePanther, PlaceSysprep:
		return []string{l.root + strings.TrimPrefix(p.Folder, "Windows") + `\`}
	case PlaceSystemRoot:
		return []string{l.volume() + `\`}
	case PlaceRemovable:
		kind = "removable"
	case PlaceReadOnly:
		kind = "read-only"
	}
	var out []string
	for _, m := range media {
		if m.Kind == kind {
			out = append(out, m.Root)
		}
	}
	return out
}
