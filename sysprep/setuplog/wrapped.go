package setuplog

import "bytes"

// maxRest is how many lines without columns are taken for the rest of the
// message above them; more are the output of a command.
const maxRest = 8

// wrapped is the last line that had columns, with what followed it.
type wrapped struct {
	number   int
	severity Severity
	guessed  bool
	quoted   bool
	tag      []byte
	message  []byte // of an Error line, or one whose severity is a guess
	rest     int    // lines without columns since
}

func (w *wrapped) begin(number int, c columns) {
	w.number, w.severity, w.guessed, w.quoted, w.rest = number, c.severity, c.guessed, c.quoted, 0
	w.tag = append(w.tag[:0], c.tag...)
	w.message = w.message[:0]
	if w.mayGrow() {
		w.message = append(w.message, c.message[:min(len(c.message), keepBytes)]...)
	}
}

// blank takes in a line of nothing, with which the quotation of a message ends.
func (w *wrapped) blank() {
	if w.quoted {
		w.rest = maxRest
	}
}

// mayGrow tells whether a line without columns belongs to this one.
func (w *wrapped) mayGrow() bool { return w.severity == Error || w.guessed }

// join takes in a line without columns, and returns what it makes known. The
// rest of an error belongs to the line above it: consoles and documents cut
// long lines, so that the words of a failure stand on two of them. Elsewhere it
// is a message of its own. ok is false for the output of a command.
func (w *wrapped) join(number int, message []byte) (at int, c columns, ok bool) {
	message = bytes.TrimLeft(message, " \t>|#")
	if bytes.HasPrefix(message, []byte("```")) || bytes.HasPrefix(message, []byte("~~~")) {
		w.rest = maxRest // the quotation ends
	}
	if w.rest++; w.rest > maxRest || w.severity == NoSeverity || len(message) == 0 {
		return 0, columns{}, false
	}
	c = columns{severity: w.severity, tag: w.tag, message: message, quoted: w.quoted}
	if !w.mayGrow() || len(w.message)+len(message) > keepBytes {
		return number, c, true
	}
	if !bytes.HasSuffix(w.message, []byte("-")) {
		w.message = append(w.message, ' ')
	}
	w.message = append(w.message, message...)
	if c.message = w.message; w.guessed && !w.quoted {
		c.severity = guess(w.message)
	}
	return w.number, c, true
}
