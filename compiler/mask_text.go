package compiler

import (
	"bytes"

	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema/answer"
)

// hideText masks secrets that no node of the document holds, by the look of
// the lines. YAML takes the start of a value such as !x or &x for a tag or an
// anchor, and a comment on the line of a secret or about one may be what it was
// before; and in a text that cannot be read (broken), whatever stands behind
// the name of a secret, or in the lines indented below it, may be one.
func hideText(f *source.File, broken bool) {
	below := -1 // column of the name whose lines are hidden, -1 for none
	for number := 1; number <= f.Lines(); number++ {
		line := f.Line(number)
		text := f.Text[line.Start:line.End]
		indent := len(text) - len(bytes.TrimLeft(text, " \t"))
		if below >= 0 && (indent > below || indent == len(text)) {
			line.Hide()
			continue
		}
		below = -1
		if at := comment(text); at >= 0 && answer.SoundsSecret(string(text)) {
			source.Span{File: f, Start: line.Start + at, End: line.End}.Hide()
		}
		name, value := secretOn(text)
		switch {
		case name < 0:
		case broken:
			below = name
			source.Span{File: f, Start: line.Start + value, End: line.End}.Hide()
		case value < len(text) && bytes.IndexByte([]byte("!&*"), text[value]) >= 0:
			source.Span{File: f, Start: line.Start + value, End: line.End}.Hide()
		}
	}
}

// comment finds where the comment of a line starts, -1 for none. It takes a
// "#" in quotes for one too.
func comment(line []byte) int {
	for i, c := range line {
		if c == '#' && (i == 0 || line[i-1] == ' ' || line[i-1] == '\t') {
			return i
		}
	}
	return -1
}

// secretOn finds the first key or XML tag on a line that sounds like a secret,
// and where its value starts: behind blanks and an opening quote. -1 for none.
func secretOn(line []byte) (name, value int) {
	for i, c := range line {
		if c != ':' && c != '>' {
			continue
		}
		start := i
		for start > 0 && bytes.IndexByte([]byte(" \t{[,<"), line[start-1]) < 0 {
			start--
		}
		if !answer.SoundsSecret(string(line[start:i])) {
			continue
		}
		value = i + 1
		for value < len(line) && (line[value] == ' ' || line[value] == '\t') {
			value++
		}
		if value < len(line) && (line[value] == '"' || line[value] == '\'') {
			value++
		}
		return start, value
	}
	return -1, -1
}
