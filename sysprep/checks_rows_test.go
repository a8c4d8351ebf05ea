package sysprep

import (
	"slices"
	"testing"
)

// preCheckRows are what people who seal images look at before a run, one row
// each, with the checks that stand for it and the gravest level of them.
var preCheckRows = []struct {
	row    string
	level  Level
	checks []string
}{
	{"elevated administrator, not SYSTEM, 64-bit path", Block, []string{"elevated", "not-system", "program-path"}},
	{"no sysprep.exe running, the window closed", Block, []string{"instance"}},
	{"image state and state of Sysprep; UNDEPLOYABLE alone proves nothing", Block, []string{"state", "image-state"}},
	{"pending servicing", Block, []string{"servicing"}},
	{"pending renames of files", Warn, []string{"pending-renames"}},
	{"reserved storage", Block, []string{"reserved-storage"}},
	{"services that can start", Block, []string{"trusted-installer", "appx-service", "services"}},
	{"BitLocker", Block, []string{"bitlocker"}},
	{"Store packages of users", Block, []string{"appx"}},
	{"automatic updates of the Store", Inform, []string{"store-updates"}},
	{"rearms, SkipRearm", Block, []string{"rearms", "skip-rearm"}},
	{"profiles with CopyProfile", Warn, []string{"copy-profile"}},
	{"domain", Warn, []string{"domain"}},
	{"upgraded installation, before 1607 and since", Block, []string{"upgrade", "upgraded"}},
	{"folders of earlier setups", Warn, []string{"old-windows"}},
	{"external providers", Warn, []string{"external-providers"}},
	{"server roles", Warn, []string{"server-roles", "role-conditions"}},
	{"answer files with secrets", Warn, []string{"leftover-answers"}},
	{"the answer file of each pass, processed passes", Warn, []string{"answer-files", "answer-media", "processed-passes"}},
	{"SetupComplete.cmd with a key of an OEM", Warn, []string{"setup-script"}},
	{"length and pass of commands", Block, []string{"command-length", "command-pass"}},
	{"errors of earlier runs", Inform, []string{"earlier-errors"}},
	{"free space, recovery environment", Warn, []string{"free-space", "recovery-environment"}},
	{"Defender for Endpoint", Warn, []string{"defender-endpoint"}},
	{"/mode:vm outside of a virtual machine", Warn, []string{"virtual-machine"}},
	{"files encrypted with EFS", Warn, []string{"encrypted-files"}},
	{"fit of the answer file to the machine", Block, []string{"version", "edition", "architecture"}},
}

func TestEveryRowOfThePreChecksHasItsChecks(t *testing.T) {
	var named []string
	for _, r := range preCheckRows {
		gravest := Inform
		for _, id := range r.checks {
			c := FindCheck(id)
			if c == nil {
				t.Errorf("%s: there is no check %s", r.row, id)
				continue
			}
			gravest = max(gravest, c.Level)
		}
		if gravest != r.level {
			t.Errorf("%s: the gravest level is %s, want %s", r.row, gravest, r.level)
		}
		named = append(named, r.checks...)
	}
	for _, id := range CheckIDs() {
		if !slices.Contains(named, id) {
			t.Errorf("the check %s stands for no row", id)
		}
	}
	if len(named) != len(CheckIDs()) {
		t.Errorf("%d checks in rows, %d in the table", len(named), len(CheckIDs()))
	}
}

func TestLevelsDecideWhatAFindingIs(t *testing.T) {
	for level, want := range map[Level][2]Status{
		Inform: {StatusInfo, StatusInfo},
		Warn:   {StatusWarning, StatusWarning},
		Block:  {StatusFailed, StatusWarning},
	} {
		if got := [2]Status{level.found(false), level.found(true)}; got != want {
			t.Errorf("%s: %v, want %v", level, got, want)
		}
	}
	for _, c := range Checks() {
		if c.Level.String() == "" {
			t.Errorf("%s has no level", c.ID)
		}
	}
}
