package sysprep

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/reseal/reseal/schema"
)

// picture is a time line in short: "0 sysprep generalize* COMPLETE>…; 1 …".
// A pass with an asterisk applied something; a pass that never runs is left
// out.
func picture(r *Record) string {
	var boots []string
	for _, b := range r.Boots {
		words := []string{fmt.Sprint(b.N), b.Mode}
		for _, p := range b.Passes {
			if !p.Runs() {
				continue
			}
			name := p.Pass
			if len(p.Applied) > 0 {
				name += "*"
			}
			words = append(words, name)
		}
		if b.Ends != "" {
			words = append(words, b.Ends)
		}
		boots = append(boots, strings.Join(words, " "))
	}
	return strings.Join(boots, "; ")
}

func states(r *Record) string {
	var all []string
	for _, b := range r.Boots {
		all = append(all, strings.ReplaceAll(strings.Join(b.ImageStates, ">"), "IMAGE_STATE_", ""))
	}
	return strings.Join(all, "; ")
}

var everyPass = []string{
	"windowsPE Microsoft-Windows-International-Core-WinPE UILanguage = en-US",
	"offlineServicing Microsoft-Windows-LUA-Settings EnableLUA = true",
	"generalize Microsoft-Windows-Security-SPP SkipRearm = 0",
	"specialize Microsoft-Windows-Shell-Setup TimeZone = UTC",
	"auditSystem Microsoft-Windows-Deployment AuditComputerName/Name = AUDIT",
	"auditUser Microsoft-Windows-Deployment RunSynchronous/RunSynchronousCommand[1]/Path = cmd /c ver",
	"oobeSystem Microsoft-Windows-Shell-Setup OOBE/ProtectYourPC = 3",
}

func TestWhichPassRunsInWhichBoot(t *testing.T) {
	cases := []struct {
		name   string
		inv    schema.Invocation
		want   string
		states string
		never  []string
	}{
		{"/generalize /oobe", schema.Invocation{Mode: "oobe", Generalize: true},
			"0 sysprep generalize*; 1 setup specialize*; 2 oobe oobeSystem*; 3 desktop",
			"COMPLETE>UNDEPLOYABLE>GENERALIZE_RESEAL_TO_OOBE; GENERALIZE_RESEAL_TO_OOBE>UNDEPLOYABLE>SPECIALIZE_RESEAL_TO_OOBE; SPECIALIZE_RESEAL_TO_OOBE>UNDEPLOYABLE>COMPLETE; COMPLETE",
			[]string{"windowsPE", "offlineServicing", "auditSystem", "auditUser"}},
		{"/generalize /oobe /mode:vm", schema.Invocation{Mode: "oobe", Generalize: true, VM: true},
			"0 sysprep generalize*; 1 setup specialize*; 2 oobe oobeSystem*; 3 desktop",
			"COMPLETE>UNDEPLOYABLE>GENERALIZE_RESEAL_TO_OOBE; GENERALIZE_RESEAL_TO_OOBE>UNDEPLOYABLE>SPECIALIZE_RESEAL_TO_OOBE; SPECIALIZE_RESEAL_TO_OOBE>UNDEPLOYABLE>COMPLETE; COMPLETE",
			[]string{"windowsPE", "offlineServicing", "auditSystem", "auditUser"}},
		{"/generalize /audit", schema.Invocation{Mode: "audit", Generalize: true},
			"0 sysprep generalize*; 1 setup specialize*; 2 audit auditSystem* auditUser*",
			"COMPLETE>UNDEPLOYABLE>GENERALIZE_RESEAL_TO_AUDIT; GENERALIZE_RESEAL_TO_AUDIT>UNDEPLOYABLE>SPECIALIZE_RESEAL_TO_AUDIT; SPECIALIZE_RESEAL_TO_AUDIT",
			[]string{"windowsPE", "offlineServicing", "oobeSystem"}},
		{"/oobe", schema.Invocation{Mode: "oobe"},
			"0 sysprep; 1 oobe oobeSystem*; 2 desktop",
			"COMPLETE>SPECIALIZE_RESEAL_TO_OOBE; SPECIALIZE_RESEAL_TO_OOBE>UNDEPLOYABLE>COMPLETE; COMPLETE",
			[]string{"windowsPE", "offlineServicing", "generalize", "specialize", "auditSystem", "auditUser"}},
		{"/audit", schema.Invocation{Mode: "audit"},
			"0 sysprep; 1 audit auditSystem* auditUser*",
			"COMPLETE>SPECIALIZE_RESEAL_TO_AUDIT; SPECIALIZE_RESEAL_TO_AUDIT",
			[]string{"windowsPE", "offlineServicing", "generalize", "specialize", "oobeSystem"}},
	}
	for _, c := range cases {
		record := rehearse(t, answerFile(t, c.inv, everyPass...), given(nil)).Record
		if got := picture(record); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.name, got, c.want)
		}
		if got := states(record); got != c.states {
			t.Errorf("%s\n got %s\nwant %s", c.name, got, c.states)
		}
		var never []string
		for _, p := range record.Boots[0].Passes {
			if p.Runs() {
				continue
			}
			never = append(never, p.Pass)
			if len(p.Applied) > 0 || len(p.Ignored) != 1 || !strings.HasPrefix(p.Ignored[0].Reason, "pass ") {
				t.Errorf("%s: %+v", c.name, p)
			}
		}
		if !slices.Equal(never, c.never) {
			t.Errorf("%s: %v never run, want %v", c.name, never, c.never)
		}
		if record.ImageState != ResealedState(c.inv.Mode, c.inv.Generalize) {
			t.Errorf("%s: the image is left in %s", c.name, record.ImageState)
		}
	}
}

// The rows of the published table of Reseal.
func TestResealFollowsThePublishedTable(t *testing.T) {
	cases := []struct {
		pass     schema.Pass
		mode     string
		shutdown bool
		modern   resealing
		older    resealing
	}{
		{schema.AuditSystem, "Audit", false, resealing{others: true, next: toAuditUser}, resealing{others: true, next: toAuditUser}},
		{schema.AuditSystem, "Audit", true, resealing{others: true, next: toAuditUser, end: shutsDown}, resealing{others: true, next: toAuditUser, end: shutsDown, loop: true}},
		{schema.AuditSystem, "OOBE", false, resealing{others: true, next: toOOBESystem}, resealing{next: toOOBESystem}},
		{schema.AuditSystem, "OOBE", true, resealing{others: true, next: toOOBESystem, end: shutsDown}, resealing{next: toOOBESystem, end: shutsDown}},
		{schema.AuditUser, "Audit", false, resealing{others: true, next: toAuditSystem, end: restarts}, resealing{others: true, next: toAuditSystem, end: restarts}},
		{schema.AuditUser, "Audit", true, resealing{others: true, next: toAuditSystem, end: shutsDown}, resealing{others: true, next: toAuditSystem, end: shutsDown}},
		{schema.AuditUser, "OOBE", false, resealing{others: true, next: toOOBESystem, end: restarts}, resealing{others: true, next: toOOBESystem, end: restarts}},
		{schema.AuditUser, "OOBE", true, resealing{others: true, next: toOOBESystem, end: shutsDown}, resealing{others: true, next: toOOBESystem, end: shutsDown}},
		{schema.OobeSystem, "Audit", false, resealing{others: true, next: toAuditSystem}, resealing{next: toAuditSystem}},
		{schema.OobeSystem, "Audit", true, resealing{others: true, next: toAuditSystem, end: shutsDown}, resealing{next: toAuditSystem, end: shutsDown}},
		{schema.OobeSystem, "OOBE", false, resealing{others: true, next: toOOBE}, resealing{others: true, next: toOOBE}},
		{schema.OobeSystem, "OOBE", true, resealing{others: true, next: toOOBE, end: shutsDown}, resealing{others: true, next: toOOBE, end: shutsDown, loop: true}},
		{schema.AuditUser, "", false, resealing{others: true, next: toWindow}, resealing{others: true, next: toWindow}},
	}
	for _, c := range cases {
		setting := resealSetting{present: true, mode: c.mode, shutdown: c.shutdown}
		if got := resealed(c.pass, setting, true); got != c.modern {
			t.Errorf("%s %s %v: %+v, want %+v", c.pass, c.mode, c.shutdown, got, c.modern)
		}
		if got := resealed(c.pass, setting, false); got != c.older {
			t.Errorf("before Windows 10: %s %s %v: %+v, want %+v", c.pass, c.mode, c.shutdown, got, c.older)
		}
	}
}

func TestGeneralizeFollowsThePublishedTable(t *testing.T) {
	cases := []struct {
		mode     string
		shutdown bool
		want     resealing
	}{
		{"Audit", false, resealing{others: true, next: toAuditSystem, end: restarts}},
		{"Audit", true, resealing{others: true, next: toAuditSystem, end: shutsDown}},
		{"OOBE", false, resealing{others: true, next: toOOBESystem, end: restarts}},
		{"OOBE", true, resealing{others: true, next: toOOBESystem, end: shutsDown}},
	}
	for _, c := range cases {
		if got := generalized(resealSetting{present: true, mode: c.mode, shutdown: c.shutdown}); got != c.want {
			t.Errorf("%s %v: %+v, want %+v", c.mode, c.shutdown, got, c.want)
		}
	}
}

// Every row again, now through an answer file and the boots.
func TestResealAndGeneralizeLeadTheBoots(t *testing.T) {
	const deployment = " Microsoft-Windows-Deployment "
	oobe, audit := schema.Invocation{Mode: "oobe"}, schema.Invocation{Mode: "audit"}
	reseal := func(pass, mode, shutdown string) []string {
		lines := []string{pass + deployment + "Reseal/Mode = " + mode}
		if shutdown != "" {
			lines = append(lines, pass+deployment+"Reseal/ForceShutdownNow = "+shutdown)
		}
		return lines
	}
	cases := []struct {
		name    string
		inv     schema.Invocation
		windows string
		lines   []string
		want    string
	}{
		{"auditSystem Audit", audit, "", reseal("auditSystem", "Audit", ""), "0 sysprep; 1 audit auditSystem* auditUser"},
		{"auditSystem without a mode", audit, "", []string{"auditSystem" + deployment + "Reseal/ForceShutdownNow = false"}, "0 sysprep; 1 audit auditSystem* auditUser"},
		{"auditSystem Audit, shutdown", audit, "", reseal("auditSystem", "Audit", "true"), "0 sysprep; 1 audit auditSystem* shutdown; 2 audit auditUser"},
		{"auditSystem Audit, shutdown, 8.1", audit, "8.1", reseal("auditSystem", "Audit", "true"), "0 sysprep; 1 audit auditSystem* restart"},
		{"auditSystem OOBE", audit, "", reseal("auditSystem", "OOBE", ""), "0 sysprep; 1 audit auditSystem*; 2 oobe oobeSystem; 3 desktop"},
		{"auditSystem OOBE, shutdown", audit, "", reseal("auditSystem", "OOBE", "true"), "0 sysprep; 1 audit auditSystem* shutdown; 2 oobe oobeSystem; 3 desktop"},
		{"auditUser Audit", audit, "", reseal("auditUser", "Audit", "false"), "0 sysprep; 1 audit auditSystem auditUser* restart; 2 audit auditSystem auditUser"},
		{"auditUser Audit, shutdown", audit, "", reseal("auditUser", "Audit", "true"), "0 sysprep; 1 audit auditSystem auditUser* shutdown; 2 audit auditSystem auditUser"},
		{"auditUser OOBE", audit, "", reseal("auditUser", "OOBE", ""), "0 sysprep; 1 audit auditSystem auditUser* restart; 2 oobe oobeSystem; 3 desktop"},
		{"auditUser OOBE, shutdown", audit, "", reseal("auditUser", "OOBE", "true"), "0 sysprep; 1 audit auditSystem auditUser* shutdown; 2 oobe oobeSystem; 3 desktop"},
		{"auditUser without a mode", audit, "", []string{"auditUser" + deployment + "Reseal/ForceShutdownNow = false"}, "0 sysprep; 1 audit auditSystem auditUser*"},
		{"oobeSystem Audit", oobe, "", reseal("oobeSystem", "Audit", ""), "0 sysprep; 1 oobe oobeSystem*; 2 audit auditSystem auditUser"},
		{"oobeSystem Audit, shutdown", oobe, "", reseal("oobeSystem", "Audit", "true"), "0 sysprep; 1 oobe oobeSystem* shutdown; 2 audit auditSystem auditUser"},
		{"oobeSystem OOBE", oobe, "", reseal("oobeSystem", "OOBE", ""), "0 sysprep; 1 oobe oobeSystem*; 2 desktop"},
		{"oobeSystem OOBE, shutdown", oobe, "", reseal("oobeSystem", "OOBE", "true"), "0 sysprep; 1 oobe oobeSystem* shutdown; 2 oobe oobeSystem; 3 desktop"},
		{"oobeSystem OOBE, shutdown, 8.1", oobe, "8.1", reseal("oobeSystem", "OOBE", "true"), "0 sysprep; 1 oobe oobeSystem* restart"},
		{"Generalize, default", audit, "", []string{"auditUser" + deployment + "Generalize/ForceShutdownNow = false"},
			"0 sysprep; 1 audit auditSystem auditUser* generalize restart; 2 setup specialize; 3 oobe oobeSystem; 4 desktop"},
		{"Generalize OOBE, shutdown", audit, "", []string{"auditUser" + deployment + "Generalize/Mode = OOBE", "auditUser" + deployment + "Generalize/ForceShutdownNow = true"},
			"0 sysprep; 1 audit auditSystem auditUser* generalize shutdown; 2 setup specialize; 3 oobe oobeSystem; 4 desktop"},
		{"Generalize Audit beats Reseal", audit, "", append(reseal("auditUser", "OOBE", "true"), "auditUser"+deployment+"Generalize/Mode = Audit"),
			"0 sysprep; 1 audit auditSystem auditUser* generalize restart; 2 setup specialize; 3 audit auditSystem auditUser"},
		{"Generalize Audit, shutdown", audit, "", []string{"auditUser" + deployment + "Generalize/Mode = Audit", "auditUser" + deployment + "Generalize/ForceShutdownNow = true"},
			"0 sysprep; 1 audit auditSystem auditUser* generalize shutdown; 2 setup specialize; 3 audit auditSystem auditUser"},
		{"audit and OOBE in turns", audit, "", append(reseal("auditUser", "OOBE", ""), reseal("oobeSystem", "Audit", "")...),
			"0 sysprep; 1 audit auditSystem auditUser* restart; 2 oobe oobeSystem*; 3 audit auditSystem auditUser"},
	}
	for _, c := range cases {
		f := answerFile(t, c.inv, c.lines...)
		f.Target.Windows = c.windows
		record := rehearse(t, f, given(func(m *Machine) { m.Windows.Value = or(c.windows, "11-24h2") })).Record
		if got := picture(record); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestResealBeforeWindows10SuppressesTheOthers(t *testing.T) {
	lines := []string{
		"auditSystem Microsoft-Windows-Deployment Reseal/Mode = OOBE",
		"auditSystem Microsoft-Windows-Deployment AuditComputerName/Name = AUDIT",
	}
	for windows, applied := range map[string]int{"8.1": 1, "10-22h2": 2} {
		f := answerFile(t, schema.Invocation{Mode: "audit"}, lines...)
		f.Target.Windows = windows
		p := rehearse(t, f, nil).Record.Boots[1].Passes[0]
		if len(p.Applied) != applied || len(p.Ignored) != 2-applied {
			t.Errorf("%s: %+v", windows, p)
		}
	}
}

func TestAPassThatWasProcessedIsNotAppliedAgain(t *testing.T) {
	record := rehearse(t, answerFile(t, schema.Invocation{Mode: "audit", Generalize: true},
		"specialize Microsoft-Windows-Shell-Setup TimeZone = UTC",
		"auditUser Microsoft-Windows-Deployment Generalize/Mode = Audit"), nil).Record
	last := record.Boots[3]
	if last.Mode != BootSetup || len(last.Passes[0].Applied) != 0 || !strings.Contains(last.Passes[0].Ignored[0].Reason, "processed") {
		t.Errorf("%s: %+v", picture(record), last)
	}
}

func TestTheFirstLogonIsNoted(t *testing.T) {
	record := rehearse(t, answerFile(t, generalizeOOBE,
		"oobeSystem Microsoft-Windows-Shell-Setup AutoLogon/Enabled = true",
		"oobeSystem Microsoft-Windows-Shell-Setup AutoLogon/Username = operator",
		"oobeSystem Microsoft-Windows-Shell-Setup AutoLogon/LogonCount = 2",
		"oobeSystem Microsoft-Windows-Shell-Setup FirstLogonCommands/SynchronousCommand[1]/CommandLine = cmd /c ver"), nil).Record
	notes := strings.Join(record.Notes, "\n")
	for _, want := range []string{"operator logs on by itself, 3 times: LogonCount is 2", "starts 1 command of"} {
		if !strings.Contains(notes, want) {
			t.Errorf("%q is missing in\n%s", want, notes)
		}
	}
}

// The rows of the published table of passes that are commands of Sysprep. What
// runs at once comes first.
func TestWhichPassRunsWhenFollowsThePublishedTable(t *testing.T) {
	oobe, audit := "oobe", "audit"
	for _, c := range []struct {
		command string
		inv     schema.Invocation
		want    [][]string // by boot: the run, the next boot, the one after
	}{
		{"/generalize /oobe", schema.Invocation{Mode: oobe, Generalize: true}, [][]string{{"generalize"}, {"specialize"}, {"oobeSystem"}, nil}},
		{"/generalize /audit", schema.Invocation{Mode: audit, Generalize: true}, [][]string{{"generalize"}, {"specialize"}, {"auditSystem", "auditUser"}}},
		{"/oobe", schema.Invocation{Mode: oobe}, [][]string{nil, {"oobeSystem"}, nil}},
		{"/audit", schema.Invocation{Mode: audit}, [][]string{nil, {"auditSystem", "auditUser"}}},
	} {
		boots := rehearse(t, answerFile(t, c.inv, everyPass...), given(nil)).Record.Boots
		if len(boots) != len(c.want) {
			t.Errorf("%s: %d boots", c.command, len(boots))
			continue
		}
		for i, b := range boots {
			var passes []string
			for _, p := range b.Passes {
				if p.Runs() {
					passes = append(passes, p.Pass)
				}
			}
			if !slices.Equal(passes, c.want[i]) {
				t.Errorf("%s, boot %d: %v, want %v", c.command, i, passes, c.want[i])
			}
		}
	}
}

// The first boot of an image that was applied elsewhere is that behind
// generalize: Reseal leads from there to audit mode.
func TestTheFirstBootOfAnAppliedImageCanLeadToAuditMode(t *testing.T) {
	lines := append([]string{"oobeSystem Microsoft-Windows-Deployment Reseal/Mode = Audit"}, everyPass[3:6]...)
	got := picture(rehearse(t, answerFile(t, schema.Invocation{Mode: "oobe", Generalize: true}, lines...), given(nil)).Record)
	if want := "0 sysprep generalize; 1 setup specialize*; 2 oobe oobeSystem*; 3 audit auditSystem* auditUser*"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestAPassThatDoesNotRunSaysWhatKeepsItOff(t *testing.T) {
	const user = "auditUser Microsoft-Windows-Deployment AuditComputerName/Name = x"
	for _, c := range []struct {
		name, mode string
		lines      []string
		want       string
	}{
		{"no audit mode", "oobe", []string{user}, "auditUser needs audit mode"},
		{"resealed before", "audit", []string{"auditSystem Microsoft-Windows-Deployment Reseal/Mode = OOBE", user}, "Reseal in auditSystem leads out of audit mode before auditUser"},
	} {
		p := passOf(t, rehearse(t, answerFile(t, schema.Invocation{Mode: c.mode}, c.lines...), nil).Record, "auditUser")
		if len(p.Ignored) != 1 || !p.Never || !strings.Contains(p.Ignored[0].Reason, c.want) {
			t.Errorf("%s: %+v", c.name, p)
		}
	}
}
