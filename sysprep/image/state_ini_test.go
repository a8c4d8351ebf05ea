package image

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/reseal/reseal/sysprep"
)

func TestImageStateFallsBackToStateIni(t *testing.T) {
	const gone = "[SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Setup\\State]\nImageState=-\n"
	for _, text := range []string{
		"[State]\r\nImageState=IMAGE_STATE_UNDEPLOYABLE\r\n", "[State]\nImageState=\"IMAGE_STATE_UNDEPLOYABLE\"\n", "\ufeff[State]\nimagestate = IMAGE_STATE_UNDEPLOYABLE",
		"\xff\xfe" + strings.Join(strings.Split("[State]\nImageState=IMAGE_STATE_UNDEPLOYABLE\n", ""), "\x00") + "\x00",
	} {
		dir := folder(t, gone)
		write(t, dir, "Windows/Setup/State/State.ini", text)
		m, problems := open(t, dir).Machine()
		none(t, problems)
		if m.ImageState != sysprep.GivenAs(sysprep.StateUndeployable) {
			t.Errorf("%q: %+v", text, m.ImageState)
		}
	}
	if m := machine(t, gone); m.ImageState.Known() {
		t.Errorf("no state at all: %+v", m.ImageState)
	}
}

func TestStateIniIsReadInEveryForm(t *testing.T) {
	for text, want := range map[string]string{
		"[State]\r\nImageState=IMAGE_STATE_COMPLETE\r\n":                     "IMAGE_STATE_COMPLETE",
		"; a remark\n[ state ]\n[state]\n imagestate = \"A\" \nImageState=B": "A",
		"[State]\nImageState=":                         "",
		"[Other]\nImageState=A\n[State]\nImageState=B": "B",
		"ImageState=A":                                 "-", "[Other]\nImageState=A": "-", "[State]\nImageStates=A": "-", "": "-", "\xff\xfe": "-", "[State": "-",
	} {
		got, ok := readStateIni([]byte(text))
		if !ok {
			got = "-"
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// The file is written beside the registry; where they differ somebody has
// edited one of them.
func TestStateIniThatContradictsTheRegistryIsSaid(t *testing.T) {
	for text, said := range map[string]bool{
		"[State]\r\nImageState=IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE\r\n": true,
		"[State]\nImageState=\"IMAGE_STATE_COMPLETE\"\n":                  false,
		"[State]\nImageState=image_state_complete\n":                      false,
		"[State]\n": false,
	} {
		dir := folder(t)
		write(t, dir, "Windows/Setup/State/State.ini", text)
		s, problems := open(t, dir).State()
		none(t, problems)
		if s.ImageState != sysprep.StateComplete || s.Verdict != Normal {
			t.Errorf("%q: the registry decides: %+v", text, s)
		}
		if notes := strings.Join(s.Notes(), "\n"); strings.Contains(notes, "State.ini says IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE") != said {
			t.Errorf("%q: %q", text, notes)
		}
	}
}

func TestStateIniThatCannotBeReadIsAProblem(t *testing.T) {
	dir := folder(t)
	write(t, dir, "Windows/Setup/State/State.ini", strings.Repeat(" ", largestStateIni+1))
	s, problems := open(t, dir).State()
	if len(problems) != 1 || !errors.Is(problems[0], ErrLimit) || s.Verdict != Normal {
		t.Errorf("%+v, %v", s, problems)
	}
}

func FuzzStateIni(f *testing.F) {
	for _, text := range []string{"[State]\r\nImageState=IMAGE_STATE_COMPLETE\r\n", "[State]\nImageState=\"A\"", "\xff\xfe[\x00", "[", "=\n[State]\n=", "\ufeff[State]\nImageState=\xff"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		state, ok := readStateIni(text)
		if !ok && state != "" || strings.ContainsAny(state, "\n") || state != strings.TrimSpace(state) {
			t.Errorf("%q, %v", state, ok)
		}
		again, ok := readStateIni([]byte("[State]\nImageState=" + state))
		if utf8.ValidString(state) && !strings.HasPrefix(state, `"`) && !strings.HasSuffix(state, `"`) && (!ok || again != state) {
			t.Errorf("%q became %q", state, again)
		}
	})
}
