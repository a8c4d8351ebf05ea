package image

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/sysprep"
)

// unattend is an answer file with settings for these passes; an attribute may
// stand behind the name of a pass.
func unattend(settings string, passes ...string) string {
	var b strings.Builder
	b.WriteString(`<unattend xmlns="urn:schemas-microsoft-com:unattend">`)
	for _, pass := range passes {
		name, attribute, _ := strings.Cut(pass, " ")
		b.WriteString(`<settings pass="` + name + `" ` + attribute + `><component name="Microsoft-Windows-Shell-Setup" processorArchitecture="amd64" ` +
			`publicKeyToken="31bf3856ad364e35" language="neutral" versionScope="nonSxS">` + settings + `</component></settings>`)
	}
	return b.String() + `</unattend>`
}

const password = `<AutoLogon><Password><Value>a-test-word</Value><PlainText>true</PlainText></Password></AutoLogon>`

var (
	withPassword = unattend(password, "oobeSystem")
	harmless     = unattend(`<TimeZone>UTC</TimeZone>`, "specialize", "oobeSystem")
	scrubbed     = unattend(`<AutoLogon><Password>*SENSITIVE*DATA*DELETED*</Password></AutoLogon>`, "oobeSystem")
)

const armed = `
[SYSTEM\Setup]
SetupType=dword:2
CmdLine=oobe\windeploy.exe
[SYSTEM\Setup\Status\SysprepStatus]
GeneralizationState=dword:4
[SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\State]
ImageState=IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE
`

func found(files []AnswerFile) []string {
	var out []string
	for _, f := range files {
		out = append(out, f.Path)
	}
	return out
}

func TestAnswerFilesAreFoundAtEveryPlace(t *testing.T) {
	dir := folder(t, "[SYSTEM\\Setup]\nUnattendFile=C:\\Deploy\\my answers.xml\n")
	for _, name := range []string{"Deploy/my answers.xml", "Windows/Panther/Unattend/unattend.xml", "Windows/Panther/Unattend/Autounattend.xml",
		"Windows/Panther/unattend.xml", "Windows/Panther/unattend-original.xml", "Windows/System32/Sysprep/UNATTEND.XML", "Windows/System32/Sysprep/old.xml.bak3",
		"autounattend.xml", "Windows/Setup/Scripts/answers.xml", "Windows/OEM/unattend.xml", "$Windows.~BT/Sources/Panther/unattend.xml"} {
		write(t, dir, name, harmless)
	}
	write(t, dir, "Windows/Panther/diagerr.xml", "<diag/>")
	write(t, dir, "Windows/System32/Sysprep/ActionFiles/Generalize.xml", "<sysprepInformation/>")
	write(t, dir, "Windows/System32/Sysprep/notes.txt", harmless)
	files, problems := open(t, dir).AnswerFiles()
	none(t, problems)
	want := []string{`C:\Deploy\my answers.xml`, `C:\Windows\Panther\Unattend\unattend.xml`, `C:\Windows\Panther\Unattend\Autounattend.xml`,
		`C:\Windows\Panther\unattend.xml`, `C:\Windows\System32\Sysprep\UNATTEND.XML`, `C:\autounattend.xml`,
		`C:\Windows\Panther\unattend-original.xml`, `C:\Windows\System32\Sysprep\old.xml.bak3`, `C:\Windows\Setup\Scripts\answers.xml`, `C:\Windows\OEM\unattend.xml`,
		`C:\$Windows.~BT\Sources\Panther\unattend.xml`}
	if got := found(files); !slices.Equal(got, want) {
		t.Errorf("found\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for _, f := range files {
		wins := strings.HasPrefix(f.Path, `C:\Deploy`)
		if wins != slices.Equal(f.Wins, []schema.Pass{schema.Specialize, schema.OobeSystem}) || !wins && f.Wins != nil {
			t.Errorf("%s wins %v", f.Path, f.Wins)
		}
		if f.Searched != !slices.Contains([]string{"unattend-original.xml", "old.xml.bak3", "answers.xml"}, filepath.Base(f.Here)) && !strings.Contains(f.Path, "OEM") && !strings.Contains(f.Path, "~BT") {
			t.Errorf("%s is searched: %v", f.Path, f.Searched)
		}
		if _, err := os.Stat(f.Here); err != nil {
			t.Errorf("%s: %v", f.Path, err)
		}
	}
}

func TestWinnerOfEachPassFollowsThePlaces(t *testing.T) {
	type files map[string]string
	const panther, staged, sysprepFolder, root = "Windows/Panther/unattend.xml", "Windows/Panther/Unattend/Unattend.xml", "Windows/System32/Sysprep/Unattend.xml", "Unattend.xml"
	cases := []struct {
		name  string
		files files
		want  string
	}{
		{"cached beats Sysprep", files{panther: harmless, sysprepFolder: harmless}, `C:\Windows\Panther\unattend.xml`},
		{"Panther\\Unattend beats the cache", files{panther: harmless, staged: harmless}, `C:\Windows\Panther\Unattend\Unattend.xml`},
		{"a processed pass goes on", files{panther: unattend(password, `specialize wasPassProcessed="true"`, "oobeSystem"), sysprepFolder: harmless}, `C:\Windows\System32\Sysprep\Unattend.xml`},
		{"an audit file is passed over", files{staged: unattend(password, "auditSystem"), root: harmless}, `C:\Unattend.xml`},
		{"broken files are passed over", files{panther: "<unattend", sysprepFolder: harmless}, `C:\Windows\System32\Sysprep\Unattend.xml`},
		{"nothing", files{panther: unattend(password, "oobeSystem")}, ""},
	}
	for _, c := range cases {
		dir := folder(t)
		for name, text := range c.files {
			write(t, dir, name, text)
		}
		m, problems := open(t, dir).Machine()
		none(t, problems)
		checked := Check(m, schema.Invocation{Mode: "oobe", Generalize: true}, nil)
		at := slices.IndexFunc(checked.Winners, func(w Winner) bool { return w.Pass == schema.Specialize })
		if got := checked.Winners[at].File; got != c.want {
			t.Errorf("%s: specialize is served by %q, want %q", c.name, got, c.want)
		}
		if len(checked.Winners) != 3 {
			t.Errorf("%s: passes %+v", c.name, checked.Winners)
		}
	}
}

// A place of the search that cannot be looked at leaves open which file wins.
func TestWhatCannotBeSeenIsNamed(t *testing.T) {
	const elsewhere = "[SYSTEM\\Setup]\nUnattendFile=D:\\answers.xml\n"
	alone := filepath.Join(t.TempDir(), "mounted")
	if err := os.CopyFS(alone, os.DirFS(filepath.Join(folder(t), "Windows"))); err != nil {
		t.Fatal(err)
	}
	large := folder(t)
	write(t, large, "Windows/Panther/unattend.xml", strings.Repeat("x", largestAnswer+1))
	write(t, large, "other.xml", strings.Repeat("x", largestAnswer+1)) // no file that Windows looks for
	damaged := folder(t)
	write(t, damaged, "Windows/System32/config/SYSTEM", "x")
	for _, c := range []struct {
		dir, want string
		problems  int
	}{
		{folder(t, elsewhere), `D:\answers.xml (named in SYSTEM`, 0},
		{alone, "the root of the system drive", 0},
		{large, `C:\Windows\Panther\unattend.xml`, 1},
		{damaged, "the path in HKLM\\SYSTEM\\Setup, UnattendFile", 1},
	} {
		i := open(t, c.dir)
		unseen := i.Unseen()
		if len(unseen) != 1 || !strings.HasPrefix(unseen[0], c.want) {
			t.Errorf("Unseen = %q, want %q", unseen, c.want)
		}
		_, problems := i.AnswerFiles()
		if m, _ := i.Machine(); m.AnswerFiles.Known() || len(problems) != c.problems {
			t.Errorf("%s: %+v, %v", c.want, m.AnswerFiles, problems)
		}
		for _, p := range problems {
			if errors.Is(p, ErrLimit) != (c.dir == large) {
				t.Errorf("%v", p)
			}
		}
	}
	if unseen := open(t, folder(t)).Unseen(); len(unseen) > 0 {
		t.Errorf("a whole drive hides %q", unseen)
	}
}

// What was found is there, whatever else could not be seen.
func TestSecretsThatWereFoundWarnWhereNotEverythingCanBeSeen(t *testing.T) {
	for _, secret := range []bool{true, false} {
		dir := folder(t, "[SYSTEM\\Setup]\nUnattendFile=D:\\answers.xml\n")
		if secret {
			write(t, dir, "Windows/Panther/unattend.xml", withPassword)
		}
		m, problems := open(t, dir).Machine()
		none(t, problems)
		for _, r := range Check(m, schema.Invocation{Mode: "oobe", Generalize: true}, nil).Results {
			want := sysprep.StatusNotModelled
			if secret {
				want = sysprep.StatusWarning
			}
			if r.ID == "leftover-answers" && r.Status != want {
				t.Errorf("%v: %+v", secret, r.Step)
			}
		}
	}
}

func TestUnreadableAnswerFileIsListedWithItsProblem(t *testing.T) {
	dir := folder(t)
	write(t, dir, "Windows/Panther/unattend.xml", "<unattend><settings>")
	write(t, dir, "Windows/System32/Sysprep/unattend.xml", "<html/>")
	write(t, dir, "unattend.xml", "")
	files, problems := open(t, dir).AnswerFiles()
	none(t, problems)
	if len(files) != 3 {
		t.Fatalf("found %q", found(files))
	}
	for _, f := range files {
		if f.File != nil || f.Problem == "" || f.Wins != nil || f.Secrets != nil {
			t.Errorf("%s: %+v", f.Path, f)
		}
	}
}

func TestChecksUseTheFactsOfTheImage(t *testing.T) {
	dir := folder(t, "[SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\RebootPending]\n[SYSTEM\\Setup\\Status\\SysprepStatus]\nGeneralizationState=dword:3\n")
	write(t, dir, "Windows/Panther/unattend.xml", withPassword)
	m, problems := open(t, dir).Machine()
	none(t, problems)
	skips := []sysprep.Skip{{ID: "servicing", Reason: "known"}}
	c := Check(m, schema.Invocation{Mode: "oobe", Generalize: true}, skips)
	got := map[string]sysprep.Status{}
	for _, r := range c.Results {
		got[r.ID] = r.Status
	}
	for id, want := range map[string]sysprep.Status{
		"state": sysprep.StatusFailed, "servicing": sysprep.StatusSkipped, "pending-renames": sysprep.StatusOK, "trusted-installer": sysprep.StatusOK,
		"bitlocker": sysprep.StatusNotModelled, "elevated": sysprep.StatusNotModelled, "rearms": sysprep.StatusNotModelled, "appx": sysprep.StatusOK, "domain": sysprep.StatusAssumed,
	} {
		if got[id] != want {
			t.Errorf("%s is %q, want %q", id, got[id], want)
		}
	}
	if c.Count(sysprep.StatusFailed) != 1 || !strings.Contains(c.Command, "/generalize /oobe") {
		t.Errorf("%+v", c)
	}
}
