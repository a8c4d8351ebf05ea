package yamldoc

import "strings"

// blockHeader is the first line of a literal or folded scalar.
type blockHeader struct {
	keep, strip bool
	explicit    bool // the indentation is given by a digit
	end         int  // offset behind the indicators
	body        int  // offset of the first line of content
	comment     int  // offset of a comment behind the header, 0 for none
}

func readBlockHeader(file []byte, i int) (h blockHeader) {
	for i++; i < len(file) && strings.IndexByte("+-123456789", file[i]) >= 0; i++ {
		h.keep = h.keep || file[i] == '+'
		h.strip = h.strip || file[i] == '-'
		h.explicit = h.explicit || file[i] != '+' && file[i] != '-'
	}
	h.end = i
	for i < len(file) && isBlank(file[i]) {
		i++
	}
	if i < len(file) && file[i] == '#' {
		h.comment = i
		i = lineEnd(file, i)
	}
	h.body = i + breakAt(file, i)
	return h
}

// block reads a literal or folded scalar whose indicator stands at i. A digit
// in the header counts from the indentation of a parent that is not known
// here, so the text decides which indentation was meant.
func block(file []byte, i int, folded bool, text string) (d decoded, ok bool) {
	h := readBlockHeader(file, i)
	indent := detectIndent(file, h.body)
	if !h.explicit {
		if d = readBlock(file, h, indent, folded, len(text)); string(d.text) == text {
			return d, true
		}
	}
	for try := 1; try <= indent+1; try++ {
		if d = readBlock(file, h, try, folded, len(text)); string(d.text) == text {
			return d, true
		}
	}
	return d, false
}

// detectIndent is the widest indentation of the leading empty lines and of the
// first line with text, at least 1.
func detectIndent(file []byte, i int) int {
	widest := 1
	for {
		from := i
		for i < len(file) && file[i] == ' ' {
			i++
		}
		widest = max(widest, i-from)
		n := breakAt(file, i)
		if n == 0 {
			return widest
		}
		i += n
	}
}

// blockReader reads the lines of a block scalar.
type blockReader struct {
	decoded
	file   []byte
	at     int
	column int // where the line stands after its indentation
	indent int
}

// brk is a line break in the file and what it means.
type brk struct {
	text     string
	from, to int
}

// empties skips lines without text and returns their breaks, then the
// indentation of the next line.
func (r *blockReader) empties() (all []brk) {
	for {
		r.column = 0
		for r.column < r.indent && r.at < len(r.file) && r.file[r.at] == ' ' {
			r.at++
			r.column++
		}
		n := breakAt(r.file, r.at)
		if n == 0 {
			return all
		}
		all = append(all, brk{breakText(r.file[r.at : r.at+n]), r.at, r.at + n})
		r.at += n
	}
}

func (r *blockReader) write(breaks ...brk) {
	for _, b := range breaks {
		if b.text == "\n" && b.to-b.from == 1 && r.file[b.from] == '\n' {
			r.same(r.file, b.from, b.to)
			continue
		}
		r.unit(b.text, b.from, b.to)
	}
}

// readBlock reads the content with a known indentation. It gives up when the
// text grows beyond most bytes, which only a wrong indentation can cause.
func readBlock(file []byte, h blockHeader, indent int, folded bool, most int) decoded {
	r := &blockReader{file: file, at: h.body, indent: indent}
	if h.comment > 0 {
		r.comment = commentText(file[h.comment:lineEnd(file, h.comment)])
	}
	r.end = h.end // a scalar without content ends with its header
	var last []brk
	empty := r.empties()
	wasBlank := false
	for r.column == indent && r.at < len(file) && len(r.text) <= most {
		startsBlank := isBlank(file[r.at])
		if folded && !wasBlank && !startsBlank && len(last) > 0 && last[0].text == "\n" {
			if len(empty) == 0 {
				r.unit(" ", last[0].from, last[0].to)
			}
		} else {
			r.write(last...)
		}
		r.write(empty...)
		wasBlank = startsBlank
		from := r.at
		r.at = lineEnd(file, r.at)
		r.same(file, from, r.at)
		r.end = r.at
		last = nil
		if n := breakAt(file, r.at); n > 0 {
			last = []brk{{breakText(file[r.at : r.at+n]), r.at, r.at + n}}
			r.at += n
		}
		empty = r.empties()
	}
	if !h.strip {
		r.write(last...)
	}
	if h.keep {
		r.write(empty...)
		if len(empty) > 0 {
			r.tail = empty[len(empty)-1].to
		}
	}
	return r.decoded
}
