package sysprep

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
	"github.com/reseal/reseal/sysprep/setuplog"
)

// seen is what the engine asks of a log.
type seen struct {
	verdict                        setuplog.Verdict
	ended, executing, generalizing bool
}

func seenOf(f *logFollower) seen {
	return seen{f.run().Verdict, f.scanner.Ended(), f.scanner.Executing(), f.scanner.Generalizing()}
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
		want   seen
	}{
		{"new file", "", []string{good}, seen{setuplog.Success, true, true, true}},
		{"with a mark in front", "", []string{"\ufeff" + logHeader + logClose}, seen{setuplog.Unknown, true, false, false}},
		{"appended", failed, []string{failed + logHeader + logClose}, seen{setuplog.Unknown, true, false, false}},
		{"nothing new", failed, []string{failed}, seen{verdict: setuplog.Unknown}},
		{"cleared first", failed, []string{"", logHeader, logHeader + logClose}, seen{setuplog.Unknown, true, false, false}},
		{"cleared and grown beyond the old size between two looks", logHeader + logVerdict, []string{good + strings.Repeat(logNoise, 20)},
			seen{setuplog.Success, true, true, true}},
		{"deleted and made again", failed, []string{"-", logHeader + logClose}, seen{setuplog.Unknown, true, false, false}},
		{"in pieces", "", []string{good[:100], good[:137], good[:138], good[:300], good}, seen{setuplog.Success, true, true, true}},
		{"no line end", "", []string{strings.TrimRight(logHeader+logClose, "\r\n")}, seen{setuplog.Unknown, true, false, false}},
		{"UTF-16", "", []string{wideText(logHeader)[:101], wideText(logHeader + logClose)}, seen{setuplog.Unknown, true, false, false}},
		{"UTF-16 appended", wideText(failed), []string{wideText(failed + logHeader + logClose)}, seen{setuplog.Unknown, true, false, false}},
		{"invalid UTF-8", "", []string{"\xc3\x28\xff\r\n" + logHeader + "\x80\x80" + logClose}, seen{setuplog.Unknown, true, false, false}},
		{"an endless line", "", []string{logHeader + strings.Repeat("x", 3*logChunk), logHeader + strings.Repeat("x", 3*logChunk) + "\r\n" + logClose}, seen{setuplog.Unknown, true, false, false}},
		{"an endless line in UTF-16", "", []string{endless}, seen{setuplog.Unknown, true, false, false}},
		{"an endless line in UTF-16, in odd pieces", "", []string{endless[:2*logChunk+1], endless}, seen{setuplog.Unknown, true, false, false}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w := newFake()
			if c.before != "" {
				w.write(testLog, c.before)
			}
			f, err := followLog(w, testLog, nil)
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
				if len(f.tail) > logTail {
					t.Errorf("%d bytes of the tail are kept", len(f.tail))
				}
			}
			f.finish()
			if got := seenOf(f); got != c.want {
				t.Errorf("%+v, want %+v", got, c.want)
			}
		})
	}
}

func TestFollowLogTellsWhatItCannotRead(t *testing.T) {
	for _, method := range []string{"Stat", "ReadAt"} {
		w := newFake()
		w.write(testLog, logHeader)
		w.fails[method] = errDenied
		if _, err := followLog(w, testLog, nil); err == nil {
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
		if len(text) > logChunk {
			return
		}
		read := func(pieces ...string) string {
			w := newFake()
			l, err := followLog(w, testLog, nil)
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
			return fmt.Sprintf("%+v %+v", seenOf(l), l.run())
		}
		cut = min(max(cut, 2), len(text)) // the mark is written as one
		whole, pieces := read(text), read(text[:cut], text)
		if whole != pieces {
			t.Errorf("at once %s, cut at %d %s", whole, cut, pieces)
		}
	})
}

func TestProgressNamesPhasesAndProviders(t *testing.T) {
	const start = "2026-03-04 05:06:09, Info                  SYSPRP ActionPlatform::LaunchModule: Executing method 'Sysprep_Generalize_Pnp' from C:\\Windows\\System32\\sppnp.dll\r\n"
	w := newFake()
	w.events = []fakeEvent{{time.Minute, func(w *fakeWindows) {
		succeed(StateGeneralizeOOBE, 4)(w)
		w.write(testLog, logHeader+logCleanup+logExecute+start+logClose)
	}}}
	var told []string
	r := Real{Invocation: schema.Invocation{Mode: "oobe", Generalize: true}, Now: w.Now, After: w.After,
		Progress: func(after time.Duration, text string) { told = append(told, fmt.Sprintf("%s %s", after, text)) }}
	rec, err := r.Run(t.Context(), w)
	if err != nil {
		t.Fatal(err)
	}
	if got := providersOf(rec); got != "sppnp.dll,Sysprep_Generalize_Pnp generalize ok" {
		t.Errorf("providers %s", got)
	}
	want := "0s sysprep.exe runs|1m0s verify|1m0s cleanup|1m0s generalize|1m0s   sppnp.dll,Sysprep_Generalize_Pnp"
	if got := strings.Join(told, "|"); got != want {
		t.Errorf("told:\n%s\nwant:\n%s", got, want)
	}
}

func providersOf(r *Record) string {
	var out []string
	for _, p := range r.Providers {
		out = append(out, fmt.Sprintf("%s %s %s", p.Name, p.Stage, p.Status))
	}
	return strings.Join(out, "; ")
}

// TestTheProviderThatFailsIsNamed: the record tells how far the run came.
func TestTheProviderThatFailsIsNamed(t *testing.T) {
	line := func(severity, text string) string {
		return fmt.Sprintf("2026-03-04 05:06:09, %-11s           SYSPRP ActionPlatform::LaunchModule: %s\r\n", severity, text)
	}
	w := newFake()
	w.events = []fakeEvent{{time.Minute, func(w *fakeWindows) {
		w.image(StateUndeployable, 3)
		w.write(testLog, logHeader+logExecute+
			line("Info", `Executing method 'Sysprep_Generalize_Pnp' from C:\Windows\System32\sppnp.dll`)+
			line("Info", `Successfully executed 'Sysprep_Generalize_Pnp' from C:\Windows\System32\sppnp.dll without error`)+
			line("Info", `Executing method 'Sysprep_Generalize_Bcd' from C:\Windows\System32\spbcd.dll`)+
			line("Error", `Failure occurred while executing 'Sysprep_Generalize_Bcd' from C:\Windows\System32\spbcd.dll; dwRet = 0x2`)+
			"2026-03-04 05:06:10, Error      [0x0f00a8] SYSPRP WinMain:Hit failure while processing sysprep generalize internal providers; hr = 0x80070002\r\n"+logClose)
		w.end(0)
	}}}
	rec, err := Real{Invocation: schema.Invocation{Mode: "oobe", Generalize: true}, Now: w.Now, After: w.After}.Run(t.Context(), w)
	const want = "sppnp.dll,Sysprep_Generalize_Pnp generalize ok; spbcd.dll,Sysprep_Generalize_Bcd generalize failed"
	if got := providersOf(rec); got != want {
		t.Errorf("providers %s, want %s", got, want)
	}
	_, s := step(rec, "no-failure-in-log")
	if err == nil || s.Status != StatusFailed || s.Remedy == "" || !strings.Contains(s.Detail, "0x80070002") || !strings.Contains(s.Detail, "cause: ") {
		t.Errorf("%v; %+v", err, s)
	}
}

// secretAnswer is an answer file with secrets in several places.
func secretAnswer(t *testing.T) *answer.File {
	a := answerFile(t, generalizeOOBE,
		"oobeSystem Microsoft-Windows-Shell-Setup UserAccounts/AdministratorPassword/Value = longer-secret",
		"oobeSystem Microsoft-Windows-Shell-Setup AutoLogon/Password/Value = pw1",
		"specialize Microsoft-Windows-Shell-Setup ComputerName = PC1",
		"specialize Microsoft-Windows-Shell-Setup RegisteredOwner = from-a-vault")
	a.Walk(func(c *answer.Cursor) bool {
		switch c.Setting.Name {
		case "RegisteredOwner":
			c.Setting.Secret = &answer.Secret{Kind: "env", Name: "X", Span: source.Span{}}
		case "Value":
			c.Setting.Hide = c.Above().Name
		}
		return true
	})
	return a
}

func TestScrubberHidesSecretsAsTheyAreAndInHiddenForm(t *testing.T) {
	s := newScrubber(secretAnswer(t))
	cases := map[string]string{
		"net user x longer-secret":         "net user x [hidden]",
		"longer-secretlonger-secret":       "[hidden][hidden]",
		"/p:pw1 and pw1, not xpw1 or pw12": "/p:[hidden] and [hidden], not xpw1 or pw12",
		"pw1":                              "[hidden]",
		"the owner is from-a-vault":        "the owner is [hidden]",
		"PC1 is no secret":                 "PC1 is no secret",
		"<Value>" + answer.Hidden("longer-secret", "AdministratorPassword") + "<": "<Value>[hidden]<",
		"": "",
	}
	for text, want := range cases {
		if got := s.hide(text); got != want {
			t.Errorf("hide(%q) = %q, want %q", text, got, want)
		}
	}
	written := answerFile(t, generalizeOOBE,
		"oobeSystem Microsoft-Windows-Shell-Setup UserAccounts/AdministratorPassword/Value = "+answer.Hidden("longer-secret", "AdministratorPassword"))
	if got := newScrubber(written).hide("net user x longer-secret"); got != "net user x [hidden]" {
		t.Errorf("of an answer file with the hidden form: %q", got)
	}
	if got := newScrubber(nil).hide("longer-secret"); got != "longer-secret" {
		t.Errorf("without an answer file: %q", got)
	}
}

// TestNoSecretOfTheLogIsTold plays a log that repeats secrets in the lines that
// decide.
func TestNoSecretOfTheLogIsTold(t *testing.T) {
	w := newFake()
	w.events = []fakeEvent{{time.Minute, func(w *fakeWindows) {
		w.write(testLog, logHeader+logCleanup+
			"2026-03-04 05:06:10, Error                 SYSPRP ActionPlatform::LaunchModule: Failure occurred while executing 'longer-secret' from C:\\from-a-vault.dll; dwRet = 0x2\r\n"+
			"2026-03-04 05:06:10, Error                 SYSPRP cmd /c net user x other-secret /add\r\n"+
			"2026-03-04 05:06:10, Error      [0x0f00a8] SYSPRP WinMain:Hit failure while processing sysprep cleanup internal providers; hr = 0x80070002\r\n"+logClose)
		w.end(0)
	}}}
	var told strings.Builder
	r := Real{Invocation: schema.Invocation{Mode: "oobe"}, Answer: secretAnswer(t), Now: w.Now, After: w.After,
		Progress: func(_ time.Duration, text string) { told.WriteString(text + "\n") }}
	rec, err := r.Run(t.Context(), w)
	if err == nil {
		t.Fatal("the run is no failure")
	}
	text, jsonErr := rec.JSON()
	if jsonErr != nil {
		t.Fatal(jsonErr)
	}
	all := told.String() + err.Error() + string(text) + rec.Story()
	for _, secret := range []string{"longer-secret", "from-a-vault", "other-secret"} {
		if strings.Contains(all, secret) {
			t.Errorf("%s is told:\n%s", secret, all)
		}
	}
	if !strings.Contains(all, "[hidden]") {
		t.Errorf("nothing was hidden:\n%s", all)
	}
}
