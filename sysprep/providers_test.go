package sysprep

import (
	"slices"
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
