package sysprep

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode/utf16"
)

func TestSplitLogLineReadsColumnsAndTolerates(t *testing.T) {
	cases := []struct {
		line string
		want logParts
	}{
		{"2026-03-04 05:06:07, Info                  SYSPRP ParseCommands:Found supported command line option 'OOBE'", logParts{message: "ParseCommands:Found supported command line option 'OOBE'"}},
		{"2026-03-04 05:06:07, Error      [0x0f0082] SYSPRP LaunchDll:Failure occurred while executing 'a.dll,B'\r\n", logParts{error: true, id: "0x0f0082", message: "LaunchDll:Failure occurred while executing 'a.dll,B'"}},
		{"2026-03-04 05:06:07, Error [0x0F00A8] SYSPRP padding collapsed", logParts{error: true, id: "0x0f00a8", message: "padding collapsed"}},
		{"2026-03-04 05:06:07, Warning    [0x0f008f]        a blank component", logParts{id: "0x0f008f", message: "a blank component"}},
		{"2026-03-04 05:06:07, Error                 CSI    00000001 other tags stay", logParts{error: true, message: "CSI    00000001 other tags stay"}},
		{"2026-03-04 05:06:07, Info                  [windeploy.exe] a program in brackets", logParts{message: "[windeploy.exe] a program in brackets"}},
		{"  a continued line, Error or not  ", logParts{message: "a continued line, Error or not"}},
		{"[gle=0x00000002]", logParts{message: "[gle=0x00000002]"}},
		{"2026-03-04 05:06:07, ", logParts{message: "2026-03-04 05:06:07,"}},
		{"2026-03-04 05:06:07, Error", logParts{error: true}},
		{"", logParts{}},
	}
	for _, c := range cases {
		if got := splitLogLine(c.line); got != c.want {
			t.Errorf("splitLogLine(%q) = %+v, want %+v", c.line, got, c.want)
		}
	}
}

func TestLogRunKnowsEveryFailureAndNoNoise(t *testing.T) {
	const stamp = "2026-03-04 05:06:07, Error      "
	fatal := []string{
		"[0x0f0043] SYSPRP WinMain:The sysprep dialog box returned FALSE",
		"[0x0f0070] SYSPRP RunDlls:An error occurred while running registry sysprep DLLs, halting sysprep execution. dwRet = 31",
		"[0x0f0073] SYSPRP RunDlls:Not running DLLs; either the machine is in an invalid state or we couldn't update the recorded state, dwRet = 31",
		"[0x0f0082] SYSPRP LaunchDll:Failure occurred while executing 'x.dll,Y', returned error code 2",
		"[0x0f00a8] SYSPRP WinMain:Hit failure while processing sysprep cleanup providers; hr = 0x80070002",
		"[0x0f00ae] SYSPRP WinMain:Hit failure while processing sysprep cleanup external providers; hr = 0x80070002",
		"[0x0f00b0] SYSPRP spopk.dll:: Failed to query pending CBS operations; hr = 0x80080005",
		"[0x0f00d8] SYSPRP WinMain:Hit failure while pre-validate sysprep cleanup internal providers; hr = 0x800f0975",
		"           SYSPRP ActionPlatform::LaunchModule: Failure occurred while executing 'Y' from x.dll; dwRet = 0x2",
		"           SYSPRP SysprepSession::ExecuteInternal: Error in executing action for Microsoft-Windows-X; dwRet = 0x2",
		"           SYSPRP SysprepSession::Validate: Error in validating actions from C:\\x.xml; dwRet = 0x2",
		"           SYSPRP SysprepSession::Execute: Error in executing actions from C:\\x.xml; dwRet = 0x2",
		"           SYSPRP WinMain: Hit failure while processing sysprep generalize internal providers; hr = 0x80070002",
		"           SYSPRP WinMain:The sysprep dialog box returned FALSE",
	}
	for _, line := range fatal {
		var r logRun
		r.line(stamp + line)
		if len(r.failures) != 1 || strings.Contains(r.failures[0], "SYSPRP") {
			t.Errorf("%q is no failure: %q", line, r.failures)
		}
	}
	noise := []string{
		"2026-03-04 05:06:07, Warning               SYSPRP WinMain: File operations pending",
		"2026-03-04 05:06:07, Warning    [0x0f008f] SYSPRP RunRegistryDlls:Registry key is either empty or malformed: SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Setup\\SysPrepExternal\\Cleanup",
		"2026-03-04 05:06:07, Error                 SYSPRP MRTGeneralize:107 - ERROR: Failed ConnectServer: 0x80004005",
		"2026-03-04 05:06:07, Error                 CSI    00000001 (F) STATUS_OBJECT_NAME_NOT_FOUND",
		"2026-03-04 05:06:07, Info                  SYSPRP the words hit failure while in an info",
		"hit failure while, in a line without a stamp",
	}
	for _, line := range noise {
		var r logRun
		r.line(line)
		if len(r.failures) != 0 || r.closed || r.executing {
			t.Errorf("%q: %+v", line, r)
		}
	}
}

func TestLogRunKeepsTheLastRunAndFewReasons(t *testing.T) {
	var r logRun
	for range 100 {
		r.line("2026-03-04 05:06:07, Error      [0x0f0082] SYSPRP x\x1b[31m")
	}
	if len(r.failures) != maxReasons || strings.Contains(r.failures[0], "\x1b") {
		t.Errorf("failures: %q", r.failures)
	}
	for line := range strings.Lines(logHeader + logExecute + logClose) {
		r.line(line)
	}
	want := logRun{began: true, closed: true, executing: true, generalizing: true}
	if !reflect.DeepEqual(r, want) {
		t.Errorf("%+v, want %+v", r, want)
	}
	r.line(strings.SplitAfter(logHeader, "\n")[1])
	if want := (logRun{began: true}); !reflect.DeepEqual(r, want) {
		t.Errorf("behind a new header: %+v", r)
	}
}

func wideText(s string) string {
	var b strings.Builder
	b.WriteString("\xff\xfe")
	for _, u := range utf16.Encode([]rune(s)) {
		b.WriteByte(byte(u))
		b.WriteByte(byte(u >> 8))
	}
	return b.String()
}

func TestFollowLogReadsOnlyWhatIsNew(t *testing.T) {
	failed, good := logHeader+logVerdict+logClose, logHeader+logExecute+logClose
	endless := wideText(logHeader + strings.Repeat("x", 3*logChunk) + "\r\n" + logClose)
	cases := []struct {
		name   string
		before string
		after  []string // "-" = the file is gone
		want   logRun
	}{
		{"new file", "", []string{good}, logRun{began: true, closed: true, executing: true, generalizing: true}},
		{"with a mark in front", "", []string{"\ufeff" + logHeader + logClose}, logRun{began: true, closed: true}},
		{"appended", failed, []string{failed + logHeader + logClose}, logRun{began: true, closed: true}},
		{"nothing new", failed, []string{failed}, logRun{}},
		{"cleared first", failed, []string{"", logHeader, logHeader + logClose}, logRun{began: true, closed: true}},
		{"cleared and grown beyond the old size between two looks", logHeader + logVerdict, []string{good + strings.Repeat(logNoise, 20)},
			logRun{began: true, closed: true, executing: true, generalizing: true}},
		{"deleted and made again", failed, []string{"-", logHeader + logClose}, logRun{began: true, closed: true}},
		{"in pieces", "", []string{good[:100], good[:137], good[:138], good[:300], good}, logRun{began: true, closed: true, executing: true, generalizing: true}},
		{"no line end", "", []string{strings.TrimRight(logHeader+logClose, "\r\n")}, logRun{began: true, closed: true}},
		{"UTF-16", "", []string{wideText(logHeader)[:101], wideText(logHeader + logClose)}, logRun{began: true, closed: true}},
		{"UTF-16 appended", wideText(failed), []string{wideText(failed + logHeader + logClose)}, logRun{began: true, closed: true}},
		{"invalid UTF-8", "", []string{"\xc3\x28\xff\r\n" + logHeader + "\x80\x80" + logClose}, logRun{began: true, closed: true}},
		{"an endless line", "", []string{logHeader + strings.Repeat("x", 3*logChunk), logHeader + strings.Repeat("x", 3*logChunk) + "\r\n" + logClose}, logRun{began: true, closed: true}},
		{"an endless line in UTF-16", "", []string{endless}, logRun{began: true, closed: true}},
		{"an endless line in UTF-16, in odd pieces", "", []string{endless[:2*logChunk+1], endless}, logRun{began: true, closed: true}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w := newFake()
			if c.before != "" {
				w.write(testLog, c.before)
			}
			f, err := followLog(w, testLog)
			if err != nil {
				t.Fatal(err)
			}
			for _, text := range c.after {
				if text == "-" {
					_ = w.Remove(testLog)
				} else {
					w.write(testLog, text)
				}
				if _, err := f.read(); err != nil {
					t.Fatal(err)
				}
				if len(f.rest) > logLine+1 || len(f.tail) > logTail {
					t.Errorf("%d bytes of a line and %d of the tail are kept", len(f.rest), len(f.tail))
				}
			}
			f.finish()
			if !reflect.DeepEqual(f.run, c.want) {
				t.Errorf("%+v, want %+v", f.run, c.want)
			}
		})
	}
}

func TestFollowLogTellsWhatItCannotRead(t *testing.T) {
	for _, method := range []string{"Stat", "ReadAt"} {
		w := newFake()
		w.write(testLog, logHeader)
		w.fails[method] = errDenied
		if _, err := followLog(w, testLog); err == nil {
			t.Errorf("%s fails, and nobody tells", method)
		}
	}
}

// FuzzFollowLog holds two ways to read the same bytes together: at once, and
// in two pieces with the cut anywhere.
func FuzzFollowLog(f *testing.F) {
	for _, text := range []string{"", logHeader + logExecute + logVerdict + logClose, wideText(logHeader + logClose), "\ufeff" + logClose, "\xff\xfe\n", "2026-03-04 05:06:07, Error\n\r\n,,\n"} {
		f.Add(text, 7)
	}
	f.Fuzz(func(t *testing.T, text string, cut int) {
		if len(text) > logLine {
			return
		}
		read := func(pieces ...string) logRun {
			w := newFake()
			l, err := followLog(w, testLog)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range pieces {
				w.write(testLog, p)
				if _, err := l.read(); err != nil {
					t.Fatal(err)
				}
			}
			l.finish()
			return l.run
		}
		cut = min(max(cut, 2), len(text)) // the mark is written as one
		whole, pieces := read(text), read(text[:cut], text)
		if fmt.Sprint(whole) != fmt.Sprint(pieces) {
			t.Errorf("at once %+v, cut at %d %+v", whole, cut, pieces)
		}
	})
}
