package setuplog

import (
	"bytes"
	"slices"
	"sync"
)

// setupTags are the components that a line without a stamp is believed to
// have; any other word in capitals there may be the begin of a sentence.
var setupTags = [...]string{"SYSPRP", "IBS", "IBSLIB", "PANTHR", "CMI", "CBS", "CSI", "MOUPG"}

// loose reads a line that has lost its columns: with blanks collapsed by a web
// page, with other words in place of the stamp, with no stamp at all, or in
// the form of a task-sequence log.
func loose(t []byte, bare bool) columns {
	if c, ok := taskSequence(t); ok {
		return c
	}
	if isStamp(t) {
		if c, ok := collapsed(t[severityAt:], anyTag); ok {
			c.stamp = t[:stampEnd]
			return c
		}
	}
	if at := bytes.Index(t, []byte(", ")); at >= 0 && at < longestStamp {
		if c, ok := collapsed(t[at+2:], knownTag); ok {
			return c
		}
	}
	quoted := bytes.TrimLeft(t, " \t>|*")
	if c, ok := collapsed(quoted, knownTag); ok && (bare || c.id != 0 || len(c.tag) > 0 || bytes.Contains(quoted[:min(len(quoted), 12)], []byte("  "))) {
		return c
	}
	if c, ok := tagged(quoted, knownTag); ok {
		c.severity = guess(c.message)
		return c
	}
	if len(t) > 0 && t[0] == '[' && !bytes.HasPrefix(t, []byte("[gle=")) && program(t) != "" {
		return columns{severity: guess(t), message: t}
	}
	return columns{message: bytes.TrimLeft(t, " \t")}
}

// collapsed reads severity, ID, component and message with any number of
// blanks between them.
func collapsed(t []byte, known func([]byte) bool) (columns, bool) {
	word, rest := cutWord(t)
	severity := severityOf(word)
	if severity == NoSeverity {
		return columns{}, false
	}
	c, ok := tagged(rest, known)
	if !ok {
		c = columns{message: rest}
	}
	c.severity = severity
	return c, true
}

// tagged reads ID and component, at least one of them, and the message.
func tagged(t []byte, known func([]byte) bool) (columns, bool) {
	var c columns
	word, rest := cutWord(t)
	id, hasID := messageID(word)
	if hasID {
		c.id, t = id, rest
		word, rest = cutWord(t)
	}
	hasTag := known(word)
	if hasTag {
		c.tag, t = word, rest
	}
	c.message = t
	return c, hasID || hasTag
}

func anyTag(word []byte) bool { return isTag(word) }

func knownTag(word []byte) bool { return slices.Contains(setupTags[:], string(word)) }

// cutWord takes the first word off; what follows begins behind the blanks.
func cutWord(t []byte) (word, rest []byte) {
	end := 0
	for end < len(t) && t[end] != ' ' && t[end] != '\t' {
		end++
	}
	next := end
	for next < len(t) && (t[next] == ' ' || t[next] == '\t') {
		next++
	}
	return t[:end], t[next:]
}

// taskSequence reads "MM-DD-YYYY HH:MM:SS.mmm SYSPRP 983152 (0xf0070) text",
// the form in which Configuration Manager copies the log. The ID is optional.
func taskSequence(t []byte) (columns, bool) {
	const end = len("01-02-2026 03:04:05.000 ")
	if len(t) < end || t[2] != '-' || t[5] != '-' || t[10] != ' ' || t[13] != ':' || t[19] != '.' || t[end-1] != ' ' {
		return columns{}, false
	}
	for _, part := range [][]byte{t[:2], t[3:5], t[6:10], t[11:13], t[14:16], t[17:19], t[20:23]} {
		if !digits(part) {
			return columns{}, false
		}
	}
	word, rest := cutWord(t[end:])
	if !isTag(word) {
		return columns{}, false
	}
	c := columns{stamp: t[:stampEnd], tag: word}
	number, behind := cutWord(rest)
	if hex, message := cutWord(behind); digits(number) && bytes.HasPrefix(hex, []byte("(0x")) && bytes.HasSuffix(hex, []byte(")")) {
		if code, ok := ParseCode(string(hex[1 : len(hex)-1])); ok {
			c.id, rest = code.Value, message
		}
	}
	c.message, c.severity = rest, guess(rest)
	return c, true
}

// plainStamp is a stamp with the year first.
func plainStamp(stamp []byte) string {
	if len(stamp) == stampEnd && stamp[2] == '-' {
		return string(stamp[6:10]) + "-" + string(stamp[:5]) + string(stamp[10:])
	}
	return string(stamp)
}

// failureWords are the words by which a message without a severity tells of a
// failure; the first one says the contrary.
var failureWords = sync.OnceValue(func() *finder {
	words := []string{
		"without error", "error", "fail", "not provisioned", "cannot ", "could not", "halting", "invalid", "unable", "returned false", "not running", "not valid",
	}
	all := make([]watched, len(words))
	for i, w := range words {
		all[i].text = w
	}
	return newFinder(all)
})

// guess is the severity that a message without that column most likely had.
func guess(message []byte) Severity {
	var room [16]uint16
	hits := failureWords().find(message, room[:0])
	if len(hits) == 0 || slices.Contains(hits, 0) {
		return Info
	}
	return Error
}

// program returns the name in the brackets that programs of the first boot put
// before their messages, in lower case: "windeploy.exe". "" for none.
func program(message []byte) string {
	if len(message) == 0 || message[0] != '[' {
		return ""
	}
	end := bytes.IndexByte(message[:min(len(message), 24)], ']')
	if end < 0 {
		return ""
	}
	for _, name := range firstBootPrograms {
		if bytes.EqualFold(message[1:end], []byte(name)) {
			return name
		}
	}
	return ""
}

var firstBootPrograms = [...]string{"windeploy.exe", "setup.exe", "oobeldr.exe", "msoobe.exe", "audit.exe", "setupugc.exe", "shell unattend"}
