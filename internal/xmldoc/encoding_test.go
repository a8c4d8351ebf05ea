package xmldoc

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/reseal/reseal/internal/source"
)

// in16 encodes text as UTF-16.
func in16(text string, order binary.ByteOrder, mark bool) []byte {
	if mark {
		text = "\uFEFF" + text
	}
	var b bytes.Buffer
	for _, u := range utf16.Encode([]rune(text)) {
		_ = binary.Write(&b, order, u)
	}
	return b.Bytes()
}

func declared(encoding string) string {
	if encoding != "" {
		encoding = ` encoding="` + encoding + `"`
	}
	return `<?xml version="1.0"` + encoding + `?>` + "\r\n<unattend" + ns + `><settings pass="specialize"><component name="A" processorArchitecture="x86"><B>Zoë €😀</B></component></settings></unattend>`
}

func TestReadDecodesEncodings(t *testing.T) {
	latin := func(encoding, text string) []byte {
		return []byte(strings.Replace(declared(encoding), "Zoë €😀", text, 1))
	}
	cases := []struct {
		name string
		data []byte
		want string
	}{
		{"UTF-8", []byte(declared("utf-8")), "Zoë €😀"},
		{"UTF-8 in capitals", []byte(declared("UTF8")), "Zoë €😀"},
		{"UTF-8 without a word", []byte(declared("")), "Zoë €😀"},
		{"UTF-8 with a mark", append([]byte("\xEF\xBB\xBF"), declared("utf-8")...), "Zoë €😀"},
		{"UTF-16 LE with a mark", in16(declared("utf-16"), binary.LittleEndian, true), "Zoë €😀"},
		{"UTF-16 BE with a mark", in16(declared("UTF-16"), binary.BigEndian, true), "Zoë €😀"},
		{"UTF-16 LE", in16(declared("utf-16"), binary.LittleEndian, false), "Zoë €😀"},
		{"UTF-16 BE", in16(declared("utf-16BE"), binary.BigEndian, false), "Zoë €😀"},
		{"UTF-16 without a word", in16(declared(""), binary.LittleEndian, true), "Zoë €😀"},
		{"Windows-1252", latin("windows-1252", "Zo\xEB \x80\x9F"), "Zoë €Ÿ"},
		{"ISO-8859-1", latin("ISO-8859-1", "Zo\xEB"), "Zoë"},
		{"ASCII in another code page", latin("windows-1251", "Zoe"), "Zoe"},
	}
	for _, c := range cases {
		a, diags := Read("a.xml", c.data)
		if len(diags.All) > 0 {
			t.Errorf("%s: %v", c.name, messages(diags))
			continue
		}
		s := a.Passes[0].Components[0].Settings[0]
		if s.Text != c.want || s.Spans.Value.Text() != c.want {
			t.Errorf("%s: text %q, span %q", c.name, s.Text, s.Spans.Value.Text())
		}
		if p := s.Spans.Value.Position(); p != (source.Position{Line: 2, Column: strings.Index(strings.SplitN(declared(""), "\r\n", 2)[1], "Zo") + 1}) {
			t.Errorf("%s: position %v", c.name, p)
		}
	}
}

func TestReadReportsWrongEncodings(t *testing.T) {
	cases := []struct {
		name       string
		data       []byte
		rule, want string
		line       int
	}{
		{"UTF-16 that says UTF-8", in16(declared("utf-8"), binary.LittleEndian, true), "xml-encoding-mismatch", "the declaration says utf-8, but a byte-order mark says that it is UTF-16", 1},
		{"UTF-16 without a mark that says UTF-8", in16(declared("utf-8"), binary.BigEndian, false), "xml-encoding-mismatch", "the declaration says utf-8, but the bytes are UTF-16", 1},
		{"UTF-8 that says UTF-16", []byte(declared("utf-16")), "xml-encoding-mismatch", "the declaration says utf-16, but the file is written in single bytes", 1},
		{"UTF-8 mark that says UTF-16", append([]byte("\xEF\xBB\xBF"), declared("utf-16")...), "xml-encoding-mismatch", "the declaration says utf-16, but a byte-order mark says that it is UTF-8", 1},
		{"Windows-1252 that says UTF-8", []byte(strings.Replace(declared("utf-8"), "ë €😀", "\xEB \x80", 1)), "xml-encoding-mismatch", "the byte 0xEB is not UTF-8; it looks like Windows-1252, and 1 more bytes are not", 2},
		{"unknown encoding", []byte(declared("gb2312")), "xml-encoding-mismatch", `the encoding "gb2312" is none that answer files use`, 1},
		{"other code page", []byte(declared("windows-1251")), "xml-encoding-mismatch", `the encoding "windows-1251" is none that answer files use`, 1},
		{"half a surrogate pair", in16(declared(""), binary.LittleEndian, true)[:len(in16(declared(""), binary.LittleEndian, true))-2*len("</B></component></settings></unattend>")-2], "xml-encoding-mismatch", "half a surrogate pair stands alone", 2},
		{"odd number of bytes", append(in16(declared(""), binary.LittleEndian, true), 0x20), "xml-encoding-mismatch", "the UTF-16 text ends in the middle of a character", 2},
		{"ZIP", []byte("PK\x03\x04rest"), "not-text", "the file is a ZIP archive, not XML", 1},
		{"program", []byte("MZ\x90\x00"), "not-text", "the file is a program, not XML", 1},
		{"image", []byte("MSWIM\x00\x00\x00\xd0"), "not-text", "the file is a Windows image, not XML", 1},
		{"NUL bytes", []byte("<unattend>\x00</unattend>"), "not-text", "the file holds NUL bytes", 1},
		{"NUL characters", in16("<a>\x00</a>", binary.LittleEndian, true), "not-text", "the file holds NUL characters", 1},
		{"UTF-32", []byte("\xff\xfe\x00\x00<\x00\x00\x00"), "not-text", "the file is UTF-32", 1},
	}
	for _, c := range cases {
		a, diags := Read("a.xml", c.data)
		if len(diags.All) == 0 || diags.All[0].Rule != c.rule || !strings.HasPrefix(diags.All[0].Message, c.want) || diags.All[0].Span.Position().Line != c.line {
			t.Errorf("%s: %v", c.name, messages(diags))
		}
		if c.rule == "not-text" && len(diags.All) != 1 {
			t.Errorf("%s: one message is enough: %v", c.name, messages(diags))
		}
		if a.Source == nil {
			t.Errorf("%s: no source", c.name)
		}
	}
}
