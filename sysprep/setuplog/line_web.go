package setuplog

import (
	"bytes"
	"slices"
)

// webMarks are what web pages and word processors make of plain text.
var webMarks = [...]struct{ mark, plain string }{
	{"\u00a0", " "}, {"\u2018", "'"}, {"\u2019", "'"}, {"\u201c", `"`}, {"\u201d", `"`}, {"**", ""},
	{"&nbsp;", " "}, {"&#39;", "'"}, {"&apos;", "'"}, {"&quot;", `"`}, {"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"},
}

// unmarked takes the marks of web pages out of a line: entities of HTML, curly
// quotes, blanks that do not break, and bold type.
func unmarked(t []byte) []byte {
	if bytes.IndexByte(t, 0xc2) < 0 && bytes.IndexByte(t, '*') < 0 {
		return unmarkedMessage(t)
	}
	return withoutMarks(t)
}

// unmarkedMessage does the same to the message of a line that has kept its columns:
// where those are whole, no blank was changed and nothing is bold.
func unmarkedMessage(t []byte) []byte {
	if bytes.IndexByte(t, '&') < 0 && bytes.IndexByte(t, 0xe2) < 0 {
		return t
	}
	return withoutMarks(t)
}

func withoutMarks(t []byte) []byte {
	out := make([]byte, 0, len(t))
	for len(t) > 0 {
		if b := t[0]; b != '&' && b != '*' && b != 0xc2 && b != 0xe2 {
			out, t = append(out, b), t[1:]
			continue
		}
		plain, size := webMark(t)
		out, t = append(out, plain...), t[size:]
	}
	return out
}

// webMark reads the mark with which a text begins, or else its first byte, as
// plain text.
func webMark(t []byte) (plain string, size int) {
	if t[0] != '&' || bytes.IndexByte(t[:min(len(t), len("&nbsp;"))], ';') > 0 {
		for i := range webMarks {
			if m := &webMarks[i]; t[0] == m.mark[0] && bytes.HasPrefix(t, []byte(m.mark)) {
				return m.plain, len(m.mark)
			}
		}
	}
	return string(t[:1]), 1
}

// traced reads the form in which Configuration Manager and its viewer write
// logs: <![LOG[text]LOG]!><time="05:06:07.000+000" date="03-04-2026"
// component="SYSPRP" context="" type="1" thread="1" file="">. The text may be a
// whole line of Setup's log.
func traced(t []byte) (columns, bool) {
	rest, ok := bytes.CutPrefix(t, []byte("<![LOG["))
	if !ok {
		return columns{}, false
	}
	text, about, _ := bytes.Cut(rest, []byte("]LOG]!>"))
	if !bytes.HasPrefix(text, []byte("<![LOG[")) && hasSeverity(text[:min(len(text), longestPrefix+len("Warning"))]) {
		if c := split(text, false); c.severity != NoSeverity && !c.guessed {
			return c, true
		}
	}
	c := columns{message: text}
	switch string(attribute(about, `type="`)) {
	case "2":
		c.severity = Warning
	case "3":
		c.severity = Error
	default: // what came from another log is all of this type
		c.severity, c.guessed = guess(text), true
	}
	if tag := attribute(about, `component="`); isTag(tag) {
		c.tag = tag
	}
	date, clock := attribute(about, `date="`), attribute(about, `time="`)
	if len(date) == len("03-04-2026") && len(clock) >= len("05:06:07") {
		if stamp := slices.Concat(date[6:], []byte("-"), date[:5], []byte(" "), clock[:8]); isTime(stamp) {
			c.stamp = stamp
		}
	}
	return c, true
}

// hasSeverity tells whether a text may hold a line with a word of severity.
func hasSeverity(text []byte) bool {
	return bytes.Contains(text, []byte("Info")) || bytes.Contains(text, []byte("Error")) || bytes.Contains(text, []byte("Warning"))
}

// attribute is the value behind name=" in a tag, empty for none.
func attribute(tag []byte, name string) []byte {
	_, rest, _ := bytes.Cut(tag, []byte(name))
	value, _, _ := bytes.Cut(rest, []byte(`"`))
	return value
}
