package image

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/imagetest"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/sysprep"
)

func machine(t *testing.T, texts ...string) *sysprep.Machine {
	t.Helper()
	m, problems := open(t, folder(t, texts...)).Machine()
	none(t, problems)
	return m
}

func TestMachineOfAPlainWindows(t *testing.T) {
	m := machine(t)
	want := &sysprep.Machine{
		Windows: sysprep.GivenAs("11-24h2"), Edition: sysprep.GivenAs("Professional"), Architecture: sysprep.GivenAs("amd64"),
		ImageState: sysprep.GivenAs(sysprep.StateComplete), GeneralizationState: sysprep.GivenAs(7), CleanupState: sysprep.GivenAs(2),
		Pending: sysprep.GivenAs([]string(nil)), ReservedStorage: sysprep.GivenAs(0),
		Services: sysprep.GivenAs([]sysprep.Service{{Name: "TrustedInstaller", Start: "manual"}, {Name: "AppXSvc", Start: "manual"}}),
		AppX:     sysprep.GivenAs([]sysprep.Package(nil)), Accounts: sysprep.GivenAs([]sysprep.Account{{Name: "Administrator", Kind: "builtin"}}),
		SkipRearm: sysprep.GivenAs(false), Scripts: sysprep.GivenAs([]string(nil)), EarlierErrors: sysprep.GivenAs([]string(nil)),
		Domain: sysprep.Fact[string]{Origin: sysprep.Default}, Roles: sysprep.GivenAs([]string(nil)),
		Upgraded: sysprep.GivenAs(false), Leftovers: sysprep.GivenAs([]string(nil)), StoreUpdates: sysprep.GivenAs(true), Onboarded: sysprep.GivenAs(false),
		External: sysprep.GivenAs([]sysprep.ExternalProvider(nil)), AnswerFiles: sysprep.GivenAs([]sysprep.FoundFile(nil)),
	}
	if !reflect.DeepEqual(m, want) {
		t.Errorf("got  %+v\nwant %+v", m, want)
	}
}

func TestPendingWorkIsFoundAtEverySign(t *testing.T) {
	cases := []struct {
		key  string
		want []string
	}{
		{`[SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\RebootPending]`, []string{"servicing"}},
		{`[SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\PackagesPending]`, []string{"servicing"}},
		{`[SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\RebootInProgress]`, []string{"servicing"}},
		{`[SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Auto Update\RebootRequired]`, []string{"restart"}},
		{"[SYSTEM\\ControlSet001\\Control\\Session Manager]\nPendingFileRenameOperations=multi:a|b", []string{"renames"}},
		{`[SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Auto Update\RebootRequire]`, nil},
	}
	for _, c := range cases {
		if got := machine(t, c.key).Pending; got.Origin != sysprep.Given || !slices.Equal(got.Value, c.want) {
			t.Errorf("%s: %+v", c.key, got)
		}
	}
	dir := folder(t)
	write(t, dir, "Windows/WinSxS/pending.xml", "<x/>")
	m, problems := open(t, dir).Machine()
	none(t, problems)
	if !slices.Equal(m.Pending.Value, []string{"servicing"}) {
		t.Errorf("pending.xml: %+v", m.Pending)
	}
}

func TestAccountsAreToldByTheirSID(t *testing.T) {
	const users = `
[SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList\S-1-5-21-1-2-3-1001]
ProfileImagePath=C:\Users\builder
[SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList\S-1-5-21-9-9-9-1234]
ProfileImagePath=C:\Users\from.domain
[SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList\S-1-12-1-1-2-3-4]
ProfileImagePath=C:\Users\from.cloud
[SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList\S-1-5-21-1-2-3-1002]
[SYSTEM\ControlSet001\Services\Tcpip\Parameters]
NV Domain=corp.example
`
	m := machine(t, users)
	want := []sysprep.Account{{Name: "Administrator", Kind: "builtin"}, {Name: "builder", Kind: "local"}, {Name: "from.domain", Kind: "domain"},
		{Name: "from.cloud", Kind: "domain"}, {Name: "S-1-5-21-1-2-3-1002", Kind: "local"}}
	if !reflect.DeepEqual(m.Accounts.Value, want) {
		t.Errorf("accounts %+v", m.Accounts.Value)
	}
	if m.Domain != sysprep.GivenAs("corp.example") {
		t.Errorf("domain %+v", m.Domain)
	}
}

const appx = `
[SOFTWARE\Microsoft\Windows\CurrentVersion\Appx\AppxAllUserStore\Applications\Test.Photos_2024.1.0.0_neutral_~_aaaaaaaaaaaaa]
[SOFTWARE\Microsoft\Windows\CurrentVersion\Appx\AppxAllUserStore\Applications\Test.Notes_1.0.0.0_x64__aaaaaaaaaaaaa]
[SOFTWARE\Microsoft\Windows\CurrentVersion\Appx\AppxAllUserStore\InboxApplications\Test.Inbox_1.0.0.0_x64__aaaaaaaaaaaaa]
[SOFTWARE\Microsoft\Windows\CurrentVersion\Appx\AppxAllUserStore\S-1-5-18\Test.System_1.0.0.0_x64__aaaaaaaaaaaaa]
[SOFTWARE\Microsoft\Windows\CurrentVersion\Appx\AppxAllUserStore\S-1-5-21-1-2-3-500\Test.Photos_2024.1.0.0_neutral_~_aaaaaaaaaaaaa]
[SOFTWARE\Microsoft\Windows\CurrentVersion\Appx\AppxAllUserStore\S-1-5-21-1-2-3-500\Test.Photos_1.0.0.0_x64__aaaaaaaaaaaaa]
[SOFTWARE\Microsoft\Windows\CurrentVersion\Appx\AppxAllUserStore\S-1-5-21-1-2-3-500\Test.Photos_1.0.0.0_neutral_split.language-de_aaaaaaaaaaaaa]
[SOFTWARE\Microsoft\Windows\CurrentVersion\Appx\AppxAllUserStore\S-1-5-21-1-2-3-500\Test.Notes_1.2.0.0_x64__aaaaaaaaaaaaa]
[SOFTWARE\Microsoft\Windows\CurrentVersion\Appx\AppxAllUserStore\S-1-5-21-1-2-3-500\Test.Private_1.0.0.0_x64__bbbbbbbbbbbbb]
[SOFTWARE\Microsoft\Windows\CurrentVersion\Appx\AppxAllUserStore\S-1-5-21-1-2-3-500\Test.Inbox_1.0.0.0_x64__aaaaaaaaaaaaa]
[SOFTWARE\Microsoft\Windows\CurrentVersion\Appx\AppxAllUserStore\S-1-5-21-1-2-3-500\Test.Part_1.0.0.0_x64__cw5n1h2txyewy]
[SOFTWARE\Microsoft\Windows\CurrentVersion\Appx\AppxAllUserStore\S-1-5-21-1-2-3-500\Microsoft.VCLibs.140.00_14.0.0.0_x64__8wekyb3d8bbwe]
[SOFTWARE\Microsoft\Windows\CurrentVersion\Appx\AppxAllUserStore\S-1-5-21-1-2-3-500\Test.Frame_1.0.0.0_x64__ccccccccccccc]
[SOFTWARE\Microsoft\Windows\CurrentVersion\Appx\AppxAllUserStore\S-1-5-21-1-2-3-500\no package]
[SOFTWARE\Microsoft\Windows\CurrentVersion\Appx\AppxAllUserStore\S-1-5-21-1-2-3-777\Test.Private_1.0.0.0_x64__bbbbbbbbbbbbb]
`

func TestStorePackagesAreComparedWithThoseThatAreProvisioned(t *testing.T) {
	dir := folder(t, appx)
	manifest := func(name, properties string) {
		write(t, dir, "Program Files/WindowsApps/"+name+"/AppxManifest.xml", "<Package><Properties>"+properties+"</Properties></Package>")
	}
	manifest("Test.Frame_1.0.0.0_x64__ccccccccccccc", "<Framework>true</Framework>")
	manifest("Microsoft.VCLibs.140.00_14.0.0.0_x64__8wekyb3d8bbwe", "<Framework>true</Framework>")
	if m, problems := open(t, dir).Machine(); m.AppX.Known() || len(problems) > 0 {
		t.Errorf("packages without a manifest leave it open: %+v, %v", m.AppX, problems)
	}
	manifest("Test.Notes_1.2.0.0_x64__aaaaaaaaaaaaa", "")
	manifest("Test.Private_1.0.0.0_x64__bbbbbbbbbbbbb", "")
	m, problems := open(t, dir).Machine()
	none(t, problems)
	got := map[string]sysprep.Package{}
	for _, p := range m.AppX.Value {
		got[p.Name] = p
	}
	for _, want := range []sysprep.Package{
		{Name: "Test.Photos_1.0.0.0_x64__aaaaaaaaaaaaa", Users: []string{"Administrator"}, Provisioned: true},
		{Name: "Test.Notes_1.2.0.0_x64__aaaaaaaaaaaaa", Users: []string{"Administrator"}, Provisioned: true, ProvisionedVersion: "1.0.0.0", Kind: "app"},
		{Name: "Test.Private_1.0.0.0_x64__bbbbbbbbbbbbb", Users: []string{"Administrator", "S-1-5-21-1-2-3-777"}, Kind: "app"},
		{Name: "Test.Frame_1.0.0.0_x64__ccccccccccccc", Users: []string{"Administrator"}, Kind: "framework"},
		{Name: "Test.Part_1.0.0.0_x64__cw5n1h2txyewy", Users: []string{"Administrator"}, Kind: "system"},
	} {
		if p := got[want.Name]; !reflect.DeepEqual(p, want) {
			t.Errorf("%+v, want %+v", p, want)
		}
	}
	for _, name := range []string{"Test.Inbox_1.0.0.0_x64__aaaaaaaaaaaaa", "Test.System_1.0.0.0_x64__aaaaaaaaaaaaa", "Test.Photos_1.0.0.0_neutral_split.language-de_aaaaaaaaaaaaa"} {
		if _, ok := got[name]; ok {
			t.Errorf("%s is no app of a user", name)
		}
	}
}

func TestServerRolesAreFoundBothWays(t *testing.T) {
	const server = `
[SOFTWARE\Microsoft\Windows NT\CurrentVersion]
InstallationType=Server Core
EditionID=ServerStandard
`
	const installed = `
[SOFTWARE\Microsoft\ServerManager\ServicingStorage\ServerComponentCache\DHCP]
InstallState=dword:1
[SOFTWARE\Microsoft\ServerManager\ServicingStorage\ServerComponentCache\Web-Server]
InstallState=dword:1
[SOFTWARE\Microsoft\ServerManager\ServicingStorage\ServerComponentCache\WDS]
InstallState=dword:0
[SYSTEM\ControlSet001\Services\NTDS]
[SYSTEM\ControlSet001\Services\DHCPServer]
[SYSTEM\ControlSet001\Services\PrintNotify]
`
	m := machine(t, server, installed)
	if want := []string{"AD Domain Services", "DHCP Server", "Web Server (IIS)"}; !slices.Equal(m.Roles.Value, want) {
		t.Errorf("roles %q, want %q", m.Roles.Value, want)
	}
	if m.Windows.Value != "server-2025" {
		t.Errorf("release %q", m.Windows.Value)
	}
	if client := machine(t, installed); len(client.Roles.Value) > 0 || client.Roles.Origin != sysprep.Given {
		t.Errorf("a client has no roles: %+v", client.Roles)
	}
	if m := machine(t, "[SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion]\nInstallationType=-"); m.Roles.Known() {
		t.Errorf("nobody knows whether it is a server: %+v", m.Roles)
	}
	if m := machine(t, server); m.Roles.Known() {
		t.Errorf("Server Manager has noted nothing, and no service tells: %+v", m.Roles)
	}
}

// A role whose service could not be looked for may be there.
func TestServerWhoseServicesCannotBeReadMayHaveRoles(t *testing.T) {
	dir := folder(t, "[SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion]\nInstallationType=Server",
		`[SOFTWARE\Microsoft\ServerManager\ServicingStorage\ServerComponentCache\DHCP]`)
	if m, problems := open(t, dir).Machine(); m.Roles.Origin != sysprep.Given || len(problems) > 0 {
		t.Errorf("a server without roles: %+v, %v", m.Roles, problems)
	}
	write(t, dir, "Windows/System32/config/SYSTEM", "no hive")
	if m, problems := open(t, dir).Machine(); m.Roles.Known() || len(problems) != 1 {
		t.Errorf("a damaged hive: %+v, %v", m.Roles, problems)
	}
}

func TestOtherTraces(t *testing.T) {
	cases := []struct {
		name, text string
		seen       func(*sysprep.Machine) bool
	}{
		{"source", `[SYSTEM\Setup\Source OS (Updated on 1/2/2024 03:04:05)]`, func(m *sysprep.Machine) bool { return m.Upgraded.Value }},
		{"reserve", "[SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\ReserveManager]\nActiveScenario=dword:4", func(m *sysprep.Machine) bool { return m.ReservedStorage.Value == 4 }},
		{"quiet store", "[SOFTWARE\\Policies\\Microsoft\\WindowsStore]\nAutoDownload=dword:2", func(m *sysprep.Machine) bool { return !m.StoreUpdates.Value }},
		{"defender", "[SOFTWARE\\Microsoft\\Windows Advanced Threat Protection\\Status]\nOnboardingState=dword:1", func(m *sysprep.Machine) bool { return m.Onboarded.Value }},
		{"skip-rearm", "[SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\SoftwareProtectionPlatform]\nSkipRearm=dword:1", func(m *sysprep.Machine) bool { return m.SkipRearm.Value }},
		{"product ID", "[SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion]\nProductId=00330-80000-00000-AAOEM", func(m *sysprep.Machine) bool { return m.Channel == sysprep.GivenAs("oem") }},
		{"disabled", "[SYSTEM\\ControlSet001\\Services\\TrustedInstaller]\nStart=dword:4", func(m *sysprep.Machine) bool { return m.Services.Value[0].Start == "disabled" }},
	}
	plain := machine(t)
	for _, c := range cases {
		if c.name != "disabled" && c.seen(plain) {
			t.Errorf("%s is seen where it is not", c.name)
		}
		if !c.seen(machine(t, c.text)) {
			t.Errorf("%s is not seen", c.name)
		}
	}
	dir := folder(t)
	write(t, dir, "windows.OLD/x", "")
	write(t, dir, "$Windows.~BT/x", "")
	m, problems := open(t, dir).Machine()
	none(t, problems)
	if want := []string{"Windows.old", "$Windows.~BT"}; !slices.Equal(m.Leftovers.Value, want) {
		t.Errorf("leftovers %q", m.Leftovers.Value)
	}
}

func TestFilesThatSetupAndSysprepLeave(t *testing.T) {
	dir := folder(t)
	write(t, dir, "Windows/Setup/Scripts/SETUPCOMPLETE.CMD", "echo")
	write(t, dir, "Windows/System32/Recovery/ReAgent.xml", `<WindowsRE version="2.0"><InstallState state="0"/></WindowsRE>`)
	write(t, dir, "Windows/System32/Sysprep/Panther/setuperr.log",
		"2024-05-06 07:08:10, Error      [0x0f0082] SYSPRP ActionPlatform::LaunchModule: Failure occurred while executing 'ValidateBitLockerState' from C:\\Windows\\System32\\BdeSysprep.dll; dwRet = 0x80310039\r\n")
	m, problems := open(t, dir).Machine()
	none(t, problems)
	if !slices.Equal(m.Scripts.Value, []string{"SetupComplete.cmd"}) || m.Recovery != sysprep.GivenAs(false) ||
		len(m.EarlierErrors.Value) != 1 || !strings.HasPrefix(m.EarlierErrors.Value[0], "the run of 2024-05-06 07:08:10 failed") {
		t.Errorf("scripts %+v, recovery %+v, errors %+v", m.Scripts, m.Recovery, m.EarlierErrors)
	}
}

// What an image can answer of the checks before a run is answered: the others
// need the Windows to run.
func TestAnImageAnswersWhatItCan(t *testing.T) {
	dir := folder(t)
	write(t, dir, "Windows/System32/Recovery/ReAgent.xml", `<WindowsRE version="2.0"><InstallState state="1"/></WindowsRE>`)
	m, problems := open(t, dir).Machine()
	none(t, problems)
	var open []string
	for _, r := range Check(m, schema.Invocation{Mode: "oobe", Generalize: true}, nil).Results {
		if r.Status == sysprep.StatusNotModelled {
			open = append(open, r.ID)
		}
	}
	if want := []string{"elevated", "not-system", "instance", "free-space", "encrypted-files", "bitlocker", "rearms"}; !slices.Equal(open, want) {
		t.Errorf("not checked: %q, want %q", open, want)
	}
}

func TestProvidersOfAnotherArchitectureAreCountedInAnImage(t *testing.T) {
	dir := folder(t, "[SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Setup\\SysPrepExternal\\Cleanup]\n{1}=C:\\Agent\\old.dll,Clean")
	write(t, dir, "Agent/old.dll", string(imagetest.DLL(imagetest.X86, "Clean")))
	m, problems := open(t, dir).Machine()
	none(t, problems)
	for _, r := range Check(m, schema.Invocation{Mode: "oobe"}, nil).Results {
		if r.ID == "external-providers" && (r.Status != sysprep.StatusWarning || r.Detail != `C:\Agent\old.dll,Clean (cleanup) is for x86, Windows is amd64`) {
			t.Errorf("%+v", r.Step)
		}
	}
	list, _ := open(t, dir).External()
	if len(list) != 1 || list[0].Missing || list[0].Architecture != "x86" {
		t.Errorf("%+v", list)
	}
}
