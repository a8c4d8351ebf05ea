package sysprep

import (
	"slices"

	"github.com/reseal/reseal/schema"
)

// Results of a removal.
const (
	Removed = "removed"
	Reset   = "reset"
	Kept    = "kept"
)

// removal is one row of what generalize does to an image.
type removal struct {
	what   string
	result string
	by     string // component of the provider, "" where none is known
}

// removals are what generalize takes out of an image or sets back, by the
// documentation and by the action files.
//
// Source: sysprep--generalize--a-windows-installation at
// learn.microsoft.com/windows-hardware/manufacture/desktop, and action files
// of builds 15063, 17134 and 18362.
var removals = [...]removal{
	{"security identifier (SID) of the installation", Removed, ""},
	{"computer name", Removed, ""},
	{"domain membership", Removed, ""},
	{"device installations", Removed, "Microsoft-Windows-PnpSysprep"},
	{"settings of boot-critical drivers", Reset, "Microsoft-Windows-PnpSysprep"},
	{"logs of devices", Removed, ""},
	{"event logs", Removed, ""},
	{"restore points", Removed, "Microsoft-Windows-SystemRestore-Main"},
	{"activation", Reset, "Microsoft-Windows-Security-SPP"},
	{"client id of Windows Update", Removed, "Microsoft-Windows-WindowsUpdateClient-Core"},
	{"network profiles", Removed, "Microsoft-Windows-NetworkProfile"},
	{"state of the DHCP client", Removed, "Microsoft-Windows-DHCP-Client-Dll"},
	{"mount points", Removed, "Microsoft-Windows-Sysprep-MountPointManager"},
	{"data of Windows Media Player", Removed, "Microsoft-Windows-MediaPlayer-Core"},
	{"data of Internet Explorer", Removed, "Microsoft-Windows-IE-Sysprep"},
	{"error reports", Removed, "Microsoft-Windows-ErrorReportingCore"},
	{"performance ratings (WinSAT)", Removed, "Microsoft-Windows-Sysprep-SpWinSAT"},
	{"backup values of the TPM", Removed, "Microsoft-Windows-TPM-Driver-WMI"},
	{"device references of the boot configuration", Reset, "Microsoft-Windows-Sysprep-SpBcd"},
	{"link to the recovery environment", Reset, "Microsoft-Windows-WinRE-RecoveryAgent"},
	{"listener and licence state of Remote Desktop", Reset, "Microsoft-Windows-TerminalServices-LocalSessionManager"},
	{"id of telemetry", Removed, "Microsoft-Windows-Unified-Telemetry-Client"},
	{"id of Microsoft Defender", Removed, "Windows-Defender-Service"},
	{"ids of Defender for Endpoint", Removed, "Windows-SenseClient-Service"},
	{"state of connected devices", Removed, "Microsoft-Windows-CDPSvc"},
	{"state of Autopilot", Removed, "Microsoft-Windows-Management-Service-WinRT"},
}

// staying is what generalize leaves in the image.
var staying = [...]string{"user profiles and local accounts", "installed programs", "driver packages", "files encrypted with EFS, which nobody can read any more"}

// removals decides the rows for a run: settings can keep things, and what no
// provider of the image does is not done.
func (s *situation) removals() []Removal {
	if !generalizes(s) {
		return nil
	}
	providers, from := s.internal(StageGeneralize), s.generalizing()
	var out []Removal
	for _, r := range removals {
		row := Removal{What: r.what, Result: r.result, By: r.by}
		if why := s.keeps(r, from, providers); why != "" {
			row.Result, row.Why = Kept, why
		}
		out = append(out, row)
	}
	out = append(out, s.administrator())
	for _, what := range staying {
		out = append(out, Removal{What: what, Result: Kept})
	}
	return out
}

// keeps tells why a row does not happen, "" when it does.
func (s *situation) keeps(r removal, from answers, providers []provider) string {
	switch {
	case r.what == "device installations" && from.isTrue(schema.Generalize, pnpComponent, "PersistAllDeviceInstalls"):
		return "PersistAllDeviceInstalls is true"
	case r.what == "activation" && keepsLicence(from, s.machine.SkipRearm.Value):
		return "SkipRearm is 1"
	case r.by == "" || slices.ContainsFunc(providers, func(p provider) bool { return p.is(r.by) }):
		return ""
	case s.machine.Internal.Known():
		return "the list of the image does not have the provider"
	}
	return "the action file of this build does not list the provider"
}

// administrator is the fate of the built-in account: disabled, on a server its
// password is cleared.
//
// Source: enable-and-disable-the-built-in-administrator-account at
// learn.microsoft.com/windows-hardware/manufacture/desktop.
func (s *situation) administrator() Removal {
	if r := s.release(); r != nil && r.Server {
		return Removal{What: "password of the built-in Administrator", Result: Removed}
	}
	return Removal{What: "built-in Administrator, which is disabled", Result: Reset}
}
