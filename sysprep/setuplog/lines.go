package setuplog

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

// MaxLine is how many bytes of one line are read; the rest of a longer line is
// passed over. The longest line seen in a log of Windows has 812.
const MaxLine = 16 << 10

// encoding is how the bytes of a log stand for characters.
type encoding uint8

const (
	unknownYet encoding = iota
	utf8Text
	utf16Little
	utf16Big
)

// lines cuts a stream of bytes into lines, in pieces of any size. Setup writes
// UTF-8 with a byte order mark; redirected and copied logs come in UTF-16 too.
type lines struct {
	each func(number int, text []byte) // text has no line end and is valid until each returns

	encoding encoding
	head     []byte // the first bytes, until the encoding is known
	half     []byte // the begin of a UTF-16 unit or pair
	decoded  []byte
	narrow   []byte // a line of UTF-16 among others of UTF-8
	begins   bool   // the next unit of UTF-16 begins a line
	rest     []byte // the begin of a line whose end has not come
	number   int
}

func (l *lines) write(p []byte) {
	if l.encoding == unknownYet {
		l.head = append(l.head, p...)
		if len(l.head) < 4 {
			return
		}
		p = l.begin()
	}
	l.text(p)
}

// begin finds the encoding by the first bytes and returns those behind the
// mark. Without a mark the zero bytes of ASCII in UTF-16 tell.
func (l *lines) begin() []byte {
	head := l.head
	l.head = nil
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		l.encoding = utf8Text
		return head[3:]
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		l.encoding = utf16Little
		return head[2:]
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		l.encoding = utf16Big
		return head[2:]
	case len(head) >= 4 && head[0] != 0 && head[1] == 0 && head[2] != 0 && head[3] == 0:
		l.encoding = utf16Little
	case len(head) >= 4 && head[0] == 0 && head[1] != 0 && head[2] == 0 && head[3] != 0:
		l.encoding = utf16Big
	default:
		l.encoding = utf8Text
	}
	return head
}

func (l *lines) text(p []byte) {
	if l.encoding == utf8Text {
		l.cut(p)
		return
	}
	p, rest := l.decode(p)
	l.cut(p)
	l.cut(rest)
}

func (l *lines) cut(p []byte) {
	for {
		end := bytes.IndexByte(p, '\n')
		if end < 0 {
			l.keep(p)
			return
		}
		if len(l.rest) > 0 {
			l.keep(p[:end])
			l.line(l.rest)
			l.rest = l.rest[:0]
		} else {
			l.line(p[:end])
		}
		p = p[end+1:]
	}
}

// keep holds the begin of a line, no more than anybody looks at.
func (l *lines) keep(p []byte) {
	room := MaxLine - len(l.rest)
	l.rest = append(l.rest, p[:min(len(p), room)]...)
}

func (l *lines) line(text []byte) {
	l.number++
	text = text[:min(len(text), MaxLine)]
	if bytes.IndexByte(text, 0) >= 0 {
		l.narrow = narrow(l.narrow[:0], text)
		text = l.narrow
	}
	end := len(text)
	for end > 0 && (text[end-1] == '\r' || text[end-1] == ' ' || text[end-1] == '\t') {
		end--
	}
	l.each(l.number, text[:end])
}

// narrow appends a line without its zero bytes, which then is one of UTF-16
// behind others of UTF-8: shells append to a log in the encoding that is theirs.
func narrow(out, text []byte) []byte {
	for _, b := range bytes.TrimPrefix(text, []byte("\xff\xfe")) {
		if b != 0 {
			out = append(out, b)
		}
	}
	return out
}

// finish takes a last line that has no line end.
func (l *lines) finish() {
	if l.encoding == unknownYet {
		l.text(l.begin())
	}
	if len(l.half) > 0 && l.encoding != utf8Text {
		l.begins = false // what is held back is too short to be a line of UTF-8
		l.text(nil)
	}
	if len(l.rest) > 0 {
		l.line(l.rest)
		l.rest = l.rest[:0]
	}
}

// decode turns UTF-16 into UTF-8 and holds back what is cut at the end. From a
// line on that begins with the stamp of a log in UTF-8, the rest is returned as
// it is.
func (l *lines) decode(p []byte) (text, rest []byte) {
	if len(l.half) > 0 {
		p = append(l.half, p...)
		l.half = nil
	}
	out := l.decoded[:0]
	for len(p) >= 2 {
		if l.begins && p[0] >= '0' && p[0] <= '9' && p[1] != 0 {
			if len(p) <= severityAt {
				break
			}
			if isStamp(p) {
				l.encoding, l.decoded = utf8Text, out
				return out, p
			}
		}
		r := rune(l.unit(p))
		l.begins = r == '\n'
		size := 2
		if utf16.IsSurrogate(r) {
			if len(p) < 4 {
				break
			}
			pair := utf16.DecodeRune(r, rune(l.unit(p[2:])))
			if pair != utf8.RuneError {
				size = 4
			}
			r = pair
		}
		out = utf8.AppendRune(out, r)
		p = p[size:]
	}
	l.half = bytes.Clone(p)
	l.decoded = out
	return out, nil
}

func (l *lines) unit(p []byte) uint16 {
	if l.encoding == utf16Big {
		return uint16(p[0])<<8 | uint16(p[1])
	}
	return uint16(p[0]) | uint16(p[1])<<8
}
