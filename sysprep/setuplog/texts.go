package setuplog

import "sync"

// meaning is what a text in an Error line decides.
type meaning uint8

const (
	isFatal   meaning = iota // it ends a run or a first boot
	isVerdict                // WinMain's last word on a failure; fatal too
	isBootEnd                // windeploy's last word; fatal too
	isCancel                 // the window was closed
	isHarmless
	isKnown // a signature of a failure may know it
)

// watched is one text that is looked for in Error lines.
type watched struct {
	text      string // in lower case
	means     meaning
	signature *Signature // of isHarmless and isKnown
}

// fatalTexts end a run of Sysprep. The message IDs say the same and are
// missing from many lines since build 19041.
var fatalTexts = [...]string{
	"failure occurred while executing",
	"error in executing action",
	"error in validating actions",
	"failed while executing sysprep",
	"failed while validating sysprep",
	"either the machine is in an invalid state",
	"failed to query pending cbs operations",
	"error occurred while running registry sysprep dlls",
	// of a first boot
	"unattend file is not valid",
	"is not a valid unattended setup answer file",
	"error occurred while finding/loading the unattend file",
	"windows could not complete the installation.",
	"windows could not finish configuring the system.",
	"windows could not parse or process",
	"windows could not apply unattend settings",
	"windows could not configure",
	"windows setup encountered an internal error",
	"computer restarted unexpectedly",
	"the user cancelled setup",
	"setup was cancelled",
	"execution of unattend gcs failed",
	"failed to complete runsmipass",
	"pass has failed status",
	"an error occurred while initiating unattend passes",
	"sysprep specialize offline failed",
	refusedText,
	"publishing message [windows could not",
	"publishing message [windows cannot",
}

// refusedText begins the message that Setup shows of an answer file. What
// follows is in the language of Windows; the line is no Error.
const refusedText = "unattenderrorfromresults:"

// publishedText begins the line on a dialog of Setup in Windows PE.
const publishedText = "PublishMessage: Publishing message ["

const (
	verdictText = "hit failure while"
	cancelText  = "dialog box returned false"
)

// bootEndTexts are windeploy's last words on a boot; the second is misspelt in
// Windows.
var bootEndTexts = [...]string{
	"setup.exe failed, returning exit code",
	"failure occured during online installation",
	"failure occurred during online installation",
}

// finder finds all watched texts of a line in one pass over its bytes, with
// the automaton of Aho and Corasick. Most bytes of a large log are Error lines
// that mean nothing; looking for one text after the other costs ten times as
// much.
type finder struct {
	texts []watched
	class [256]uint8 // of a byte; upper and lower case share one
	width int        // number of classes
	next  []uint16   // state × class → state
	ends  [][]uint16 // by state: the texts that end there
	moves []uint32   // next, ready for find: the row of the state, doubled, plus 1 where texts end
}

// errorTexts is the finder for Error lines.
var errorTexts = sync.OnceValue(func() *finder {
	var all []watched
	for _, text := range fatalTexts {
		all = append(all, watched{text: text, means: isFatal})
	}
	for _, text := range bootEndTexts {
		all = append(all, watched{text: text, means: isBootEnd})
	}
	all = append(all, watched{text: verdictText, means: isVerdict}, watched{text: cancelText, means: isCancel})
	for i := range signatures {
		g := &signatures[i]
		means := isKnown
		switch g.Kind {
		case NoiseKind:
			means = isHarmless
		case NoteKind:
			continue
		}
		for _, text := range g.Text {
			all = append(all, watched{text: text, means: means, signature: g})
		}
	}
	return newFinder(all)
})

func newFinder(texts []watched) *finder {
	f := &finder{texts: texts, width: 1}
	for _, t := range texts {
		for _, b := range []byte(t.text) {
			if f.class[b] == 0 {
				f.class[b] = uint8(f.width)
				f.width++
			}
		}
	}
	for b := byte('a'); b <= 'z'; b++ {
		f.class[b-'a'+'A'] = f.class[b]
	}
	f.state()
	for i, t := range texts {
		f.plant(i, t.text)
	}
	f.link()
	for _, to := range f.next {
		move := uint32(to) * uint32(f.width) << 1
		if len(f.ends[to]) > 0 {
			move++
		}
		f.moves = append(f.moves, move)
	}
	return f
}

func (f *finder) state() uint16 {
	f.next = append(f.next, make([]uint16, f.width)...)
	f.ends = append(f.ends, nil)
	return uint16(len(f.ends) - 1)
}

func (f *finder) plant(text int, letters string) {
	at := uint16(0)
	for _, b := range []byte(letters) {
		slot := int(at)*f.width + int(f.class[b])
		if f.next[slot] == 0 {
			f.next[slot] = f.state()
		}
		at = f.next[slot]
	}
	f.ends[at] = append(f.ends[at], uint16(text))
}

// link leads every state that has no way on to the longest end of it that has
// one.
func (f *finder) link() {
	back := make([]uint16, len(f.ends))
	var queue []uint16
	for c := range f.width {
		if to := f.next[c]; to != 0 {
			queue = append(queue, to)
		}
	}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		for c := range f.width {
			slot, from := int(at)*f.width+c, f.next[int(back[at])*f.width+c]
			to := f.next[slot]
			if to == 0 {
				f.next[slot] = from
				continue
			}
			back[to] = from
			f.ends[to] = append(f.ends[to], f.ends[from]...)
			queue = append(queue, to)
		}
	}
}

// find appends the indexes of the texts in a message to hits.
func (f *finder) find(message []byte, hits []uint16) []uint16 {
	row, moves := uint32(0), f.moves
	for _, b := range message {
		move := moves[row+uint32(f.class[b])]
		row = move >> 1
		if move&1 != 0 {
			hits = append(hits, f.ends[int(row)/f.width]...)
		}
	}
	return hits
}
