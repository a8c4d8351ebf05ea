package image

import (
	"strings"
	"testing"

	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/sysprep"
)

func TestRivalsOfAStagedFile(t *testing.T) {
	const cached, inRoot = "Windows/Panther/unattend.xml", "Unattend.xml"
	cases := []struct {
		name  string
		at    Spot
		text  string
		files map[string]string
		want  []Rival
	}{
		{"alone", SpotSysprep, harmless, nil, nil},
		{"its own place", SpotSysprep, harmless, map[string]string{"Windows/System32/Sysprep/unattend.xml": harmless}, nil},
		{"behind it", SpotSysprep, harmless, map[string]string{inRoot: harmless}, nil},
		{"before it", SpotSysprep, harmless, map[string]string{cached: harmless}, []Rival{
			{Pass: schema.Specialize, Winner: `C:\Windows\Panther\unattend.xml`, Place: sysprep.PlacePanther},
			{Pass: schema.OobeSystem, Winner: `C:\Windows\Panther\unattend.xml`, Place: sysprep.PlacePanther}}},
		{"before it in one pass", SpotSysprep, harmless, map[string]string{cached: withPassword}, []Rival{
			{Pass: schema.OobeSystem, Winner: `C:\Windows\Panther\unattend.xml`, Place: sysprep.PlacePanther}}},
		{"before it, and processed", SpotSysprep, harmless, map[string]string{cached: unattend(password, `specialize wasPassProcessed="true"`, `oobeSystem wasPassProcessed="true"`)}, nil},
		{"before it by name", SpotRoot, withPassword, map[string]string{inRoot: harmless}, []Rival{
			{Pass: schema.OobeSystem, Winner: `C:\Unattend.xml`, Place: sysprep.PlaceSystemRoot}}},
		{"above the cache", SpotPanther, harmless, map[string]string{cached: harmless}, nil},
		{"a pass of Setup", SpotSysprep, unattend(password, "windowsPE", "oobeSystem"), nil, []Rival{
			{Pass: schema.WindowsPE, Reason: "this place is not searched for windowsPE"}}},
		{"processed itself", SpotSysprep, unattend(password, `oobeSystem wasPassProcessed="true"`), map[string]string{inRoot: harmless}, []Rival{
			{Pass: schema.OobeSystem, Winner: `C:\Unattend.xml`, Place: sysprep.PlaceSystemRoot, Reason: "oobeSystem is marked as processed in it"}}},
	}
	for _, c := range cases {
		dir := folder(t)
		for name, text := range c.files {
			write(t, dir, name, text)
		}
		got := open(t, dir).Rivals(c.at, parse(t, c.text))
		if len(got) != len(c.want) {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
			continue
		}
		for n := range got {
			if got[n] != c.want[n] {
				t.Errorf("%s: %+v, want %+v", c.name, got[n], c.want[n])
			}
		}
	}
}

// The registry names a file before all others, and may name the one that is
// staged, too.
func TestRivalThatTheRegistryNames(t *testing.T) {
	dir := folder(t, "[SYSTEM\\Setup]\nUnattendFile=C:\\Deploy\\answers.xml\n")
	write(t, dir, "Deploy/answers.xml", harmless)
	i := open(t, dir)
	got := i.Rivals(SpotPanther, parse(t, harmless))
	if len(got) != 2 || got[0].Place != sysprep.PlaceRegistry || !strings.EqualFold(got[0].Winner, `C:\Deploy\answers.xml`) {
		t.Errorf("%+v", got)
	}
	if named := i.Pointer(); named != `C:\Deploy\answers.xml` {
		t.Errorf("Pointer = %q", named)
	}
	own := folder(t, "[SYSTEM\\Setup]\nUnattendFile=C:\\Windows\\System32\\Sysprep\\Unattend.xml\n")
	write(t, own, "Windows/System32/Sysprep/Unattend.xml", withPassword)
	if got := open(t, own).Rivals(SpotSysprep, parse(t, harmless)); len(got) != 0 {
		t.Errorf("the file that is replaced is no rival: %+v", got)
	}
}
