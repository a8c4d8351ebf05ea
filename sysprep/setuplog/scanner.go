package setuplog

import (
	"bytes"
	"slices"
	"strings"
)

// Progress is a step that a growing log tells of.
type Progress struct {
	Line     int
	Phase    string
	Provider string // that was started, "" when a phase began
}

// Scanner takes in a log in pieces of any size, as it is written. Its Write
// never fails.
type Scanner struct {
	progress func(Progress)
	lines    lines

	run       *tracker
	done      []*tracker // runs that have ended, judged when they are asked for: most are dropped
	dropped   int
	known     bool
	rehearsal bool
	banner    int // number of the last line with columns if it was a row of equals signs
	above     wrapped
}

// NewScanner makes a scanner. progress, which may be nil, is called for every
// phase that begins and every provider that starts.
func NewScanner(progress func(Progress)) *Scanner {
	s := &Scanner{progress: progress}
	s.lines.each = s.line
	s.run = newTracker(progress)
	return s
}

// Write takes in a piece of the log.
func (s *Scanner) Write(p []byte) (int, error) {
	s.lines.write(p)
	return len(p), nil
}

// Finish takes in a last line without a line end, and returns what the log
// tells. Nothing may be written afterwards.
func (s *Scanner) Finish() Log {
	s.lines.finish()
	s.close()
	log := Log{Dropped: s.dropped, Lines: s.lines.number, Known: s.known}
	proved := false
	for _, t := range slices.Backward(s.done) {
		r := s.finished(t)
		if !t.logged && proved {
			continue // a message that is quoted above the log
		}
		proved = proved || r.Verdict == Success || r.Verdict == Failed
		log.Runs = append(log.Runs, r)
	}
	slices.Reverse(log.Runs)
	return log
}

// Current is the last run as it stands now: while a log still grows, its
// verdict is Incomplete until the closing lines or a failure have come. ok is
// false before the first line of a run. Use Executing and Generalizing to
// know what it may have changed.
func (s *Scanner) Current() (Run, bool) {
	if !s.run.told {
		return Run{}, false
	}
	return s.finished(s.run), true
}

// Ended tells whether the last run has closed its log.
func (s *Scanner) Ended() bool {
	return s.run.closed || s.run.firstBoot() && s.run.state == stateComplete
}

// Executing tells whether the last run has begun to execute providers, so
// that validation is over and the image is being changed.
func (s *Scanner) Executing() bool { return s.run.executing }

// Generalizing tells whether it has begun to execute those of generalize.
func (s *Scanner) Generalizing() bool { return s.run.generalizing }

// lastErrorOnly begins a line that belongs to the one above it.
var lastErrorOnly = []byte("[gle=")

func (s *Scanner) line(number int, text []byte) {
	if len(text) == 0 {
		s.above.blank()
	}
	if len(text) == 0 || bytes.HasPrefix(text, lastErrorOnly) {
		s.run.block.extend(number)
		return
	}
	c := split(text, false)
	if c.severity == NoSeverity {
		s.continued(number, c.message)
		return
	}
	s.known = true
	s.above.begin(number, c)
	if bytes.HasPrefix(c.message, []byte("===")) {
		s.header(number, c)
		return
	}
	s.banner = 0
	if !s.run.told && bytes.HasPrefix(c.message, []byte(rehearsalMark)) {
		s.rehearsal = true
		return
	}
	s.run.line(number, c)
}

// rehearsalMark begins the first line of the log that a rehearsal writes.
const rehearsalMark = "Reseal rehearsal"

// header begins a run at the frame around "Beginning of a new sysprep run".
func (s *Scanner) header(number int, c columns) {
	if !bytes.Contains(c.message, []byte("Beginning of a new sysprep run")) {
		s.banner = number
		return
	}
	s.close()
	s.run = newTracker(s.progress)
	s.run.begin(number, plainStamp(c.stamp))
	if s.banner > 0 {
		s.run.startLine = s.banner
	}
	s.banner = 0
}

func (s *Scanner) continued(number int, message []byte) {
	if at, c, ok := s.above.join(number, message); ok {
		s.run.line(at, c)
		s.run.lastLine = max(s.run.lastLine, number)
		s.banner = 0 // this run goes on behind it
	}
	s.run.block.extend(number)
}

// close ends the last run. What stands before the first header is a run only
// if it tells anything.
func (s *Scanner) close() {
	if !s.run.told {
		return
	}
	if len(s.done) == MaxRuns {
		copy(s.done, s.done[1:])
		s.done = s.done[:MaxRuns-1]
		s.dropped++
	}
	s.done = append(s.done, s.run)
}

func (s *Scanner) finished(t *tracker) Run {
	r := t.finish()
	r.Rehearsal = s.rehearsal
	r.nameCheck()
	return r
}

// String is the verdict with the phase, for a line of text.
func (r *Run) String() string {
	var b strings.Builder
	b.WriteString(string(r.Verdict))
	if r.Phase != "" && r.Verdict != Success {
		b.WriteString(" in " + r.Phase)
	}
	return b.String()
}
