package image

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/imagetest"
	"github.com/reseal/reseal/sysprep"
	"github.com/reseal/reseal/sysprep/setuplog"
)

// actions is an action file with every element of the grammar, written by
// hand after its description.
const actions = `<?xml version="1.0" encoding="utf-8"?>
<sysprepInformation><!-- in parts -->
<imaging exclude=""><registryActions><deleteKey path="HKEY_USERS\.DEFAULT\Software\Test"/><deleteValue path="HKEY_LOCAL_MACHINE\SOFTWARE\Test" name="Id"/>
<setValue path="HKEY_CURRENT_USER\Test" name="Done" type="REG_DWORD" value="0x00000001"/></registryActions>
<fileActions><deleteFile path="$(runtime.windows)\Temp\*.sst"/><deleteDirectory path="$(runtime.system32)\Test"/></fileActions>
<assemblyIdentity name="Test-Registry" version="10.0.1.1" publicKeyToken="31bf3856ad364e35" processorArchitecture="amd64" versionScope="NonSxS"/><sysprepOrder order="0x0500"/></imaging>
<imaging exclude=""><assemblyIdentity name="Test-Module" processorArchitecture="amd64"/><sysprepOrder order="0x0100"/>
<sysprepValidate methodName="Check" moduleName="$(runtime.system32)\test.dll"/><sysprepModule methodName="Clean" moduleName="$(runtime.system32)\setup\test.dll"/><sysprepModule methodName="Bare" moduleName="bare.dll"/>
<sysprepModule methodName="Long" moduleName="$(runtime.windows)\system32\long.dll"/><sysprepModule methodName="Else" moduleName="$(runtime.windows)\else.dll"/></imaging>
<imaging exclude="vm"><assemblyIdentity name="Test-Module" processorArchitecture="wow64"/><sysprepOrder order="256"/></imaging>
<other><sysprepOrder order="none of ours"/></other>
</sysprepInformation>`

func TestActionFileIsReadInOrder(t *testing.T) {
	want := []Action{
		{ActionProvider: sysprep.ActionProvider{Stage: "generalize", Order: 0x100, Name: "Test-Module", Validate: []string{"test.dll!Check"}, Execute: []string{`setup\test.dll!Clean`, "bare.dll!Bare", "long.dll!Long", `%WINDIR%\else.dll!Else`}}, Architecture: "amd64"},
		{ActionProvider: sysprep.ActionProvider{Stage: "generalize", Order: 0x100, Name: "Test-Module"}, Architecture: "wow64", Exclude: "vm"},
		{ActionProvider: sysprep.ActionProvider{Stage: "generalize", Order: 0x500, Name: "Test-Registry", Does: []string{`delete key HKU\.DEFAULT\Software\Test`, `delete value HKLM\SOFTWARE\Test\Id`,
			`set value HKCU\Test\Done=0x00000001`, `delete file %WINDIR%\Temp\*.sst`, `delete folder %WINDIR%\System32\Test`}}, Architecture: "amd64"},
	}
	for name, text := range map[string]string{"UTF-8": actions, "mark": "\ufeff" + actions, "UTF-16": inUTF16(actions)} {
		got, err := ReadActions("Generalize.xml", "generalize", []byte(text))
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v\n%+v\nwant\n%+v", name, err, got, want)
		}
	}
}

func inUTF16(text string) string {
	out := []byte{0xff, 0xfe}
	for _, r := range strings.Replace(text, "utf-8", "utf-16", 1) {
		out = append(out, byte(r), byte(r>>8))
	}
	return string(out)
}

func TestDamagedActionFileTellsWhatIsWrong(t *testing.T) {
	for text, want := range map[string]string{
		"":                             "line 1: unexpected EOF",
		"<sysprepInformation>":         "unexpected EOF",
		"\n\n<sysprepInformation></x>": "line 3: ",
		"<unattend/>":                  "its root is unattend",
		`<sysprepInformation><imaging><assemblyIdentity name="A"/><sysprepOrder order="x"/></imaging></sysprepInformation>`: `the order "x" of A is no number`,
		`<sysprepInformation><imaging><sysprepOrder/></imaging></sysprepInformation>`:                                       `the order ""`,
		strings.Repeat("<sysprepInformation>", 40):                                                                          "more than 32 deep",
		strings.Repeat(" ", largestActions+1):                                                                               "at most 8388608 are read",
		"<sysprepInformation/><sysprepInformation><":                                                                        "line 1",
	} {
		_, err := ReadActions("Generalize.xml", "generalize", []byte(text))
		if !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60q: %v", text, err)
		}
	}
}

func TestActionsAreThoseOfTheArchitecture(t *testing.T) {
	dir := folder(t)
	write(t, dir, "Windows/System32/Sysprep/ActionFiles/generalize.xml", actions)
	write(t, dir, "Windows/System32/Sysprep/ActionFiles/Cleanup.xml", `<sysprepInformation><imaging><assemblyIdentity name="C"/><sysprepOrder order="0x0900"/></imaging></sysprepInformation>`)
	write(t, dir, "Windows/System32/Sysprep/ActionFiles/Specialize.xml", "<broken")
	list, problems := open(t, dir).Actions()
	var names []string
	for _, a := range list {
		names = append(names, a.Stage+" "+a.Name)
	}
	if want := []string{"cleanup C", "generalize Test-Module", "generalize Test-Registry"}; !slices.Equal(names, want) {
		t.Errorf("got %q, want %q", names, want)
	}
	if len(problems) != 1 || !errors.Is(problems[0], ErrDamaged) || !strings.Contains(problems[0].Error(), "Specialize.xml") {
		t.Errorf("problems %v", problems)
	}
	m, _ := open(t, dir).Machine()
	if len(m.Internal.Value) != 3 || m.Internal.Origin != sysprep.Given {
		t.Errorf("%+v", m.Internal)
	}
	if plain := machine(t); plain.Internal.Known() {
		t.Errorf("without action files nothing is known: %+v", plain.Internal)
	}
}

func TestExternalProvidersAreLookedAfter(t *testing.T) {
	dir := folder(t, `
[SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\SysPrepExternal\Cleanup]
{1}=C:\Agent\a, b.dll,Clean
{2}=DscCore.dll,SysPrep_Cleanup
Empty=
Number=dword:1
[SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\SysPrepExternal\Generalize]
{3}=C:\Agent\a, b.dll, Missing
{4}=C:\Agent\none.dll,Clean
{5}=D:\Agent\other.dll,Clean
{6}=C:\Agent\text.dll
[SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\SysPrep\Specialize]
{7}=C:\Windows\System32\old.dll,Old
`)
	write(t, dir, "Agent/text.dll", "no library")
	for _, name := range []string{"Agent/a, b.dll", "Windows/System32/DSCCORE.dll"} {
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), imagetest.DLL(imagetest.AMD64, "Clean", "SysPrep_Cleanup"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	i := open(t, dir)
	list, problems := i.External()
	none(t, problems)
	want := []sysprep.ExternalProvider{
		{Stage: "cleanup", Name: "{1}", Library: `C:\Agent\a, b.dll`, Function: "Clean", Architecture: "amd64"},
		{Stage: "cleanup", Name: "{2}", Library: "DscCore.dll", Function: "SysPrep_Cleanup", Architecture: "amd64"},
		{Stage: "generalize", Name: "{3}", Library: `C:\Agent\a, b.dll`, Function: "Missing", Missing: true, Architecture: "amd64"},
		{Stage: "generalize", Name: "{4}", Library: `C:\Agent\none.dll`, Function: "Clean", Missing: true},
		{Stage: "generalize", Name: "{5}", Library: `D:\Agent\other.dll`, Function: "Clean", Missing: true},
		{Stage: "generalize", Name: "{6}", Library: `C:\Agent\text.dll`, Missing: true},
	}
	if !reflect.DeepEqual(list, want) {
		t.Errorf("got\n%+v\nwant\n%+v", list, want)
	}
	old, problems := i.OldInternal()
	none(t, problems)
	if len(old) != 1 || old[0].Launch() != `C:\Windows\System32\old.dll,Old` || old[0].Stage != "specialize" {
		t.Errorf("%+v", old)
	}
}

// Windows 7 has no action files: its own providers stand in the registry, and
// the machine of its image has those.
func TestInternalProvidersOfWindows7AreThoseOfItsRegistry(t *testing.T) {
	dir := folder(t, `
[SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\SysPrep\Generalize]
{1}=C:\Windows\System32\sppnp.dll,Sysprep_Generalize_Pnp
{2}=no function
`)
	m, problems := open(t, dir).Machine()
	none(t, problems)
	want := []sysprep.ActionProvider{{Stage: "generalize", Name: "{1}", Execute: []string{`C:\Windows\System32\sppnp.dll!Sysprep_Generalize_Pnp`}}}
	if !reflect.DeepEqual(m.Internal.Value, want) || m.Internal.Origin != sysprep.Given {
		t.Errorf("%+v", m.Internal)
	}
	write(t, dir, "Windows/System32/Sysprep/ActionFiles/Generalize.xml", actions)
	if m, _ = open(t, dir).Machine(); len(m.Internal.Value) != 2 || m.Internal.Value[0].Name != "Test-Module" {
		t.Errorf("action files come first: %+v", m.Internal.Value)
	}
}

// No Windows runs the entries for its 32-bit half, whether its architecture is
// known or not.
func TestEntriesRunOnTheirArchitecture(t *testing.T) {
	for _, c := range []struct {
		entry, windows string
		want           bool
	}{
		{"amd64", "amd64", true}, {"AMD64", "amd64", true}, {"wow64", "amd64", false}, {"x86", "amd64", false}, {"", "arm64", true},
		{"x86", "x86", true}, {"arm64", "", true}, {"amd64", "", true}, {"wow64", "", false},
	} {
		if got := (Action{Architecture: c.entry}).runsOn(c.windows); got != c.want {
			t.Errorf("%q on %q: %v", c.entry, c.windows, got)
		}
	}
}

func TestInspectGathersEverything(t *testing.T) {
	dir := folder(t, armed, "[SYSTEM\\Setup]\nUnattendFile=C:\\x.xml\nCloneTag=multi:Mon Jan 01|x\n")
	write(t, dir, "Windows/System32/Sysprep/ActionFiles/Generalize.xml", actions)
	write(t, dir, "Windows/Setup/Scripts/setupcomplete.cmd", "echo")
	write(t, dir, "Windows/Setup/Scripts/other.cmd", "echo")
	write(t, dir, "Windows/Panther/unattend.xml", withPassword)
	s, problems := open(t, dir).Inspect()
	none(t, problems)
	if s.Product != "Windows 11 24H2" || s.Installation != "Client" || s.DisplayName != "24H2" || s.SystemRoot != `C:\Windows` || s.State.Verdict != Ready ||
		len(s.Answers) != 1 || len(s.Machine.Internal.Value) != 2 || s.Pointer != `C:\x.xml` || s.CloneTag != "Mon Jan 01" || !slices.Equal(s.Machine.Scripts.Value, []string{"SetupComplete.cmd"}) {
		t.Errorf("%+v", s)
	}
	if s.LastRun != nil {
		t.Errorf("a run without a log: %+v", s.LastRun)
	}
	write(t, dir, "Windows/System32/Sysprep/Panther/setupact.log", strings.Join([]string{
		"2024-05-06 07:08:09, Info                  SYSPRP ========================================================",
		"2024-05-06 07:08:09, Info                  SYSPRP ===          Beginning of a new sysprep run          ===",
		"2024-05-06 07:08:09, Info                  SYSPRP ========================================================",
		"2024-05-06 07:08:10, Error      [0x0f0082] SYSPRP ActionPlatform::LaunchModule: Failure occurred while executing 'ValidateBitLockerState' from C:\\Windows\\System32\\BdeSysprep.dll; dwRet = 0x80310039",
		"2024-05-06 07:08:10, Error      [0x0f00d8] SYSPRP WinMain:Hit failure while pre-validate sysprep generalize internal providers; hr = 0x80310039",
		"2024-05-06 07:08:10, Info       [0x0f0052] SYSPRP Shutting down SysPrep log", ""}, "\r\n"))
	if s, problems = open(t, dir).Inspect(); s.LastRun == nil || s.LastRun.Verdict == setuplog.Success || s.LastRun.Code != "0x80310039" {
		t.Errorf("the last run: %+v, %v", s.LastRun, problems)
	}
	unknown, _ := open(t, folder(t, "[SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion]\nCurrentBuildNumber=12345\n")).Inspect()
	if unknown.Product != "Windows 10 Pro" || unknown.Facts.Build != 12345 || unknown.Machine.Windows.Known() {
		t.Errorf("%+v", unknown)
	}
}

func FuzzActions(f *testing.F) {
	f.Add([]byte(actions))
	f.Add([]byte(inUTF16(actions)))
	f.Add([]byte(`<sysprepInformation><imaging><sysprepOrder order="0x1"/></imaging></sysprepInformation>`))
	f.Fuzz(func(t *testing.T, text []byte) {
		list, err := ReadActions("a.xml", "cleanup", text)
		if err != nil {
			if !errors.Is(err, ErrDamaged) {
				t.Errorf("every mistake is damage: %v", err)
			}
			return
		}
		for n, a := range list {
			if n > 0 && a.Order < list[n-1].Order || a.Order < 0 {
				t.Errorf("out of order: %+v", list)
			}
		}
	})
}
