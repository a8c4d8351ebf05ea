package setuplog

import (
	"bytes"
	"strings"
)

// boot reads what the programs of the first boot tell: windeploy starts
// setup.exe for specialize, then oobeldr or audit, then OOBE.
func (t *tracker) boot(number int, m []byte) {
	name := program(m)
	if name == "" {
		return
	}
	t.booting = true
	switch name {
	case "windeploy.exe":
		if t.phase == "windowsPE" && bytes.Contains(m, []byte("launched with")) { // the first boot from the disk
			t.bootPhase(number, "specialize")
			t.failed, t.block = nil, block{} // Setup went on from what it asked a person about
		}
	case "setup.exe":
		if t.phase != "windowsPE" { // there it has the same name
			t.bootPhase(number, "specialize")
		}
	case "oobeldr.exe", "msoobe.exe":
		t.bootPhase(number, "oobeSystem")
	case "audit.exe":
		t.bootPhase(number, "auditSystem")
	}
	switch {
	case bytes.IndexByte(m[len(name)+2:], '[') < 0: // states and passes stand in brackets
	case bytes.Contains(m, []byte("pdating image state from [")):
		t.imageState(number, m)
	case bytes.Contains(m, []byte("nattend pass [")), bytes.Contains(m, []byte("for pass [")):
		t.pass(number, m)
	}
	t.note(number, m)
}

func (t *tracker) bootPhase(number int, phase string) {
	if t.header {
		return
	}
	if phase == "auditSystem" && t.phase == "auditUser" {
		return
	}
	t.enter(number, phase)
}

func (t *tracker) pass(number int, m []byte) {
	at := bytes.Index(m, []byte("pass ["))
	name, _, ok := bytes.Cut(m[at+len("pass ["):], []byte("]"))
	if !ok {
		return
	}
	switch word := string(name); word {
	case "windowsPE", "specialize", "auditSystem", "auditUser", "oobeSystem":
		if !bytes.Contains(m, []byte("= 0x0")) {
			t.enter(number, word)
		}
	}
}

// imageState notes a change of the image state. A step that was completed
// after a failure has overcome it.
func (t *tracker) imageState(_ int, m []byte) {
	at := bytes.LastIndexByte(m, '[')
	state, _, ok := bytes.Cut(m[at+1:], []byte("]"))
	if !ok || !bytes.HasPrefix(state, []byte("IMAGE_STATE_")) {
		return
	}
	t.state = string(state)
	if t.state != stateUndeployable {
		t.failed = nil
		t.block = block{}
	}
}

// searches tells whether a message is one of the search for an answer file,
// which Setup in Windows PE logs without the name of a program.
func searches(message []byte) bool {
	return bytes.HasPrefix(message, []byte("UnattendSearch")) || bytes.HasPrefix(message, []byte("Callback_Unattend"))
}

// maxNotes bounds the notes of a run.
const maxNotes = 16

// note keeps a line that a signature calls worth a look.
func (t *tracker) note(number int, m []byte) {
	if len(t.notes) >= maxNotes || !mayBeNote(m) {
		return
	}
	text := string(m)
	lower := strings.ToLower(text)
	for i := range signatures {
		g := &signatures[i]
		if g.Kind == NoteKind && g.on(text, lower) {
			if n := len(t.notes); n > 0 && t.notes[n-1].Line == number && t.notes[n-1].Signature == g.ID {
				return // the same message with one more line of it
			}
			t.notes = append(t.notes, Note{Line: number, Text: Scrub(text), Signature: g.ID, Cause: g.Cause, Fix: g.Fix})
			return
		}
	}
}

// firstBoot tells whether the log is one of a first boot rather than of a run
// of sysprep.exe.
func (t *tracker) firstBoot() bool { return t.booting && !t.header }
