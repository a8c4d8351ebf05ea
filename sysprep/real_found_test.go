package sysprep

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/imagetest"
)

const (
	person  = "S-1-5-21-1-2-3-1001"
	manager = "S-1-5-21-1-2-3-500"
)

// TestLiveMachineFindsWhatLiesAbout flips what stands in registry and files.
func TestLiveMachineFindsWhatLiesAbout(t *testing.T) {
	none := func(*fakeWindows) {}
	cases := []struct {
		name string
		flip func(*fakeWindows)
		get  func(*Machine) any
		want any
	}{
		{"a clean installation", none, func(m *Machine) any { return m.Upgraded }, GivenAs(false)},
		{"an upgraded one", func(w *fakeWindows) { w.keys[keySetup+`\Source OS (Updated on 1/2/2025 03:04:05)`] = true },
			func(m *Machine) any { return m.Upgraded }, GivenAs(true)},
		{"the key Upgrade before Windows 10 1607", func(w *fakeWindows) {
			w.text(keyVersion, "CurrentBuildNumber", "9600")
			w.keys[keySetup+`\Upgrade`] = true
		}, func(m *Machine) any { return m.Upgraded }, GivenAs(true)},
		{"the key Upgrade since then", func(w *fakeWindows) { w.keys[keySetup+`\Upgrade`] = true },
			func(m *Machine) any { return m.Upgraded }, GivenAs(false)},
		{"no folders of a setup", none, func(m *Machine) any { return m.Leftovers }, GivenAs([]string(nil))},
		{"the Windows of before", func(w *fakeWindows) { w.write(`C:\Windows.old`, "") },
			func(m *Machine) any { return m.Leftovers }, GivenAs([]string{"Windows.old"})},
		{"folders that cannot be seen", func(w *fakeWindows) { w.write(`C:\Windows.old`, ""); w.fails["Stat"] = errDenied },
			func(m *Machine) any { return m.Leftovers }, Fact[[]string]{}},
		{"free space", func(w *fakeWindows) { w.free = 7<<30 + 5 }, func(m *Machine) any { return m.FreeSpace }, GivenAs(7)},
		{"free space that cannot be read", func(w *fakeWindows) { w.fails["FreeSpace"] = errDenied },
			func(m *Machine) any { return m.FreeSpace }, Fact[int]{}},
		{"the Store is kept quiet", none, func(m *Machine) any { return m.StoreUpdates }, GivenAs(false)},
		{"the Store updates", func(w *fakeWindows) { delete(w.numbers, keyStore+"|AutoDownload") },
			func(m *Machine) any { return m.StoreUpdates }, GivenAs(true)},
		{"not onboarded", none, func(m *Machine) any { return m.Onboarded }, GivenAs(false)},
		{"onboarded", func(w *fakeWindows) { w.number(keyDefender+`\Status`, "OnboardingState", 1) },
			func(m *Machine) any { return m.Onboarded }, GivenAs(true)},
		{"nobody knows whether it is virtual", none, func(m *Machine) any { return m.Virtual }, Fact[bool]{}},
		{"virtual by its firmware", func(w *fakeWindows) { w.text(keyFirmware, "SystemManufacturer", "QEMU") },
			func(m *Machine) any { return m.Virtual }, GivenAs(true)},
		{"Hyper-V", func(w *fakeWindows) { w.text(keyFirmware, "SystemProductName", "Virtual Machine") },
			func(m *Machine) any { return m.Virtual }, GivenAs(true)},
		{"a host of Hyper-V", func(w *fakeWindows) { w.rows["Win32_ComputerSystem"] = []Row{{"HypervisorPresent": true}} },
			func(m *Machine) any { return m.Virtual }, Fact[bool]{}},
		{"hardware", func(w *fakeWindows) { w.rows["Win32_ComputerSystem"] = []Row{{"HypervisorPresent": false}} },
			func(m *Machine) any { return m.Virtual }, GivenAs(false)},
		{"accounts", func(w *fakeWindows) {
			for sid, name := range map[string]string{manager: `BUILD-07\Administrator`, person: `build-07\ann`, "S-1-5-21-9-9-9-1105": `CONTOSO\bob`} {
				w.accounts[sid] = name
				w.keys[keyProfiles+`\`+sid] = true
			}
			w.keys[keyProfiles+`\S-1-5-18`] = true
			w.keys[keyProfiles+`\S-1-5-21-1-2-3-1002`] = true
			w.text(keyProfiles+`\S-1-5-21-1-2-3-1002`, "ProfileImagePath", `C:\Users\gone`)
			w.keys[keyProfiles+`\S-1-12-1-7-7`] = true
		}, func(m *Machine) any { return m.Accounts }, GivenAs([]Account{
			{"S-1-12-1-7-7", "domain"}, {"ann", "local"}, {"gone", "local"}, {"Administrator", "builtin"}, {"bob", "domain"}})},
		{"a client has no roles", func(w *fakeWindows) { w.keys[keyServices+"DHCPServer"] = true },
			func(m *Machine) any { return m.Roles }, GivenAs([]string(nil))},
		{"roles of a server", func(w *fakeWindows) {
			w.text(keyVersion, "InstallationType", "Server")
			w.keys[keyServices+"DHCPServer"] = true
			w.keys[keyServices+"CertSvc"] = true
		}, func(m *Machine) any { return m.Roles }, GivenAs([]string{"AD Certificate Services", "DHCP Server"})},
		{"a role that Server Manager noted", func(w *fakeWindows) {
			w.text(keyVersion, "InstallationType", "Server Core")
			w.numbers[keyRoles+`\AD-Domain-Services|InstallState`] = 1
			w.numbers[keyRoles+`\Web-Server|InstallState`] = 0
		}, func(m *Machine) any { return m.Roles }, GivenAs([]string{"AD Domain Services"})},
		{"a server of whose roles Server Manager noted none", func(w *fakeWindows) {
			w.text(keyVersion, "InstallationType", "Server")
			w.keys[keyRoles] = true
			w.keys[keyServices+"Spooler"], w.keys[keyServices+"PrintNotify"] = true, true // as everywhere
		}, func(m *Machine) any { return m.Roles }, GivenAs([]string(nil))},
		{"services that every Windows has prove no role", func(w *fakeWindows) {
			w.text(keyVersion, "InstallationType", "Server")
			w.keys[keyServices+"Spooler"], w.keys[keyServices+"PrintNotify"] = true, true
		}, func(m *Machine) any { return m.Roles }, Fact[[]string]{}},
		{"a service that cannot be looked at leaves the roles open", func(w *fakeWindows) {
			w.text(keyVersion, "InstallationType", "Server")
			w.keys[keyRoles], w.unread = true, keyServices+"NTDS"
		}, func(m *Machine) any { return m.Roles }, Fact[[]string]{}},
		{"no sign of a role decides nothing", func(w *fakeWindows) { w.text(keyVersion, "InstallationType", "Server Core") },
			func(m *Machine) any { return m.Roles }, Fact[[]string]{}},
		{"no providers", none, func(m *Machine) any { return m.External }, GivenAs([]ExternalProvider(nil))},
		{"providers, with what they lack", func(w *fakeWindows) {
			w.write(seal, string(imagetest.DLL(imagetest.AMD64, "Seal")))
			w.text(keyExternal+"Cleanup", "a", seal+",Seal")
			w.text(keyExternal+"Cleanup", "b", seal+",Other")
			w.text(keyExternal+"Generalize", "c", `C:\gone.dll,F`)
		}, func(m *Machine) any { return m.External }, GivenAs([]ExternalProvider{
			{StageCleanup, "a", seal, "Seal", false, "amd64"}, {StageCleanup, "b", seal, "Other", true, "amd64"}, {StageGeneralize, "c", `C:\gone.dll`, "F", true, ""}})},
		{"a provider whose value makes no sense hides no other one", func(w *fakeWindows) {
			w.text(keyExternal+"Cleanup", "a", "nonsense")
			w.text(keyExternal+"Generalize", "b", `C:\gone.dll,F`)
		}, func(m *Machine) any { return m.External }, GivenAs([]ExternalProvider{
			{StageCleanup, "a", "nonsense", "", true, ""}, {StageGeneralize, "b", `C:\gone.dll`, "F", true, ""}})},
		{"providers that cannot be read", func(w *fakeWindows) { w.unread = keyExternal },
			func(m *Machine) any { return m.External }, Fact[[]ExternalProvider]{}},
		{"no drives", none, func(m *Machine) any { return m.Media }, GivenAs([]Medium(nil))},
		{"drives that are searched", func(w *fakeWindows) { w.drives = []Drive{{"C:", "fixed"}, {"E:", "removable"}, {"F:", "read-only"}} },
			func(m *Machine) any { return m.Media }, GivenAs([]Medium{{"E:", "removable", `E:\`}, {"F:", "read-only", `F:\`}})},
		{"rearms", func(w *fakeWindows) {
			w.rows["SoftwareLicensingService"] = []Row{{"RemainingWindowsReArmCount": int64(4)}}
		},
			func(m *Machine) any { return m.Rearms }, GivenAs(4)},
		{"no rearms are told", none, func(m *Machine) any { return m.Rearms }, Fact[int]{}},
		{"rearms in a form that nobody knows", func(w *fakeWindows) {
			w.rows["SoftwareLicensingService"] = []Row{{"RemainingWindowsReArmCount": "4"}}
		}, func(m *Machine) any { return m.Rearms }, Fact[int]{}},
		{"WMI that does not answer", func(w *fakeWindows) { w.fails["Query"] = errDenied }, func(m *Machine) any { return m.Rearms }, Fact[int]{}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w := newFake()
			c.flip(w)
			m, notes := LiveMachine(w)
			if got := c.get(m); !reflect.DeepEqual(got, c.want) {
				t.Errorf("%+v, want %+v", got, c.want)
			}
			if failing := w.unread != "" || len(w.fails) > 0; failing && !strings.Contains(strings.Join(notes, "\n"), "access is denied") {
				t.Errorf("nobody tells what could not be read: %q", notes)
			}
		})
	}
}

func TestBitLockerGoesByConversionNotByProtection(t *testing.T) {
	cases := []struct {
		conversion int64
		protection any
		want       Fact[string]
	}{
		{0, int64(0), GivenAs("off")},
		{1, int64(1), GivenAs("on")},
		{1, int64(0), GivenAs("suspended")},
		{1, nil, GivenAs("on")},
		{2, int64(0), GivenAs("encrypting")},
		{3, int64(0), GivenAs("decrypting")},
		{4, int64(0), GivenAs("encrypting")},
		{5, int64(0), GivenAs("decrypting")},
		{9, int64(0), Fact[string]{}},
	}
	for _, c := range cases {
		w := newFake()
		w.rows["Win32_EncryptableVolume"] = []Row{{"__PATH": "x", "ProtectionStatus": c.protection}}
		w.results["GetConversionStatus"] = Row{"ConversionStatus": c.conversion}
		if m, _ := LiveMachine(w); m.BitLocker != c.want {
			t.Errorf("conversion %d, protection %v: %+v", c.conversion, c.protection, m.BitLocker)
		}
	}
	unknown := []func(*fakeWindows){
		func(w *fakeWindows) { delete(w.rows, "Win32_EncryptableVolume") },
		func(w *fakeWindows) { w.fails["Query"] = errDenied },
		func(w *fakeWindows) { w.fails["Invoke"] = errDenied },
		func(w *fakeWindows) { delete(w.results, "GetConversionStatus") },
		func(w *fakeWindows) { w.fails["SystemRoot"] = errDenied },
	}
	for i, flip := range unknown {
		w := newFake()
		w.rows["Win32_EncryptableVolume"] = []Row{{"__PATH": "x", "ProtectionStatus": int64(0)}}
		w.results["GetConversionStatus"] = Row{"ConversionStatus": int64(0)}
		flip(w)
		if m, _ := LiveMachine(w); m.BitLocker.Known() {
			t.Errorf("%d: %+v", i, m.BitLocker)
		}
	}
}

const (
	otherAnswer = `<?xml version="1.0"?><unattend xmlns="urn:schemas-microsoft-com:unattend"><settings pass="oobeSystem"><component name="Microsoft-Windows-Shell-Setup" processorArchitecture="amd64" publicKeyToken="31bf3856ad364e35" language="neutral" versionScope="nonSxS"><TimeZone>UTC</TimeZone></component></settings></unattend>`
	leftOver    = `C:\Windows\Panther\Unattend\unattend.xml`
)

func TestLiveMachineFindsAnswerFilesWhereWindowsLooks(t *testing.T) {
	w := newFake()
	w.drives = []Drive{{"E:", "removable"}, {"F:", "read-only"}}
	w.text(keySetup, "UnattendFile", `D:\own.xml`)
	places := map[string]Place{
		`D:\own.xml`: PlaceRegistry, leftOver: PlacePantherUnattend, `C:\Windows\Panther\unattend.xml`: PlacePanther,
		`E:\Autounattend.xml`: PlaceRemovable, `F:\Autounattend.xml`: PlaceReadOnly,
		`C:\Windows\System32\Sysprep\unattend.xml`: PlaceSysprep, `C:\Autounattend.xml`: PlaceSystemRoot,
	}
	for path := range places {
		w.write(path, otherAnswer)
	}
	w.write(`C:\Windows\System32\Sysprep\other.xml`, otherAnswer)
	w.write(`E:\unattend.xml`, otherAnswer)
	m, notes := LiveMachine(w)
	if m.AnswerFiles.Origin != Given || len(m.AnswerFiles.Value) != len(places) {
		t.Fatalf("%+v, %q", m.AnswerFiles, notes)
	}
	for _, f := range m.AnswerFiles.Value {
		want := Place(99)
		for path, place := range places {
			if strings.EqualFold(path, f.Path) {
				want = place
			}
		}
		if f.Place != want || f.File == nil {
			t.Errorf("%s: %s, read %v", f.Path, f.Place, f.File != nil)
		}
	}
	w.write(leftOver, "no answer file")
	if m, _ = LiveMachine(w); m.AnswerFiles.Origin != Given || len(m.AnswerFiles.Value) != len(places) {
		t.Errorf("a file that is no answer file: %+v", m.AnswerFiles)
	}
	w.fails["ReadAt"] = errDenied
	if m, _ = LiveMachine(w); m.AnswerFiles.Known() {
		t.Errorf("a file that cannot be read: %+v", m.AnswerFiles)
	}
}

// TestTheRunWarnsOfTheFileThatWins: what lies at a higher place than the cached
// copy of ours serves the pass in its stead.
func TestTheRunWarnsOfTheFileThatWins(t *testing.T) {
	for path, want := range map[string]Status{leftOver: StatusWarning, `C:\unattend.xml`: StatusOK} {
		w := newFake()
		w.write(path, otherAnswer)
		a := answerFile(t, generalizeOOBE, "oobeSystem Microsoft-Windows-Shell-Setup TimeZone = UTC")
		w.elevated = false // refused, and all checks are told
		rec, _ := Real{Invocation: generalizeOOBE, Answer: a, Now: w.Now, After: w.After}.Run(t.Context(), w)
		_, s := step(rec, "answer-media")
		if s.Status != want || want == StatusWarning && s.Detail != "oobeSystem is served by C:\\Windows\\Panther\\Unattend\\Unattend.xml" {
			t.Errorf("%s: %+v", path, s)
		}
	}
}

// TestOnlyReadableSecretsAreLeftovers: what Windows has deleted from its copy
// and what is published worldwide give nobody away.
func TestOnlyReadableSecretsAreLeftovers(t *testing.T) {
	for setting, want := range map[string]Status{
		"<AutoLogon><Password><Value>*SENSITIVE*DATA*DELETED*</Value></Password></AutoLogon>": StatusOK,
		"<ProductKey>W269N-WFGWX-YVC9B-4J6C9-T83GX</ProductKey>":                              StatusOK,
		"<AutoLogon><Password><Value>letmein</Value></Password></AutoLogon>":                  StatusWarning,
	} {
		w := newFake()
		w.write(`C:\Windows\Panther\unattend.xml`, strings.Replace(otherAnswer, "<TimeZone>UTC</TimeZone>", setting, 1))
		m, _ := LiveMachine(w)
		for _, r := range PreCheck(m, nil, Command{Program: Program, OOBE: true}, nil) {
			if r.ID == "leftover-answers" && r.Step.Status != want {
				t.Errorf("%s: %+v", setting, r.Step)
			}
		}
	}
}

const (
	appNew    = "Contoso.Notes_2.0.0.0_x64__8wekyb3d8bbwe"
	appOld    = "Contoso.Notes_1.0.0.0_x64__8wekyb3d8bbwe"
	appBundle = "Contoso.Notes_2025.1.0.0_neutral_~_8wekyb3d8bbwe"
)

func manifest(properties string) string {
	return `<?xml version="1.0"?><Package xmlns="urn:x"><Properties><DisplayName>Framework</DisplayName>` + properties + `</Properties></Package>`
}

// TestAppsOfUsers: what stops a run is found, and nothing else is taken for it.
func TestAppsOfUsers(t *testing.T) {
	const apps = `C:\Program Files\WindowsApps\`
	users := func(w *fakeWindows, names ...string) {
		for _, n := range names {
			w.keys[keyPackages+`\`+person] = true
			w.keys[keyPackages+`\`+person+`\`+n] = true
		}
	}
	all := func(w *fakeWindows, names ...string) {
		for _, n := range names {
			w.keys[keyPackages+`\Applications`] = true
			w.keys[keyPackages+`\Applications\`+n] = true
		}
	}
	cases := []struct {
		name string
		flip func(*fakeWindows)
		want Status
		told string
	}{
		{"no packages", func(*fakeWindows) {}, StatusOK, ""},
		{"provisioned", func(w *fakeWindows) { users(w, appNew); all(w, appNew) }, StatusOK, ""},
		{"older than the provisioned one", func(w *fakeWindows) { users(w, appOld); all(w, appNew) }, StatusOK, ""},
		{"of one user alone", func(w *fakeWindows) { users(w, appNew); w.write(apps+appNew+`\AppxManifest.xml`, manifest("")) },
			StatusFailed, appNew + " is installed for a user, but not provisioned for all users"},
		{"newer than the provisioned one", func(w *fakeWindows) {
			users(w, appNew)
			all(w, appOld)
			w.write(apps+appNew+`\AppxManifest.xml`, manifest("<Framework>false</Framework>"))
		}, StatusFailed, appNew + " is newer than the provisioned 1.0.0.0"},
		{"versions of a bundle and its package differ by nature", func(w *fakeWindows) { users(w, appNew); all(w, "Contoso.Notes_1.5.0.0_neutral_~_8wekyb3d8bbwe") }, StatusOK, ""},
		{"a bundle of one user", func(w *fakeWindows) {
			users(w, appBundle)
			w.write(apps+appBundle+`\AppxMetadata\AppxBundleManifest.xml`, "")
		}, StatusFailed, appBundle},
		{"a framework", func(w *fakeWindows) {
			users(w, appNew)
			w.write(apps+appNew+`\AppxManifest.xml`, manifest("<Framework> true </Framework>"))
		}, StatusOK, ""},
		{"a package of resources", func(w *fakeWindows) {
			users(w, appNew)
			w.write(apps+appNew+`\AppxManifest.xml`, manifest("<ResourcePackage>true</ResourcePackage>"))
		}, StatusOK, ""},
		{"a language", func(w *fakeWindows) { users(w, "Contoso.Notes_2.0.0.0_neutral_split.language-de_8wekyb3d8bbwe") }, StatusOK, ""},
		{"part of Windows by its publisher", func(w *fakeWindows) { users(w, "Contoso.Shell_1.0.0.0_neutral_neutral_cw5n1h2txyewy") }, StatusOK, ""},
		{"part of Windows by its folder", func(w *fakeWindows) {
			users(w, appNew)
			w.write(`C:\Windows\SystemApps\Contoso.Notes_8wekyb3d8bbwe`, "")
		}, StatusOK, ""},
		{"part of Windows by the list", func(w *fakeWindows) { users(w, appNew); w.keys[keyPackages+`\InboxApplications\`+appNew] = true }, StatusOK, ""},
		{"no manifest decides nothing", func(w *fakeWindows) { users(w, appNew) }, StatusNotModelled, "not checked"},
		{"a broken manifest decides nothing", func(w *fakeWindows) { users(w, appNew); w.write(apps+appNew+`\AppxManifest.xml`, "<Package>") }, StatusNotModelled, "not checked"},
		{"an app for certain and one without a manifest", func(w *fakeWindows) {
			users(w, appNew, "Contoso.Other_1.0.0.0_x64__8wekyb3d8bbwe")
			w.write(apps+appNew+`\AppxManifest.xml`, manifest(""))
		}, StatusFailed, appNew},
		{"a service account", func(w *fakeWindows) {
			w.keys[keyPackages+`\S-1-5-18`] = true
			w.keys[keyPackages+`\S-1-5-18\`+appNew] = true
		}, StatusOK, ""},
		{"no full name", func(w *fakeWindows) { users(w, "nonsense") }, StatusOK, ""},
		{"packages that cannot be read", func(w *fakeWindows) { w.unread = keyPackages }, StatusNotModelled, "not checked"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w := newFake()
			c.flip(w)
			m, notes := LiveMachine(w)
			for _, r := range PreCheck(m, nil, Command{Program: Program, Generalize: true, OOBE: true}, nil) {
				if r.ID == "appx" && (r.Step.Status != c.want || !strings.Contains(r.Detail, c.told)) {
					t.Errorf("%+v; packages %+v; notes %q", r.Step, m.AppX, notes)
				}
			}
		})
	}
}

func TestReadWholeKeepsToItsLimit(t *testing.T) {
	w := newFake()
	w.write("x", "12345")
	if text, err := readWhole(w, "x", 5); string(text) != "12345" || err != nil {
		t.Errorf("%q, %v", text, err)
	}
	if _, err := readWhole(w, "x", 4); err == nil || !strings.Contains(err.Error(), "larger") {
		t.Errorf("beyond the limit: %v", err)
	}
	w.fails["ReadAt"] = errDenied
	if _, err := readWhole(w, "x", 5); !errors.Is(err, errDenied) {
		t.Errorf("unreadable: %v", err)
	}
}
