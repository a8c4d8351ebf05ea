package yamldoc

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// decoded is the text of a scalar while it is read from the file a second
// time, with the place of each of its bytes: yaml.v3 gives the text only.
type decoded struct {
	text    []byte
	pieces  []piece
	end     int    // offset of the file behind the scalar, closing quote included
	comment string // of a block scalar's first line
	tail    int    // offset behind the line breaks that belong to a block scalar's text, if beyond end
}

// same appends bytes that stand in the file as they are.
func (d *decoded) same(file []byte, from, to int) {
	if from >= to {
		return
	}
	if n := len(d.pieces); n == 0 || d.pieces[n-1].size > 0 || d.pieces[n-1].file+len(d.text)-d.pieces[n-1].text != from {
		d.pieces = append(d.pieces, piece{text: len(d.text), file: from})
	}
	d.text = append(d.text, file[from:to]...)
}

// unit appends text for which other bytes stand in the file: an escape, a fold.
func (d *decoded) unit(text string, from, to int) {
	if text == "" {
		return
	}
	d.pieces = append(d.pieces, piece{text: len(d.text), file: from, size: to - from})
	d.text = append(d.text, text...)
}

// fold appends what a run of line breaks and blanks inside a plain or quoted
// scalar stands for and returns the offset behind the run. The run starts at i
// with blanks or a break; without a break its blanks are text. escaped tells
// that a backslash took the first break away.
func (d *decoded) fold(file []byte, i int, escaped bool) int {
	from, first, rest := i, "", ""
	for i < len(file) {
		if isBlank(file[i]) {
			i++
			continue
		}
		n := breakAt(file, i)
		if n == 0 {
			break
		}
		if first == "" && !escaped {
			first = breakText(file[i : i+n])
		} else {
			rest += breakText(file[i : i+n])
		}
		i += n
	}
	switch {
	case first == "" && !escaped:
		d.same(file, from, i)
	case first == "\n" && rest == "":
		d.unit(" ", from, i)
	case first == "\n":
		d.unit(rest, from, i)
	default:
		d.unit(first+rest, from, i)
	}
	return i
}

// breakText is what a line break means: a line feed, but for the separators
// of Unicode, which stay themselves.
func breakText(b []byte) string {
	if len(b) == 3 {
		return string(b)
	}
	return "\n"
}

// plain reads a plain scalar that starts at i and has the given text; where it
// ends depends on its surroundings, so the text decides.
func plain(file []byte, i int, text string) (d decoded, ok bool) {
	for len(d.text) < len(text) && i < len(file) {
		if isBlank(file[i]) || breakAt(file, i) > 0 {
			i = d.fold(file, i, false)
			continue
		}
		from := i
		for i < len(file) && i-from < len(text)-len(d.text) && !isBlank(file[i]) && breakAt(file, i) == 0 {
			i++
		}
		d.same(file, from, i)
	}
	d.end = i
	return d, string(d.text) == text
}

// singleQuoted reads a scalar whose opening quote stands at i.
func singleQuoted(file []byte, i int) (d decoded, ok bool) {
	for i++; i < len(file); {
		switch {
		case file[i] == '\'' && i+1 < len(file) && file[i+1] == '\'':
			d.unit("'", i, i+2)
			i += 2
		case file[i] == '\'':
			d.end = i + 1
			return d, true
		case isBlank(file[i]) || breakAt(file, i) > 0:
			i = d.fold(file, i, false)
		default:
			from := i
			i = skipText(file, i, '\'')
			d.same(file, from, i)
		}
	}
	d.end = i
	return d, false
}

// skipText returns the offset of the next quote, backslash, blank or line
// break behind i.
func skipText(file []byte, i int, quote byte) int {
	for i++; i < len(file); i++ {
		if c := file[i]; c == quote || c == '\\' || isBlank(c) || breakAt(file, i) > 0 {
			break
		}
	}
	return i
}

// doubleQuoted reads a scalar whose opening quote stands at i. A backslash that
// starts no escape stands for itself: that is what its author meant.
func doubleQuoted(file []byte, i int) (d decoded, ok bool) {
	for i++; i < len(file); {
		switch {
		case file[i] == '\\' && breakAt(file, i+1) > 0:
			i = d.fold(file, i+1+breakAt(file, i+1), true)
		case file[i] == '\\':
			text, size := escape(file[i:])
			if size == 0 {
				d.same(file, i, i+1)
				i++
				continue
			}
			d.unit(text, i, i+size)
			i += size
		case file[i] == '"':
			d.end = i + 1
			return d, true
		case isBlank(file[i]) || breakAt(file, i) > 0:
			i = d.fold(file, i, false)
		default:
			from := i
			i = skipText(file, i, '"')
			d.same(file, from, i)
		}
	}
	d.end = i
	return d, false
}

// escapes are those of one letter.
const (
	escapeLetters = "0abt\tnvfre \"'\\N_LP"
	escapeTexts   = "\x00\a\b\t\t\n\v\f\r\x1B \"'\\\u0085\u00A0\u2028\u2029"
)

// escape reads the escape that b starts with; size 0 means that it is none.
// "\/" of YAML 1.2 is none for yaml.v3.
func escape(b []byte) (text string, size int) {
	if len(b) < 2 {
		return "", 0
	}
	if i := strings.IndexByte(escapeLetters, b[1]); i >= 0 {
		return string([]rune(escapeTexts)[i]), 2
	}
	digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[b[1]]
	if digits == 0 || len(b) < 2+digits {
		return "", 0
	}
	code, err := strconv.ParseUint(string(b[2:2+digits]), 16, 32)
	if err != nil || !utf8.ValidRune(rune(code)) {
		return "", 0
	}
	return string(rune(code)), 2 + digits
}
