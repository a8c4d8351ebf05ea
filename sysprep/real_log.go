package sysprep

import (
	"bytes"
	"errors"
	"io/fs"
	"strings"
	"unicode/utf16"
)

const (
	logChunk   = 64 << 10 // bytes read at once
	logLine    = 16 << 10 // a longer line is cut; the longest one seen has 812 bytes
	logTail    = 256      // bytes kept to notice that the file was replaced
	maxReasons = 8        // failure lines kept of one run
)

// logFollower reads what is added to setupact.log after it was made. Sysprep
// sometimes clears the file when a run begins and sometimes appends to it;
// both are followed.
type logFollower struct {
	files  Files
	path   string
	offset int64
	tail   []byte // the last bytes before offset
	rest   []byte // the beginning of a line whose end is not written yet
	wide   bool   // UTF-16, little endian
	run    logRun
}

// followLog starts at the present end of the file, which need not exist.
func followLog(files Files, path string) (*logFollower, error) {
	f := &logFollower{files: files, path: path}
	size, _, err := files.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return f, nil
	}
	if err != nil {
		return f, err
	}
	head := make([]byte, 2)
	if _, err := files.ReadAt(path, head, 0); err != nil {
		return f, err
	}
	f.wide = bytes.Equal(head, []byte{0xff, 0xfe})
	f.tail = make([]byte, min(size, logTail))
	f.offset = size
	_, err = files.ReadAt(path, f.tail, size-int64(len(f.tail)))
	return f, err
}

// read takes in what was added, and tells whether anything was.
func (f *logFollower) read() (bool, error) {
	size, _, err := f.files.Stat(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		f.restart()
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if size < f.offset || !f.sameFile() {
		f.restart()
	}
	buf, grew := make([]byte, logChunk), false
	for {
		n, err := f.files.ReadAt(f.path, buf, f.offset)
		if n == 0 || err != nil {
			return grew, err
		}
		grew = true
		f.take(buf[:n])
	}
}

func (f *logFollower) restart() {
	f.offset, f.tail, f.rest, f.wide = 0, nil, nil, false
}

func (f *logFollower) sameFile() bool {
	now := make([]byte, len(f.tail))
	n, err := f.files.ReadAt(f.path, now, f.offset-int64(len(now)))
	return err == nil && bytes.Equal(now[:n], f.tail)
}

func (f *logFollower) take(chunk []byte) {
	if f.offset == 0 && bytes.HasPrefix(chunk, []byte{0xff, 0xfe}) {
		f.wide = true
	}
	f.offset += int64(len(chunk))
	f.tail = append(f.tail, chunk...)
	f.tail = bytes.Clone(f.tail[max(0, len(f.tail)-logTail):])
	f.rest = append(f.rest, chunk...)
	for {
		end, next := f.lineEnd()
		if end < 0 {
			break
		}
		f.run.line(f.decode(f.rest[:end]))
		f.rest = f.rest[next:]
	}
	if over := len(f.rest) - logLine; over > 0 {
		f.rest = f.rest[:logLine+over%2] // an even number is dropped: a UTF-16 unit stays whole
	}
	f.rest = bytes.Clone(f.rest)
}

// finish takes a last line that has no line end.
func (f *logFollower) finish() {
	f.run.line(f.decode(f.rest))
	f.rest = nil
}

// lineEnd finds the first line feed in rest and the byte behind it, -1 when
// there is none.
func (f *logFollower) lineEnd() (end, next int) {
	if !f.wide {
		end = bytes.IndexByte(f.rest, '\n')
		return end, end + 1
	}
	for i := 0; i+1 < len(f.rest); i += 2 {
		if f.rest[i] == '\n' && f.rest[i+1] == 0 {
			return i, i + 2
		}
	}
	return -1, 0
}

func (f *logFollower) decode(line []byte) string {
	line = line[:min(len(line), logLine)]
	if !f.wide {
		return strings.ToValidUTF8(strings.TrimPrefix(string(line), "\ufeff"), "\ufffd")
	}
	units := make([]uint16, 0, len(line)/2)
	for i := 0; i+1 < len(line); i += 2 {
		units = append(units, uint16(line[i])|uint16(line[i+1])<<8)
	}
	return strings.TrimPrefix(string(utf16.Decode(units)), "\ufeff")
}

// logRun is what the lines of the last run in a log tell about its end.
type logRun struct {
	began        bool     // the header line of a run was seen
	closed       bool     // Sysprep closed its log
	executing    bool     // providers are executed: validation is over
	generalizing bool     // among them those of generalize
	failures     []string // the lines that say that the run has failed, in order
}

// failureIDs are the message IDs of lines that end a run. The IDs are missing
// from many lines since build 19041, so the texts count as well.
// Source: seen in logs of Windows 7 to 11.
var failureIDs = [...]string{"0x0f0043", "0x0f0070", "0x0f0073", "0x0f0082", "0x0f00a8", "0x0f00ae", "0x0f00b0", "0x0f00d8"}

var failureTexts = [...]string{
	"hit failure while",
	"failure occurred while executing",
	"error in executing action",
	"error in validating actions",
	"error in executing actions",
	"dialog box returned false",
	"machine is in an invalid state",
	"failed to query pending cbs operations",
	"error while running registry sysprep dlls",
}

// line takes in one line. A header line begins the run anew: of several runs
// in one file the last one counts.
func (r *logRun) line(text string) {
	l := splitLogLine(text)
	lower := strings.ToLower(l.message)
	switch {
	case strings.Contains(lower, "beginning of a new sysprep run"):
		*r = logRun{began: true}
	case l.id == "0x0f0052" || strings.Contains(lower, "shutting down sysprep log"):
		r.closed = true
	case strings.Contains(lower, "sysprepsession::execute: beginning action execution"):
		r.executing = true
		r.generalizing = r.generalizing || strings.Contains(lower, "generalize.xml")
	case l.error && isFailure(l.id, lower) && len(r.failures) < maxReasons:
		r.failures = append(r.failures, printable(l.message))
	}
}

func isFailure(id, lower string) bool {
	for _, f := range failureIDs {
		if id == f {
			return true
		}
	}
	for _, f := range failureTexts {
		if strings.Contains(lower, f) {
			return true
		}
	}
	return false
}

// logParts are the parts of a line that decide here: whether it is an error,
// the message ID such as 0x0f00a8, and the text behind the columns.
type logParts struct {
	error   bool
	id      string
	message string
}

// splitLogLine reads "2024-01-02 03:04:05, Error      [0x0f0082] SYSPRP text".
// Without such a stamp the whole line is the message.
func splitLogLine(text string) logParts {
	text = strings.TrimRight(text, "\r\n \t")
	stamp, rest, ok := strings.Cut(text, ", ")
	if !ok || len(stamp) != len("2024-01-02 03:04:05") {
		return logParts{message: strings.TrimSpace(text)}
	}
	severity, rest, _ := strings.Cut(rest, " ")
	l := logParts{error: severity == "Error", message: strings.TrimLeft(rest, " ")}
	if id, after, ok := strings.Cut(l.message, "]"); ok && strings.HasPrefix(id, "[0x") && len(id) == len("[0x0f0082") {
		l.id, l.message = strings.ToLower(id[1:]), strings.TrimLeft(after, " ")
	}
	if tag, after, ok := strings.Cut(l.message, " "); ok && tag == "SYSPRP" {
		l.message = strings.TrimLeft(after, " ")
	}
	return l
}

// printable keeps a text from a file from steering a terminal.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || (0x80 <= r && r < 0xa0) {
			return ' '
		}
		return r
	}, s)
}
