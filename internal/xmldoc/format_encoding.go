package xmldoc

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// fileEncoding is how the bytes of a file stand for its text.
type fileEncoding struct {
	label  string                 // what a declaration calls it
	mark   string                 // byte-order mark, "" for none
	order  binary.AppendByteOrder // of UTF-16, else nil
	single bool                   // Windows-1252 or ISO-8859-1
}

// encodingOf tells the encoding as decode does.
func encodingOf(data []byte) fileEncoding {
	switch {
	case bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")):
		return fileEncoding{label: "utf-8", mark: "\xEF\xBB\xBF"}
	case bytes.HasPrefix(data, []byte("\xFF\xFE")):
		return fileEncoding{label: "utf-16", mark: "\xFF\xFE", order: binary.LittleEndian}
	case bytes.HasPrefix(data, []byte("\xFE\xFF")):
		return fileEncoding{label: "utf-16", mark: "\xFE\xFF", order: binary.BigEndian}
	case len(data) > 1 && data[0] != 0 && data[1] == 0:
		return fileEncoding{label: "utf-16", order: binary.LittleEndian}
	case len(data) > 1 && data[0] == 0:
		return fileEncoding{label: "utf-16", order: binary.BigEndian}
	}
	switch strings.ToLower(readDeclaration(string(data[:min(len(data), 1024)])).encoding) {
	case "windows-1252", "cp1252", "iso-8859-1", "latin1":
		return fileEncoding{label: "windows-1252", single: true}
	}
	return fileEncoding{label: "utf-8"}
}

// encode turns text into the bytes of a file; ok is false when the encoding
// lacks a character.
func (e fileEncoding) encode(text []byte) (data []byte, ok bool) {
	data = []byte(e.mark)
	switch {
	case e.order != nil:
		for _, unit := range utf16.Encode([]rune(string(text))) {
			data = e.order.AppendUint16(data, unit)
		}
		return data, true
	case e.single:
		return singleBytes(text)
	}
	return append(data, text...), true
}

// singleBytes undoes decodeSingleByte.
func singleBytes(text []byte) (data []byte, ok bool) {
	back := make(map[rune]byte, 32)
	for c := 0x80; c < 0xA0; c++ {
		back[windows1252(byte(c))] = byte(c)
	}
	for _, r := range string(text) {
		c, isHigh := back[r]
		switch {
		case isHigh:
		case r < 0x80 || r >= 0xA0 && r <= 0xFF:
			c = byte(r)
		default:
			return nil, false
		}
		data = append(data, c)
	}
	return data, utf8.Valid(text)
}
