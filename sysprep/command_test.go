package sysprep

import (
	"slices"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/schema"
)

func TestCommandOfIsAlwaysQuietAndQuits(t *testing.T) {
	cases := []struct {
		inv  schema.Invocation
		path string
		want string
	}{
		{schema.Invocation{Mode: "oobe", Generalize: true, Then: "shutdown"}, `C:\a.xml`, Program + ` /generalize /oobe /quiet /quit /unattend:C:\a.xml`},
		{schema.Invocation{Mode: "oobe"}, `C:\a.xml`, Program + ` /oobe /quiet /quit /unattend:C:\a.xml`},
		{schema.Invocation{Mode: "audit", Then: "reboot"}, ``, Program + ` /audit /quiet /quit`},
		{schema.Invocation{Mode: "audit", Generalize: true}, `C:\a.xml`, Program + ` /generalize /audit /quiet /quit /unattend:C:\a.xml`},
		{schema.Invocation{Mode: "oobe", Generalize: true, VM: true}, `C:\a b.xml`, Program + ` /generalize /oobe /mode:vm /quiet /quit "/unattend:C:\a b.xml"`},
	}
	for _, c := range cases {
		if got := CommandOf(c.inv, c.path).String(); got != c.want {
			t.Errorf("CommandOf(%+v)\n got %s\nwant %s", c.inv, got, c.want)
		}
	}
}

func TestParseCommandReadsWhatPeopleType(t *testing.T) {
	full := Command{Generalize: true, OOBE: true, Shutdown: true, Unattend: `C:\a.xml`}
	cases := []struct {
		line string
		want Command
	}{
		{``, Command{}},
		{`sysprep`, Command{Program: "sysprep"}},
		{`/generalize /oobe /shutdown /unattend:C:\a.xml`, full},
		{`-GENERALIZE -oobe /ShutDown -Unattend:C:\a.xml`, full},
		{`C:\windows\system32\sysprep\SYSPREP.EXE /generalize /oobe /shutdown /unattend:"C:\a.xml"`, full},
		{`"C:\Windows\System32\Sysprep\sysprep.exe"  /generalize	/oobe /shutdown "/unattend:C:\a.xml" `, full},
		{`/audit /quiet /reboot`, Command{Audit: true, Quiet: true, Reboot: true}},
		{`/oobe /audit /quit /reboot`, Command{OOBE: true, Audit: true, Quit: true, Reboot: true}},
		{`/generalize /oobe /Mode:VM /quit`, Command{Generalize: true, OOBE: true, VM: true, Quit: true}},
		{`%WINDIR%\Sysnative\Sysprep\sysprep.exe /oobe`, Command{Program: `%WINDIR%\Sysnative\Sysprep\sysprep.exe`, OOBE: true}},
		{`"C:\My Files\sysprep.exe" /oobe`, Command{Program: `C:\My Files\sysprep.exe`, OOBE: true}},
		{`/unattend:"C:\My Files\a.xml"`, Command{Unattend: `C:\My Files\a.xml`}},
		{`/unattend:C:\dir\\ /quit`, Command{Unattend: `C:\dir\\`, Quit: true}},
		{`/unattend:"C:\dir\\" /quit`, Command{Unattend: `C:\dir\`, Quit: true}},
		{`/unattend:a\"b`, Command{Unattend: `a"b`}},
		{`/unattend:"a""b" /quit`, Command{Unattend: `a"b`, Quit: true}},
	}
	for _, c := range cases {
		got, reasons := ParseCommand(c.line)
		if got != c.want || len(reasons) > 0 {
			t.Errorf("ParseCommand(%s)\n got %+v %v\nwant %+v", c.line, got, reasons, c.want)
		}
	}
}

func TestParseCommandSaysWhatItDoesNotUnderstandAndWhere(t *testing.T) {
	cases := []struct{ line, at, text string }{
		{`/oobe generalize`, `generalize`, "neither a slash nor a dash"},
		{`notepad.exe /oobe`, `notepad.exe`, "neither a slash nor a dash"},
		{`"" /oobe`, `""`, "neither a slash nor a dash"},
		{`sysprep.exe /oobe /exit`, `/exit`, "write /quit"},
		{`/respecialize /quiet`, `/respecialize`, "not supported for users"},
		{`/mode:hyperv`, `/mode:hyperv`, "only mode of sysprep.exe is /mode:vm"},
		{`/oobe:yes`, `/oobe:yes`, "/oobe takes no value"},
		{`/general`, `/general`, "did you mean /generalize?"},
		{`/shutdownnow`, `/shutdownnow`, "did you mean /shutdown?"},
		{`/x`, `/x`, `"/x" is no option`},
		{`/`, `/`, `"/" is no option`},
		{`/unattend C:\a.xml`, `/unattend`, "follows a colon"},
		{`/unattend:`, `/unattend:`, "names no answer file"},
		{`/unattend:a /unattend:b`, `/unattend:b`, "given twice"},
	}
	for _, c := range cases {
		_, reasons := ParseCommand(c.line)
		if len(reasons) == 0 {
			t.Errorf("ParseCommand(%s) finds nothing", c.line)
			continue
		}
		r := reasons[0]
		if r.Severity != diag.Error || !strings.Contains(r.Text, c.text) || c.line[r.Start:r.End] != c.at || r.Source == "" {
			t.Errorf("ParseCommand(%s): %+v at %q, want %q at %q", c.line, r, c.line[r.Start:r.End], c.text, c.at)
		}
	}
}

func TestParseCommandGoesOnBehindAMistake(t *testing.T) {
	got, reasons := ParseCommand(`/oobe quit /exit /generalize`)
	if len(reasons) != 2 || !got.OOBE || !got.Generalize {
		t.Errorf("%+v, %v", got, reasons)
	}
	if _, reasons := ParseCommand(`/unattend:"C:\a.xml`); len(reasons) != 1 || reasons[0].Severity != diag.Warning {
		t.Errorf("an open quote: %v", reasons)
	}
	if _, reasons := ParseCommand(strings.Repeat("/oobe ", 6000)); len(reasons) != 1 || !strings.Contains(reasons[0].Text, "32767") {
		t.Errorf("a line over the limit: %v", reasons)
	}
}

func TestCheckGradesContradictions(t *testing.T) {
	ok := Command{Generalize: true, OOBE: true, Quiet: true, Quit: true, Unattend: `C:\a.xml`}
	with := func(change func(*Command)) Command {
		c := ok
		change(&c)
		return c
	}
	cases := []struct {
		name    string
		command Command
		want    []string // severity and a part of the text
	}{
		{"clean", ok, nil},
		{"nothing", Command{}, []string{"warning: opens its window"}},
		{"both modes", with(func(c *Command) { c.Audit = true }), []string{"error: /oobe and /audit"}},
		{"no mode", with(func(c *Command) { c.OOBE = false }), []string{"warning: neither /oobe nor /audit"}},
		{"two powers", with(func(c *Command) { c.Reboot = true }), []string{"error: /quit and /reboot"}},
		{"three powers", with(func(c *Command) { c.Reboot, c.Shutdown = true, true }), []string{"error: /quit and /shutdown and /reboot"}},
		{"no power", with(func(c *Command) { c.Quit = false }), []string{"warning: no /quit"}},
		{"not quiet", with(func(c *Command) { c.Quiet = false }), []string{"warning: without /quiet"}},
		{"vm", with(func(c *Command) { c.VM = true }), []string{"info: allows only a power option"}},
		{"vm in audit", with(func(c *Command) { c.VM, c.OOBE, c.Audit = true, false, true }), []string{"warning: only together with /oobe", "info: allows only"}},
		{"vm without generalize", with(func(c *Command) { c.VM, c.Generalize = true, false }), []string{"warning: only together with /generalize", "info: allows only"}},
		{"blank", with(func(c *Command) { c.Unattend = `C:\a b.xml` }), []string{"warning: holds a blank"}},
		{"characters", with(func(c *Command) { c.Unattend = `C:\a?.xml` }), []string{"error: holds a character"}},
	}
	for _, c := range cases {
		reasons := c.command.Check()
		if len(reasons) != len(c.want) {
			t.Errorf("%s: %v, want %v", c.name, reasons, c.want)
			continue
		}
		for i, r := range reasons {
			severity, text, _ := strings.Cut(c.want[i], ": ")
			if r.Severity.String() != severity || !strings.Contains(r.Text, text) || r.Source == "" {
				t.Errorf("%s: %+v, want %s", c.name, r, c.want[i])
			}
		}
	}
}

func TestModeNeedsExactlyOne(t *testing.T) {
	for _, c := range []struct {
		command Command
		want    string
	}{{Command{OOBE: true}, "oobe"}, {Command{Audit: true}, "audit"}, {Command{OOBE: true, Audit: true}, ""}, {Command{}, ""}} {
		if got := c.command.Mode(); got != c.want {
			t.Errorf("%+v: %q", c.command, got)
		}
	}
}

func TestArgsNeedNoQuotes(t *testing.T) {
	c := Command{OOBE: true, Unattend: `C:\My Files\a.xml`}
	if got := c.Args(); !slices.Equal(got, []string{"/oobe", `/unattend:C:\My Files\a.xml`}) {
		t.Error(got)
	}
}

func FuzzParseCommand(f *testing.F) {
	for _, line := range []string{
		``, `/oobe /generalize /mode:vm /quiet /quit /unattend:C:\a.xml`, `sysprep.exe -audit /reboot`,
		`"C:\a b\sysprep.exe" /unattend:"C:\x y\\"`, `/unattend:a\"b" "c`, `"-x\"\sysprep.exe" /oobe`, `/unattend:"" /unattend:"a""b`,
	} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		c, reasons := ParseCommand(line)
		for _, r := range reasons {
			if r.Start < 0 || r.End > len(line) || r.Start > r.End || r.Text == "" {
				t.Fatalf("reason %+v lies outside of %q", r, line)
			}
		}
		printed := c.String()
		if len(printed) > maxCommandLine {
			return
		}
		again, reasons := ParseCommand(printed)
		if again != c || len(reasons) > 0 {
			t.Fatalf("%q\nread    %+v\nprinted %s\nread    %+v %v", line, c, printed, again, reasons)
		}
	})
}
