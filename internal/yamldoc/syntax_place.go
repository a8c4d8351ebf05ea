package yamldoc

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/reseal/reseal/internal/source"
)

// lookahead is how many characters yaml.v3 has read beyond the start of a
// token when it decides what the token is.
const lookahead = 4

// stop returns the offset of the token at which yaml.v3 gave up: the first of
// the given bytes among those it had just read, else the last one before, else
// where that look began.
func (f *failure) stop(bytesOfToken string) int {
	from := f.at
	for range lookahead {
		_, size := utf8.DecodeLastRune(f.text[:from])
		from -= size
	}
	if i := bytes.IndexAny(f.text[from:f.at], bytesOfToken); i >= 0 {
		return from + i
	}
	if i := bytes.LastIndexAny(f.text[:from], bytesOfToken); i >= 0 {
		return i
	}
	return from
}

// stopLine returns the first line (from 0) with which yaml.v3 refuses the text
// in the same words. It reads a token or two ahead of the error, so the line
// is at most a few above the last one it saw.
func (f *failure) stopLine() int {
	line := f.places.lineOf(min(f.at, max(len(f.text)-1, 0)))
	if len(f.text) > 1<<20 { // reading again would take too long
		return line
	}
	for best := line; ; best-- {
		if best == 0 || line-best > 8 || !f.failsBefore(best) {
			return best
		}
	}
}

// failsBefore tells whether the lines before one are refused in the same words.
func (f *failure) failsBefore(line int) bool {
	_, err := readTrees(bytes.NewReader(f.text[:f.places.lines[line]]))
	return err != nil && strings.HasSuffix(err.Error(), f.what)
}

// lineSpan is the text of a line (from 0) without its indentation and the
// blanks at its end.
func (f *failure) lineSpan(line int) source.Span {
	start := f.places.lines[min(max(line, 0), len(f.places.lines)-1)]
	end := lineEnd(f.text, start)
	for start < end && isBlank(f.text[start]) {
		start++
	}
	for end > start && isBlank(f.text[end-1]) {
		end--
	}
	return f.span(start, end)
}

// valueEnd returns where a plain value that starts at i would end: before a
// comment, and between brackets before the next comma or bracket.
func (f *failure) valueEnd(i int) int {
	line := f.text[:lineEnd(f.text, i)]
	if opener, _ := f.opener(i); opener >= 0 {
		if n := bytes.IndexAny(line[i:], ",]}"); n >= 0 {
			line = line[:i+n]
		}
	}
	for _, comment := range []string{" #", "\t#"} {
		if n := bytes.Index(line[i:], []byte(comment)); n >= 0 {
			line = line[:i+n]
		}
	}
	return max(i, len(bytes.TrimRight(line, " \t")))
}

// opener returns the last bracket before i that is not closed before i, -1 for
// none. It looks at brackets only, so quoted ones can deceive it; it serves to
// point at the start of what is known to be wrong.
func (f *failure) opener(i int) (at int, bracket byte) {
	closed := 0
	for i = min(i, len(f.text)) - 1; i >= 0 && i > f.at-1<<16; i-- {
		switch f.text[i] {
		case ']', '}':
			closed++
		case '[', '{':
			if closed == 0 {
				return i, f.text[i]
			}
			closed--
		}
	}
	return -1, 0
}

// quotes looks for a quoted value or key on a line (from 0) and returns its
// first quote that fits: one that is not closed on the line when open is
// asked for, else one that is, with the offset behind its closing quote.
func (f *failure) quotes(line int, open bool) (start, end int) {
	i := f.places.lines[min(max(line, 0), len(f.places.lines)-1)]
	stop := lineEnd(f.text, i)
	for before := byte(' '); i < stop; i++ {
		c := f.text[i]
		if (c == '"' || c == '\'') && (isBlank(before) || strings.IndexByte("[{,:", before) >= 0) {
			d, ok := f.quoted(i)
			closed := ok && d.end <= stop
			if closed != open {
				return i, d.end
			}
			if closed {
				i = d.end - 1
				c = '"'
			}
		}
		before = c
	}
	return -1, -1
}

// quoted reads the quoted scalar that starts at i.
func (f *failure) quoted(i int) (decoded, bool) {
	if f.text[i] == '"' {
		return doubleQuoted(f.text, i)
	}
	return singleQuoted(f.text, i)
}
