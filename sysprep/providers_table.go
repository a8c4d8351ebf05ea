package sysprep

import (
	"slices"
	"strings"
)

// builtin is one provider that Windows brings.
type builtin struct {
	stage    string
	order    int    // number of the action file; 0 = not known
	name     string // component
	module   string // DLL below System32 without its ending; "" = the action file acts by itself, or not known
	validate string // function that runs in pre-validation
	method   string // function that runs in execution
	does     string // what the action file does by itself
	builds   []int  // builds whose action file or log lists it; nil = all of its stage
	skipVM   bool   // does nothing under /mode:vm
	unsure   bool   // not in every list read: depends on features, or known from logs alone
}

// provider is the entry in the form of a run, without a status.
func (b builtin) provider() provider {
	p := provider{stage: b.stage, order: b.order, name: b.name}
	module := `C:\Windows\System32\` + b.module + ".dll"
	if b.validate != "" {
		p.validate = []call{{module, b.validate}}
	}
	if b.method != "" {
		p.execute = []call{{module, b.method}}
	}
	if b.does != "" {
		p.does = []string{b.does}
	}
	return p
}

// listed are the builds that a stage's list was read from.
func listed(stage string) []int {
	switch stage {
	case StageGeneralize:
		return []int{15063, 17134, 18362}
	case StageSpecialize:
		return []int{9600, 16299}
	}
	return nil
}

// status tells how well the list fits a build; ok false when the list of
// exactly this build lacks the provider.
func (b builtin) status(build int) (status Status, ok bool) {
	if !slices.Contains(listed(b.stage), build) || b.unsure {
		return StatusAssumed, true
	}
	if b.builds != nil && !slices.Contains(b.builds, build) {
		return "", false
	}
	return StatusListed, true
}

// skipsVM tells whether a provider does nothing under /mode:vm.
func skipsVM(stage, name string) bool {
	return slices.ContainsFunc(builtins[:], func(b builtin) bool { return b.skipVM && b.stage == stage && b.name == name })
}

// is tells whether this is the provider of a component in its stage. Windows 7
// has other names for them, but the same functions.
func (p provider) is(component string) bool {
	if strings.EqualFold(p.name, component) {
		return true
	}
	return slices.ContainsFunc(builtins[:], func(b builtin) bool {
		return b.stage == p.stage && b.name == component && b.method != "" &&
			slices.ContainsFunc(p.execute, func(c call) bool { return c.method == b.method })
	})
}

// builtins lists the providers of Windows by stage and order. Those of
// generalize are from action files of builds 15063, 17134 and 18362, those of
// specialize from logs of 9600 and 16299, the two of cleanup from logs of
// several builds, one without its number. Entries vary by edition and
// features.
//
// Source: action files published at github.com/operepo/sysprep_scripts, and
// logs of first boots.
var builtins = [...]builtin{
	{stage: StageCleanup, name: "Microsoft-Windows-Sysprep-SpOpk", module: `spopk`, validate: "Sysprep_Clean_Validate_Opk", method: "Sysprep_Clean_Opk"},
	{stage: StageCleanup, order: 0x0900, name: "Microsoft-Windows-Shell-Setup", module: `shsetup`, method: "Sysprep_Cleanup_Shell"},
	{stage: StageGeneralize, order: 0x0100, name: "Microsoft-Windows-Sysprep-SpOpk", module: `spopk`, method: "Sysprep_Generalize_Opk"},
	{stage: StageGeneralize, order: 0x0200, name: "Microsoft-Windows-MediaPlayer-Core", module: `spwmp`, method: "Sysprep_Generalize_WMP"},
	{stage: StageGeneralize, order: 0x0300, name: "Microsoft-Windows-WindowsUpdateClient-Core", module: `wuaueng`, method: "GeneralizeForImaging"},
	{stage: StageGeneralize, order: 0x0400, name: "Microsoft-Windows-SQMApi", module: `sqmapi`, method: "SqmSysprepGeneralize"},
	{stage: StageGeneralize, order: 0x0500, name: "Microsoft-Windows-PnpSysprep", module: `sppnp`, method: "Sysprep_Generalize_Pnp"},
	{stage: StageGeneralize, order: 0x0600, name: "Microsoft-Windows-IPv4IPv6CoexistenceMigration", module: `iphlpsvc`, method: "IphlpsvcSysprepGeneralize"},
	{stage: StageGeneralize, order: 0x0700, name: "Microsoft-Windows-NcdAutoSetup", module: `NcdAutoSetup`, method: "NcdAutoSetup_Generalize"},
	{stage: StageGeneralize, order: 0x0800, name: "Microsoft-Windows-Sysprep-MountPointManager", module: `spmpm`, method: "Sysprep_Generalize_MountPointManager"},
	{stage: StageGeneralize, order: 0x0900, name: "Windows-ID-Connected-Account-Provider-WLIDSvc", does: `delete key HKU\.DEFAULT\…\IdentityCRL`},
	{stage: StageGeneralize, order: 0x0A00, name: "Microsoft-Windows-TerminalServices-RemoteConnectionManager", module: `setup\tssysprep`, method: "RCMSysPrepGeneralize"},
	{stage: StageGeneralize, order: 0x0B00, name: "Microsoft-Windows-WwanUI", does: `delete key LastKnownLocation (HKCU)`},
	{stage: StageGeneralize, order: 0x0C00, name: "Windows-Defender-Service", module: `winshfhc`, method: "MRTComponent_Generalize"},
	{stage: StageGeneralize, order: 0x0D00, name: "Microsoft-Windows-TerminalServices-LocalSessionManager", module: `setup\tssysprep`, method: "LSMSysPrepBackup"},
	{stage: StageGeneralize, order: 0x0E00, name: "Microsoft-Windows-TerminalServices-ClientActiveXCore", module: `setup\tssysprep`, method: "RdpSysPrepGeneralize"},
	{stage: StageGeneralize, order: 0x0F00, name: "Microsoft-Windows-SystemRestore-Main", module: `srclient`, method: "SysprepGeneralize"},
	{stage: StageGeneralize, order: 0x1000, name: "Microsoft-Windows-Shell-Setup", module: `shsetup`, method: "Sysprep_Generalize_Shell"},
	{stage: StageGeneralize, order: 0x1100, name: "Microsoft-Windows-ErrorReportingCore", module: `wer`, method: "WerSysprepGeneralize"},
	{stage: StageGeneralize, order: 0x1300, name: "Microsoft-Windows-DirectAccess-ConnectionFlow", does: `delete key (HKCU VAN)`},
	{stage: StageGeneralize, order: 0x1400, name: "Microsoft-Windows-DHCP-Client-Dll", module: `dhcpcsvc`, method: "DhcpClient_Generalize"},
	{stage: StageGeneralize, order: 0x1500, name: "Microsoft-Windows-TPM-Driver-WMI", does: `delete values below Services\TPM\WMI`},
	{stage: StageGeneralize, order: 0x1600, name: "Microsoft-Windows-IE-Sysprep", module: `iesysprep`, method: "Sysprep_Generalize_IE"},
	{stage: StageGeneralize, order: 0x1700, name: "Microsoft-Windows-Sysprep-SpWinSAT", module: `spwinsat`, method: "Sysprep_Clean_WinSAT"},
	{stage: StageGeneralize, order: 0x1800, name: "Microsoft-Windows-Sysprep-SpNet", module: `spnet`, method: "Sysprep_Generalize_Net"},
	{stage: StageGeneralize, order: 0x1900, name: "Microsoft-Windows-Mobile-Broadband-Experience-Parser-Task", does: `delete key NetworkInterfaceBindings`},
	{stage: StageGeneralize, order: 0x1A00, name: "Microsoft-Windows-AppX-Sysprep", module: `AppxSysprep`, validate: "SysprepGeneralizeValidate", method: "SysprepGeneralize", unsure: true},
	{stage: StageGeneralize, order: 0x1B00, name: "Microsoft-Windows-Security-SPP", module: `slc`, method: "SLReArmWindows"},
	{stage: StageGeneralize, order: 0x1C00, name: "Microsoft-Windows-SecureBoot-FirmwareUpdate", does: `set AvailableUpdates=0x8002`},
	{stage: StageGeneralize, order: 0x1D00, name: "Microsoft-Windows-AppCompat-Sysprep", module: `spcompat`, method: "Sysprep_Generalize_Compat", builds: []int{15063}},
	{stage: StageGeneralize, order: 0x1E00, name: "Microsoft-Windows-Cryptography", module: `capisp`, method: "CAPISysPrep_Generalize"},
	{stage: StageGeneralize, order: 0x1F00, name: "Microsoft-Windows-Sysprep-SpBcd", module: `spbcd`, method: "Sysprep_Generalize_Bcd"},
	{stage: StageGeneralize, order: 0x2000, name: "Microsoft-Windows-PortableWorkspaces-SysPrep", does: `delete value PortableOperatingSystem`},
	{stage: StageGeneralize, order: 0x2100, name: "Microsoft-Windows-NetworkProfile", module: `nlmsprep`, method: "NetworkListManager_Generalize"},
	{stage: StageGeneralize, order: 0x2200, name: "Microsoft-Windows-COM-DTC-Runtime", module: `msdtcprx`, method: "SysPrepDtcGeneralize"},
	{stage: StageGeneralize, order: 0x2B00, name: "Microsoft-Windows-IIS-SharedLibraries", module: `inetsrv\iissyspr`, method: "IIS_Generalize", unsure: true},
	{stage: StageGeneralize, order: 0x2C00, name: "Microsoft-Windows-WinRE-RecoveryAgent", module: `reagent`, method: "WinRE_Generalize"},
	{stage: StageGeneralize, order: 0x2D00, name: "Microsoft-Windows-Spaceport", does: `delete ControlId, PrimordialId`},
	{stage: StageGeneralize, order: 0x2E00, name: "Microsoft-Windows-BitLocker-Sysprep", module: `BdeSysprep`, validate: "ValidateBitLockerState"},
	{stage: StageGeneralize, order: 0x2F00, name: "Microsoft-Windows-GPIOButtons", does: `delete ConvertibleSlateMode`},
	{stage: StageGeneralize, order: 0x3400, name: "Microsoft-Windows-Unified-Telemetry-Client", module: `diagtrack`, method: "UtcSysprepGeneralize"},
	{stage: StageGeneralize, order: 0x3500, name: "Microsoft-Client-License-Platform-Service", module: `clipc`, method: "ClipCleanUpState"},
	{stage: StageGeneralize, order: 0x3600, name: "Microsoft-Windows-Provisioning-Sysprep", module: `ProvSysprep`, method: "ProvPackageSysprepGeneralize"},
	{stage: StageGeneralize, order: 0x3700, name: "Microsoft-Windows-UserPowerManagement", module: `powrprof`, method: "PowerGeneralizePlatformSettings", builds: []int{15063, 17134}},
	{stage: StageGeneralize, order: 0x3800, name: "Microsoft-Windows-CoreSystem-InitMachineConfig", does: `set InitialMachineConfig\Sequence=1`},
	{stage: StageGeneralize, order: 0x3900, name: "Windows-SenseClient-Service", does: `delete senseGuid, latency, latencyMode`},
	{stage: StageGeneralize, order: 0x3A00, name: "Microsoft-Windows-CDPSvc", does: `delete files *.sst, *.cdp`, builds: []int{17134, 18362}},
	{stage: StageGeneralize, order: 0x3B00, name: "Microsoft-Windows-CloudStore", does: `set IsSysPrepGeneralized=1 (HKCU)`, builds: []int{17134, 18362}},
	{stage: StageGeneralize, order: 0x3D00, name: "Microsoft-Windows-Management-Service-WinRT", does: `delete Autopilot directory, keys, value`, builds: []int{18362}},
	{stage: StageSpecialize, order: 0x0080, name: "Microsoft-Windows-WofUtil", builds: []int{16299}},
	{stage: StageSpecialize, order: 0x0100, name: "Microsoft-Windows-Sysprep-SpOpk"},
	{stage: StageSpecialize, order: 0x0200, name: "Microsoft-Windows-Restore-ACL-CmdLine", builds: []int{16299}},
	{stage: StageSpecialize, order: 0x0300, name: "Microsoft-Windows-SQMApi"},
	{stage: StageSpecialize, order: 0x0400, name: "Microsoft-Windows-Fault-Tolerant-Heap-Core", builds: []int{16299}},
	{stage: StageSpecialize, order: 0x0500, name: "Microsoft-Windows-PnpSysprep"},
	{stage: StageSpecialize, order: 0x0600, name: "Security Configuration Engine Client", module: `scecli`, method: "SceSysPrep"},
	{stage: StageSpecialize, order: 0x0700, name: "Microsoft-Windows-TerminalServices-RemoteConnectionManager"},
	{stage: StageSpecialize, order: 0x0800, name: "Microsoft-Windows-TerminalServices-LocalSessionManager"},
	{stage: StageSpecialize, order: 0x0900, name: "Microsoft-Windows-Setup-Component", module: `oobe\winsetup`, method: "SpSetupOnlineSettingsSpecialize"},
	{stage: StageSpecialize, order: 0x0A00, name: "Microsoft-Windows-TerminalServices-ClientActiveXCore"},
	{stage: StageSpecialize, order: 0x0B00, name: "Microsoft-Windows-Shell-Setup"},
	{stage: StageSpecialize, order: 0x0C00, name: "Microsoft-Windows-ErrorReportingCore"},
	{stage: StageSpecialize, order: 0x0D00, name: "Microsoft-Windows-AppX-Sysprep", skipVM: true},
	{stage: StageSpecialize, order: 0x0E00, name: "Microsoft-Windows-Resource-Leak-Diagnostic", builds: []int{16299}},
	{stage: StageSpecialize, order: 0x0F00, name: "Microsoft-Windows-IE-Sysprep"},
	{stage: StageSpecialize, order: 0x1000, name: "Microsoft-Windows-AppCompat-Sysprep"},
	{stage: StageSpecialize, order: 0x1100, name: "Microsoft-Windows-Cryptography"},
	{stage: StageSpecialize, order: 0x1200, name: "Microsoft-Windows-Sysprep-SpBcd"},
	{stage: StageSpecialize, order: 0x1300, name: "Microsoft-Windows-COM-DTC-Runtime"},
	{stage: StageSpecialize, order: 0x1400, name: "Microsoft-Windows-ReliabilityAnalysis", builds: []int{9600}},
	{stage: StageSpecialize, order: 0x1500, name: "Microsoft-Windows-StartupApp-Task-Data", builds: []int{16299}},
	{stage: StageSpecialize, order: 0x1A00, name: "Microsoft-Windows-WinRE-RecoveryAgent"},
	{stage: StageSpecialize, order: 0x1B00, name: "Microsoft-Windows-TIScavengeTask"},
	{stage: StageSpecialize, order: 0x1C00, name: "Microsoft-Windows-ServicingStack"},
	{stage: StageSpecialize, order: 0x1D00, name: "Microsoft-Windows-Provisioning-Sysprep", builds: []int{16299}},
}
