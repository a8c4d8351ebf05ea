package xmldoc

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/source"
)

// problem is a finding about the bytes; its range counts bytes of the decoded
// text.
type problem struct {
	rule       *rule.Rule
	start, end int
	message    string
}

// decode turns the bytes of a file into UTF-8 without a byte-order mark. Bytes
// that do not decode are reported once and replaced. The text is nil when the
// bytes are none.
func decode(data []byte) (text []byte, problems []problem) {
	if message := noText(data); message != "" {
		return nil, []problem{{rule: rule.NotText, message: message}}
	}
	switch {
	case bytes.HasPrefix(data, []byte{0xEF, 0xBB, 0xBF}):
		text, problems = decodeUTF8(data[3:])
		return text, append(declarationProblems(text, "UTF-8", "a byte-order mark says that it is UTF-8", "utf-8", "utf8"), problems...)
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		return decodeUTF16(data[2:], littleEndian, "a byte-order mark says that it is UTF-16")
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		return decodeUTF16(data[2:], bigEndian, "a byte-order mark says that it is UTF-16")
	case len(data) > 1 && data[0] != 0 && data[1] == 0:
		return decodeUTF16(data, littleEndian, "the bytes are UTF-16")
	case len(data) > 1 && data[0] == 0 && data[1] != 0:
		return decodeUTF16(data, bigEndian, "the bytes are UTF-16")
	}
	if i := bytes.IndexByte(data, 0); i >= 0 {
		return nil, []problem{{rule: rule.NotText, message: "the file holds NUL bytes, so it is no text"}}
	}
	return decodeBytes(data)
}

// noText recognises what people take for an answer file by mistake.
func noText(data []byte) string {
	if bytes.HasPrefix(data, []byte("\xff\xfe\x00\x00")) || bytes.HasPrefix(data, []byte("\x00\x00\xfe\xff")) {
		return "the file is UTF-32, which no answer file may be"
	}
	if kind := source.Foreign(data); kind != "" {
		return "the file is " + kind + ", not XML"
	}
	return ""
}

// decodeBytes decodes text of one byte a unit by its declaration.
func decodeBytes(data []byte) ([]byte, []problem) {
	d := readDeclaration(string(data[:min(len(data), 1024)]))
	switch name := strings.ToLower(d.encoding); name {
	case "", "utf-8", "utf8", "us-ascii", "ascii":
		return decodeUTF8(data)
	case "windows-1252", "cp1252", "iso-8859-1", "latin1":
		return decodeSingleByte(data), nil
	case "utf-16", "utf-16le", "utf-16be", "ucs-2", "iso-10646-ucs-2", "unicode":
		text, problems := decodeUTF8(data)
		return text, append([]problem{{rule.XmlEncodingMismatch, d.start, d.end,
			fmt.Sprintf("the declaration says %s, but the file is written in single bytes", d.encoding)}}, problems...)
	default:
		text, _ := decodeUTF8(data)
		if isASCII(data) && (strings.HasPrefix(name, "windows-125") || strings.HasPrefix(name, "iso-8859-")) {
			return text, nil
		}
		return text, []problem{{rule.XmlEncodingMismatch, d.start, d.end,
			fmt.Sprintf("the encoding %q is none that answer files use", d.encoding)}}
	}
}

// decodeUTF8 checks UTF-8. A byte that is none is taken for Windows-1252, the
// usual cause.
func decodeUTF8(data []byte) ([]byte, []problem) {
	if utf8.Valid(data) {
		return data, nil
	}
	out := make([]byte, 0, len(data)+len(data)/16)
	var first problem
	count := 0
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			start := len(out)
			out = utf8.AppendRune(out, windows1252(data[i]))
			if count++; count == 1 {
				first = problem{rule.XmlEncodingMismatch, start, len(out),
					fmt.Sprintf("the byte 0x%02X is not UTF-8; it looks like Windows-1252", data[i])}
			}
		} else {
			out = append(out, data[i:i+size]...)
		}
		i += size
	}
	if count > 1 {
		first.message += fmt.Sprintf(", and %d more bytes are not", count-1)
	}
	return out, []problem{first}
}

func decodeSingleByte(data []byte) []byte {
	if isASCII(data) {
		return data
	}
	out := make([]byte, 0, len(data)+len(data)/8)
	for _, c := range data {
		out = utf8.AppendRune(out, windows1252(c))
	}
	return out
}

// high holds the characters of Windows-1252 for the bytes 0x80 to 0x9F. All
// others have the number of their byte, as in ISO-8859-1, whose label Windows
// programs write for Windows-1252.
const high = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ"

func windows1252(c byte) rune {
	if c < 0x80 || c >= 0xA0 {
		return rune(c)
	}
	at := int(c - 0x80)
	for _, r := range high {
		if at == 0 {
			return r
		}
		at--
	}
	return utf8.RuneError
}

func littleEndian(b []byte) uint16 { return uint16(b[0]) | uint16(b[1])<<8 }

func bigEndian(b []byte) uint16 { return uint16(b[1]) | uint16(b[0])<<8 }

// decodeUTF16 decodes UTF-16. said tells why the file is taken for UTF-16.
func decodeUTF16(data []byte, unit func([]byte) uint16, said string) ([]byte, []problem) {
	out := make([]byte, 0, len(data)/2+len(data)/16)
	var broken []problem
	report := func(start int, message string) {
		if len(broken) == 0 {
			broken = append(broken, problem{rule.XmlEncodingMismatch, start, len(out), message})
		}
	}
	for i := 0; i+1 < len(data); i += 2 {
		r := rune(unit(data[i:]))
		if utf16.IsSurrogate(r) {
			low := rune(0)
			if i+3 < len(data) {
				low = rune(unit(data[i+2:]))
			}
			if r = utf16.DecodeRune(r, low); r == utf8.RuneError {
				start := len(out)
				out = utf8.AppendRune(out, r)
				report(start, "half a surrogate pair stands alone, so the text is not UTF-16")
				continue
			}
			i += 2
		}
		if r == 0 {
			return nil, []problem{{rule: rule.NotText, message: "the file holds NUL characters, so it is no text"}}
		}
		out = utf8.AppendRune(out, r)
	}
	if len(data)%2 == 1 {
		report(len(out), "the UTF-16 text ends in the middle of a character; the file was cut off")
	}
	return out, append(declarationProblems(out, "UTF-16", said, "utf-16", "utf-16le", "utf-16be", "ucs-2", "iso-10646-ucs-2", "unicode"), broken...)
}

// declarationProblems compares the declaration with what the bytes are.
func declarationProblems(text []byte, kind, said string, names ...string) []problem {
	d := readDeclaration(string(text[:min(len(text), 1024)]))
	if d.encoding == "" {
		return nil
	}
	for _, name := range names {
		if strings.EqualFold(d.encoding, name) {
			return nil
		}
	}
	return []problem{{rule.XmlEncodingMismatch, d.start, d.end,
		fmt.Sprintf("the declaration says %s, but %s", d.encoding, said)}}
}
