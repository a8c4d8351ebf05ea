package image

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/imagetest"
)

// folder makes an image from registry texts over that of a plain Windows 11.
func folder(t *testing.T, texts ...string) string {
	t.Helper()
	dir := t.TempDir()
	if err := imagetest.Folder(dir, append([]string{imagetest.Windows11}, texts...)...); err != nil {
		t.Fatal(err)
	}
	return dir
}

func open(t *testing.T, dir string) *Image {
	t.Helper()
	i, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := i.Close(); err != nil {
			t.Error(err)
		}
	})
	return i
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	name = filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func none(t *testing.T, problems []error) {
	t.Helper()
	for _, p := range problems {
		t.Errorf("problem: %v", p)
	}
}

func TestOpenFindsWindowsInAnyCaseAndFromBothSides(t *testing.T) {
	dir := folder(t)
	lower := t.TempDir()
	if err := os.CopyFS(filepath.Join(lower, "windows"), os.DirFS(filepath.Join(dir, "Windows"))); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(lower, "windows", "System32"), filepath.Join(lower, "windows", "SYSTEM32")); err != nil {
		t.Fatal(err)
	}
	alone := t.TempDir()
	if err := os.CopyFS(alone, os.DirFS(filepath.Join(dir, "Windows"))); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		path, windows string
	}{
		{dir, "Windows"}, {filepath.Join(dir, "Windows"), "Windows"}, {lower, "windows"}, {filepath.Join(lower, "windows"), "windows"}, {alone, "."},
	} {
		i := open(t, c.path)
		if runtime.GOOS == "linux" && i.windows != c.windows {
			t.Errorf("%s: the folder of Windows is %q, want %q", c.path, i.windows, c.windows)
		}
		facts, problems := i.Facts()
		none(t, problems)
		if facts.Windows != "11-24h2" || facts.Version != "10.0.26100.1742" || facts.Edition != "Professional" ||
			facts.Architecture != "amd64" || facts.Build != 26100 || !slices.Equal(facts.Languages, []string{"en-US"}) {
			t.Errorf("%s: %+v", c.path, facts)
		}
	}
}

func TestFolderThatIsNoWindowsIsRefused(t *testing.T) {
	dir := t.TempDir()
	if _, err := Open(dir); !errors.Is(err, ErrNoWindows) || !strings.HasPrefix(err.Error(), dir) {
		t.Errorf("an empty folder: %v", err)
	}
	write(t, dir, "Windows/System32/config", "a file")
	if _, err := Open(dir); !errors.Is(err, ErrNoWindows) {
		t.Errorf("config is a file: %v", err)
	}
	if _, err := Open(filepath.Join(dir, "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing folder: %v", err)
	}
	if _, err := Open(filepath.Join(dir, "Windows", "System32", "config")); err == nil || !strings.Contains(err.Error(), "no folder") {
		t.Errorf("a file: %v", err)
	}
}

func TestFolderThatIsNoWindowsLeadsToTheOneThatIsMeant(t *testing.T) {
	dir := folder(t)
	write(t, dir, "Windows/System32/Sysprep/Panther/setupact.log", "")
	write(t, dir, "Data/Panther/setupact.log", "")
	write(t, dir, "media/Sources/Install.esd", "")
	windows := filepath.ToSlash(filepath.Join(dir, "Windows"))
	for name, want := range map[string]string{
		"Windows/Panther": windows, "Windows/System32/config": windows, "Windows/System32/Sysprep/Panther": windows,
		"media": filepath.ToSlash(filepath.Join(dir, "media", "Sources", "Install.esd")), "Data/Panther": `nor System32\config`,
	} {
		_, err := Open(filepath.Join(dir, filepath.FromSlash(name)))
		if !errors.Is(err, ErrNoWindows) || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestHivesThatCannotBeReadAreSaidOnce(t *testing.T) {
	for name, c := range map[string]struct {
		damage func(system string) error
		want   string
	}{
		"missing": {os.Remove, "the hive SYSTEM cannot be opened"},
		"empty":   {func(s string) error { return os.WriteFile(s, nil, 0o644) }, "is damaged: the file is empty"},
		"garbage": {func(s string) error { return os.WriteFile(s, []byte(strings.Repeat("x", 9000)), 0o644) }, "does not begin with regf"},
		"cut off": {func(s string) error { return os.Truncate(s, 5000) }, "is damaged: it is cut off"},
		"folder":  {func(s string) error { return errors.Join(os.Remove(s), os.Mkdir(s, 0o755)) }, "it is no regular file"},
	} {
		dir := folder(t)
		if err := c.damage(filepath.Join(dir, "Windows", "System32", "config", "SYSTEM")); err != nil {
			t.Fatal(err)
		}
		i := open(t, dir)
		m, problems := i.Machine()
		if len(problems) != 1 || !strings.Contains(problems[0].Error(), c.want) {
			t.Errorf("%s: problems %v", name, problems)
		}
		if m.Windows.Value != "11-24h2" || m.ImageState.Value != "IMAGE_STATE_COMPLETE" {
			t.Errorf("%s: what the other hive tells is lost: %+v", name, m)
		}
		if m.Architecture.Known() || m.GeneralizationState.Known() || m.Services.Known() || m.Upgraded.Known() || m.Domain.Known() {
			t.Errorf("%s: what the hive would tell must be unknown: %+v", name, m)
		}
	}
}

func TestHiveWithoutPermissionIsSaid(t *testing.T) {
	if os.Getuid() == 0 || runtime.GOOS == "windows" {
		t.Skip("nothing is forbidden to this account")
	}
	dir := folder(t)
	if err := os.Chmod(filepath.Join(dir, "Windows", "System32", "config", "SYSTEM"), 0); err != nil {
		t.Fatal(err)
	}
	if _, problems := open(t, dir).Machine(); len(problems) != 1 || !errors.Is(problems[0], fs.ErrPermission) {
		t.Errorf("problems: %v", problems)
	}
}

func TestControlSetFollowsSelect(t *testing.T) {
	const second = `
[SYSTEM\Select]
Current=dword:2
[SYSTEM\ControlSet002\Control\Session Manager\Environment]
PROCESSOR_ARCHITECTURE=ARM64
`
	m, problems := open(t, folder(t, second)).Machine()
	none(t, problems)
	if m.Architecture.Value != "arm64" {
		t.Errorf("architecture %q", m.Architecture.Value)
	}
	for current, want := range map[string]string{"-": "which control set is the current one", "dword:7": "it has no ControlSet007"} {
		m, problems := open(t, folder(t, "[SYSTEM\\Select]\nCurrent="+current)).Machine()
		if len(problems) != 1 || !errors.Is(problems[0], ErrDamaged) || !strings.Contains(problems[0].Error(), want) {
			t.Errorf("%s: problems: %v", current, problems)
		}
		if m.Architecture.Known() || m.Services.Known() || m.Pending.Known() {
			t.Errorf("%s: facts of a control set that is not there: %+v", current, m)
		}
	}
}

func TestRegistryAnswersForSystemAndSoftwareAlone(t *testing.T) {
	i := open(t, folder(t))
	if _, _, err := i.registry.ReadString(`SAM\Domains`, "x"); !errors.Is(err, errNoHive) {
		t.Errorf("got %v", err)
	}
	if at, ok, err := i.registry.LastWrite(`SYSTEM\Setup`); ok || err != nil {
		t.Errorf("a key without a time has one: %v, %v", at, err)
	}
	if text, ok, err := i.registry.ReadString(`SYSTEM\CurrentControlSet\Services\Spooler`, "Start"); ok || err != nil {
		t.Errorf("ReadString = %q, %v, %v", text, ok, err)
	}
}

// A link in an image must not lead out of it.
func TestLinksDoNotLeadOutOfTheImage(t *testing.T) {
	dir, outside := folder(t), t.TempDir()
	write(t, outside, "unattend.xml", withPassword)
	if err := os.Remove(filepath.Join(dir, "Windows", "Panther")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(dir, "Windows", "Panther")); err != nil {
		t.Skipf("no links here: %v", err)
	}
	i := open(t, dir)
	files, problems := i.AnswerFiles()
	if len(files) != 0 {
		t.Errorf("found %+v", files)
	}
	if len(problems) == 0 || !strings.HasSuffix(problems[0].Error(), "a link leads out of the image, and is not followed") {
		t.Errorf("problems: %v", problems)
	}
	if _, err := i.Stage(SpotPanther, Staging{XML: []byte("<unattend/>")}); err == nil {
		t.Error("a file was staged outside of the image")
	}
	if entries, err := os.ReadDir(outside); err != nil || len(entries) != 1 {
		t.Errorf("outside: %v, %v", entries, err)
	}
}

// A link that leads nowhere may be a file that the driver cannot read.
func TestFileThatCannotBeReadIsNotMissing(t *testing.T) {
	dir := folder(t, "[SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Setup\\SysPrepExternal\\Generalize]\n{1}=C:\\Agent\\seal.dll,Clean\n")
	write(t, dir, "Windows/System32/Sysprep/ActionFiles/Cleanup.xml", "<sysprepInformation/>")
	for _, name := range []string{"Windows/System32/Sysprep/ActionFiles/Generalize.xml", "Windows/Panther/unattend.xml", "Agent/seal.dll"} {
		real := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(real), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink("unsupported reparse tag 0x80000017", real); err != nil {
			t.Skipf("no links here: %v", err)
		}
	}
	i := open(t, dir)
	if _, problems := i.Actions(); len(problems) != 1 || !strings.Contains(problems[0].Error(), "Generalize.xml: it is a link that leads nowhere") {
		t.Errorf("Actions: %v", problems)
	}
	m, _ := i.Machine()
	if m.AnswerFiles.Known() {
		t.Errorf("an answer file that cannot be read is known: %+v", m.AnswerFiles)
	}
	if m.External.Known() {
		t.Errorf("a provider that cannot be read is known: %+v", m.External)
	}
	external, problems := i.External()
	if len(problems) != 1 || len(external) != 1 || external[0].Missing {
		t.Errorf("External: %+v, %v", external, problems)
	}
	if _, err := i.Stage(SpotSysprep, Staging{XML: []byte(harmless)}); err != nil {
		t.Errorf("Stage: %v", err)
	}
}

func TestPathsOfTheImageAreFoundHere(t *testing.T) {
	i := open(t, folder(t))
	i.letter = "D:"
	cases := []struct {
		name, want string
		ok         bool
	}{
		{`D:\Agent\seal.dll`, "Agent/seal.dll", true},
		{`d:/Agent/seal.dll`, "Agent/seal.dll", true},
		{`D:\WINDOWS\System32\a.dll`, "Windows/System32/a.dll", true},
		{`D:\Windows.old\a.dll`, "Windows.old/a.dll", true},
		{`%SystemRoot%\System32\a.dll`, "Windows/System32/a.dll", true},
		{`\SystemRoot\System32\a.dll`, "Windows/System32/a.dll", true},
		{`%systemdrive%\a.dll`, "a.dll", true},
		{`$(runtime.system32)\a.dll`, "Windows/System32/a.dll", true},
		{`"D:\Program Files\a, b.dll"`, "Program Files/a, b.dll", true},
		{`DscCore.dll`, "Windows/System32/DscCore.dll", true},
		{`C:\Agent\seal.dll`, "", false},
		{`\\server\share\seal.dll`, "", false},
		{`%ProgramFiles%\seal.dll`, "", false},
		{``, "", false},
	}
	for _, c := range cases {
		got, ok := i.local(c.name)
		if ok != c.ok || ok && got != c.want {
			t.Errorf("local(%q) = %q, %v; want %q", c.name, got, ok, c.want)
		}
	}
	if got := i.named("Windows/Panther/unattend.xml"); got != `D:\Windows\Panther\unattend.xml` {
		t.Errorf("named = %q", got)
	}
	i.windows = "."
	if got := i.named("Panther/unattend.xml"); got != `D:\Windows\Panther\unattend.xml` {
		t.Errorf("named = %q", got)
	}
	if _, ok := i.local(`D:\Agent\seal.dll`); ok {
		t.Error("a drive that is not at hand holds nothing")
	}
}
