package yamldoc

import (
	"bytes"
	"sort"
	"unicode/utf8"
)

// breakAt returns how many bytes the line break at an offset has, 0 for none.
// YAML 1.1, which yaml.v3 reads, breaks lines at three more characters than
// editors do.
func breakAt(text []byte, i int) int {
	if i >= len(text) {
		return 0
	}
	switch text[i] {
	case '\n':
		return 1
	case '\r':
		if i+1 < len(text) && text[i+1] == '\n' {
			return 2
		}
		return 1
	case 0xC2:
		if i+1 < len(text) && text[i+1] == 0x85 { // next line
			return 2
		}
	case 0xE2:
		if i+2 < len(text) && text[i+1] == 0x80 && (text[i+2] == 0xA8 || text[i+2] == 0xA9) { // line and paragraph separator
			return 3
		}
	}
	return 0
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' }

// places turns the lines and columns of yaml.v3 into offsets. It remembers the
// last answer and walks on from there, so that a file of one long line costs
// no more than others.
type places struct {
	text  []byte
	lines []int // offset of each line, by YAML's idea of a line

	line, column, offset int // the last answer; line and column from 0
}

func newPlaces(text []byte) *places {
	p := &places{text: text}
	if bytes.HasPrefix(text, []byte("\uFEFF")) {
		p.offset = len("\uFEFF")
	}
	p.lines = append(p.lines, p.offset)
	for i := p.offset; i < len(text); {
		if n := breakAt(text, i); n > 0 {
			i += n
			p.lines = append(p.lines, i)
			continue
		}
		i++
	}
	return p
}

// at converts a line and a column, both from 1, the column in characters.
func (p *places) at(line, column int) int {
	line, column = min(max(line, 1), len(p.lines))-1, max(column-1, 0)
	if line != p.line || column < p.column {
		p.line, p.column, p.offset = line, 0, p.lines[line]
	}
	for p.column < column && p.offset < len(p.text) {
		_, size := utf8.DecodeRune(p.text[p.offset:])
		p.offset += size
		p.column++
	}
	return p.offset
}

// lineStart returns where the line of an offset starts.
func (p *places) lineStart(offset int) int {
	return p.lines[p.lineOf(offset)]
}

// lineOf returns the number of an offset's line, from 0.
func (p *places) lineOf(offset int) int {
	return max(sort.SearchInts(p.lines, offset+1)-1, 0)
}

// skipSpace returns the first offset from i on that is no blank, no line break
// and in no comment.
func skipSpace(text []byte, i int) int {
	for i < len(text) {
		if isBlank(text[i]) {
			i++
		} else if n := breakAt(text, i); n > 0 {
			i += n
		} else if text[i] == '#' {
			i = lineEnd(text, i)
		} else {
			return i
		}
	}
	return len(text)
}

// lineEnd returns where the line of i ends, before its break.
func lineEnd(text []byte, i int) int {
	for i < len(text) && breakAt(text, i) == 0 {
		i++
	}
	return i
}
