package schema

// Target is what an answer file is for. An empty field is unknown, and checks
// that need it stay silent: nothing is guessed.
type Target struct {
	Windows       string // release ID such as "11-24h2"; see Releases
	Architecture  string // amd64, x86, arm64; "" = unknown
	Edition       string // edition ID such as "Professional"
	Firmware      string // "uefi" or "bios"
	Use           string // one of Uses
	Unattended    bool   // nobody sits at the machine
	MediaLanguage string // language tag of the installation media
}

// Or fills the empty fields of t from other.
func (t Target) Or(other Target) Target {
	for _, f := range []struct{ to, from *string }{
		{&t.Windows, &other.Windows}, {&t.Architecture, &other.Architecture}, {&t.Edition, &other.Edition},
		{&t.Firmware, &other.Firmware}, {&t.Use, &other.Use}, {&t.MediaLanguage, &other.MediaLanguage},
	} {
		if *f.to == "" {
			*f.to = *f.from
		}
	}
	t.Unattended = t.Unattended || other.Unattended
	return t
}

// Uses returns the ways in which an answer file reaches Windows.
func Uses() []string {
	return []string{"sysprep", "media", "offline", "wds", "azure", "kubevirt", "configmgr"}
}

// Invocation is how Sysprep is to be called. Mode "" means that nothing was
// said; a command needs one.
type Invocation struct {
	Mode       string // "oobe" or "audit": what the next boot enters
	Generalize bool
	Then       string // "shutdown", "reboot" or "quit"; "" = quit
	VM         bool   // /mode:vm
}

// PowerAction is what follows the run: "shutdown", "reboot" or "quit".
func (i Invocation) PowerAction() string {
	if i.Then == "" {
		return "quit"
	}
	return i.Then
}

// Image is what is known of a Windows image that an answer file meets.
type Image struct {
	Name, Edition, Architecture, Version string
	Index                                int // in its WIM; 0 = the image is a folder
	Languages                            []string
	Build                                int
	Description                          string
	Windows                              string   // release ID; "" = none of the table
	Roles                                []string // installed server roles, by the names of the role table
}

// RunsPasses returns the passes that a use of an answer file can run, in the
// order in which they run, or ok false when the use is unknown. For "sysprep"
// the invocation decides; without a mode every pass but windowsPE and
// offlineServicing may run. Setup itself runs no generalize, and audit only
// where a Reseal setting asks for it. KubeVirt hands the file to Setup or to a
// sealed image; Azure takes settings for oobeSystem alone.
//
// Source: how-configuration-passes-work and use-answer-files-with-sysprep at
// learn.microsoft.com/windows-hardware/manufacture/desktop;
// AdditionalUnattendContent of the Azure compute API; the KubeVirt user guide.
func RunsPasses(use string, inv *Invocation) (passes []Pass, ok bool) {
	switch use {
	case "sysprep":
		return sysprepPasses(inv), true
	case "media", "wds", "configmgr", "kubevirt":
		return []Pass{WindowsPE, OfflineServicing, Specialize, AuditSystem, AuditUser, OobeSystem}, true
	case "offline":
		return []Pass{OfflineServicing}, true
	case "azure":
		return []Pass{OobeSystem}, true
	}
	return nil, false
}

func sysprepPasses(inv *Invocation) []Pass {
	if inv == nil || inv.Mode == "" {
		return []Pass{Generalize, Specialize, AuditSystem, AuditUser, OobeSystem}
	}
	var passes []Pass
	if inv.Generalize {
		passes = append(passes, Generalize, Specialize)
	}
	if inv.Mode == "audit" {
		return append(passes, AuditSystem, AuditUser)
	}
	return append(passes, OobeSystem)
}
