// Package source holds the text that a user wrote and answers where in it a
// byte stands: files, byte spans, lines and columns.
package source

import (
	"bytes"
	"sort"
	"unicode/utf8"
)

// File is one input text with its name. Text is UTF-8 with the line ends the
// author used; a reader that decodes another encoding stores the decoded text
// here, so that every span counts bytes of Text.
type File struct {
	Name string // as the user gave it, with slashes; "<stdin>" for standard input
	Text []byte

	lines  []int  // offset of the first byte of each line
	marks  []mark // in long lines, so that no column is counted from afar
	secret []Span // kept sorted by Hide, without overlaps
}

// mark is a place inside of a long line: that many characters stand in front of
// the offset.
type mark struct{ offset, characters int }

// markEvery is how many bytes stand between two marks at least. Lines of
// answer files mostly stay below it; hostile ones are a file.
const markEvery = 2 << 10

// byteOrderMark may stand before the first line and belongs to no column.
var byteOrderMark = []byte("\xef\xbb\xbf")

// NewFile indexes the lines of text. LF, CRLF and a lone CR each end a line. A
// byte order mark is part of the text, but of no line.
func NewFile(name string, text []byte) *File {
	f := &File{Name: name, Text: text, lines: lineStarts(text)}
	if bytes.HasPrefix(text, byteOrderMark) {
		f.lines[0] = len(byteOrderMark)
	}
	f.marks = marksOf(text, f.lines)
	return f
}

func marksOf(text []byte, lines []int) (marks []mark) {
	for i, start := range lines {
		end := len(text)
		if i+1 < len(lines) {
			end = lines[i+1]
		}
		characters := 0
		for at := start + markEvery; at < end; at += markEvery {
			for back := 1; back < utf8.UTFMax && !utf8.RuneStart(text[at]); back++ {
				at--
			}
			characters += utf8.RuneCount(text[start:at])
			marks = append(marks, mark{at, characters})
			start = at
		}
	}
	return marks
}

// lineStarts finds the offset of the first byte of each line. Every text that
// is read comes through here, so it goes from line feed to line feed and looks
// at single bytes only where a CR may end lines.
func lineStarts(text []byte) []int {
	starts := make([]int, 1, bytes.Count(text, []byte{'\n'})+2)
	if bytes.IndexByte(text, '\r') >= 0 {
		return lineStartsCR(starts, text)
	}
	for at := 0; ; {
		next := bytes.IndexByte(text[at:], '\n')
		if next < 0 {
			return starts
		}
		at += next + 1
		starts = append(starts, at)
	}
}

func lineStartsCR(starts []int, text []byte) []int {
	for i, b := range text {
		if b == '\n' || b == '\r' && (i+1 == len(text) || text[i+1] != '\n') {
			starts = append(starts, i+1)
		}
	}
	return starts
}

// Position is a place as people count it: line and column start at 1, the
// column counts characters, not bytes. The zero Position is unknown.
type Position struct{ Line, Column int }

// Position converts a byte offset. An offset beyond the text is its end.
func (f *File) Position(offset int) Position {
	offset = min(max(offset, f.lines[0]), len(f.Text))
	line := sort.SearchInts(f.lines, offset+1) - 1
	from, characters := f.lines[line], 0
	if i := sort.Search(len(f.marks), func(i int) bool { return f.marks[i].offset > offset }) - 1; i >= 0 && f.marks[i].offset > from {
		from, characters = f.marks[i].offset, f.marks[i].characters
	}
	return Position{Line: line + 1, Column: characters + utf8.RuneCount(f.Text[from:offset]) + 1}
}

// Offset converts a position back to a byte offset; a column beyond the end of
// its line is that end.
func (f *File) Offset(p Position) int {
	if p.Line < 1 {
		return f.lines[0]
	}
	if p.Line > len(f.lines) {
		return len(f.Text)
	}
	offset, end := f.lines[p.Line-1], f.lineEnd(p.Line)
	for col := 1; col < p.Column && offset < end; col++ {
		_, size := utf8.DecodeRune(f.Text[offset:end])
		offset += size
	}
	return offset
}

// Lines tells how many lines the text has; an empty text has one.
func (f *File) Lines() int { return len(f.lines) }

// Line returns the span of a line (from 1) without its line end.
func (f *File) Line(line int) Span {
	if line < 1 || line > len(f.lines) {
		return Span{}
	}
	return Span{File: f, Start: f.lines[line-1], End: f.lineEnd(line)}
}

func (f *File) lineEnd(line int) int {
	end := len(f.Text)
	if line < len(f.lines) {
		end = f.lines[line]
	}
	for end > f.lines[line-1] && (f.Text[end-1] == '\n' || f.Text[end-1] == '\r') {
		end--
	}
	return end
}
