package sysprep

import (
	"strings"
	"testing"

	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

func passOf(t *testing.T, r *Record, pass string) PassRun {
	t.Helper()
	for _, b := range r.Boots {
		for _, p := range b.Passes {
			if p.Pass == pass {
				return p
			}
		}
	}
	t.Fatalf("no pass %s in %s", pass, picture(r))
	return PassRun{}
}

func TestWhatIsIgnoredHasAReasonAndAPlace(t *testing.T) {
	cases := []struct {
		name, windows string
		lines         []string
		pass          string
		setting       string // that is ignored
		reason        string
		at            string
	}{
		{"never runs", "", []string{"windowsPE Microsoft-Windows-International-Core-WinPE UILanguage = en-US"}, "windowsPE", "UILanguage", "belongs to Setup", "answer:1"},
		{"unknown pass", "", []string{"oobe Microsoft-Windows-Shell-Setup TimeZone = UTC"}, "oobe", "", "no pass of this name", "answer:1"},
		{"architecture", "", []string{"specialize Microsoft-Windows-Shell-Setup@x86 TimeZone = UTC"}, "specialize", "", "component for x86, Windows is amd64", "answer:1"},
		{"unknown component", "", []string{"specialize Contoso-Shell TimeZone = UTC"}, "specialize", "", "no component of this name", "answer:1"},
		{"unknown setting", "", []string{"specialize Microsoft-Windows-Shell-Setup TimeZome = UTC"}, "specialize", "TimeZome", "no setting of this name", "answer:1"},
		{"unknown below a known one", "", []string{"oobeSystem Microsoft-Windows-Shell-Setup OOBE/HideAll = true"}, "oobeSystem", "OOBE/HideAll", "no setting of this name", "answer:1"},
		{"wrong pass", "", []string{"specialize Microsoft-Windows-Shell-Setup OOBE/ProtectYourPC = 3"}, "specialize", "OOBE", "not valid in this pass, only in oobeSystem", "answer:1"},
		{"too new", "8.1", []string{"generalize Microsoft-Windows-Deployment DeviceForm = 3"}, "generalize", "DeviceForm", "only since Windows 10 1511", "answer:1"},
		{"vm options", "", []string{"oobeSystem Microsoft-Windows-Shell-Setup OOBE/VMModeOptimizations/SkipWinREInitialization = true"}, "oobeSystem", "OOBE/VMModeOptimizations", "only meaningful with /mode:vm", "answer:1"},
	}
	for _, c := range cases {
		f := answerFile(t, generalizeOOBE, c.lines...)
		f.Target.Windows = c.windows
		p := passOf(t, rehearse(t, f, nil).Record, c.pass)
		if len(p.Applied) != 0 || len(p.Ignored) != 1 {
			t.Errorf("%s: %+v", c.name, p)
			continue
		}
		got := p.Ignored[0]
		if got.Setting != c.setting || !strings.Contains(got.Reason, c.reason) || got.At != c.at || got.Component == "" {
			t.Errorf("%s: %+v, want %s: %s at %s", c.name, got, c.setting, c.reason, c.at)
		}
	}
}

// Every removed or later setting of the catalogue is ignored where the
// release lacks it, and is not where the release has it.
func TestRemovedSettingsAreIgnoredOnTheReleaseThatLacksThem(t *testing.T) {
	found := 0
	for _, c := range schema.Components() {
		for i := range c.Settings {
			s := &c.Settings[i]
			if s.RemovedIn == "" || s.Kind != schema.Scalar || strings.Contains(s.Path, "/") || !s.Passes.Has(schema.Specialize) {
				continue
			}
			gone := schema.ReleaseOf(s.RemovedIn)
			if gone == nil || c.In(gone) != schema.Present {
				continue
			}
			found++
			f := answerFile(t, generalizeOOBE, "specialize "+c.Name+" "+s.Path+" = 1")
			f.Target.Windows = gone.ID
			p := passOf(t, rehearse(t, f, nil).Record, "specialize")
			if len(p.Ignored) != 1 || !strings.Contains(p.Ignored[0].Reason, "removed in "+s.RemovedIn) {
				t.Errorf("%s/%s on %s: %+v", c.Name, s.Path, gone.ID, p)
			}
		}
	}
	if found == 0 {
		t.Error("the catalogue has no removed setting to try")
	}
}

func TestASettingGivenTwiceIsIgnoredOnce(t *testing.T) {
	f := answerFile(t, generalizeOOBE, "specialize Microsoft-Windows-Shell-Setup TimeZone = UTC")
	c := f.Passes[0].Components[0]
	c.Settings = append(c.Settings, c.Settings[0])
	f.Passes[0].Components = append(f.Passes[0].Components, c)
	p := passOf(t, rehearse(t, f, nil).Record, "specialize")
	if len(p.Applied) != 1 || len(p.Ignored) != 2 || p.Ignored[0].Setting != "TimeZone[2]" || !strings.Contains(p.Ignored[1].Reason, "twice") {
		t.Errorf("%+v", p)
	}
}

func TestItemsAreNumbered(t *testing.T) {
	p := passOf(t, rehearse(t, answerFile(t, generalizeOOBE,
		"specialize Microsoft-Windows-Deployment RunSynchronous/RunSynchronousCommand[1]/Path = cmd /c one",
		"specialize Microsoft-Windows-Deployment RunSynchronous/RunSynchronousCommand[2]/Path = cmd /c two",
	), nil).Record, "specialize")
	if len(p.Applied) != 2 || p.Applied[1].Setting != "RunSynchronous/RunSynchronousCommand[2]/Path" || p.Applied[1].Value != "cmd /c two" || p.Applied[1].At != "answer:2" {
		t.Errorf("%+v", p)
	}
}

func TestVMOptionsCountUnderVMMode(t *testing.T) {
	inv := generalizeOOBE
	inv.VM = true
	record := rehearse(t, answerFile(t, inv, "oobeSystem Microsoft-Windows-Shell-Setup OOBE/VMModeOptimizations/SkipWinREInitialization = true"), nil).Record
	if p := passOf(t, record, "oobeSystem"); len(p.Applied) != 1 {
		t.Errorf("%+v", p)
	}
}

func TestSecretsNeverReachARecord(t *testing.T) {
	const secret = "correct-horse"
	f := answerFile(t, generalizeOOBE,
		"oobeSystem Microsoft-Windows-Shell-Setup UserAccounts/AdministratorPassword/Value = "+secret,
		"oobeSystem Microsoft-Windows-Shell-Setup AutoLogon/Password/Value = "+secret,
		"specialize Microsoft-Windows-UnattendedJoin Identification/Credentials/Password = "+secret,
		"specialize Microsoft-Windows-Shell-Setup ProductKey = "+secret,
		"specialize Microsoft-Windows-Shell-Setup RegisteredOwner = x",
	)
	owner := f.Passes[1].Components[1].Settings[1]
	owner.Secret = &answer.Secret{Kind: "env", Name: "OWNER"}
	owner.Text = owner.Secret.Placeholder()
	out := rehearse(t, f, nil)
	text, err := out.Record.JSON()
	if err != nil {
		t.Fatal(err)
	}
	all := string(text) + out.Record.Story() + out.Record.Plan() + string(out.SetupAct) + string(out.SetupErr)
	if strings.Contains(all, secret) {
		t.Errorf("the secret shows:\n%s", all)
	}
	if !strings.Contains(all, "[secret env:OWNER]") || strings.Count(string(text), hidden) != 4 {
		t.Errorf("the masks are missing:\n%s", text)
	}
}

// The names of a component that the catalogue leaves open are applied as they
// are, so that their values reach a record.
func TestValuesThatMayBeSecretsAreMasked(t *testing.T) {
	const word = "correct-horse"
	for path, want := range map[string]string{
		"TextInput RootPassword/Value":                               hidden,
		"TextInput Pasword":                                          hidden,
		"TextInput Agent/Passwrod":                                   hidden,
		"TextInput Colour/Value":                                     word,
		"Microsoft-Windows-Shell-Setup AutoLogon/Password/PlainText": hidden,
		"Microsoft-Windows-Shell-Setup AutoLogon/Username":           word,
	} {
		f := answerFile(t, generalizeOOBE, "oobeSystem "+path+" = "+word)
		f.Target.Windows = "8.1"
		p := passOf(t, rehearse(t, f, nil).Record, "oobeSystem")
		if len(p.Applied) != 1 || p.Applied[0].Value != want {
			t.Errorf("%s: %+v", path, p)
		}
	}
}

func TestAFreshMachineHasTheEditionOfTheTarget(t *testing.T) {
	f := answerFile(t, generalizeOOBE)
	f.Target.Edition = "Education"
	if _, s := step(rehearse(t, f, nil).Record, "edition"); s.Status != StatusAssumed {
		t.Errorf("%+v", s)
	}
}
