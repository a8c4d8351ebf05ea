package setuplog

import (
	"bytes"
	"strings"
)

// Severity is the severity column of a line.
type Severity uint8

// The severities. A task-sequence log has no such column; there the words of
// a failure make an Error, and all else is Info.
const (
	NoSeverity Severity = iota // a line without columns: the rest of a message, or the output of a command
	Info
	Warning
	Error
)

// String is the word of the column, "" for none.
func (s Severity) String() string { return [...]string{"", "Info", "Warning", "Error"}[s] }

// Line is one line of a Setup log in its columns.
type Line struct {
	Number    int    // from 1
	Stamp     string // local time, "2026-01-02 03:04:05"; "" where the line has none
	Severity  Severity
	ID        uint32 // message ID such as 0x0f0082, 0 for none
	Component string // upper-case tag such as SYSPRP, "" for none
	Message   string // without columns and the last OS error
	LastError string // "0x00000002" of [gle=0x00000002], "" for none. Windows may have left it over from an earlier call
}

// ParseLine reads one line of a Setup log in any of the shapes in which such
// lines are handed around: in the columns of the original, with collapsed
// blanks, quoted without its stamp, or merged into a task-sequence log. What
// is none of these is all message.
func ParseLine(text string) Line {
	c := split(bytes.TrimRight([]byte(text), "\r\n\x00 \t"), true)
	return Line{
		Stamp: plainStamp(c.stamp), Severity: c.severity, ID: c.id, Component: string(c.tag),
		Message: strings.ToValidUTF8(string(c.message), "\ufffd"), LastError: string(c.lastError),
	}
}

// columns are the parts of a line; they point into its bytes.
type columns struct {
	stamp     []byte
	severity  Severity
	id        uint32
	tag       []byte
	message   []byte
	lastError []byte
	guessed   bool // the line has no word of severity
	quoted    bool // nothing shows that the line comes from a log, but its words
}

// The fixed columns of Setup's log: stamp, severity padded to 11, message ID
// or blanks in 10, component padded to 6, message. Read off 6,419 lines of
// Windows 7 to 11.
const (
	stampEnd     = 19
	severityAt   = 21
	idAt         = 32
	tagAt        = 43
	tagEnd       = 49
	messageAt    = 50
	longestStamp = 40 // of what stands in place of a stamp in quoted lines

	longestPrefix = 200 // of what a search or a build system puts before a line
)

// split reads the columns. A line without a stamp has none of them unless
// bare is set or it names a component that Sysprep and Setup log under: it
// may be the rest of a message above it.
func split(text []byte, bare bool) columns {
	if c, ok := fixed(text); ok {
		c.message, c.lastError = cutLastError(unmarkedMessage(c.message))
		return c
	}
	c := loose(unmarked(text), bare)
	c.message, c.lastError = cutLastError(c.message)
	return c
}

// fixed reads a line by the columns of the original.
func fixed(t []byte) (columns, bool) {
	if len(t) < messageAt || t[idAt-1] != ' ' || t[tagAt-1] != ' ' || t[tagEnd] != ' ' || !isStamp(t) {
		return columns{}, false
	}
	c := columns{stamp: t[:stampEnd], message: t[messageAt:]}
	word := t[severityAt:idAt]
	if c.severity = severityOf(word[:max(bytes.IndexByte(word, ' '), 0)]); c.severity == NoSeverity {
		return columns{}, false
	}
	if t[idAt] == '[' {
		id, ok := messageID(t[idAt : idAt+10])
		if !ok {
			return columns{}, false
		}
		c.id = id
	} else if t[idAt] != ' ' || t[tagAt-2] != ' ' {
		return columns{}, false
	}
	c.tag = bytes.TrimRight(t[tagAt:tagEnd], " ")
	return c, len(c.tag) == 0 || isTag(c.tag)
}

// isStamp tells whether a line begins "2026-01-02 03:04:05, ".
func isStamp(t []byte) bool {
	return len(t) > severityAt && t[19] == ',' && t[20] == ' ' && isTime(t)
}

// isTime tells whether a text begins with YYYY-MM-DD hh:mm:ss.
func isTime(t []byte) bool {
	return len(t) >= stampEnd && t[4] == '-' && t[7] == '-' && t[10] == ' ' && t[13] == ':' && t[16] == ':' &&
		digits(t[:4]) && digits(t[5:7]) && digits(t[8:10]) && digits(t[11:13]) && digits(t[14:16]) && digits(t[17:19])
}

func digits(t []byte) bool {
	for _, b := range t {
		if b < '0' || b > '9' {
			return false
		}
	}
	return len(t) > 0
}

func severityOf(word []byte) Severity {
	switch string(word) {
	case "Info":
		return Info
	case "Warning":
		return Warning
	case "Error":
		return Error
	}
	return NoSeverity
}

// messageID reads "[0x0f0082]".
func messageID(t []byte) (uint32, bool) {
	if len(t) != 10 || t[0] != '[' || t[1] != '0' || t[2]|0x20 != 'x' || t[9] != ']' {
		return 0, false
	}
	return hexNumber(t[3:9])
}

// hexNumber reads up to eight hexadecimal digits.
func hexNumber(t []byte) (uint32, bool) {
	var n uint32
	for _, b := range t {
		d, ok := hexDigit(b)
		if !ok {
			return 0, false
		}
		n = n<<4 | d
	}
	return n, 0 < len(t) && len(t) <= 8
}

func hexDigit(b byte) (uint32, bool) {
	switch {
	case '0' <= b && b <= '9':
		return uint32(b - '0'), true
	case 'a' <= b|0x20 && b|0x20 <= 'f':
		return uint32(b|0x20-'a') + 10, true
	}
	return 0, false
}

// isTag tells whether a word can be a component: 2 to 6 capitals and digits.
func isTag(t []byte) bool {
	if len(t) < 2 || len(t) > 6 || t[0] < 'A' || t[0] > 'Z' {
		return false
	}
	for _, b := range t {
		if (b < 'A' || b > 'Z') && (b < '0' || b > '9') {
			return false
		}
	}
	return true
}

// cutLastError takes "[gle=0x00000002]" off the end of a message.
func cutLastError(message []byte) (rest, code []byte) {
	if len(message) == 0 || message[len(message)-1] != ']' {
		return message, nil
	}
	at := bytes.LastIndex(message, []byte("[gle="))
	if at < 0 {
		return message, nil
	}
	return bytes.TrimRight(message[:at], " "), message[at+len("[gle=") : len(message)-1]
}
