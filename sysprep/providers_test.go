package sysprep

import (
	"slices"
	"strings"
	"testing"

	"github.com/reseal/reseal/schema"
)

func TestProvidersAreListedForKnownBuildsAndAssumedForOthers(t *testing.T) {
	cases := []struct {
		windows  string
		stage    string
		name     string
		order    int
		want     Status
		vm       bool
		notGiven bool
	}{
		{windows: "10-1703", stage: StageGeneralize, name: "Microsoft-Windows-AppCompat-Sysprep", order: 0x1d00, want: "listed"},
		{windows: "10-1803", stage: StageGeneralize, name: "Microsoft-Windows-AppCompat-Sysprep", want: ""},
		{windows: "10-1803", stage: StageGeneralize, name: "Microsoft-Windows-CDPSvc", order: 0x3a00, want: "listed"},
		{windows: "10-1703", stage: StageGeneralize, name: "Microsoft-Windows-CDPSvc", want: ""},
		{windows: "10-1903", stage: StageGeneralize, name: "Microsoft-Windows-Sysprep-SpOpk", order: 256, want: "listed"},
		{windows: "10-1903", stage: StageGeneralize, name: "Microsoft-Windows-Sysprep-SpOpk", order: 256, want: StatusAssumed, notGiven: true},
		{windows: "10-1903", stage: StageGeneralize, name: "Microsoft-Windows-TerminalServices-RemoteConnectionManager", order: 0xa00, want: "listed"},
		{windows: "10-1903", stage: StageGeneralize, name: "Microsoft-Windows-NetworkProfile", order: 0x2100, want: "listed"},
		{windows: "10-1903", stage: StageGeneralize, name: "Microsoft-Client-License-Platform-Service", order: 0x3500, want: "listed"},
		{windows: "10-1903", stage: StageGeneralize, name: "Microsoft-Windows-UserPowerManagement", want: ""},
		{windows: "10-1903", stage: StageGeneralize, name: "Microsoft-Windows-AppX-Sysprep", order: 0x1a00, want: StatusAssumed},
		{windows: "11-24h2", stage: StageGeneralize, name: "Microsoft-Windows-Sysprep-SpOpk", order: 256, want: StatusAssumed},
		{windows: "10-1709", stage: StageSpecialize, name: "Microsoft-Windows-WofUtil", order: 0x80, want: "listed"},
		{windows: "8.1", stage: StageSpecialize, name: "Microsoft-Windows-WofUtil", want: ""},
		{windows: "10-1709", stage: StageSpecialize, name: "Microsoft-Windows-AppX-Sysprep", order: 0xd00, want: StatusSkipped, vm: true},
		{windows: "11-24h2", stage: StageCleanup, name: "Microsoft-Windows-Shell-Setup", order: 0x900, want: StatusAssumed},
	}
	for _, c := range cases {
		inv := generalizeOOBE
		inv.VM = c.vm
		f := answerFile(t, inv, quietLines...)
		f.Target.Windows = c.windows
		m := FreshMachine(c.windows, "amd64")
		if !c.notGiven {
			m.Windows.Origin = Given
		}
		got := Provider{}
		for _, p := range rehearse(t, f, m).Record.Providers {
			if p.Name == c.name && p.Stage == c.stage {
				got = p
			}
		}
		if got.Status != c.want || got.Order != c.order {
			t.Errorf("%s %s on %s: %+v, want %s", c.stage, c.name, c.windows, got, c.want)
		}
	}
}

func TestOnlyCleanupRunsWithoutGeneralize(t *testing.T) {
	record := rehearse(t, answerFile(t, schema.Invocation{Mode: "audit"}), nil).Record
	if len(record.Providers) == 0 {
		t.Error("cleanup runs in every run")
	}
	for _, p := range record.Providers {
		if p.Stage != StageCleanup {
			t.Errorf("%+v", p)
		}
	}
}

func TestProvidersStandInTheOrderInWhichTheyRun(t *testing.T) {
	stages := []string{StageCleanup, StageGeneralize, StageSpecialize}
	if !slices.IsSortedFunc(builtins[:], func(a, b builtin) int {
		if a.stage != b.stage {
			return slices.Index(stages, a.stage) - slices.Index(stages, b.stage)
		}
		return a.order - b.order
	}) {
		t.Error("the table is not in order")
	}
	for _, b := range builtins {
		for _, build := range b.builds {
			if !slices.Contains(listed(b.stage), build) {
				t.Errorf("%s: no list of build %d was read", b.name, build)
			}
		}
	}
}

func TestTheProvidersOfAnImageReplaceTheTable(t *testing.T) {
	m := given(func(m *Machine) {
		m.Internal = GivenAs([]ActionProvider{
			{Stage: StageGeneralize, Order: 0x1a00, Name: "Microsoft-Windows-AppX-Sysprep", Validate: []string{`%WINDIR%\Other\AppxSysprep.dll!SysprepGeneralizeValidate`}, Execute: []string{"AppxSysprep.dll!SysprepGeneralize"}},
			{Stage: StageGeneralize, Order: 0x100, Name: "Contoso-First", Execute: []string{"first.dll!Go"}, Does: []string{`delete key HKLM\Contoso`}},
			{Stage: StageSpecialize, Order: 0xd00, Name: "Microsoft-Windows-AppX-Sysprep", Execute: []string{"AppxSysprep.dll!SysprepSpecialize"}},
		})
		m.External = GivenAs([]ExternalProvider{
			{Stage: StageGeneralize, Name: "{b}", Library: `C:\Agent\agent.dll`, Function: "Generalize"},
			{Stage: StageGeneralize, Library: "DscCore.dll", Function: "SysPrep_Generalize"},
			{Stage: StageCleanup, Name: "{a}", Library: `C:\Agent\agent.dll`, Function: "Clean"},
		})
	})
	inv := generalizeOOBE
	inv.VM = true
	out := rehearse(t, answerFile(t, inv, quietLines...), m)
	want := []Provider{
		{Name: "{a}", Stage: StageCleanup, Status: StatusListed, External: true, Does: `C:\Agent\agent.dll!Clean`},
		{Name: "Contoso-First", Stage: StageGeneralize, Order: 0x100, Status: StatusListed, Does: `first.dll!Go; delete key HKLM\Contoso`},
		{Name: "Microsoft-Windows-AppX-Sysprep", Stage: StageGeneralize, Order: 0x1a00, Status: StatusListed,
			Does: `validate C:\Windows\Other\AppxSysprep.dll!SysprepGeneralizeValidate; AppxSysprep.dll!SysprepGeneralize`},
		{Name: "{b}", Stage: StageGeneralize, Status: StatusListed, External: true, Does: `C:\Agent\agent.dll!Generalize`},
		{Name: "DscCore.dll,SysPrep_Generalize", Stage: StageGeneralize, Status: StatusListed, External: true, Does: "DscCore.dll!SysPrep_Generalize"},
		{Name: "Microsoft-Windows-AppX-Sysprep", Stage: StageSpecialize, Order: 0xd00, Status: StatusSkipped, Does: "AppxSysprep.dll!SysprepSpecialize"},
	}
	if !slices.Equal(out.Record.Providers, want) {
		t.Errorf("got  %+v\nwant %+v", out.Record.Providers, want)
	}
	log := string(out.SetupAct)
	for _, line := range []string{"Name: Contoso-First, Order: 256", `Executing method 'Go' from C:\Windows\System32\first.dll`,
		`Successfully executed 'C:\Agent\agent.dll,Clean'`, `'C:\Windows\System32\DscCore.dll,SysPrep_Generalize'`} {
		if !strings.Contains(log, line) {
			t.Errorf("the log lacks %q", line)
		}
	}
	for _, c := range []struct {
		name string
		want Status
	}{{"generalize-providers", StatusAssumed}, {"external-cleanup-providers", StatusAssumed}} {
		if _, s := step(out.Record, c.name); s.Status != c.want || s.Detail == "" {
			t.Errorf("%s: %+v", c.name, s)
		}
	}
}

// What is known of other software decides how sure the step is.
func TestExternalProvidersAreAsSureAsTheirFact(t *testing.T) {
	for origin, want := range map[Origin]Status{Unknown: StatusNotModelled, Default: StatusAssumed, Given: StatusOK} {
		m := given(func(m *Machine) { m.External.Origin = origin })
		if _, s := step(rehearse(t, answerFile(t, generalizeOOBE, quietLines...), m).Record, "external-generalize-providers"); s.Status != want {
			t.Errorf("%v: %s, want %s", origin, s.Status, want)
		}
	}
}
