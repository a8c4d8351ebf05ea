package sysprep

import (
	"strings"
	"testing"

	"github.com/reseal/reseal/schema"
)

const generalizeSetting = "auditUser Microsoft-Windows-Deployment Generalize/Mode = OOBE"

// unfit fails one check of every level that goes with generalize.
func unfit(m *Machine) {
	m.BitLocker.Value = "on"
	m.Rearms.Value = 0
	m.AppX.Value = []Package{{Name: "A_1.0_x64__p", Users: []string{"ann"}}}
	m.Onboarded.Value = true
	m.Devices = GivenAs([]Device{{Name: "card", Present: true}})
}

func TestALaterGeneralizeIsJudgedAndStopsNothing(t *testing.T) {
	audit := schema.Invocation{Mode: "audit"}
	skipRearm := "generalize Microsoft-Windows-Security-SPP SkipRearm = 1"
	cases := []struct {
		name  string
		inv   schema.Invocation
		lines []string
		more  func(*Machine)
		want  map[string]Status // of checks; "" = not judged
		boot  string            // that the details name
	}{
		{"audit alone", audit, nil, nil, map[string]Status{"bitlocker": "", "rearms": "", "appx": "", "defender-endpoint": ""}, ""},
		{"with the setting", audit, []string{generalizeSetting}, nil,
			map[string]Status{"bitlocker": StatusWarning, "rearms": StatusWarning, "appx": StatusWarning, "defender-endpoint": StatusWarning}, "boot 1"},
		{"SkipRearm", audit, []string{generalizeSetting, skipRearm}, nil, map[string]Status{"bitlocker": StatusWarning, "rearms": StatusOK}, "boot 1"},
		{"auditSystem leaves before it", audit, []string{generalizeSetting, "auditSystem Microsoft-Windows-Deployment Reseal/Mode = OOBE"}, nil,
			map[string]Status{"bitlocker": "", "rearms": ""}, ""},
		{"oobe does not come to it", schema.Invocation{Mode: "oobe"}, []string{generalizeSetting}, nil, map[string]Status{"bitlocker": ""}, ""},
		{"oobe, back into audit mode", schema.Invocation{Mode: "oobe"}, []string{generalizeSetting, "oobeSystem Microsoft-Windows-Deployment Reseal/Mode = Audit"}, nil,
			map[string]Status{"bitlocker": StatusWarning}, "boot 2"},
		{"for another architecture", audit, []string{"auditUser Microsoft-Windows-Deployment@arm64 Generalize/Mode = OOBE"}, nil, map[string]Status{"bitlocker": ""}, ""},
		{"old release", audit, []string{generalizeSetting}, func(m *Machine) { m.Windows.Value, m.Upgraded.Value = "10-1511", true },
			map[string]Status{"upgrade": StatusWarning}, "boot 1"},
		{"CopyProfile", audit, []string{generalizeSetting, "specialize Microsoft-Windows-Shell-Setup CopyProfile = true"},
			func(m *Machine) { m.Accounts.Value = append(m.Accounts.Value, Account{"ann", "local"}) }, map[string]Status{"copy-profile": StatusWarning}, "boot 1"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			m := given(unfit)
			if c.more != nil {
				c.more(m)
			}
			f := answerFile(t, c.inv, c.lines...)
			f.Target.Windows = m.Windows.Value
			record := rehearse(t, f, m).Record
			if record.Verdict == VerdictFailed || record.Generalize {
				t.Errorf("verdict %s, generalize %t", record.Verdict, record.Generalize)
			}
			for id, want := range c.want {
				_, got := step(record, id)
				if got.Status != want {
					t.Errorf("%s is %q, want %q", id, got.Status, want)
				}
				if want == StatusWarning && !strings.HasSuffix(got.Detail, "the Generalize setting of auditUser will meet it in "+c.boot) {
					t.Errorf("%s: %s", id, got.Detail)
				}
			}
			reaches := c.boot != ""
			if got := len(record.Removes) > 0; got != reaches {
				t.Errorf("removes %+v", record.Removes)
			}
			if got := record.Devices[0].Result == DeviceReinstalled; got != reaches {
				t.Errorf("devices %+v", record.Devices)
			}
			if got := record.Providers[len(record.Providers)-1].Stage == StageSpecialize; got != reaches {
				t.Errorf("the last provider is %+v", record.Providers[len(record.Providers)-1])
			}
			if _, s := step(record, "generalize-providers"); s.Name != "" {
				t.Errorf("sysprep.exe itself does not generalize: %+v", s)
			}
		})
	}
}

// What stops every run goes on stopping one with a later generalize, and a run
// that generalizes itself is not softened by the setting.
func TestALaterGeneralizeSoftensNothingElse(t *testing.T) {
	for name, c := range map[string]struct {
		inv   schema.Invocation
		check string
		flip  func(*Machine)
	}{
		"any run":          {schema.Invocation{Mode: "audit"}, "elevated", func(m *Machine) { m.Elevated.Value = false }},
		"generalizes both": {schema.Invocation{Mode: "audit", Generalize: true}, "bitlocker", unfit},
	} {
		record := rehearse(t, answerFile(t, c.inv, generalizeSetting), given(c.flip)).Record
		if _, s := step(record, c.check); s.Status != StatusFailed || strings.Contains(s.Detail, "auditUser") {
			t.Errorf("%s: %+v", name, s)
		}
		if len(record.Removes) > 0 {
			t.Errorf("%s removes %+v", name, record.Removes)
		}
	}
}

// The setting counts in whichever file serves auditUser, and so do the answers
// of generalize.
func TestALaterGeneralizeIsFoundInTheFileOfADrive(t *testing.T) {
	drive := FoundFile{Place: PlaceRemovable, Path: `E:\Autounattend.xml`, File: answerFile(t, schema.Invocation{},
		generalizeSetting, "generalize Microsoft-Windows-Security-SPP SkipRearm = 1")}
	record := rehearse(t, answerFile(t, schema.Invocation{Mode: "audit"}), given(func(m *Machine) {
		unfit(m)
		m.AnswerFiles.Value = []FoundFile{drive}
	})).Record
	if _, s := step(record, "bitlocker"); s.Status != StatusWarning {
		t.Errorf("bitlocker %+v", s)
	}
	if _, s := step(record, "rearms"); s.Status != StatusOK {
		t.Errorf("rearms %+v", s)
	}
}

// Passes behind the run are looked at as those of the run are, in whichever way
// a setting leads to them.
func TestOtherFilesOfLaterPassesAreFound(t *testing.T) {
	higher := func(passes ...string) []FoundFile {
		return []FoundFile{found(PlacePantherUnattend, `C:\Windows\Panther\Unattend\Unattend.xml`, passes...)}
	}
	back := "oobeSystem Microsoft-Windows-Deployment Reseal/Mode = Audit"
	cases := []struct {
		name   string
		mode   string
		lines  []string
		files  []FoundFile
		status Status
		told   string
	}{
		{"generalize of auditUser", "audit", []string{generalizeSetting}, higher("generalize"), StatusWarning, "generalize is served by C:"},
		{"specialize behind it", "audit", []string{generalizeSetting}, higher("specialize"), StatusWarning, "specialize is served by C:"},
		{"no generalize", "audit", nil, higher("generalize", "specialize"), StatusOK, "this answer file serves nothing; no file serves auditSystem, auditUser"},
		{"audit mode behind OOBE", "oobe", []string{back}, higher("auditSystem"), StatusWarning, "auditSystem is served by C:"},
		{"OOBE alone", "oobe", quietLines, higher("auditSystem"), StatusOK, "this answer file serves oobeSystem"},
	}
	for _, c := range cases {
		record := rehearse(t, answerFile(t, schema.Invocation{Mode: c.mode}, c.lines...), given(func(m *Machine) { m.AnswerFiles.Value = c.files })).Record
		if _, s := step(record, "answer-media"); s.Status != c.status || !strings.HasPrefix(s.Detail, c.told) {
			t.Errorf("%s: %+v", c.name, s)
		}
	}
	drive := func(m *Machine) {
		m.Media.Value, m.AnswerFiles = []Medium{{Drive: "E:", Kind: "removable"}}, Fact[[]FoundFile]{}
	}
	record := rehearse(t, answerFile(t, schema.Invocation{Mode: "audit"}, generalizeSetting), given(drive)).Record
	if _, s := step(record, "answer-media"); s.Status != StatusWarning || !strings.Contains(s.Detail, "generalize, specialize") {
		t.Errorf("a drive that nobody looked into: %+v", s)
	}
}

func TestCommandsOfLaterPassesAreMeasured(t *testing.T) {
	long := "auditUser Microsoft-Windows-Deployment RunSynchronous/RunSynchronousCommand[1]/Path = " + strings.Repeat("x", 260)
	for lead, want := range map[string]Status{
		"oobeSystem Microsoft-Windows-Deployment Reseal/Mode = Audit":     StatusFailed,
		"oobeSystem Microsoft-Windows-Shell-Setup OOBE/ProtectYourPC = 3": StatusOK,
	} {
		record := rehearse(t, answerFile(t, schema.Invocation{Mode: "oobe"}, lead, long), given(nil)).Record
		if _, s := step(record, "command-length"); s.Status != want {
			t.Errorf("%s: %+v", lead, s)
		}
	}
}

// Each generalize takes one rearm, the one of auditUser as well.
func TestEveryGeneralizeTakesARearm(t *testing.T) {
	const spp = "generalize Microsoft-Windows-Security-SPP SkipRearm = "
	twice, once := schema.Invocation{Mode: "audit", Generalize: true}, schema.Invocation{Mode: "oobe", Generalize: true}
	cases := []struct {
		name   string
		inv    schema.Invocation
		lines  []string
		left   int
		skip   bool // in the registry
		want   Status
		detail string
	}{
		{"one for two", twice, []string{generalizeSetting}, 1, false, StatusWarning, "1 rearm left, and 2 are needed; this run goes on, but the Generalize setting of auditUser will meet it in boot 2"},
		{"two for two", twice, []string{generalizeSetting}, 2, false, StatusOK, ""},
		{"none for two", twice, []string{generalizeSetting}, 0, false, StatusFailed, "no rearm is left"},
		{"one for one", twice, nil, 1, false, StatusOK, ""},
		{"one for one, into OOBE", once, []string{generalizeSetting}, 1, false, StatusOK, ""},
		{"the value that the first sets stays", twice, []string{generalizeSetting, spp + "1"}, 0, false, StatusOK, "SkipRearm leaves the licence state alone"},
		{"the registry has it", once, nil, 0, true, StatusOK, "SkipRearm leaves the licence state alone"},
		{"the answer file takes it back", once, []string{spp + "0"}, 0, true, StatusFailed, "no rearm is left"},
	}
	for _, c := range cases {
		record := rehearse(t, answerFile(t, c.inv, c.lines...), given(func(m *Machine) { m.Rearms.Value, m.SkipRearm.Value = c.left, c.skip })).Record
		if _, s := step(record, "rearms"); s.Status != c.want || s.Detail != c.detail {
			t.Errorf("%s: %+v", c.name, s)
		}
	}
}
