package schema

import (
	"strings"
	"testing"
	"time"
)

func TestFindReleaseTakesUsualSpellings(t *testing.T) {
	for _, tc := range []struct{ given, want string }{
		{"11-24h2", "11-24h2"}, {"11-24H2", "11-24h2"}, {"Windows 11 24H2", "11-24h2"}, {"win11-24h2", "11-24h2"},
		{"Windows 10, version 1607", "10-1607"}, {"Windows 10 version 1607", "10-1607"}, {"win10_22h2", "10-22h2"},
		{"10-ltsc-2021", "10-ltsc-2021"}, {"10-LTSC-2016", "10-ltsb-2016"}, {"Windows 10 Enterprise LTSC 2021", "10-ltsc-2021"},
		{"server-2025", "server-2025"}, {"Server 2025", "server-2025"}, {"Windows Server 2012 R2", "server-2012r2"}, {"server2019", "server-2019"},
		{"server-1809", "server-2019"}, {"server-23h2", "server-23h2"}, {"8.1", "8.1"}, {"Windows 7", "7"}, {"7-sp1", "7"},
		{"11", ""}, {"", ""}, {" ", ""}, {"windows", ""}, {"11-99h9", ""}, {"vista", ""},
	} {
		got := ""
		if r := FindRelease(tc.given); r != nil {
			got = r.ID
		}
		if got != tc.want {
			t.Errorf("FindRelease(%q) = %q, want %q", tc.given, got, tc.want)
		}
	}
}

func TestEveryReleaseIsFoundByIDNameAndBuild(t *testing.T) {
	ids := ReleaseIDs()
	names := map[string]bool{}
	for i := range Releases() {
		r := &Releases()[i]
		if ids[i] != r.ID || FindRelease(r.ID) != r {
			t.Errorf("%s is not found by its ID", r.ID)
		}
		if names[r.String()] {
			t.Errorf("two releases print as %s", r)
		}
		names[r.String()] = true
		if got := ReleaseOfBuild(r.Build, r.Server); got == nil || r.LongTerm == "" && got != r {
			t.Errorf("build %d leads to %v", r.Build, got)
		}
		if got := ReleaseOf(r.String()); r.LongTerm == "" && !r.Server && got != r {
			t.Errorf("ReleaseOf(%q) = %v", r, got)
		}
		for _, alias := range r.Aliases {
			if FindRelease(alias) != r {
				t.Errorf("%s is not found by its alias %s", r.ID, alias)
			}
		}
	}
}

func TestReleasesAreInOrder(t *testing.T) {
	all := Releases()
	for i := range all[1:] {
		if all[i+1].Before(&all[i]) {
			t.Errorf("%s stands before %s", all[i].ID, all[i+1].ID)
		}
	}
	older, newer := FindRelease("10-1809"), FindRelease("11-21h2")
	if !older.Before(newer) || newer.Before(older) || older.Before(FindRelease("server-2019")) {
		t.Error("Before does not follow the build")
	}
}

func TestReleaseOf(t *testing.T) {
	for _, tc := range []struct{ text, want string }{
		{"Windows 10 1607", "10-1607"}, {"Windows 8.1", "8.1"}, {"Windows 10", "10-1507"}, {"Windows 11", "11-21h2"},
		{"Windows 11 21H2", "11-21h2"}, {"Windows 10 21H2", "10-21h2"}, {"Windows Server 2012", "server-2012"},
		{"Windows 10 or earlier", "10-1507"}, {"Windows Vista", ""}, {"", ""},
	} {
		got := ""
		if r := ReleaseOf(tc.text); r != nil {
			got = r.ID
		}
		if got != tc.want {
			t.Errorf("ReleaseOf(%q) = %q, want %q", tc.text, got, tc.want)
		}
	}
}

func TestReleaseDatesAreDates(t *testing.T) {
	for i := range Releases() {
		r := &Releases()[i]
		dates := []string{r.Released, r.EndOfUpdates, r.EndOfUpdatesEnterprise}
		for j, date := range dates {
			if date == "" {
				continue
			}
			if _, err := time.Parse(time.DateOnly, date); err != nil {
				t.Errorf("%s: %v", r.ID, err)
			}
			if j > 0 && date <= r.Released {
				t.Errorf("%s ends on %s, before its release", r.ID, date)
			}
		}
		if r.Build >= 10240 && (r.Released == "" || r.EndOfUpdates == "") {
			t.Errorf("%s has no dates", r.ID)
		}
	}
}

func TestAFreshMachineOfARelease(t *testing.T) {
	for _, tc := range []struct {
		id                         string
		rearms                     int
		reserved, store, encrypted bool
	}{
		{"7", 3, false, false, false},
		{"10-1809", 1001, false, true, false},
		{"10-1903", 1001, true, true, false},
		{"10-ltsc-2021", 1001, true, false, false},
		{"11-23h2", 1001, true, true, false},
		{"11-24h2", 1001, true, true, true},
		{"server-2025", 1001, false, false, false},
	} {
		r := FindRelease(tc.id)
		if r.Rearms != tc.rearms || r.ReservedStorage != tc.reserved || r.StoreApps != tc.store || r.DeviceEncryption != tc.encrypted {
			t.Errorf("%s: %+v", tc.id, r)
		}
	}
}

func TestRunsOnArchitecture(t *testing.T) {
	for _, tc := range []struct{ id, runs string }{
		{"7", "amd64 x86"}, {"10-1703", "amd64 x86"}, {"10-1709", "amd64 x86 arm64"}, {"10-22h2", "amd64 x86 arm64"},
		{"11-21h2", "amd64 arm64"}, {"server-2022", "amd64"}, {"server-2025", "amd64 arm64"},
	} {
		r := FindRelease(tc.id)
		var runs []string
		for _, a := range Architectures() {
			if r.Runs(a) {
				runs = append(runs, a)
			}
		}
		if got := strings.Join(runs, " "); got != tc.runs {
			t.Errorf("%s runs on %s, want %s", tc.id, got, tc.runs)
		}
		if r.Runs("ia64") || r.Runs("") {
			t.Errorf("%s runs on anything", tc.id)
		}
	}
}

func TestReleaseOfWindowsTellsClientServerAndLongTerm(t *testing.T) {
	for _, c := range []struct {
		build                 int
		installation, edition string
		want                  string
	}{
		{26100, "Client", "Professional", "11-24h2"},
		{26100, "Client", "EnterpriseS", "11-ltsc-2024"},
		{26100, "Client", "IoTEnterpriseS", "11-ltsc-2024"},
		{26100, "Server", "ServerStandard", "server-2025"},
		{26100, "Server Core", "ServerStandardCor", "server-2025"},
		{26100, "", "ServerStandard", "server-2025"},
		{26100, "", "Professional", "11-24h2"},
		{22631, "Client", "EnterpriseS", "11-23h2"},
		{12345, "Client", "Professional", ""},
	} {
		got := ""
		if r := ReleaseOfWindows(c.build, c.installation, c.edition); r != nil {
			got = r.ID
		}
		if got != c.want {
			t.Errorf("ReleaseOfWindows(%d, %q, %q) = %q, want %q", c.build, c.installation, c.edition, got, c.want)
		}
	}
}
