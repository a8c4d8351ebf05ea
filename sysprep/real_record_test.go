package sysprep

import (
	"strings"
	"testing"
	"time"

	"github.com/reseal/reseal/schema"
)

func TestAStateThatCannotBeReadIsNotRecorded(t *testing.T) {
	w := newFake()
	w.events = []fakeEvent{{time.Minute, func(w *fakeWindows) {
		succeed(StateGeneralizeOOBE, 4)(w)
		w.unread = keyImageState
	}}}
	rec, err := Real{Invocation: schema.Invocation{Mode: "oobe", Generalize: true}, Now: w.Now, After: w.After}.Run(t.Context(), w)
	if err == nil || rec.ImageState != "" || !strings.Contains(rec.VerdictLine(), "unknown") {
		t.Errorf("%v; recorded %q: %s", err, rec.ImageState, rec.VerdictLine())
	}
}

func TestRecordOfARunNamesPhasesCommandAndTarget(t *testing.T) {
	w := newFake()
	w.events = []fakeEvent{{time.Minute, succeed(StateGeneralizeOOBE, 4)}}
	r := Real{Invocation: schema.Invocation{Mode: "oobe", Generalize: true, VM: true}, Now: w.Now, After: w.After}
	rec, err := r.Run(t.Context(), w)
	if err != nil {
		t.Fatal(err)
	}
	want := `C:\Windows\System32\Sysprep\sysprep.exe /generalize /oobe /mode:vm /quiet /quit /unattend:` + testAnswer
	if rec.Command != want || w.command.String() != want {
		t.Errorf("command %q, started %q", rec.Command, w.command)
	}
	if rec.Engine != "sysprep" || rec.Then != "quit" || rec.Mode != "oobe" || !rec.Generalize || rec.ImageState != StateGeneralizeOOBE {
		t.Errorf("record: %+v", rec)
	}
	if want := (RecordTarget{Windows: "11-24h2", Architecture: "amd64"}); rec.Target != want {
		t.Errorf("target: %+v", rec.Target)
	}
	var names []string
	for _, p := range rec.Phases {
		names = append(names, p.Name+" "+string(p.Status))
	}
	if got := strings.Join(names, ", "); got != "verify assumed, logging ok, arguments ok, actions assumed, confirm ok" {
		t.Errorf("phases: %s", got)
	}
}

func TestARunThatIsRefusedSkipsThePhasesBehind(t *testing.T) {
	w := newFake()
	w.elevated = false
	rec, _ := Real{Invocation: schema.Invocation{Mode: "oobe"}, Now: w.Now, After: w.After}.Run(t.Context(), w)
	if rec.Phase(PhaseVerify).Status != StatusFailed || rec.Phase(PhaseConfirm).Status != StatusSkipped {
		t.Errorf("phases: %+v", rec.Phases)
	}
	if rec.ImageState != StateComplete {
		t.Errorf("image state: %q", rec.ImageState)
	}
}
