package setuplog

import (
	"bytes"
	"strings"
)

// tracker follows one run from line to line and remembers what decides.
type tracker struct {
	progress func(Progress)

	startLine, lastLine int
	started             string
	told                bool // a line of the run itself was seen
	logged              bool // one of them comes from a log, and is not quoted alone
	header              bool // it began with Sysprep's header
	sysprep             bool // Sysprep logged
	booting             bool // a program of the first boot logged

	phase        string
	stage        string // cleanup, generalize or specialize
	informed     bool   // a line was no error: the log is not one of errors alone
	closed       bool
	cancelled    int // line on which the window was closed, 0 = it was not
	tagged       bool
	worked       bool // a provider or an action was executed
	executing    bool
	generalizing bool
	state        string // the last image state that was set

	open   started // the provider that runs
	tail   []byte  // the last message
	block  block   // what went wrong since the last verdict
	failed *block  // the failure that counts
	judged int     // line of the verdict that made it so
	notes  []Note
	hits   []uint16 // scratch
}

// started is a provider that was started and has not ended.
type started struct {
	line int // 0 for none
	msg  []byte
}

func (s *started) begin(line int, msg []byte) { s.line, s.msg = line, append(s.msg[:0], msg...) }

func (s *started) end() { s.line, s.msg = 0, s.msg[:0] }

func (s *started) provider() string { return providerOf(string(s.msg)) }

const (
	stateComplete     = "IMAGE_STATE_COMPLETE"
	stateUndeployable = "IMAGE_STATE_UNDEPLOYABLE"
)

func newTracker(progress func(Progress)) *tracker { return &tracker{progress: progress} }

func (t *tracker) begin(number int, stamp string) {
	t.header, t.sysprep, t.told, t.logged, t.informed = true, true, true, true, true
	t.startLine, t.lastLine, t.started = number, number, stamp
	t.enter(number, "verify")
}

// line takes in one line.
func (t *tracker) line(number int, c columns) {
	if !t.told {
		t.told, t.startLine, t.started = true, number, plainStamp(c.stamp)
	}
	t.lastLine, t.logged = number, t.logged || !c.quoted
	if t.started == "" && len(c.stamp) > 0 {
		t.started = plainStamp(c.stamp)
	}
	own := string(c.tag) == "SYSPRP"
	if own {
		t.sysprep = true
		t.tail = append(t.tail[:0], c.message...)
	}
	switch {
	case len(c.message) > 0 && c.message[0] == '[':
		t.boot(number, c.message)
	case searches(c.message):
		t.note(number, c.message)
	}
	t.informed = t.informed || c.severity != Error
	switch {
	case c.severity == Error, refuses(c.message):
		t.wrong(number, c)
	case c.severity == Warning && program(c.message) != "":
		t.warned(number, c.message)
	case len(c.message) > 0 && (own || len(c.tag) == 0):
		t.event(number, c.id, c.message)
	}
}

// enter notes that a phase begins.
func (t *tracker) enter(number int, phase string) {
	if t.phase == phase {
		return
	}
	t.phase = phase
	if t.progress != nil {
		t.progress(Progress{Line: number, Phase: phase})
	}
}

// event reads what Sysprep tells of its work. The texts are those of Windows 7
// to 11; the message IDs beside them are gone from newer builds.
func (t *tracker) event(number int, id uint32, m []byte) {
	switch m[0] {
	case 'A':
		if rest, ok := bytes.CutPrefix(m, []byte("ActionPlatform::LaunchModule:")); ok {
			t.module(number, rest)
		}
	case 'L':
		if rest, ok := bytes.CutPrefix(m, []byte("LaunchDll:")); ok {
			t.module(number, rest)
		}
	case 'F':
		if bytes.HasPrefix(m, []byte("FCreateTagFile:Successfully created")) {
			t.tagged = true
			t.enter(number, "confirm")
		}
	case 'P':
		t.commandLine(number, m)
	case 'R':
		t.registry(number, m)
	case 'S':
		t.session(number, m)
	case 'W':
		t.main(number, m)
	}
	if id == 0x0f0052 {
		t.end(number)
	}
}

func (t *tracker) end(int) {
	t.closed = true
	t.open.end()
}

func (t *tracker) commandLine(number int, m []byte) {
	switch {
	case bytes.HasPrefix(m, []byte("ParseCommands:")):
		t.enter(number, "arguments")
	case bytes.HasPrefix(m, []byte("ProcessShutdown:Successfully")):
		t.closed = t.tagged // nothing is logged once the machine goes down
		t.enter(number, "confirm")
	}
}

// main reads what WinMain tells: window, pre-validation and processing.
func (t *tracker) main(number int, m []byte) {
	rest, ok := bytes.CutPrefix(m, []byte("WinMain:"))
	if !ok {
		return
	}
	rest = bytes.TrimLeft(rest, " ")
	switch {
	case bytes.HasPrefix(rest, []byte("Pre-valid")):
		t.validate(number, quoted(rest))
	case bytes.HasPrefix(rest, []byte("Processing ")):
		t.execute(number, quoted(rest))
	}
}

// quoted returns what stands between the first pair of single quotes.
func quoted(m []byte) string {
	_, rest, _ := bytes.Cut(m, []byte("'"))
	word, _, ok := bytes.Cut(rest, []byte("'"))
	if !ok {
		return ""
	}
	return string(word)
}

func (t *tracker) validate(number int, stage string) {
	if !isStage(stage) {
		return
	}
	t.stage = stage
	t.enter(number, "pre-validate "+stage)
}

func (t *tracker) execute(number int, stage string) {
	if !isStage(stage) {
		return
	}
	t.stage, t.executing = stage, true
	t.generalizing = t.generalizing || stage == "generalize"
	t.enter(number, stage)
}

func isStage(word string) bool {
	return word == "cleanup" || word == "generalize" || word == "specialize"
}

// session reads what the session tells of the action file it works on.
func (t *tracker) session(number int, m []byte) {
	switch {
	case bytes.HasPrefix(m, []byte("Shutting down SysPrep log")):
		t.end(number)
	case bytes.HasPrefix(m, []byte("SysprepSession::Validate: Beginning")):
		t.validate(number, stageOfFile(m))
	case bytes.HasPrefix(m, []byte("SysprepSession::Execute: Beginning")):
		t.worked = true
		t.execute(number, stageOfFile(m))
	}
}

// stageOfFile finds the stage by the name of the action file in a message.
func stageOfFile(m []byte) string {
	lower := bytes.ToLower(m)
	for _, stage := range []string{"cleanup", "generalize", "specialize"} {
		if bytes.Contains(lower, []byte(stage+".xml")) {
			return stage
		}
	}
	return ""
}

// registry reads what the older way of calling providers tells: lists in the
// registry, Microsoft's own up to Windows 7, of other makers to this day.
func (t *tracker) registry(number int, m []byte) {
	if !bytes.HasPrefix(m, []byte("RunRegistryDlls:")) {
		return
	}
	lower := bytes.ToLower(m)
	for _, stage := range []string{"cleanup", "generalize", "specialize"} {
		if bytes.Contains(lower, []byte(`\`+stage)) || bytes.HasSuffix(bytes.TrimRight(lower, ". "), []byte(" "+stage)) {
			t.execute(number, stage)
			return
		}
	}
}

// module reads the start and the good end of a provider.
func (t *tracker) module(number int, rest []byte) {
	rest = bytes.TrimLeft(rest, " ")
	switch {
	case bytes.HasPrefix(rest, []byte("Successfully executed")):
		if t.open.line > 0 {
			t.block.forgive(t.open.line)
		}
		t.worked = t.worked || !strings.HasPrefix(t.phase, "pre-validate")
		t.open.end()
		t.tail = t.tail[:0]
	case bytes.HasPrefix(rest, []byte("Executing method")), bytes.HasPrefix(rest, []byte("Found ")):
		t.open.begin(number, rest)
		if t.progress != nil {
			t.progress(Progress{Line: number, Phase: t.phase, Provider: t.open.provider()})
		}
	}
}

// providerOf reads the provider that a message names, as the registry spells
// it: "spbcd.dll,Sysprep_Generalize_Bcd". "" for none.
func providerOf(m string) string {
	if name, ok := componentOf(m); ok {
		return name
	}
	_, rest, ok := strings.Cut(m, "'")
	if !ok {
		return ""
	}
	word, behind, ok := strings.Cut(rest, "'")
	if !ok {
		return ""
	}
	if at := strings.LastIndexByte(word, ','); at >= 0 {
		return baseName(word[:at]) + "," + strings.TrimSpace(word[at+1:])
	}
	for _, before := range []string{" from ", " in "} {
		if module, ok := strings.CutPrefix(behind, before); ok {
			return baseName(moduleIn(module)) + "," + word
		}
	}
	return ""
}

// moduleIn is the path with which a text begins. It may hold blanks; what
// stands behind its extension are words of the message or around it.
func moduleIn(text string) string {
	text, _, _ = strings.Cut(text, ";")
	const end = ".dll"
	for at := 0; at+len(end) < len(text); at++ {
		if text[at+len(end)] == ' ' && strings.EqualFold(text[at:at+len(end)], end) {
			text = text[:at+len(end)]
			break
		}
	}
	return strings.TrimSuffix(strings.TrimSpace(text), " without error")
}

// componentOf reads the component of "Error in executing action for X; dwRet".
func componentOf(m string) (string, bool) {
	_, rest, ok := strings.Cut(m, "action for ")
	if !ok {
		return "", false
	}
	name, _, _ := strings.Cut(rest, ";")
	return strings.TrimSpace(name), true
}

func baseName(path string) string {
	path = strings.TrimSpace(path)
	return path[strings.LastIndexAny(path, `\/`)+1:]
}
