package sysprep

import (
	"strings"
	"testing"
	"time"

	"github.com/reseal/reseal/schema"
)

const testCache = `C:\Windows\Panther\unattend.xml`

// TestTheAnswerFileGoesWhenWindowsHasItsCopy looks while Sysprep still runs.
func TestTheAnswerFileGoesWhenWindowsHasItsCopy(t *testing.T) {
	cases := []struct {
		name  string
		setup func(*fakeWindows)
		at    time.Duration // when Windows writes its copy; 0 = never
		text  string
		gone  bool
	}{
		{"no copy", nil, 0, "", false},
		{"a copy", nil, 20 * time.Second, "<unattend/>", true},
		{"a copy of another installation", func(w *fakeWindows) {
			w.write(testCache, "<unattend/>")
			w.files[`c:\windows\panther\unattend.xml`].modified = w.now.Add(-time.Hour)
		}, 0, "", false},
		{"a copy that keeps the time of another file", func(w *fakeWindows) {
			w.events = []fakeEvent{{20 * time.Second, func(w *fakeWindows) {
				w.write(testCache, "<unattend/>")
				w.files[`c:\windows\panther\unattend.xml`].modified = w.begin.Add(-time.Hour)
			}}}
		}, 0, "", true},
		{"a folder that could not be looked at before", func(w *fakeWindows) {
			w.write(testCache, "<unattend/>")
			w.unseen = testCache
			w.events = []fakeEvent{{20 * time.Second, func(w *fakeWindows) { w.unseen = "" }}}
		}, 0, "", false},
		{"an empty file", nil, 20 * time.Second, "", false},
		{"a copy that was written a moment ago", nil, time.Minute, "<unattend/>", false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w := newFake()
			gone := false
			if c.setup != nil {
				c.setup(w)
			}
			w.events = append(w.events, []fakeEvent{
				{time.Minute, func(w *fakeWindows) {
					_, err := w.file(testAnswer)
					gone = err != nil
				}},
				{2 * time.Minute, succeed(StateSpecializeOOBE, 7)},
			}...)
			if c.at > 0 {
				w.events = append([]fakeEvent{{c.at, func(w *fakeWindows) { w.write(testCache, c.text) }}}, w.events...)
			}
			if _, err := (Real{Invocation: schema.Invocation{Mode: "oobe"}, Now: w.Now, After: w.After}).Run(t.Context(), w); err != nil {
				t.Fatal(err)
			}
			if gone != c.gone {
				t.Errorf("after a minute the answer file is gone: %v", gone)
			}
			if _, err := w.file(testAnswer); err == nil {
				t.Error("after the run the answer file is still there")
			}
		})
	}
}

func TestShortTimeoutsShortenTheWaits(t *testing.T) {
	cases := []struct{ timeout, poll, settle time.Duration }{
		{0, 2 * time.Second, 30 * time.Second},
		{time.Hour, 2 * time.Second, 30 * time.Second},
		{20 * time.Second, 200 * time.Millisecond, 2 * time.Second},
	}
	for _, c := range cases {
		r := Real{Timeout: c.timeout}.withDefaults()
		if r.Poll != c.poll || r.Settle != c.settle {
			t.Errorf("%s: looks every %s and settles in %s", c.timeout, r.Poll, r.Settle)
		}
	}
}

func TestRunTellsOfAnAnswerFileThatStays(t *testing.T) {
	w := newFake()
	w.events = []fakeEvent{{time.Minute, succeed(StateGeneralizeOOBE, 4)}}
	w.fails["Remove"] = errDenied
	r := Real{Invocation: schema.Invocation{Mode: "oobe", Generalize: true}, Now: w.Now, After: w.After}
	rec, err := r.Run(t.Context(), w)
	if err != nil {
		t.Fatal(err)
	}
	if notes := strings.Join(rec.Notes, "\n"); !strings.Contains(notes, testAnswer+" could not be removed and holds the secrets") {
		t.Errorf("notes: %q", notes)
	}
}

func TestAnAnswerFileThatIsHeldForAMomentIsRemoved(t *testing.T) {
	w := newFake()
	w.events = []fakeEvent{
		{time.Minute, func(w *fakeWindows) { succeed(StateGeneralizeOOBE, 4)(w); w.fails["Remove"] = errDenied }},
		{time.Minute + time.Second, func(w *fakeWindows) { delete(w.fails, "Remove") }},
	}
	r := Real{Invocation: schema.Invocation{Mode: "oobe", Generalize: true}, Now: w.Now, After: w.After}
	rec, err := r.Run(t.Context(), w)
	if _, there := w.file(testAnswer); err != nil || there == nil || len(rec.Notes) > 0 {
		t.Errorf("%v; removed: %v; notes %q", err, there != nil, rec.Notes)
	}
}
