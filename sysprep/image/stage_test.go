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

	"github.com/reseal/reseal/internal/xmldoc"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

func parse(t *testing.T, text string) *answer.File {
	t.Helper()
	f, problems := xmldoc.Read("a.xml", []byte(text))
	if f == nil {
		t.Fatalf("%+v", problems.All)
	}
	return f
}

func TestSpotFollowsTheUse(t *testing.T) {
	audit := unattend(password, "auditUser")
	cases := []struct {
		use, text string
		want      Spot
	}{
		{"sysprep", harmless, SpotSysprep}, {"sysprep", audit, SpotPanther}, {"media", harmless, SpotRoot}, {"media", audit, SpotRoot},
	}
	for _, c := range cases {
		if got, err := SpotOf(c.use, parse(t, c.text)); got != c.want || err != nil {
			t.Errorf("SpotOf(%s) = %s, %v", c.use, got, err)
		}
	}
	for _, use := range append(schema.Uses(), "") {
		_, err := SpotOf(use, parse(t, harmless))
		if fits := use == "sysprep" || use == "media"; fits != (err == nil) || !fits && !errors.Is(err, ErrUse) {
			t.Errorf("SpotOf(%q): %v", use, err)
		}
	}
}

func TestStageWritesTheFileWhereWindowsLooks(t *testing.T) {
	for spot, path := range map[Spot]string{
		SpotSysprep: "Windows/System32/Sysprep/Unattend.xml", SpotPanther: "Windows/Panther/Unattend/Unattend.xml", SpotRoot: "Autounattend.xml",
	} {
		dir := folder(t)
		i := open(t, dir)
		staged, err := i.Stage(spot, Staging{XML: []byte(harmless)})
		if err != nil {
			t.Fatalf("%s: %v", spot, err)
		}
		if text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(path))); err != nil || string(text) != harmless {
			t.Errorf("%s: %v", spot, err)
		}
		if staged.Kept != "" || staged.Same || !strings.HasSuffix(staged.Path, path) {
			t.Errorf("%s: %+v", spot, staged)
		}
		files, _ := i.AnswerFiles()
		if len(files) != 1 || !slices.Contains(files[0].Wins, schema.Specialize) {
			t.Errorf("%s: Windows does not take it: %+v", spot, files)
		}
	}
	if len(Spots()) != 3 {
		t.Errorf("a place has no test: %v", Spots())
	}
}

func TestStageKeepsWhatItReplaces(t *testing.T) {
	dir := folder(t)
	write(t, dir, "Windows/System32/Sysprep/unattend.XML", "the first")
	i := open(t, dir)
	for n, text := range []string{"the second", "the third"} {
		staged, err := i.Stage(SpotSysprep, Staging{XML: []byte(text)})
		if err != nil {
			t.Fatal(err)
		}
		want := "Windows/System32/Sysprep/unattend.XML.bak" + string(rune('1'+n))
		if !strings.HasSuffix(staged.Kept, want) {
			t.Errorf("kept %q, want %q", staged.Kept, want)
		}
	}
	same, err := i.Stage(SpotSysprep, Staging{XML: []byte("the third")})
	if err != nil || !same.Same || same.Kept != "" {
		t.Errorf("%+v, %v", same, err)
	}
	for name, want := range map[string]string{"unattend.XML": "the third", "unattend.XML.bak1": "the first", "unattend.XML.bak2": "the second"} {
		if text, err := os.ReadFile(filepath.Join(dir, "Windows", "System32", "Sysprep", name)); err != nil || string(text) != want {
			t.Errorf("%s holds %q, %v", name, text, err)
		}
	}
	entries, err := os.ReadDir(filepath.Join(dir, "Windows", "System32", "Sysprep"))
	if err != nil || len(entries) != 3 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}

func TestSecretsAreStagedForTheirOwnerAlone(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("permissions are access lists there")
	}
	dir := folder(t)
	write(t, dir, "Windows/System32/Sysprep/Unattend.xml", withPassword)
	staged, err := open(t, dir).Stage(SpotSysprep, Staging{XML: []byte(withPassword), Secret: true})
	if err != nil || !staged.Secret || staged.Kept != "" {
		t.Fatalf("%+v, %v", staged, err)
	}
	other, err := open(t, dir).Stage(SpotSysprep, Staging{XML: []byte(harmless)})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]os.FileMode{staged.Path: 0o644, other.Kept: 0o600} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
	if staged, err = open(t, dir).Stage(SpotSysprep, Staging{XML: []byte(withPassword), Secret: true}); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(staged.Path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

func TestStageThatFailsLeavesTheOldFile(t *testing.T) {
	dir := folder(t)
	if err := os.Mkdir(filepath.Join(dir, "Windows", "System32", "Sysprep", "Unattend.xml"), 0o755); err != nil {
		t.Fatal(err)
	}
	if staged, err := open(t, dir).Stage(SpotSysprep, Staging{XML: []byte(harmless)}); err == nil {
		t.Errorf("a folder was replaced: %+v", staged)
	}
	entries, err := os.ReadDir(filepath.Join(dir, "Windows", "System32", "Sysprep"))
	if err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
	alone := filepath.Join(t.TempDir(), "mounted")
	if err := os.CopyFS(alone, os.DirFS(filepath.Join(dir, "Windows"))); err != nil {
		t.Fatal(err)
	}
	if _, err := open(t, alone).Stage(SpotRoot, Staging{XML: []byte(harmless)}); err == nil || !strings.Contains(err.Error(), "root of its drive") {
		t.Errorf("got %v", err)
	}
}

func TestDryRunTellsWhatStagingDoes(t *testing.T) {
	for _, spot := range Spots() {
		for _, there := range []bool{false, true} {
			dir := folder(t)
			if err := os.Rename(filepath.Join(dir, "Windows", "Panther"), filepath.Join(dir, "Windows", "PANTHER")); err != nil {
				t.Fatal(err)
			}
			i := open(t, dir)
			if there {
				if _, err := i.Stage(spot, Staging{XML: []byte("before")}); err != nil {
					t.Fatal(err)
				}
			}
			before := tree(t, dir)
			s := Staging{XML: []byte(harmless), Secret: true, DryRun: true}
			planned, err := i.Stage(spot, s)
			if err != nil {
				t.Fatal(err)
			}
			if after := tree(t, dir); !slices.Equal(after, before) {
				t.Errorf("%s: a dry run left %q", spot, after)
			}
			s.DryRun = false
			staged, err := i.Stage(spot, s)
			if err != nil || staged.Path != planned.Path || staged.Kept != planned.Kept || (staged.Kept != "") != there {
				t.Errorf("%s: planned %+v, staged %+v, %v", spot, planned, staged, err)
			}
			for _, name := range []string{staged.Path, staged.Kept} {
				if _, err := os.Stat(name); name != "" && err != nil {
					t.Errorf("%s: %v", spot, err)
				}
			}
		}
	}
}

// tree lists what is below a folder.
func tree(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		names = append(names, path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestStageMediaNeedsNoWindows(t *testing.T) {
	dir := t.TempDir()
	staged, err := StageMedia(dir, Staging{XML: []byte(harmless)})
	if err != nil || !strings.HasSuffix(staged.Path, "/Autounattend.xml") {
		t.Fatalf("%+v, %v", staged, err)
	}
	if _, err := StageMedia(filepath.Join(dir, "none"), Staging{XML: []byte(harmless)}); err == nil {
		t.Error("a folder that is missing")
	}
}

func TestCleanRemovesSecretsAndNothingElse(t *testing.T) {
	dir := folder(t)
	secret := []string{"Windows/Panther/unattend.xml", "Windows/Panther/unattend-original.xml", "Windows/System32/Sysprep/Unattend.xml.bak1", "Windows/Setup/Scripts/a.xml", "autounattend.xml"}
	for _, name := range secret {
		write(t, dir, name, withPassword)
	}
	write(t, dir, "Windows/Panther/Unattend/unattend.xml", unattend(password, "oobeSystem")+"</unattend>") // broken, and readable all the same
	kept := map[string]string{"Windows/System32/Sysprep/Unattend.xml": harmless, "Windows/OEM/scrubbed.xml": scrubbed, "Windows/Panther/setup.xml": "<x>password</x>",
		"Users/a/unattend.xml": withPassword}
	for name, text := range kept {
		write(t, dir, name, text)
	}
	i := open(t, dir)
	list, problems := i.Leftovers()
	none(t, problems)
	if len(list) != len(secret)+1 {
		t.Errorf("listed %d leftovers: %+v", len(list), list)
	}
	for _, l := range list {
		if len(l.Needed) > 0 || len(l.Secrets) != 1 || !strings.HasSuffix(l.Secrets[0], "AutoLogon/Password/Value") {
			t.Errorf("%+v", l)
		}
		if _, err := os.Stat(l.Here); err != nil {
			t.Errorf("listing removed %s", l.Here)
		}
	}
	none(t, i.Clean(list, false))
	for _, name := range append(secret, "Windows/Panther/Unattend/unattend.xml") {
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name))); err == nil {
			t.Errorf("%s is still there", name)
		}
	}
	for name := range kept {
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
			t.Errorf("%s is gone", name)
		}
	}
	if unseen := i.Unseen(); len(unseen) > 0 {
		t.Errorf("what was removed counts as there, and as unreadable: %q", unseen)
	}
	left, problems := i.AnswerFiles()
	none(t, problems)
	if len(left) != 2 {
		t.Errorf("left are %+v", left)
	}
}

func TestCleanFindsWhatAKilledRunLeaves(t *testing.T) {
	dir := folder(t)
	const whole, half = "Windows/System32/Sysprep/.reseal-ABCDEFGHIJ.tmp", "Windows/Panther/Unattend/.reseal-JIHGFEDCBA.tmp"
	write(t, dir, whole, withPassword)
	write(t, dir, half, withPassword[:strings.Index(withPassword, "</Password>")])
	write(t, dir, "Windows/Panther/other.tmp", withPassword)
	i := open(t, dir)
	list, problems := i.Leftovers()
	none(t, problems)
	if len(list) != 2 {
		t.Fatalf("%+v", list)
	}
	none(t, i.Clean(list, false))
	for _, name := range []string{whole, half} {
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name))); !os.IsNotExist(err) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCleanLeavesWhatTheNextBootNeeds(t *testing.T) {
	dir := folder(t, armed)
	write(t, dir, "Windows/Panther/unattend.xml", unattend(password, `oobeSystem wasPassProcessed="true"`))
	write(t, dir, "Windows/System32/Sysprep/Unattend.xml", withPassword)
	i := open(t, dir)
	list, problems := i.Leftovers()
	none(t, problems)
	if len(list) != 2 || len(list[0].Needed) > 0 || !slices.Equal(list[1].Needed, []schema.Pass{schema.OobeSystem}) {
		t.Fatalf("%+v", list)
	}
	if problems := i.Clean(list, false); len(problems) > 0 || !list[0].Removed || list[1].Removed {
		t.Errorf("%v, %+v", problems, list)
	}
	if problems := i.Clean(list[1:], true); len(problems) > 0 || !list[1].Removed {
		t.Errorf("%v, %+v", problems, list)
	}
}

func TestCleanLeavesAFileThatChanged(t *testing.T) {
	dir := folder(t)
	write(t, dir, "Windows/Panther/unattend.xml", withPassword)
	i := open(t, dir)
	list, _ := i.Leftovers()
	write(t, dir, "Windows/Panther/unattend.xml", harmless)
	if problems := i.Clean(list, false); len(problems) != 1 || list[0].Removed {
		t.Errorf("%v, %+v", problems, list)
	}
	if _, err := os.Stat(filepath.Join(dir, "Windows", "Panther", "unattend.xml")); err != nil {
		t.Error(err)
	}
}

// Removing a link leaves the secrets where they are.
func TestCleanDoesNotTakeALinkForItsFile(t *testing.T) {
	dir := folder(t)
	write(t, dir, "Answers/real.xml", withPassword)
	link := filepath.Join(dir, "Windows", "Panther", "unattend.xml")
	if err := os.Symlink("../../Answers/real.xml", link); err != nil {
		t.Skipf("no links here: %v", err)
	}
	i := open(t, dir)
	list, problems := i.Leftovers()
	none(t, problems)
	if problems := i.Clean(list, false); len(list) != 1 || list[0].Removed || len(problems) != 1 || !strings.Contains(problems[0].Error(), "it is a link") {
		t.Errorf("%+v, %v", list, problems)
	}
	if _, err := os.Lstat(link); err != nil {
		t.Error(err)
	}
}

func TestDuePassesFollowTheState(t *testing.T) {
	for want, s := range map[string]State{
		"":                                   {SetupType: 0, Generalization: 4},
		"auditSystem, auditUser, oobeSystem": {SetupType: 2, Generalization: 7},
		"specialize, auditSystem, auditUser, oobeSystem": {SetupType: 2, Generalization: 4},
	} {
		if got := due(&s).String(); got != want {
			t.Errorf("%+v: %s, want %s", s, got, want)
		}
	}
}
