// Package setuplog reads the logs of Sysprep and of the first boots
// (setupact.log, setuperr.log): it cuts them into runs, tells how each run
// ended, finds the first real failure, and matches it with a table of
// signatures that know cause and fix. It reads streams of any size in little
// memory, and never stops at a line that it does not know.
package setuplog

//go:generate go run ../../internal/gen signatures

import "io"

// Verdict is how a run ended, as far as its log tells.
type Verdict string

// The verdicts. A log that ends before Sysprep closed it is Incomplete: the
// run goes on, was interrupted, or hangs. Unknown is a log without the lines
// that prove an end.
const (
	Success    Verdict = "success"
	Failed     Verdict = "failed"
	Cancelled  Verdict = "cancelled"
	Incomplete Verdict = "incomplete"
	Unknown    Verdict = "unknown"
)

// Run is one run of Sysprep in a log, or all that the log of a first boot
// tells. Lines count from 1, as an editor shows them. All texts are fit to be
// shown: no password of a command line, no product key, no control character.
type Run struct {
	StartLine int     `json:"startLine"`
	EndLine   int     `json:"endLine"`
	Started   string  `json:"started,omitempty"` // local time of the first stamped line; the clock may jump within a run
	Rehearsal bool    `json:"rehearsal,omitempty"`
	Verdict   Verdict `json:"verdict"`
	Phase     string  `json:"phase,omitempty"` // where it failed or how far it came: "verify", "arguments", "pre-validate generalize", "cleanup", "generalize", "windowsPE", "specialize", "auditSystem", "oobeSystem", "confirm"

	Line     int    `json:"line,omitempty"` // of the first real failure; of the provider that never finished
	Text     string `json:"text,omitempty"` // the message of that line
	Code     string `json:"code,omitempty"` // "0x80073CF2"
	Original string `json:"originalCode,omitempty"`
	Provider string `json:"provider,omitempty"` // "AppxSysprep.dll,SysprepGeneralizeValidate", or the component whose action failed

	Signature string `json:"signature,omitempty"`
	Cause     string `json:"cause,omitempty"`
	Fix       string `json:"fix,omitempty"`
	Source    string `json:"source,omitempty"`
	Grade     Grade  `json:"grade,omitempty"`

	Setting *Setting `json:"setting,omitempty"` // the place in the answer file that the log names
	Notes   []Note   `json:"notes,omitempty"`
}

// Setting is a place in an answer file as a log names it. Empty parts are not
// known.
type Setting struct {
	Pass      string `json:"pass,omitempty"`
	Component string `json:"component,omitempty"`
	Path      string `json:"path,omitempty"` // "RunSynchronous/RunSynchronousCommand/Path"
	Key       string `json:"key,omitempty"`  // of the list item, such as the number of its Order
}

// Note is a line that is worth a look and no failure.
type Note struct {
	Line      int    `json:"line"`
	Text      string `json:"text"`
	Signature string `json:"signature"`
	Cause     string `json:"cause"`
	Fix       string `json:"fix,omitempty"`
}

// MaxRuns is how many runs of one log are kept, the last ones.
const MaxRuns = 100

// Log is what one log tells.
type Log struct {
	Runs    []Run
	Dropped int  // runs before those kept
	Lines   int  // of the file
	Known   bool // at least one line had the form of a Setup log
}

// Read reads a log to its end. The error is the reader's; what came before it
// has been read.
func Read(r io.Reader) (Log, error) {
	s := NewScanner(nil)
	_, err := io.CopyBuffer(s, struct{ io.Reader }{r}, make([]byte, 128<<10)) // the wrapper keeps the copy to this buffer
	return s.Finish(), err
}
