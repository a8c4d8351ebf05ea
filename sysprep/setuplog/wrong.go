package setuplog

import (
	"bytes"
	"slices"
)

// fatalIDs are the message IDs of lines that end a run. They are missing from
// many lines since build 19041, so the texts count as well.
var fatalIDs = [...]uint32{0x0f0070, 0x0f0073, 0x0f0082, 0x0f00a8, 0x0f00ae, 0x0f00b0, 0x0f00d8}

// verdictIDs are those of the line that WinMain closes a failure with.
var verdictIDs = [...]uint32{0x0f00a8, 0x0f00ae, 0x0f00d8}

const cancelID = 0x0f0043

// weakTags log what goes on below Setup; their errors are seldom the cause.
var weakTags = [...]string{"CSI", "CBS", "DPX", "CMI", "DIAG", "UI", "TOOL", "MIG", "SP", "MOUPG", "CONX"}

// wrong takes in an Error line.
func (t *tracker) wrong(number int, c columns) {
	says := t.read(c.message)
	if says.cancel || c.id == cancelID {
		t.cancel(number)
		return
	}
	if c.quoted {
		t.quote(number, c.message, says)
		return
	}
	fatal := says.fatal || slices.Contains(fatalIDs[:], c.id)
	if says.harmless && !fatal {
		t.block.weaken(number)
		return
	}
	t.failing(c.message, number)
	t.block.add(kept{number: number, strong: !slices.Contains(weakTags[:], string(c.tag)), fatal: fatal, known: says.known}, c.message)
	if !fatal {
		return
	}
	t.enterNamed(number, c.message)
	t.blame(string(c.message))
	switch {
	case says.verdict, slices.Contains(verdictIDs[:], c.id):
		t.judge(number, bytes.ToLower(c.message))
	case says.bootEnd:
		t.shut(number)
	}
}

// quote takes in a message that is quoted alone. It tells the cause where a log
// around it does not, and never ends a run: it may be that of another one.
func (t *tracker) quote(number int, message []byte, says saying) {
	t.block.add(kept{number: number, strong: true, known: says.known, quoted: true}, message)
	if says.fatal {
		t.enterNamed(number, message)
	}
}

// refuses tells whether a message is that of Setup's dialog on an answer file,
// or of another dialog in which it gives up: neither line is an Error.
func refuses(message []byte) bool {
	if dialog, ok := bytes.CutPrefix(message, []byte(publishedText)); ok {
		return bytes.HasPrefix(dialog, []byte("Windows could not ")) || bytes.HasPrefix(dialog, []byte("Windows cannot "))
	}
	if len(message) > 0 && message[0] == '[' {
		_, message, _ = bytes.Cut(message[:min(len(message), 2*longestStamp)], []byte("] "))
	}
	return len(message) > len(refusedText) && message[0] == 'U' && bytes.EqualFold(message[:len(refusedText)], []byte(refusedText))
}

// enterNamed reads the pass off a line that ends a run where nothing else tells
// it, as a dialog of Setup that is quoted alone.
func (t *tracker) enterNamed(number int, message []byte) {
	if t.phase != "" {
		return
	}
	if m := passForm().FindSubmatch(message[:min(len(message), keepBytes)]); m != nil {
		t.enter(number, string(m[1]))
	}
}

// warned keeps the warning of a program of the first boot in which a signature
// knows the cause of the errors that follow.
func (t *tracker) warned(number int, message []byte) {
	if says := t.read(message); says.known && !says.harmless {
		t.block.add(kept{number: number, strong: true, known: true}, message)
	}
}

// failing reads the stage that failed off the name of its action file: a log
// of errors alone tells no other.
func (t *tracker) failing(m []byte, number int) {
	switch {
	case bytes.HasPrefix(m, []byte("SysprepSession::Validate: Error")):
		t.validate(number, stageOfFile(m))
	case bytes.HasPrefix(m, []byte("SysprepSession::Execute: Error")):
		t.execute(number, stageOfFile(m))
	}
}

// saying is what the texts of an Error line decide.
type saying struct{ fatal, verdict, bootEnd, cancel, harmless, known bool }

func (t *tracker) read(message []byte) (s saying) {
	f := errorTexts()
	t.hits = f.find(message, t.hits[:0])
	for _, hit := range t.hits {
		switch w := &f.texts[hit]; w.means {
		case isFatal:
			s.fatal = true
		case isVerdict:
			s.fatal, s.verdict = true, true
		case isBootEnd:
			s.fatal, s.bootEnd = true, true
		case isCancel:
			s.cancel = true
		case isKnown:
			s.known = true
		case isHarmless:
			s.harmless = s.harmless || w.signature.matches(message)
		}
	}
	return s
}

// blame notes which provider the failure is about: the first that is named.
func (t *tracker) blame(message string) {
	if t.block.start == 0 && t.open.line > 0 {
		t.block.start = t.open.line
	}
	if t.block.provider == "" {
		t.block.provider = providerOf(message)
	}
}

// judge ends a block at the line of its verdict, which names the stage.
func (t *tracker) judge(number int, lower []byte) {
	phase := t.phase
	for _, stage := range []string{"cleanup", "generalize", "specialize"} {
		if !bytes.Contains(lower, []byte("sysprep "+stage)) {
			continue
		}
		phase = stage
		if bytes.Contains(lower, []byte("pre-valid")) {
			phase = "pre-validate " + stage
		}
	}
	t.phase = phase
	t.shut(number)
}

// shut makes the block the failure of the run. Of Sysprep's own runs the last
// failure counts: in its window a person may try again. Of a first boot the
// first one does: what follows are the boots that find it broken.
func (t *tracker) shut(number int) {
	b := t.block
	b.phase = t.phase
	t.block = block{}
	t.open.end()
	onlyVerdict := len(b.first) == 1
	if t.failed != nil && number == t.judged { // the rest of a verdict that stands on two lines
		t.failed.phase = b.phase
		t.failed.add(b.first[0], b.first[0].bytes)
		return
	}
	if t.failed != nil && (onlyVerdict || t.firstBoot()) {
		return
	}
	t.failed, t.judged = &b, number
}

// cancel notes that Sysprep's window was closed. Errors before it were shown
// to the person, who gave up; they stay the failure of the run.
func (t *tracker) cancel(number int) {
	if t.block.fatal {
		t.shut(number)
	}
	t.block = block{}
	t.cancelled = number
}
