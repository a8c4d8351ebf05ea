package sysprep

import (
	"fmt"
	"strings"
	"testing"

	"github.com/reseal/reseal/schema"
)

// command is one item of RunSynchronous in the lines of answerFile; reboot may
// be empty.
func command(pass string, n int, path, reboot string) []string {
	item := fmt.Sprintf("%s Microsoft-Windows-Deployment RunSynchronous/RunSynchronousCommand[%d]/", pass, n)
	lines := []string{fmt.Sprintf("%sOrder = %d", item, n), item + "Path = " + path}
	if reboot != "" {
		lines = append(lines, item+"WillReboot = "+reboot)
	}
	return lines
}

func joined(parts ...[]string) []string {
	var out []string
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

// started lists the commands of a record by boot: "1:a,b; 2:c".
func started(r *Record) string {
	var boots []string
	for _, b := range r.Boots {
		var lines []string
		for _, p := range b.Passes {
			for _, c := range p.Commands {
				lines = append(lines, c.Line)
			}
		}
		if b.Logon != nil {
			for _, c := range b.Logon.Commands {
				lines = append(lines, c.Line)
			}
		}
		if len(lines) > 0 {
			boots = append(boots, fmt.Sprintf("%d:%s", b.N, strings.Join(lines, ",")))
		}
	}
	return strings.Join(boots, "; ")
}

func TestACommandThatAlwaysRestartsMakesAnotherBoot(t *testing.T) {
	generalize, audit := generalizeOOBE, schema.Invocation{Mode: "audit"}
	specialize := func(n int, reboot string) []string {
		return command("specialize", n, string(rune('a'+n-1)), reboot)
	}
	cases := []struct {
		name    string
		inv     schema.Invocation
		lines   []string
		boots   string
		started string
	}{
		{"none restarts", generalize, joined(specialize(1, "Never"), specialize(2, "")),
			"0 sysprep generalize; 1 setup specialize*; 2 oobe oobeSystem; 3 desktop", "1:a,b"},
		{"the first restarts", generalize, joined(specialize(1, "Always"), specialize(2, "")),
			"0 sysprep generalize; 1 setup specialize* restart; 2 setup specialize*; 3 oobe oobeSystem; 4 desktop", "1:a; 2:b"},
		{"the last restarts", generalize, joined(specialize(1, ""), specialize(2, "always")),
			"0 sysprep generalize; 1 setup specialize* restart; 2 setup specialize; 3 oobe oobeSystem; 4 desktop", "1:a,b"},
		{"two restart", generalize, joined(specialize(1, "Always"), specialize(2, "Always"), specialize(3, "")),
			"0 sysprep generalize; 1 setup specialize* restart; 2 setup specialize* restart; 3 setup specialize*; 4 oobe oobeSystem; 5 desktop", "1:a; 2:b; 3:c"},
		{"on request", generalize, joined(specialize(1, "OnRequest"), specialize(2, "")),
			"0 sysprep generalize; 1 setup specialize*; 2 oobe oobeSystem; 3 desktop", "1:a,b"},
		{"order decides, not the place", generalize, []string{
			"specialize Microsoft-Windows-Deployment RunSynchronous/RunSynchronousCommand[1]/Order = 2",
			"specialize Microsoft-Windows-Deployment RunSynchronous/RunSynchronousCommand[1]/Path = second",
			"specialize Microsoft-Windows-Deployment RunSynchronous/RunSynchronousCommand[2]/Order = 1",
			"specialize Microsoft-Windows-Deployment RunSynchronous/RunSynchronousCommand[2]/Path = first",
			"specialize Microsoft-Windows-Deployment RunSynchronous/RunSynchronousCommand[2]/WillReboot = Always",
		}, "0 sysprep generalize; 1 setup specialize* restart; 2 setup specialize*; 3 oobe oobeSystem; 4 desktop", "1:first; 2:second"},
		{"RunAsynchronous never restarts", generalize, []string{
			"specialize Microsoft-Windows-Deployment RunAsynchronous/RunAsynchronousCommand[1]/Order = 1",
			"specialize Microsoft-Windows-Deployment RunAsynchronous/RunAsynchronousCommand[1]/Path = free",
			"specialize Microsoft-Windows-Deployment RunAsynchronous/RunAsynchronousCommand[1]/WillReboot = Always",
		}, "0 sysprep generalize; 1 setup specialize*; 2 oobe oobeSystem; 3 desktop", "1:free"},
		{"auditUser", audit, joined(command("auditUser", 1, "a", "Always"), command("auditUser", 2, "b", "")),
			"0 sysprep; 1 audit auditSystem auditUser* restart; 2 audit auditUser*", "1:a; 2:b"},
		{"auditUser, then Reseal", audit, joined(command("auditUser", 1, "a", "Always"), []string{"auditUser Microsoft-Windows-Deployment Reseal/Mode = OOBE"}),
			"0 sysprep; 1 audit auditSystem auditUser* restart; 2 audit auditUser restart; 3 oobe oobeSystem; 4 desktop", "1:a"},
		{"AuditComputerName", audit, []string{
			"auditSystem Microsoft-Windows-Deployment AuditComputerName/Name = LAB",
			"auditSystem Microsoft-Windows-Deployment AuditComputerName/MustReboot = true",
		}, "0 sysprep; 1 audit auditSystem* restart; 2 audit auditUser", ""},
		{"MustReboot without a name", audit, []string{"auditSystem Microsoft-Windows-Deployment AuditComputerName/MustReboot = true"},
			"0 sysprep; 1 audit auditSystem* auditUser", ""},
	}
	for _, c := range cases {
		record := rehearse(t, answerFile(t, c.inv, c.lines...), given(nil)).Record
		if got := picture(record); got != c.boots {
			t.Errorf("%s\n got %s\nwant %s", c.name, got, c.boots)
		}
		if got := started(record); got != c.started {
			t.Errorf("%s: starts %s, want %s", c.name, got, c.started)
		}
	}
}

func TestOnRequestIsNotedSinceOnlyTheExitCodeDecides(t *testing.T) {
	record := rehearse(t, answerFile(t, generalizeOOBE, command("specialize", 1, "setup.exe", "OnRequest")...), nil).Record
	const want = "command 1 of specialize decides by its exit code: 0 goes on, 1 restarts, 2 restarts and starts it again, any other stops Setup"
	if !strings.Contains(strings.Join(record.Notes, "\n"), want) {
		t.Errorf("%q", record.Notes)
	}
}

func TestSeveralOnRequestOfAPassAreOneNote(t *testing.T) {
	lines := joined(command("specialize", 2, "a.exe", "OnRequest"), command("specialize", 3, "b.exe", "OnRequest"), command("specialize", 4, "c.exe", "Never"))
	notes := strings.Join(rehearse(t, answerFile(t, generalizeOOBE, lines...), nil).Record.Notes, "\n")
	if !strings.Contains(notes, "commands 2, 3 of specialize decide, each by its exit code") || strings.Count(notes, "exit code") != 1 {
		t.Errorf("%q", notes)
	}
}

func TestManyRestartsAreCutAndLoseNothing(t *testing.T) {
	var lines []string
	for n := range 40 {
		lines = append(lines, command("specialize", n+1, fmt.Sprintf("c%d", n+1), "Always")...)
	}
	record := rehearse(t, answerFile(t, generalizeOOBE, lines...), nil).Record
	if len(record.Boots) != maxBoots {
		t.Errorf("%d boots", len(record.Boots))
	}
	if !strings.Contains(strings.Join(record.Notes, "\n"), "cut after") {
		t.Errorf("%q", record.Notes)
	}
	applied, commands := 0, 0
	for _, b := range record.Boots {
		for _, p := range b.Passes {
			applied, commands = applied+len(p.Applied), commands+len(p.Commands)
		}
	}
	if applied != len(lines) || commands != 40 {
		t.Errorf("%d settings of %d, %d commands", applied, len(lines), commands)
	}
}

func TestLogons(t *testing.T) {
	const shell = "oobeSystem Microsoft-Windows-Shell-Setup "
	on := []string{shell + "AutoLogon/Enabled = true", shell + "AutoLogon/Username = operator"}
	first := func(line string) []string {
		return []string{shell + "FirstLogonCommands/SynchronousCommand[1]/Order = 1", shell + "FirstLogonCommands/SynchronousCommand[1]/CommandLine = " + line}
	}
	cases := []struct {
		name  string
		lines []string
		want  string // words of the logon
		times int
		note  string
	}{
		{"none", nil, "", 0, ""},
		{"not enabled", []string{shell + "AutoLogon/Username = operator", shell + "AutoLogon/LogonCount = 3"}, "", 0, ""},
		{"LogonCount adds one", append(on[:2:2], shell+"AutoLogon/LogonCount = 1"), "operator, 2 times by itself", 2, "LogonCount is 1, and Windows adds one"},
		{"more", append(on[:2:2], shell+"AutoLogon/LogonCount = 5"), "operator, 6 times by itself", 6, "6 times"},
		{"no count", on, "operator, by itself", 0, "may not happen, or go on for good"},
		{"zero", append(on[:2:2], shell+"AutoLogon/LogonCount = 0"), "", 0, "nobody logs on by itself after OOBE: LogonCount is 0"},
		{"zero with commands", joined(on, []string{shell + "AutoLogon/LogonCount = 0"}, first("cmd /c ver")), "the first person, 1 command", 0, "LogonCount is 0"},
		{"below zero", append(on[:2:2], shell+"AutoLogon/LogonCount = -1"), "operator, by itself", 0, "LogonCount -1 is not documented"},
		{"a command sets the count", joined(on, []string{shell + "AutoLogon/LogonCount = 1"}, first("reg add HKLM\\W /v AutoLogonCount /d 0")),
			"operator, by itself, 1 command", 0, "the command that sets AutoLogonCount"},
		{"commands alone", first("cmd /c ver"), "the first person, 1 command", 0, "1 command of FirstLogonCommands"},
		{"logon commands", []string{shell + "LogonCommands/AsynchronousCommand[1]/CommandLine = cmd /c ver"}, "the first person, 1 command", 0, ""},
	}
	for _, c := range cases {
		record := rehearse(t, answerFile(t, generalizeOOBE, c.lines...), nil).Record
		last := record.Boots[len(record.Boots)-1]
		if last.Mode != BootDesktop || last.Logon.Words() != c.want {
			t.Errorf("%s: %q, want %q", c.name, last.Logon.Words(), c.want)
		}
		if last.Logon != nil && last.Logon.Times != c.times {
			t.Errorf("%s: %d times", c.name, last.Logon.Times)
		}
		if !strings.Contains(strings.Join(record.Notes, "\n"), c.note) {
			t.Errorf("%s: %q is missing in %q", c.name, c.note, record.Notes)
		}
	}
}

func TestAuditModeLogsAdministratorOn(t *testing.T) {
	record := rehearse(t, answerFile(t, schema.Invocation{Mode: "audit"}, command("auditUser", 1, "a", "Always")...), nil).Record
	for _, b := range record.Boots[1:] {
		if b.Logon == nil || b.Logon.Account != "Administrator" || !b.Logon.Automatic {
			t.Errorf("boot %d: %+v", b.N, b.Logon)
		}
	}
}
