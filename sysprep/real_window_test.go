package sysprep

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/reseal/reseal/schema"
)

// TestTheWindowOfAuditModeIsClosedWhenAskedTo looks at one window, 100, and at
// what a run with that window open does.
func TestTheWindowOfAuditModeIsClosedWhenAskedTo(t *testing.T) {
	open := func(w *fakeWindows) { w.others, w.windows = 1, map[int]error{100: nil} }
	cases := []struct {
		name   string
		close  bool
		setup  func(*fakeWindows)
		runs   bool
		detail string // of the step close-gui; "" = there is none
	}{
		{"not asked to", false, open, false, ""},
		{"asked to", true, open, true, "the Sysprep window of process 100 was closed"},
		{"on another desktop", true, func(w *fakeWindows) { open(w); w.hidden = true }, true, "process 100 of Sysprep has no window on this desktop and was ended"},
		{"no window", true, func(*fakeWindows) {}, true, ""},
		{"it stays open", true, func(w *fakeWindows) { w.others, w.windows = 1, map[int]error{100: errors.New("it does not close")} }, false, "it does not close"},
		{"generalize has begun behind it", true, func(w *fakeWindows) { open(w); w.image(StateUndeployable, 3) }, false, "has begun to change the image"},
		{"providers run behind it", true, func(w *fakeWindows) { open(w); w.write(testLog, logHeader+logCleanup) }, false, "has begun to change the image"},
		{"an earlier run in the log", true, func(w *fakeWindows) { open(w); w.write(testLog, logHeader+logCleanup+logClose) }, true, "was closed"},
		{"the state cannot be read", true, func(w *fakeWindows) { open(w); w.unread = keySysprepStatus }, false, "access is denied"},
		{"two windows, one of them stays", true, func(w *fakeWindows) { open(w); w.others = 2; w.windows[101] = errDenied }, false, "access is denied"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w := newFake()
			w.events = []fakeEvent{{time.Minute, succeed(StateSpecializeOOBE, 7)}}
			c.setup(w)
			r := Real{Invocation: schema.Invocation{Mode: "oobe"}, CloseGUI: c.close, Now: w.Now, After: w.After}
			rec, err := r.Run(t.Context(), w)
			if (w.process != nil) != c.runs {
				t.Errorf("started: %v, %v", w.process != nil, err)
			}
			var details []string
			for _, s := range rec.Phase(PhaseVerify).Steps {
				if s.Name == "close-gui" {
					details = append(details, s.Detail)
				}
			}
			got := strings.Join(details, "; ")
			if !strings.Contains(got, c.detail) || c.detail == "" && got != "" {
				t.Errorf("told %q, want %q", got, c.detail)
			}
		})
	}
}
