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
// page, with other words before it, with no stamp at all, or in a form of
// Configuration Manager.
func loose(t []byte, bare bool) columns {
	if isStamp(t) {
		if c, ok := collapsed(t[severityAt:], anyTag); ok {
			c.stamp = t[:stampEnd]
			return c
		}
	}
	t = bytes.TrimLeft(t, " \t")
	if len(t) < len("IBS x") {
		return columns{message: t}
	}
	quoted := unquoted(t)
	if c, ok := taskSequence(quoted); ok {
		return c
	}
	if c, ok := traced(quoted); ok {
		return c
	}
	if c, ok := stamped(t); ok {
		return c
	}
	if c, ok := collapsed(quoted, knownTag); ok && (bare || certain(c) || bytes.Contains(quoted[:min(len(quoted), 12)], []byte("  "))) {
		return c
	}
	if c, ok := unstamped(quoted); ok {
		return c
	}
	if c, ok := quotation(t, len(t)-len(quoted)); ok {
		return c
	}
	if c, ok := behindWords(t); ok {
		return c
	}
	return columns{message: t}
}

// stamped reads a line from its stamp on; what stands before it is a file
// name with a line number, or what a build system puts before its output.
func stamped(t []byte) (columns, bool) {
	for from := 0; from < longestPrefix; {
		at := bytes.Index(t[min(from, len(t)):min(len(t), longestPrefix)], []byte(", "))
		if at < 0 {
			break
		}
		from += at + 2
		begin := from - 2 - stampEnd
		if begin < 0 || !isStamp(t[begin:]) {
			continue
		}
		if c, ok := fixed(t[begin:]); ok {
			return c, true
		}
		c, ok := collapsed(t[from:], anyTag)
		c.stamp = t[begin : begin+stampEnd]
		return c, ok
	}
	return columns{}, false
}

// unstamped reads a line that begins with ID, component, program, or a message
// that only Sysprep and Setup write.
func unstamped(t []byte) (columns, bool) {
	c, ok := tagged(t, knownTag)
	if !ok && program(t) == "" && !ownWords(t) {
		return columns{}, false
	}
	if !ok {
		c = columns{message: t}
	}
	c.severity, c.guessed = guess(c.message), true
	return c, true
}

// behindWords reads a line from the first mark on behind which ID or component
// stand: "Date Time, Error SYSPRP ...", "(...) SYSPRP ...".
func behindWords(t []byte) (columns, bool) {
	end := longestStamp
	if bytes.Contains(t[:min(len(t), longestPrefix)], []byte("SYSPRP ")) {
		end = longestPrefix // a build system puts more words before its output
	}
	for i := 1; i < min(len(t), end); i++ {
		if !endsWords(t[i-1]) {
			continue
		}
		rest := bytes.TrimLeft(t[i:], " \t")
		if len(rest) == 0 || !wordEnds(rest) {
			continue
		}
		if c, ok := ofLog(rest); ok && (c.guessed || certain(c) || t[i-1] == ',') {
			return c, true
		}
		if c, ok := quotation(t, len(t)-len(bytes.TrimLeft(rest, "*\"'`"))); ok && t[i-1] != ',' && !isKey(t[:i]) {
			return c, true
		}
	}
	return columns{}, false
}

// ofLog reads what begins with a severity, with Sysprep's component or with a
// program of the first boot.
func ofLog(t []byte) (columns, bool) {
	switch t[0] {
	case 'E', 'e', 'I', 'i', 'W', 'w', 'S', '[': // the first letters of all of them
	default:
		return columns{}, false
	}
	if c, ok := collapsed(t, knownTag); ok {
		return c, true
	}
	c, ok := tagged(t, sysprepTag)
	if !ok && program(t) == "" {
		return columns{}, false
	}
	if !ok {
		c.message = t
	}
	c.severity, c.guessed = guess(c.message), true
	return c, true
}

// endsWords tells whether a log line may begin behind a character.
func endsWords(b byte) bool {
	switch b {
	case ',', ':', ';', ')', ']', '>', '|', '`':
		return true
	}
	return false
}

// wordEnds tells whether a text begins with a word that is short enough for a
// column of a log or for the first one of a message.
func wordEnds(t []byte) bool {
	return len(t) <= longestStamp || bytes.ContainsAny(t[:longestStamp], " \t") || bytes.IndexByte(t[:longestStamp], '_') >= 0
}

// certain tells whether a line has more than a word of severity to show that
// it comes from a log.
func certain(c columns) bool {
	return c.id != 0 || len(c.tag) > 0 || program(c.message) != ""
}

// unquoted takes off what marks a line as quoted, commented out or numbered.
func unquoted(t []byte) []byte {
	if len(t) == 0 || t[0] >= 'A' && t[0] <= '[' || t[0] >= 'a' && t[0] <= 'z' {
		return t
	}
	t = bytes.TrimLeft(t, " \t>|*#/-`\"'")
	end := 0
	for end < len(t) && '0' <= t[end] && t[end] <= '9' {
		end++
	}
	if end > 0 && end < len(t) && bytes.ContainsRune([]byte(":.)|\t"), rune(t[end])) {
		return bytes.TrimLeft(t[end+1:], " \t")
	}
	return t
}

// openings begin messages that nothing but Sysprep and Setup writes.
var openings = [...]string{
	"ActionPlatform::", "SysprepSession::", "WinMain:", "RunExternalDlls:", "RunDlls:", "RunRegistryDlls:", "RunPlatformActions:", "LaunchDll:",
	"ParseCommands:", "FCreateTagFile:", "SMI data results dump:", "The provided unattend file ", "Callback_Unattend", "UnattendErrorFromResults:", "UnattendSearch",
}

func ownWords(t []byte) bool {
	for _, o := range openings {
		if bytes.HasPrefix(t, []byte(o)) {
			return true
		}
	}
	return false
}

// collapsed reads severity, ID, component and message with any number of
// blanks between them.
func collapsed(t []byte, known func([]byte) bool) (columns, bool) {
	word, rest := cutWord(t)
	if at := bytes.IndexByte(word, ':'); at > 0 {
		word, rest = t[:at], bytes.TrimLeft(t[at+1:], " \t") // "Error:SYSPRP ..."
	}
	severity := severityOf(word)
	spelt := severity != NoSeverity
	if !spelt {
		severity = severityInAnyCase(word)
	}
	if severity == NoSeverity {
		return columns{}, false
	}
	c, ok := tagged(rest, known)
	if !ok && !spelt {
		return columns{}, false // a word of a sentence
	}
	if !ok {
		c = columns{message: rest}
	}
	c.severity = severity
	return c, true
}

// severityInAnyCase is the severity of a word that somebody has typed.
func severityInAnyCase(word []byte) Severity {
	for _, s := range [...]Severity{Info, Warning, Error} {
		if bytes.EqualFold(word, []byte(s.String())) {
			return s
		}
	}
	return NoSeverity
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

func sysprepTag(word []byte) bool { return string(word) == "SYSPRP" } // other tags are words, too

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
	if len(t) < end || t[2] != '-' || t[5] != '-' || t[19] != '.' || !digits(t[20:23]) || t[end-1] != ' ' || !isTime([]byte(plainStamp(t[:stampEnd]))) {
		return columns{}, false
	}
	word, rest := cutWord(t[end:])
	if !isTag(word) {
		return columns{}, false
	}
	c := columns{stamp: t[:stampEnd], tag: word}
	number, behind := cutWord(rest)
	if hex, message := cutWord(behind); digits(number) && bytes.HasPrefix(hex, []byte("(0x")) && bytes.HasSuffix(hex, []byte(")")) {
		if id, ok := hexNumber(hex[len("(0x") : len(hex)-1]); ok {
			c.id, rest = id, message
		}
	}
	c.message, c.severity, c.guessed = rest, guess(rest), true
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
// failure, and the texts of signatures that mean one by themselves; the first
// two say the contrary.
var failureWords = sync.OnceValue(func() *finder {
	words := []string{
		"without error", "successfully executed", "error", "fail", "not provisioned", "cannot ", "could not", "halting", "invalid", "unable", "returned false", "not running", "not valid", "not a valid",
		"malformed", "results dump", "unhandled exception",
	}
	all := make([]watched, len(words))
	for i, w := range words {
		all[i].text = w
	}
	for i := range signatures {
		if g := &signatures[i]; g.Decides {
			for _, text := range g.Text {
				all = append(all, watched{text: text, signature: g})
			}
		}
	}
	return newFinder(all)
})

// guess is the severity that a message without that column most likely had.
func guess(message []byte) Severity {
	var room [16]uint16
	hits := failureWords().find(message, room[:0])
	if len(hits) == 0 || slices.Contains(hits, 0) || slices.Contains(hits, 1) {
		return Info
	}
	for _, hit := range hits {
		if g := failureWords().texts[hit].signature; g == nil || len(g.With) == 0 && !g.NeedsCode && g.matches(message) {
			return Error
		}
	}
	return Info
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
