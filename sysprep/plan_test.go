package sysprep

import (
	"strings"
	"testing"
)

func TestATableOfTimeFoldsBehindFourBoots(t *testing.T) {
	r := Record{Verdict: VerdictOK, Engine: "rehearse"}
	for n := range 6 {
		r.Boots = append(r.Boots, Boot{N: n, Mode: BootSetup, ImageStateBefore: StateComplete, ImageStateAfter: StateUndeployable,
			Passes: []PassRun{{Pass: "specialize", Continued: n > 0}}})
	}
	lines := strings.Split(r.Plan(), "\n")
	heads := 0
	for _, l := range lines {
		if strings.Contains(l, "setup") {
			heads++
		}
		if len(l) > 120 {
			t.Errorf("a line of %d characters", len(l))
		}
	}
	if heads != 2 || !strings.HasPrefix(lines[2], "            | 0 setup") || !strings.Contains(r.Plan(), "| 4 setup") {
		t.Errorf("%d heads in\n%s", heads, r.Plan())
	}
}

func TestCellsOfSeveralLinesStayInTheirColumn(t *testing.T) {
	var b strings.Builder
	writeTable(&b, [][]string{{"", "a"}, {"row", "one\nlonger"}, {"last", ""}})
	want := "     | a\n-----+-------\nrow  | one\n     | longer\nlast |\n"
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

func TestFoldKeepsEveryWordAndTheWidth(t *testing.T) {
	var b strings.Builder
	words := strings.Repeat("word ", 60) + strings.Repeat("x", 150)
	fold(&b, "  label ", words)
	text := b.String()
	if got := strings.Count(text, "word"); got != 60 || !strings.Contains(text, strings.Repeat("x", 150)) {
		t.Errorf("%d words in %q", got, text)
	}
	for line := range strings.Lines(text) {
		if n := len(strings.TrimSpace(line)); n > foldWidth && !strings.HasPrefix(strings.TrimSpace(line), "xxx") {
			t.Errorf("a line of %d", n)
		}
	}
	b.Reset()
	fold(&b, "  none ", "")
	if b.String() != "  none \n" {
		t.Errorf("%q", b.String())
	}
}

func TestThePlanShowsCommandsAndWhatGeneralizeRemoves(t *testing.T) {
	lines := joined(command("specialize", 1, "cmd /c ver", "Always"), command("specialize", 2, "cmd /c vol", "OnRequest"), []string{
		"oobeSystem Microsoft-Windows-Shell-Setup FirstLogonCommands/SynchronousCommand[1]/CommandLine = hello.cmd",
		"generalize Microsoft-Windows-Security-SPP SkipRearm = 1"})
	plan := rehearse(t, answerFile(t, generalizeOOBE, lines...), nil).Record.Plan()
	for _, want := range []string{
		"starts   RunSynchronous 1: cmd /c ver, then restarts (answer:2)",
		"Boot 2, specialize (continued)",
		"starts   RunSynchronous 2: cmd /c vol, restarts if it asks for it (answer:5)",
		"Boot 4, first logon\n  starts   FirstLogonCommands: hello.cmd (answer:7)",
		"activation (SkipRearm is 1)",
		"restart",
	} {
		if !strings.Contains(plan, want) {
			t.Errorf("%q is missing in\n%s", want, plan)
		}
	}
	if strings.Contains(plan, statesNote) {
		t.Error("the plan repeats the image states in notes")
	}
}

// Whoever reads a picture of a run that fails learns why, and what to do.
func TestThePlanTellsWhatTheChecksFind(t *testing.T) {
	m := given(func(m *Machine) { m.BitLocker.Value, m.Domain.Value = "on", "corp.example" })
	record := rehearse(t, answerFile(t, generalizeOOBE, quietLines...), m, Skip{"servicing", "known"}).Record
	plan := record.Plan()
	for _, want := range []string{
		"What the checks find\n  warning: domain: the machine belongs to the domain corp.example\n    do: Leave the domain",
		"  failed: bitlocker: BitLocker of the system volume is on\n    do: Run manage-bde",
		"  skipped: servicing: set aside: known\n",
	} {
		if !strings.Contains(plan, want) {
			t.Errorf("%q is missing in\n%s", want, plan)
		}
	}
	if failures := record.Failures(); len(failures) != 1 || failures[0].Name != "bitlocker" {
		t.Errorf("failures %+v", failures)
	}
	quiet := rehearse(t, answerFile(t, generalizeOOBE, quietLines...), given(nil)).Record
	if plan := quiet.Plan(); strings.Contains(plan, "checks find") || len(quiet.Failures()) > 0 {
		t.Errorf("nothing was found, and yet:\n%s", plan)
	}
}

func TestALongCommandIsToldInCharacters(t *testing.T) {
	long := command("specialize", 1, strings.Repeat("x", 260), "Never")
	if s := judged(given(nil), answerFile(t, generalizeOOBE, long...), generalizeOOBE, "command-length"); s.Detail != "command 1 of specialize has 260 characters" {
		t.Errorf("%+v", s)
	}
}
