package sysprep

import (
	"strings"
	"testing"

	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// judged is the step of one check, without the rest of a run.
func judged(m *Machine, f *answer.File, inv schema.Invocation, id string) Step {
	for _, r := range PreCheck(m, f, CommandOf(inv, DefaultAnswerPath), nil) {
		if r.ID == id {
			return r.Step
		}
	}
	return Step{}
}

func TestSetupCompleteRunsUnderNoKeyOfAnOEM(t *testing.T) {
	const key = "specialize Microsoft-Windows-Shell-Setup ProductKey = "
	cases := []struct {
		name    string
		scripts []string
		edition string
		channel Fact[string]
		lines   []string
		want    Status
	}{
		{"no script", nil, "Professional", GivenAs("oem"), nil, StatusOK},
		{"another script", []string{"ErrorHandler.cmd"}, "Professional", GivenAs("oem"), nil, StatusOK},
		{"OEM", []string{setupComplete}, "Professional", GivenAs("oem"), nil, StatusWarning},
		{"volume", []string{setupComplete}, "Professional", GivenAs("volume"), nil, StatusOK},
		{"nobody knows", []string{setupComplete}, "Professional", Fact[string]{}, nil, StatusNotModelled},
		{"Enterprise", []string{setupComplete}, "IoTEnterpriseS", GivenAs("oem"), nil, StatusOK},
		{"a server", []string{setupComplete}, "ServerStandard", GivenAs("oem"), nil, StatusOK},
		{"a published key of the answer file", []string{setupComplete}, "Professional", GivenAs("oem"), []string{key + "W269N-WFGWX-YVC9B-4J6C9-T83GX"}, StatusOK},
		{"somebody's own key", []string{setupComplete}, "Professional", GivenAs("oem"), []string{key + "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE"}, StatusNotModelled},
	}
	for _, c := range cases {
		m := given(func(m *Machine) { m.Scripts.Value, m.Edition.Value, m.Channel = c.scripts, c.edition, c.channel })
		if s := judged(m, answerFile(t, generalizeOOBE, c.lines...), generalizeOOBE, "setup-script"); s.Status != c.want {
			t.Errorf("%s: %+v", c.name, s)
		}
	}
	server := given(func(m *Machine) {
		m.Scripts.Value, m.Channel, m.Windows.Value, m.Edition = []string{setupComplete}, GivenAs("oem"), "server-2025", Fact[string]{}
	})
	if s := judged(server, nil, generalizeOOBE, "setup-script"); s.Status != StatusOK {
		t.Errorf("a server of unknown edition: %+v", s)
	}
	client := given(func(m *Machine) {
		m.Scripts.Value, m.Channel, m.Edition = []string{setupComplete}, GivenAs("oem"), Fact[string]{}
	})
	if s := judged(client, nil, generalizeOOBE, "setup-script"); s.Status != StatusNotModelled {
		t.Errorf("a client of unknown edition: %+v", s)
	}
	unread := given(func(m *Machine) { m.Scripts, m.Channel = Fact[[]string]{}, GivenAs("oem") })
	if s := judged(unread, nil, generalizeOOBE, "setup-script"); s.Status != StatusNotModelled {
		t.Errorf("scripts that nobody looked for: %+v", s)
	}
}

func TestTheLastOfTheEarlierErrorsIsTold(t *testing.T) {
	for want, runs := range map[string][]string{
		"": nil, "a failed": {"a failed"}, "b failed; 1 run before it failed, too": {"a failed", "b failed"},
		"c failed; 2 runs before it failed, too": {"a failed", "b failed", "c failed"},
	} {
		s := judged(given(func(m *Machine) { m.EarlierErrors.Value = runs }), nil, generalizeOOBE, "earlier-errors")
		if s.Detail != want || (s.Status == StatusInfo) != (want != "") {
			t.Errorf("%q: %+v", runs, s)
		}
	}
}

// The Store is no news where it updates nobody's apps, as on every new image.
func TestStoreUpdatesMatterWhereUsersHaveApps(t *testing.T) {
	app := Package{Name: "A_1.0_x64__p", Users: []string{"ann"}, Provisioned: true}
	framework := Package{Name: "F_1.0_x64__p", Users: []string{"ann"}, Kind: "framework"}
	cases := []struct {
		name    string
		updates Fact[bool]
		apps    Fact[[]Package]
		want    Status
	}{
		{"an app of a user", GivenAs(true), GivenAs([]Package{app}), StatusInfo},
		{"no apps", GivenAs(true), GivenAs([]Package(nil)), StatusOK},
		{"a framework", GivenAs(true), GivenAs([]Package{framework}), StatusOK},
		{"provisioned alone", GivenAs(true), GivenAs([]Package{{Name: app.Name, Provisioned: true}}), StatusOK},
		{"kept quiet", GivenAs(false), GivenAs([]Package{app}), StatusOK},
		{"apps that nobody could read", GivenAs(true), Fact[[]Package]{}, StatusNotModelled},
		{"a policy that nobody could read", Fact[bool]{}, GivenAs([]Package{app}), StatusNotModelled},
	}
	for _, c := range cases {
		m := given(func(m *Machine) { m.StoreUpdates, m.AppX = c.updates, c.apps })
		if s := judged(m, nil, generalizeOOBE, "store-updates"); s.Status != c.want {
			t.Errorf("%s: %+v", c.name, s)
		}
	}
}

// markProcessed writes wasPassProcessed on a pass, as Setup does in its cached copy.
func markProcessed(f *answer.File, pass string) *answer.File {
	for _, p := range f.Passes {
		if p.Name == pass {
			p.Attributes = append(p.Attributes, answer.Attribute{Name: "wasPassProcessed", Value: "true"})
		}
	}
	return f
}

func TestProcessedPassesOfTheAnswerFile(t *testing.T) {
	plain := answerFile(t, generalizeOOBE, quietLines...)
	if s := judged(given(nil), plain, generalizeOOBE, "processed-passes"); s.Status != StatusOK {
		t.Errorf("no mark: %+v", s)
	}
	marked := markProcessed(answerFile(t, generalizeOOBE, quietLines...), "specialize")
	s := judged(given(nil), marked, generalizeOOBE, "processed-passes")
	if s.Status != StatusWarning || !strings.HasPrefix(s.Detail, "the answer file marks specialize as processed") {
		t.Errorf("specialize: %+v", s)
	}
	if s := judged(given(nil), marked, schema.Invocation{Mode: "oobe"}, "processed-passes"); s.Status != StatusOK {
		t.Errorf("a pass that does not run: %+v", s)
	}
}

func TestAnswerFilesThatWindowsFindsByItself(t *testing.T) {
	cached := found(PlacePanther, `C:\Windows\Panther\unattend.xml`, "specialize", "oobeSystem")
	markProcessed(cached.File, "specialize")
	m := given(func(m *Machine) { m.AnswerFiles.Value = []FoundFile{cached} })
	s := judged(m, nil, generalizeOOBE, "answer-files")
	want := `oobeSystem is served by C:\Windows\Panther\unattend.xml; specialize is marked as processed in C:\Windows\Panther\unattend.xml`
	if s.Status != StatusInfo || s.Detail != want {
		t.Errorf("%+v", s)
	}
	if s := judged(given(nil), nil, generalizeOOBE, "answer-files"); s.Status != StatusOK {
		t.Errorf("none: %+v", s)
	}
	if s := judged(m, answerFile(t, generalizeOOBE, quietLines...), generalizeOOBE, "answer-files"); s.Name != "" {
		t.Errorf("a file that the command names takes the place of the cached one: %+v", s)
	}
}

func TestCommandsStandInPassesThatHaveThem(t *testing.T) {
	line := func(pass, component, path string) string {
		return pass + " " + component + " " + path + " = cmd /c ver"
	}
	synchronous, logon := "RunSynchronous/RunSynchronousCommand[1]/Path", "FirstLogonCommands/SynchronousCommand[1]/CommandLine"
	cases := []struct{ line, told string }{
		{line("specialize", deploymentComponent, synchronous), ""},
		{line("auditUser", deploymentComponent, synchronous), ""},
		{line("oobeSystem", deploymentComponent, synchronous), "1 command of RunSynchronous in oobeSystem; the list belongs to specialize, auditUser"},
		{line("oobeSystem", shellComponent, logon), ""},
		{line("specialize", shellComponent, logon), "1 command of FirstLogonCommands in specialize; the list belongs to oobeSystem"},
	}
	for _, c := range cases {
		s := judged(given(nil), answerFile(t, generalizeOOBE, c.line), generalizeOOBE, "command-pass")
		if s.Detail != c.told || (s.Status == StatusWarning) != (c.told != "") {
			t.Errorf("%s: %+v", c.line, s)
		}
	}
}

// A run that was set aside a check of which it has no need says so.
func TestASkipThatChangesNothingIsTold(t *testing.T) {
	record := rehearse(t, answerFile(t, schema.Invocation{Mode: "oobe"}), given(nil), Skip{"bitlocker", "x"}, Skip{"domain", "y"}).Record
	notes := strings.Join(record.Notes, "\n")
	if !strings.Contains(notes, "the check bitlocker does not apply to this run") || strings.Contains(notes, "the check domain") {
		t.Errorf("%s", notes)
	}
}

// A check that only warns can be set aside as well: record, story and log show
// it once, with its reason.
func TestAWarningThatIsSetAsideIsShownEverywhere(t *testing.T) {
	out := rehearse(t, answerFile(t, generalizeOOBE, quietLines...), given(func(m *Machine) { m.Domain.Value = "corp.example" }), Skip{"domain", "left later"})
	if _, s := step(out.Record, "domain"); s.Status != StatusSkipped || s.Detail != "set aside: left later" {
		t.Errorf("%+v", s)
	}
	for name, text := range map[string]string{"story": out.Record.Story(), "log": string(out.SetupAct)} {
		if strings.Count(text, "set aside: left later") != 1 {
			t.Errorf("%s:\n%s", name, text)
		}
	}
	json, err := out.Record.JSON()
	if err != nil || !strings.Contains(string(json), `"check": "domain",`) || !strings.Contains(string(json), `"reason": "left later"`) {
		t.Errorf("%v", err)
	}
}

// Record and log of a run that fails in the middle of its work agree on what
// happens: nothing, since the check stops it.
func TestLogAndRecordAgreeOnARunThatACheckStops(t *testing.T) {
	out := rehearse(t, answerFile(t, generalizeOOBE, quietLines...), given(func(m *Machine) { m.Rearms.Value = 0 }))
	log := string(out.SetupAct)
	for _, n := range []string{nothingChanged, "without the check rearms, Sysprep would fail in the middle of generalize and leave IMAGE_STATE_UNDEPLOYABLE"} {
		at, executed := strings.Index(log, n), strings.Index(log, "WinMain:Processing 'cleanup'")
		if !strings.Contains(strings.Join(out.Record.Notes, "\n"), n) || at < 0 || at > executed {
			t.Errorf("%q stands at %d of the log, the first provider at %d; notes %q", n, at, executed, out.Record.Notes)
		}
	}
	validated := rehearse(t, answerFile(t, generalizeOOBE, quietLines...), given(func(m *Machine) { m.BitLocker.Value = "on" }))
	if strings.Contains(string(validated.SetupAct), nothingChanged) {
		t.Error("a log that ends before the first provider need not say so")
	}
}

func TestRolesAreSupportedUnderTheConditionsOfTheTable(t *testing.T) {
	for _, c := range []struct {
		windows string
		roles   []string
		want    Status // "" = the check does not apply
		detail  string
	}{
		{"server-2022", nil, "", ""},
		{"server-2022", []string{"DHCP Server", "File and Storage Services"}, StatusOK, ""},
		{"server-2022", []string{"Volume Activation Services", "Network Policy and Access Services", "Coffee Server"}, StatusOK, ""},
		{"server-2022", []string{"Hyper-V", "Windows Deployment Services"}, StatusInfo,
			"Hyper-V: Delete virtual networks first; Windows Deployment Services: Not if initialised: wdsutil /uninitialize-server"},
		{"server-2008r2", []string{"Web Server (IIS)", "Windows Deployment Services"}, StatusInfo, "Web Server (IIS): Not with encrypted credentials in applicationHost.config"},
	} {
		m := &Machine{Windows: GivenAs(c.windows), Roles: GivenAs(c.roles)}
		var got Step
		for _, r := range PreCheck(m, nil, CommandOf(generalizeOOBE, ""), nil) {
			if r.ID == "role-conditions" {
				got = r.Step
			}
		}
		if got.Status != c.want || got.Detail != c.detail {
			t.Errorf("%s %q: %+v", c.windows, c.roles, got)
		}
	}
}
