package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/reseal/reseal/sysprep/setuplog"
)

const (
	logBegin  = "2026-03-04 05:06:07, Info                  SYSPRP ===          Beginning of a new sysprep run          ===\r\n"
	logWork   = "2026-03-04 05:06:07, Info                  SYSPRP WinMain:Processing 'generalize' internal provider request.\r\n"
	logFailed = "2026-03-04 05:06:08, Error      [0x0f00a8] SYSPRP WinMain:Hit failure while processing sysprep generalize internal providers; hr = 0x80070005\r\n"
	logTag    = "2026-03-04 05:06:09, Info                  SYSPRP FCreateTagFile:Successfully created tag file C:\\Windows\\System32\\Sysprep\\Sysprep_succeeded.tag\r\n"
	logEnd    = "2026-03-04 05:06:10, Info       [0x0f0052] SYSPRP Shutting down SysPrep log\r\n"
)

func TestLogsExitCodes(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{
		"good.log": logBegin + logWork + logTag + logEnd, "failed.log": logBegin + logWork + logFailed + logEnd, "open.log": logBegin + logWork,
		"mended.log": logBegin + logWork + logFailed + logEnd + logBegin + logWork + logTag + logEnd, "other.txt": "hello\n", "empty.log": "",
	} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	cases := []struct {
		args string
		want int
	}{
		{"good.log", exitDone}, {"failed.log", exitFindings}, {"open.log", exitDone}, {"mended.log", exitDone}, {"other.txt", exitFindings},
		{"empty.log", exitFindings}, {"nowhere.log", exitFile}, {"good.log failed.log", exitFindings}, {"failed.log nowhere.log", exitFile}, {"", exitUsage},
		{"--format yaml good.log", exitUsage}, {"--follow good.log failed.log", exitUsage}, {"--follow nowhere/x.log", exitFile}, {"--where", exitDone},
		{"--where nowhere", exitFile}, {"--profile nowhere.yaml good.log", exitFile}, {"--follow --interval 1ms good.log", exitDone}, {"--follow --interval 1ms failed.log", exitFindings},
	}
	for _, c := range cases {
		var out bytes.Buffer
		sh := &shell{stdin: strings.NewReader(""), stdout: &out, stderr: &out, env: func(string) (string, bool) { return "", false }, now: time.Now}
		if got := sh.run(append([]string{"reseal", "logs"}, strings.Fields(c.args)...)); got != c.want {
			t.Errorf("logs %s: exit %d, want %d\n%s", c.args, got, c.want, out.String())
		}
	}
}

func TestPlacesOfLogsAreListedWithoutTrailingBlanks(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.MkdirAll("Windows/Panther", 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("Windows/Panther/setupact.log", []byte(logBegin), 0o644); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	sh := &shell{stdin: strings.NewReader(""), stdout: &out, stderr: &out, env: func(string) (string, bool) { return "", false }, now: time.Now}
	if got := sh.run([]string{"reseal", "logs", "--where", "."}); got != exitDone || !strings.Contains(out.String(), "\n  there: Windows/Panther/setupact.log\n") {
		t.Errorf("exit %d\n%s", got, out.String())
	}
	for line := range strings.Lines(out.String()) {
		if strings.TrimRight(line, " \n")+"\n" != line {
			t.Errorf("%q ends in blanks", line)
		}
	}
	for _, p := range setuplog.Places() {
		if !strings.Contains(out.String(), p.Holds+"\n") {
			t.Errorf("%s is without %q", p.Path, p.Holds)
		}
	}
}

// A log is followed through all that Sysprep does with its file: it makes it,
// writes it in pieces, clears it, replaces it.
func TestFollowerReadsAGrowingLog(t *testing.T) {
	name := filepath.Join(t.TempDir(), "setupact.log")
	var told []string
	f := &follower{path: name, tell: func(p setuplog.Progress) { told = append(told, p.Phase) }}
	f.restart()
	look := func(grew bool, verdict setuplog.Verdict) {
		t.Helper()
		got, err := f.look()
		run, _ := f.scanner.Current()
		if err != nil || got != grew || run.Verdict != verdict {
			t.Errorf("grew %v, %q, %v; want %v, %q", got, run.Verdict, err, grew, verdict)
		}
	}
	write := func(text string, flag int) {
		t.Helper()
		file, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY|flag, 0o644)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := file.WriteString(text); err != nil {
			t.Fatal(err)
		}
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
	}
	look(false, "")
	write(logBegin+logWork[:40], os.O_APPEND)
	look(true, setuplog.Incomplete)
	write(logWork[40:]+logFailed+logEnd, os.O_APPEND)
	look(true, setuplog.Failed)
	look(false, setuplog.Failed)
	write(logBegin, os.O_TRUNC)
	look(true, setuplog.Incomplete)
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	look(false, setuplog.Incomplete)
	write(logBegin+logWork+logTag+logEnd+strings.Repeat(logEnd, 50), os.O_APPEND)
	look(true, setuplog.Success)
	if want := []string{"verify", "generalize", "verify", "verify", "generalize", "confirm"}; !slices.Equal(told, want) {
		t.Errorf("told %q, want %q", told, want)
	}
}

func TestFollowerEndsWithTheRunOrTheContext(t *testing.T) {
	name := filepath.Join(t.TempDir(), "setupact.log")
	for text, verdict := range map[string]setuplog.Verdict{
		logBegin + logWork + logFailed:       setuplog.Failed, // a dialog waits, and no closing lines come
		logBegin + logWork + logTag + logEnd: setuplog.Success,
		logBegin + logWork:                   setuplog.Incomplete, // only the context ends this one
		"2026-03-04 05:06:09, Error      [0x0f0043] SYSPRP WinMain:The sysprep dialog box returned FALSE\r\n": setuplog.Cancelled,
	} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		if verdict == setuplog.Incomplete {
			cancel()
		}
		f := &follower{path: name}
		f.restart()
		if err := f.wait(ctx, time.Millisecond); err != nil {
			t.Error(err)
		}
		if run, _ := f.scanner.Current(); run.Verdict != verdict {
			t.Errorf("%q: %s, want %s", text, run.Verdict, verdict)
		}
		cancel()
	}
}
