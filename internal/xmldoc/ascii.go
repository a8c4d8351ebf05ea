package xmldoc

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// toASCII rewrites well-formed XML so that text and attribute values hold
// ASCII only: other characters become numeric references, and references in
// hexadecimal become decimal. Names, comments, instructions and CDATA sections
// know no references and stay as they are.
func toASCII(in []byte) []byte {
	if isASCII(in) && !bytes.Contains(in, []byte("&#x")) {
		return in
	}
	f := asciiFilter{in: in, out: make([]byte, 0, len(in)+len(in)/8)}
	for f.pos < len(in) {
		rest := in[f.pos:]
		switch {
		case rest[0] != '<':
			f.character()
		case bytes.HasPrefix(rest, []byte("<!--")):
			f.copyTo("-->")
		case bytes.HasPrefix(rest, []byte("<![CDATA[")):
			f.copyTo("]]>")
		case bytes.HasPrefix(rest, []byte("<?")):
			f.copyTo("?>")
		default:
			f.tag()
		}
	}
	return f.out
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

type asciiFilter struct {
	in, out []byte
	pos     int
}

// copyTo passes everything on up to and including the end mark.
func (f *asciiFilter) copyTo(end string) {
	stop := len(f.in)
	if i := bytes.Index(f.in[f.pos:], []byte(end)); i >= 0 {
		stop = f.pos + i + len(end)
	}
	f.out = append(f.out, f.in[f.pos:stop]...)
	f.pos = stop
}

// tag passes a tag on and rewrites its attribute values.
func (f *asciiFilter) tag() {
	quoted := false
	for f.pos < len(f.in) {
		c := f.in[f.pos]
		if quoted && c != '"' {
			f.character()
			continue
		}
		f.out = append(f.out, c)
		f.pos++
		if c == '"' {
			quoted = !quoted
		}
		if c == '>' && !quoted {
			return
		}
	}
}

// character passes one character or hexadecimal reference on.
func (f *asciiFilter) character() {
	rest := f.in[f.pos:]
	if c := rest[0]; c < utf8.RuneSelf {
		if c == '&' && bytes.HasPrefix(rest, []byte("&#x")) {
			end := bytes.IndexByte(rest, ';')
			if n, err := strconv.ParseUint(string(rest[3:max(end, 3)]), 16, 32); err == nil {
				f.reference(rune(n), end+1)
				return
			}
		}
		f.out = append(f.out, c)
		f.pos++
		return
	}
	r, size := utf8.DecodeRune(rest)
	f.reference(r, size)
}

func (f *asciiFilter) reference(r rune, size int) {
	f.out = append(f.out, "&#"...)
	f.out = strconv.AppendInt(f.out, int64(r), 10)
	f.out = append(f.out, ';')
	f.pos += size
}
