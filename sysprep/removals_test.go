package sysprep

import (
	"strings"
	"testing"

	"github.com/reseal/reseal/schema"
)

func TestWhatGeneralizeRemovesDependsOnSettingsAndProviders(t *testing.T) {
	const none = "(no row)"
	pnp := ActionProvider{Stage: StageGeneralize, Order: 0x500, Name: "Microsoft-Windows-PnpSysprep", Execute: []string{"sppnp.dll!Sysprep_Generalize_Pnp"}}
	cases := []struct {
		name    string
		windows string
		lines   []string
		files   []ActionProvider
		what    string
		want    string
	}{
		{"plain", "11-24h2", nil, nil, "device installations", Removed},
		{"persist", "11-24h2", []string{"generalize Microsoft-Windows-PnpSysprep PersistAllDeviceInstalls = true"}, nil, "device installations", Kept},
		{"activation", "11-24h2", nil, nil, "activation", Reset},
		{"skip rearm", "11-24h2", []string{"generalize Microsoft-Windows-Security-SPP SkipRearm = 1"}, nil, "activation", Kept},
		{"not in the list of this build", "10-1703", nil, nil, "state of Autopilot", Kept},
		{"in the list of another build", "11-24h2", nil, nil, "state of Autopilot", Removed},
		{"in the action file", "11-24h2", nil, []ActionProvider{pnp}, "device installations", Removed},
		{"taken out of the action file", "11-24h2", nil, []ActionProvider{pnp}, "activation", Kept},
		{"listed in 1903", "10-1903", nil, nil, "network profiles", Removed},
		{"known from the documentation", "11-24h2", nil, nil, "logs of devices", Removed},
		{"by a function that has another name in Windows 7", "7", nil, []ActionProvider{{Stage: StageGeneralize, Name: "{1}", Execute: []string{`C:\Windows\System32\slc.dll!SLReArmWindows`}}}, "activation", Reset},
		{"not by a function of that name in another stage", "7", nil, []ActionProvider{{Stage: StageSpecialize, Name: "{1}", Execute: []string{`C:\Windows\System32\slc.dll!SLReArmWindows`}}}, "activation", Kept},
		{"needs no provider", "11-24h2", nil, []ActionProvider{pnp}, "computer name", Removed},
		{"stays", "11-24h2", nil, nil, "installed programs", Kept},
		{"client", "11-24h2", nil, nil, "password of the built-in Administrator", none},
		{"server", "server-2022", nil, nil, "password of the built-in Administrator", Removed},
	}
	for _, c := range cases {
		f := answerFile(t, generalizeOOBE, c.lines...)
		f.Target.Windows = c.windows
		record := rehearse(t, f, given(func(m *Machine) {
			m.Windows.Value = c.windows
			if c.files != nil {
				m.Internal = GivenAs(c.files)
			}
		})).Record
		got := none
		for _, r := range record.Removes {
			if r.What == c.what {
				got = r.Result
				if (r.Result == Kept && r.By != "") != (r.Why != "") {
					t.Errorf("%s: %+v", c.name, r)
				}
			}
		}
		if got != c.want {
			t.Errorf("%s: %s is %s, want %s", c.name, c.what, got, c.want)
		}
	}
}

func TestOnlyARunThatGeneralizesRemovesAnything(t *testing.T) {
	blocked := given(func(m *Machine) { m.Elevated.Value = false })
	for name, r := range map[string]*Record{
		"/oobe":   rehearse(t, answerFile(t, schema.Invocation{Mode: "oobe"}), nil).Record,
		"blocked": rehearse(t, answerFile(t, generalizeOOBE), blocked).Record,
	} {
		if len(r.Removes) != 0 {
			t.Errorf("%s removes %+v", name, r.Removes)
		}
	}
}

func TestEveryRemovalNamesAProviderOfTheTable(t *testing.T) {
	for _, r := range removals {
		found := r.by == ""
		for _, b := range builtins {
			found = found || b.name == r.by && b.stage == StageGeneralize
		}
		if !found {
			t.Errorf("%s: there is no provider %s", r.what, r.by)
		}
	}
}

// The note on generalize says nothing that the list of removals denies.
func TestTheNoteOnGeneralizeLeavesOutWhatIsKept(t *testing.T) {
	const start = "generalize takes away the computer's SID and name, domain membership, "
	for name, c := range map[string]struct{ line, want string }{
		"plain":   {"specialize Microsoft-Windows-Shell-Setup TimeZone = UTC", "device installations, event logs, restore points and activation;"},
		"persist": {"generalize Microsoft-Windows-PnpSysprep PersistAllDeviceInstalls = true", "event logs, restore points and activation;"},
		"rearm":   {"generalize Microsoft-Windows-Security-SPP SkipRearm = 1", "device installations, event logs and restore points;"},
	} {
		if story := rehearse(t, answerFile(t, generalizeOOBE, c.line), nil).Record.Story(); !strings.Contains(story, start+c.want) {
			t.Errorf("%s: %s", name, story)
		}
	}
}

// A check whose failure Sysprep itself meets too late says so.
func TestABlockThatSavesTheImageSaysSo(t *testing.T) {
	for id, flip := range map[string]func(*Machine){
		"rearms":    func(m *Machine) { m.Rearms.Value = 0 },
		"bitlocker": func(m *Machine) { m.BitLocker.Value = "on" },
	} {
		story := rehearse(t, answerFile(t, generalizeOOBE), given(flip)).Record.Story()
		if got, want := strings.Contains(story, "would fail in the middle of generalize and leave IMAGE_STATE_UNDEPLOYABLE"), id == "rearms"; got != want {
			t.Errorf("%s: %s", id, story)
		}
	}
}
