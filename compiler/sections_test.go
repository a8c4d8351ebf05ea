package compiler

import (
	"slices"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// settingsOf lists the leaves of an answer file as "pass component@arch path = text [section]".
func settingsOf(a *answer.File) []string {
	var list []string
	a.Walk(func(c *answer.Cursor) bool {
		if len(c.Setting.Children) == 0 {
			l := c.Pass.Name + " " + strings.TrimPrefix(c.Component.Name, "Microsoft-Windows-") + "@" + c.Component.Architecture + " " + c.Path() + " = " + c.Setting.Text
			if c.Setting.Section != "" {
				l += " [" + c.Setting.Section + "]"
			}
			list = append(list, l)
		}
		return true
	})
	return list
}

func TestSettingsThatSectionsMake(t *testing.T) {
	cases := []struct {
		name, yaml string
		want       []string
	}{
		{"computer name", "computerName: PC-1", []string{"specialize Shell-Setup@amd64 ComputerName = PC-1 [computerName]"}},
		{"random computer name", "computerName: '*'", []string{"specialize Shell-Setup@amd64 ComputerName = * [computerName]"}},
		{"computer name of digits", "computerName: 123", []string{"specialize Shell-Setup@amd64 ComputerName = 123 [computerName]"}},
		{"computer name from outside", "computerName: {env: NAME}", []string{"specialize Shell-Setup@amd64 ComputerName = [secret env:NAME] [computerName]"}},
		{"time zone by its ID", "timeZone: W. Europe Standard Time", []string{"specialize Shell-Setup@amd64 TimeZone = W. Europe Standard Time [timeZone]"}},
		{"time zone in another case", "timeZone: w. europe standard time", []string{"specialize Shell-Setup@amd64 TimeZone = W. Europe Standard Time [timeZone]"}},
		{"time zone by its IANA name", "timeZone: Europe/Berlin", []string{"specialize Shell-Setup@amd64 TimeZone = W. Europe Standard Time [timeZone]"}},
		{"time zone by an old IANA name", "timeZone: Asia/Calcutta", []string{"specialize Shell-Setup@amd64 TimeZone = India Standard Time [timeZone]"}},
		{"time zone without daylight saving", "timeZone: Romance Standard Time_dstoff", []string{"specialize Shell-Setup@amd64 TimeZone = Romance Standard Time_dstoff [timeZone]"}},
		{"time zone under sysprep with generalize", "timeZone: UTC\nreseal: {mode: oobe, generalize: true}", []string{"specialize Shell-Setup@amd64 TimeZone = UTC [timeZone]"}},
		{"time zone where specialize does not run", "timeZone: UTC\nreseal: {mode: oobe}", []string{"oobeSystem Shell-Setup@amd64 TimeZone = UTC [timeZone]"}},
		{"time zone on the way to audit mode", "timeZone: UTC\nreseal: {mode: audit}", []string{"auditSystem Shell-Setup@amd64 TimeZone = UTC [timeZone]"}},
		{"product key", "productKey: VK7JG-NPHTM-C97JM-9MPGT-3V66T", []string{"specialize Shell-Setup@amd64 ProductKey = VK7JG-NPHTM-C97JM-9MPGT-3V66T [productKey]"}},
		{"product key from outside", "productKey: {file: key.txt}", []string{"specialize Shell-Setup@amd64 ProductKey = [secret file:key.txt] [productKey]"}},
		{"product keys of both kinds", "productKey: {specialize: {env: KEY}, setup: VK7JG-NPHTM-C97JM-9MPGT-3V66T}", []string{
			"specialize Shell-Setup@amd64 ProductKey = [secret env:KEY] [productKey]",
			"windowsPE Setup@amd64 UserData/ProductKey/Key = VK7JG-NPHTM-C97JM-9MPGT-3V66T [productKey]",
		}},
		{"product key for setup alone", "productKey: {setup: {env: KEY}}", []string{"windowsPE Setup@amd64 UserData/ProductKey/Key = [secret env:KEY] [productKey]"}},
		{"product key in the firmware", "productKey: firmware", nil},
		{"command line only", "reseal: {mode: oobe, generalize: true, then: shutdown, vm: true}", nil},
		{"device settings", "reseal: {mode: oobe, generalize: true, persistAllDeviceInstalls: true, doNotCleanUpNonPresentDevices: false}", []string{
			"generalize PnpSysprep@amd64 PersistAllDeviceInstalls = true [reseal]",
			"generalize PnpSysprep@amd64 DoNotCleanUpNonPresentDevices = false [reseal]",
		}},
		{"audit mode from media", "target: {architecture: amd64, use: media}\nreseal: {mode: audit}", []string{"oobeSystem Deployment@amd64 Reseal/Mode = Audit [reseal]"}},
		{"welcome from media needs no setting", "target: {architecture: amd64, use: media}\nreseal: {mode: oobe}", nil},
		{"leaving audit mode", "reseal: {fromAudit: {mode: oobe, shutdown: true}}", []string{
			"auditUser Deployment@amd64 Reseal/Mode = OOBE [reseal]",
			"auditUser Deployment@amd64 Reseal/ForceShutdownNow = true [reseal]",
		}},
		{"leaving audit mode generalized", "reseal: {fromAudit: {mode: audit, generalize: true, shutdown: false}}", []string{
			"auditUser Deployment@amd64 Generalize/Mode = Audit [reseal]",
			"auditUser Deployment@amd64 Generalize/ForceShutdownNow = false [reseal]",
		}},
		{"a section joins what passes hold", "computerName: PC-1\npasses: {Specialize: {microsoft-windows-shell-setup: {CopyProfile: true}}}", []string{
			"Specialize microsoft-windows-shell-setup@amd64 CopyProfile = true",
			"Specialize microsoft-windows-shell-setup@amd64 ComputerName = PC-1 [computerName]",
		}},
		{"a section joins a container", "productKey: {setup: {env: KEY}}\npasses: {windowsPE: {Microsoft-Windows-Setup: {UserData: {AcceptEula: true}}}}", []string{
			"windowsPE Setup@amd64 UserData/AcceptEula = true",
			"windowsPE Setup@amd64 UserData/ProductKey/Key = [secret env:KEY] [productKey]",
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			text := head + c.yaml + "\n"
			if strings.HasPrefix(c.yaml, "target:") {
				text = "version: reseal/v1\n" + c.yaml + "\n"
			}
			got := settingsOf(lowered(t, text))
			if !slices.Equal(got, c.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

func TestResealMakesTheInvocation(t *testing.T) {
	a := lowered(t, head+"reseal:\n  mode: oobe\n  generalize: true\n  then: reboot\n  vm: true\n")
	want := schema.Invocation{Mode: "oobe", Generalize: true, Then: "reboot", VM: true}
	if a.Invocation == nil || *a.Invocation != want {
		t.Fatalf("got %+v", a.Invocation)
	}
	for key, at := range map[string]int{"mode": 4, "generalize": 5, "then": 6, "vm": 7} {
		if got := a.InvocationSpans[key].Position().Line; got != at {
			t.Errorf("%s stands in line %d, want %d", key, got, at)
		}
	}
	if a.Target.Use != "sysprep" {
		t.Errorf("the use is %q", a.Target.Use)
	}
	if lowered(t, head).Invocation != nil {
		t.Error("an invocation without the section")
	}
}

func TestSettingsOfSectionsStandInTheProfile(t *testing.T) {
	a := lowered(t, head+"computerName: PC-1\n")
	s := a.Passes[0].Components[0].Settings[0]
	if s.Spans.Name.Text() != "computerName" || s.Value.Text() != "PC-1" || s.Whole.Text() != "computerName: PC-1" {
		t.Errorf("spans %q, %q, %q", s.Spans.Name.Text(), s.Value.Text(), s.Whole.Text())
	}
}

func TestFindingsOfSections(t *testing.T) {
	cases := []struct {
		name, yaml string
		want       []string
	}{
		{"different values", "computerName: PC-1\npasses: {specialize: {Microsoft-Windows-Shell-Setup: {computername: PC-2}}}",
			[]string{"3:15 error setting-set-twice: ComputerName is set here and under passes to different values"}},
		{"equal values", "computerName: PC-1\npasses: {specialize: {Microsoft-Windows-Shell-Setup: {ComputerName: PC-1}}}",
			[]string{"3:15 info setting-set-twice: ComputerName is set here and once more, alike, under passes"}},
		{"different secrets", "productKey: {env: A}\npasses: {specialize: {Microsoft-Windows-Shell-Setup: {ProductKey: {env: B}}}}",
			[]string{"3:13 error setting-set-twice: ProductKey is set here and under passes to different values"}},
		{"the same secret", "productKey: {env: A}\npasses: {specialize: {Microsoft-Windows-Shell-Setup: {ProductKey: {env: A}}}}",
			[]string{"3:13 info setting-set-twice: ProductKey is set here and once more, alike, under passes"}},
		{"secret and text", "productKey: {env: A}\npasses: {specialize: {Microsoft-Windows-Shell-Setup: {ProductKey: '[secret env:A]'}}}",
			[]string{"3:13 error setting-set-twice: ProductKey is set here and under passes to different values"}},
		{"vm alone", "reseal: {vm: true}", []string{"3:14 error reseal-contradiction: vm needs generalize: true and mode: oobe"}},
		{"vm into audit mode", "reseal: {mode: audit, generalize: true, vm: true}", []string{"3:45 error reseal-contradiction: vm needs generalize: true and mode: oobe"}},
		{"device settings without generalize", "reseal: {mode: oobe, generalize: false, persistAllDeviceInstalls: false}\n",
			[]string{"3:41 error reseal-contradiction: persistAllDeviceInstalls has no effect without generalize: true"}},
		{"misspelt IANA name", "timeZone: Europe/Berln", []string{`3:11 error timezone-unknown: there is no time zone "Europe/Berln"; did you mean Europe/Berlin?`}},
		{"misspelt ID", "timeZone: Romance Standrd Time", []string{`3:11 error timezone-unknown: there is no time zone "Romance Standrd Time"; did you mean Romance Standard Time?`}},
		{"part of several IDs", "timeZone: Europe Standard Time", []string{`3:11 error timezone-unknown: there is no time zone "Europe Standard Time"; did you mean Central Europe Standard Time, E. Europe Standard Time or W. Europe Standard Time?`}},
		{"unknown time zone", "timeZone: Moon/Tranquility", []string{`3:11 error timezone-unknown: there is no time zone "Moon/Tranquility"`}},
		{"number as a computer name", "computerName: 0123", []string{
			"3:15 info yaml-implicit-number: ComputerName is text here, but many YAML readers take it unquoted for a number and write that in another way"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := findings(head+c.yaml+"\n", Options{}); !slices.Equal(got, c.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

func TestSettingSetTwiceShowsBothPlaces(t *testing.T) {
	_, diags := parse(head+"computerName: PC-1\npasses:\n  specialize:\n    Microsoft-Windows-Shell-Setup:\n      ComputerName: PC-2\n", Options{})
	if len(diags.All) != 1 || len(diags.All[0].Related) != 1 {
		t.Fatalf("got %d findings", len(diags.All))
	}
	if at := diags.All[0].Related[0].Span; at.Text() != "PC-2" {
		t.Errorf("the other place is %q", at.Text())
	}
	if d := diags.All[0]; d.Pass != "specialize" || d.Component != "Microsoft-Windows-Shell-Setup" || d.Setting != "ComputerName" {
		t.Errorf("the finding is in %s %s %s", d.Pass, d.Component, d.Setting)
	}
}

func TestIgnoresHoldForTheirDocument(t *testing.T) {
	const text = `version: reseal/v1
target: {architecture: amd64}
lint: {ignore: [{rule: yaml-empty-value, reason: on purpose}]}
passes: {specialize: }
---
version: reseal/v1
target: {architecture: amd64}
productKey: firmware
passes: {specialize: }
`
	p, diags := parse(text, Options{})
	if len(p.Ignores) != 2 || p.Ignores[0].Reason != "on purpose" || p.Ignores[1].Rule != "product-key-missing" {
		t.Fatalf("ignores %+v", p.Ignores)
	}
	var covered []bool
	for _, d := range diags.All {
		covered = append(covered, p.Ignores[0].Covers(d.Span))
	}
	if !slices.Equal(covered, []bool{true, false}) {
		t.Errorf("covers %v of %d findings", covered, diags.Count(diag.Warning))
	}
}

// Every section must be listed once and describe itself to editors.
func TestSectionsAreComplete(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range sections {
		shape := s.shape()
		if s.name == "" || seen[s.name] || shape["title"] == nil || shape["description"] == nil {
			t.Errorf("section %q is not complete or not unique", s.name)
		}
		seen[s.name] = true
	}
	order := inTurn()
	if order[0].name != "passes" || order[len(order)-1].name != "verbatim" {
		t.Errorf("lowered from %s to %s", order[0].name, order[len(order)-1].name)
	}
}
