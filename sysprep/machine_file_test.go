package sysprep

import (
	"os"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema"
)

func readMachine(t *testing.T, text string) (*Machine, *diag.List) {
	t.Helper()
	return ReadMachine(source.NewFile("machine.yaml", []byte("version: reseal-machine/v1\n"+text)), schema.Target{})
}

// flips gives every key another value than a fresh machine has, and the value
// that must come out.
var flips = []struct {
	key, text string
	get       func(*Machine) (any, Origin)
	want      any
}{
	{"windows", "windows: 10-22h2", func(m *Machine) (any, Origin) { return m.Windows.Value, m.Windows.Origin }, "10-22h2"},
	{"edition", "edition: Education", func(m *Machine) (any, Origin) { return m.Edition.Value, m.Edition.Origin }, "Education"},
	{"architecture", "architecture: ARM64", func(m *Machine) (any, Origin) { return m.Architecture.Value, m.Architecture.Origin }, "arm64"},
	{"imageState", "imageState: IMAGE_STATE_UNDEPLOYABLE", func(m *Machine) (any, Origin) { return m.ImageState.Value, m.ImageState.Origin }, StateUndeployable},
	{"generalizationState", "generalizationState: 3", func(m *Machine) (any, Origin) { return m.GeneralizationState.Value, m.GeneralizationState.Origin }, 3},
	{"cleanupState", "cleanupState: 1", func(m *Machine) (any, Origin) { return m.CleanupState.Value, m.CleanupState.Origin }, 1},
	{"rearms", "rearms: 0", func(m *Machine) (any, Origin) { return m.Rearms.Value, m.Rearms.Origin }, 0},
	{"skipRearm", "skipRearm: true", func(m *Machine) (any, Origin) { return m.SkipRearm.Value, m.SkipRearm.Origin }, true},
	{"keyChannel", "keyChannel: OEM", func(m *Machine) (any, Origin) { return m.Channel.Value, m.Channel.Origin }, "oem"},
	{"elevated", "elevated: false", func(m *Machine) (any, Origin) { return m.Elevated.Value, m.Elevated.Origin }, false},
	{"localSystem", "localSystem: true", func(m *Machine) (any, Origin) { return m.LocalSystem.Value, m.LocalSystem.Origin }, true},
	{"instances", "instances: 2", func(m *Machine) (any, Origin) { return m.Instances.Value, m.Instances.Origin }, 2},
	{"pending", "pending: [servicing, renames]", func(m *Machine) (any, Origin) { return m.Pending.Value, m.Pending.Origin }, []string{"servicing", "renames"}},
	{"reservedStorage", "reservedStorage: 1", func(m *Machine) (any, Origin) { return m.ReservedStorage.Value, m.ReservedStorage.Origin }, 1},
	{"bitlocker", "bitlocker: on", func(m *Machine) (any, Origin) { return m.BitLocker.Value, m.BitLocker.Origin }, "on"},
	{"services", "services: {AppXSvc: disabled}", func(m *Machine) (any, Origin) { return m.Services.Value, m.Services.Origin }, []Service{{"AppXSvc", "disabled"}}},
	{"appx", "appx:\n  - name: A_1.2_x64__p\n    users: [Ann]\n    provisioned: '1.1'\n    kind: app\n", func(m *Machine) (any, Origin) { return m.AppX.Value, m.AppX.Origin },
		[]Package{{Name: "A_1.2_x64__p", Users: []string{"Ann"}, Provisioned: true, ProvisionedVersion: "1.1", Kind: "app"}}},
	{"devices", "devices: [{name: Scanner, class: Image, present: false}, {name: Disk}]", func(m *Machine) (any, Origin) { return m.Devices.Value, m.Devices.Origin },
		[]Device{{Name: "Scanner", Class: "Image"}, {Name: "Disk", Present: true}}},
	{"accounts", "accounts: [{name: Ann}, {name: bob, kind: domain}]", func(m *Machine) (any, Origin) { return m.Accounts.Value, m.Accounts.Origin },
		[]Account{{"Ann", "local"}, {"bob", "domain"}}},
	{"domain", "domain: corp.example", func(m *Machine) (any, Origin) { return m.Domain.Value, m.Domain.Origin }, "corp.example"},
	{"roles", "roles: [DHCP Server]", func(m *Machine) (any, Origin) { return m.Roles.Value, m.Roles.Origin }, []string{"DHCP Server"}},
	{"media", "media: [{drive: 'E:', kind: read-only, root: ./stick}]", func(m *Machine) (any, Origin) { return m.Media.Value, m.Media.Origin }, []Medium{{"E:", "read-only", "./stick"}}},
	{"upgraded", "upgraded: true", func(m *Machine) (any, Origin) { return m.Upgraded.Value, m.Upgraded.Origin }, true},
	{"leftovers", "leftovers: [windows.old]", func(m *Machine) (any, Origin) { return m.Leftovers.Value, m.Leftovers.Origin }, []string{"Windows.old"}},
	{"scripts", "scripts: [setupcomplete.cmd]", func(m *Machine) (any, Origin) { return m.Scripts.Value, m.Scripts.Origin }, []string{"SetupComplete.cmd"}},
	{"earlierErrors", "earlierErrors: [BitLocker was on]", func(m *Machine) (any, Origin) { return m.EarlierErrors.Value, m.EarlierErrors.Origin }, []string{"BitLocker was on"}},
	{"recovery", "recovery: false", func(m *Machine) (any, Origin) { return m.Recovery.Value, m.Recovery.Origin }, false},
	{"freeSpace", "freeSpace: 12", func(m *Machine) (any, Origin) { return m.FreeSpace.Value, m.FreeSpace.Origin }, 12},
	{"storeUpdates", "storeUpdates: true", func(m *Machine) (any, Origin) { return m.StoreUpdates.Value, m.StoreUpdates.Origin }, true},
	{"onboarded", "onboarded: true", func(m *Machine) (any, Origin) { return m.Onboarded.Value, m.Onboarded.Origin }, true},
	{"encryptedFiles", "encryptedFiles: true", func(m *Machine) (any, Origin) { return m.EncryptedFiles.Value, m.EncryptedFiles.Origin }, true},
	{"virtual", "virtual: true", func(m *Machine) (any, Origin) { return m.Virtual.Value, m.Virtual.Origin }, true},
	{"externalProviders", `externalProviders: [{stage: cleanup, library: 'C:\Agent\a.dll', function: Clean, present: false, architecture: x86}]`,
		func(m *Machine) (any, Origin) { return m.External.Value, m.External.Origin },
		[]ExternalProvider{{Stage: StageCleanup, Library: `C:\Agent\a.dll`, Function: "Clean", Missing: true, Architecture: "x86"}}},
}

func TestEveryKeyOfAMachineFileIsRead(t *testing.T) {
	tested := map[string]bool{}
	for _, f := range flips {
		tested[f.key] = true
		fresh, origin := f.get(FreshMachine("", ""))
		if origin == Given || reflect.DeepEqual(fresh, f.want) {
			t.Errorf("%s: a fresh machine already has %v", f.key, fresh)
		}
		m, diags := readMachine(t, f.text)
		if m == nil {
			t.Errorf("%s: %v", f.key, diags.All[0].Message)
			continue
		}
		if got, origin := f.get(m); origin != Given || !reflect.DeepEqual(got, f.want) {
			t.Errorf("%s: %v (%v), want %v", f.key, got, origin, f.want)
		}
	}
	for _, key := range MachineKeys() {
		if !tested[key] {
			t.Errorf("the key %s is flipped by no case", key)
		}
	}
}

func TestAMachineFileKeepsTheDefaultsOfItsOwnRelease(t *testing.T) {
	f := source.NewFile("machine.yaml", []byte("version: reseal-machine/v1\nelevated: true\nwindows: '7'\n"))
	m, diags := ReadMachine(f, schema.Target{Windows: "11-24h2", Architecture: "arm64"})
	if m == nil {
		t.Fatal(diags.All)
	}
	if m.Rearms.Value != 3 || m.Rearms.Origin != Default || m.Architecture.Value != "arm64" || m.Architecture.Origin != Default {
		t.Errorf("rearms %+v, architecture %+v", m.Rearms, m.Architecture)
	}
	if m.Elevated.Span.Position() != (source.Position{Line: 2, Column: 11}) {
		t.Errorf("elevated stands at %v", m.Elevated.Span.Position())
	}
}

func TestMistakesInAMachineFileAreFoundAtTheirPlace(t *testing.T) {
	cases := []struct {
		text, rule, at, message string
	}{
		{"bitLocker: on", "machine-key-unknown", "2:1", "did you mean bitlocker?"},
		{"colour: blue", "machine-key-unknown", "2:1", `no key "colour"`},
		{"rearms: many", "machine-value", "2:9", "no whole number"},
		{"rearms: -1", "machine-value", "2:9", "no whole number"},
		{"elevated: yes", "machine-value", "2:11", `"yes" is none of true, false`},
		{"windows: 11-24h3", "machine-value", "2:10", "did you mean 11-24h2?"},
		{"architecture: amd46", "machine-value", "2:15", "did you mean amd64?"},
		{"bitlocker: maybe", "machine-value", "2:12", "none of off, on"},
		{"bitlocker: {}", "machine-value", "2:12", "a text is due here, not a mapping"},
		{"edition:", "machine-value", "2:9", "empty"},
		{"pending: servicing", "machine-value", "2:10", "a list is due here, not a scalar"},
		{"pending: [servicing, luck]", "machine-value", "2:22", `"luck" is none of`},
		{"services: [AppXSvc]", "machine-value", "2:11", "a mapping of services"},
		{"services: {AppXSvc: off}", "machine-value", "2:21", `"off" is none of`},
		{"leftovers: [Windows.older]", "machine-value", "2:13", "did you mean Windows.old?"},
		{"externalProviders: [{stage: oobe, library: a.dll, function: F}]", "machine-value", "2:29", "none of cleanup, generalize, specialize"},
		{"externalProviders: [{stage: cleanup, library: a.dll}]", "machine-value", "2:21", "the key function is missing"},
		{"appx: [{users: [Ann]}]", "machine-value", "2:8", "the key name is missing"},
		{"appx: [{name: A, user: Ann}]", "machine-key-unknown", "2:18", "did you mean users?"},
		{"devices: [Disk]", "machine-value", "2:11", "a mapping is due here"},
		{"devices: [{name: Disk, present: perhaps}]", "machine-value", "2:33", `"perhaps" is none of`},
		{"scripts: [Setup.cmd]", "machine-value", "2:11", `"Setup.cmd" is none of`},
		{"keyChannel: shop", "machine-value", "2:13", "none of oem, retail, volume"},
		{"services: {AppXSvc: manual, appxsvc: disabled}", "machine-value", "2:29", "stands here twice"},
		{"appx: [{name: A_1.0_x64__p, provisioned: yes}]", "machine-value", "2:42", `"yes" is neither true nor false nor the version`},
		{"appx: [{name: A_1.0_x64__p, provisioned: 1.-2}]", "machine-value", "2:42", "such as 1.2.0.0"},
		{"media: [{drive: E}]", "machine-value", "2:17", "a letter and a colon"},
		{"media: [{drive: 'EE:'}]", "machine-value", "2:17", "a letter and a colon"},
		{"media: [{drive: 'ſ:'}]", "machine-value", "2:17", "a letter and a colon"},
		{"media: [{drive: 'E:'}, {drive: 'e:', kind: fixed}]", "machine-value", "2:24", "the drive E: stands here twice"},
		{"media: [{kind: floppy}]", "machine-value", "2:9", "the key drive is missing"},
	}
	for _, c := range cases {
		m, diags := readMachine(t, c.text)
		if m != nil || len(diags.All) == 0 {
			t.Errorf("%s is accepted", c.text)
			continue
		}
		d := diags.All[0]
		at := strings.TrimPrefix(d.Span.String(), "machine.yaml:")
		column := d.Span.Position().Column
		if got := at + ":" + strconv.Itoa(column); d.Rule != c.rule || got != c.at || !strings.Contains(d.Message, c.message) {
			t.Errorf("%s: %s %s %q, want %s %s %q", c.text, d.Rule, got, d.Message, c.rule, c.at, c.message)
		}
	}
}

func TestRolesGoByTheNamesOfServerManagerToo(t *testing.T) {
	m, diags := readMachine(t, "roles: [AD-Domain-Services, Web-Server, dhcp, AD-Domian-Services, RemoteAccess]")
	if m == nil {
		t.Fatal(diags.All[0].Message)
	}
	want := []string{"AD Domain Services", "Web Server (IIS)", "DHCP Server", "AD-Domian-Services", "RemoteAccess"}
	if !reflect.DeepEqual(m.Roles.Value, want) {
		t.Errorf("roles %q", m.Roles.Value)
	}
	if len(diags.All) != 2 || diags.All[0].Rule != "machine-role-unknown" || diags.All[0].Severity != diag.Warning ||
		diags.All[0].Span.Text() != "AD-Domian-Services" || !strings.Contains(diags.All[0].Message, "did you mean AD-Domain-Services?") ||
		strings.Contains(diags.All[1].Message, "did you mean") {
		t.Errorf("findings %+v", diags.All)
	}
}

func TestAllMistakesOfAMachineFileComeOutAtOnce(t *testing.T) {
	_, diags := readMachine(t, "colour: blue\nrearms: many\nappx: [{nam: A, kind: b}]\nelevated: 1\n")
	if len(diags.All) != 6 {
		for _, d := range diags.All {
			t.Log(d.Rule, d.Message)
		}
		t.Errorf("%d findings, want 6", len(diags.All))
	}
}

func TestAMachineFileMustSayWhatItIs(t *testing.T) {
	for _, text := range []string{"", "windows: 11-24h2\n", "version: reseal/v1\n", "[]\n", "version: reseal-machine/v1\n---\nversion: reseal-machine/v1\n"} {
		m, diags := ReadMachine(source.NewFile("m.yaml", []byte(text)), schema.Target{})
		if m != nil || !diags.Has(diag.Error) {
			t.Errorf("%q is taken for a machine", text)
		}
	}
}

func FuzzReadMachine(f *testing.F) {
	for _, c := range flips {
		f.Add("version: reseal-machine/v1\n" + c.text)
	}
	f.Add("version: reseal-machine/v1\nappx: &a [*a]\n")
	f.Fuzz(func(t *testing.T, text string) {
		m, diags := ReadMachine(source.NewFile("m.yaml", []byte(text)), schema.Target{Windows: "10-22h2"})
		if (m == nil) != diags.Has(diag.Error) {
			t.Fatalf("machine %v with errors %v", m != nil, diags.Has(diag.Error))
		}
		for _, d := range diags.All {
			if d.Span.Start < 0 || d.Span.Start > d.Span.End || d.Span.Known() && d.Span.End > len(d.Span.File.Text) {
				t.Fatalf("%s lies outside of %q", d.Rule, text)
			}
		}
	})
}

func TestThePageOfMachineFilesNamesEveryKey(t *testing.T) {
	page, err := os.ReadFile("../docs/machine.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range MachineKeys() {
		if !strings.Contains(string(page), "`"+key+"`") {
			t.Errorf("docs/machine.md does not tell of %s", key)
		}
	}
}
