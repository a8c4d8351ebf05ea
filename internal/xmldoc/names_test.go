package xmldoc

import "testing"

func TestNamesFollowTheXMLGrammar(t *testing.T) {
	cases := []struct {
		text   string
		length int
	}{
		{"", 0}, {"a", 1}, {"Order>", 5}, {"a-b.c_1 ", 7}, {"x:y='", 3}, {":a", 2}, {"1a", 0}, {"-a", 0}, {".a", 0}, {" a", 0},
		{"é\u00b7/", 4}, {"\u00b7é", 0}, {"größe=", 7}, {"日本 ", 6}, {"a×", 1}, {"𐀀>", 4}, {"a\u0300", 3}, {"\u0300a", 0}, {"a\ufffd", 1}, {"\xff", 0}, {"a&", 1},
	}
	for _, c := range cases {
		if got := nameLength(c.text); got != c.length {
			t.Errorf("nameLength(%q) = %d, want %d", c.text, got, c.length)
		}
		if c.text != "" && startsName(c.text) != (c.length > 0) {
			t.Errorf("startsName(%q) = %v", c.text, startsName(c.text))
		}
	}
	for text, want := range map[string]bool{"Order": true, "": false, "a:b": false, "a b": false, "é": true, "1": false, "a1": true} {
		if isName(text) != want {
			t.Errorf("isName(%q) = %v", text, isName(text))
		}
	}
}

func TestCharactersFollowTheXMLGrammar(t *testing.T) {
	for r, want := range map[rune]bool{
		0: false, 8: false, '\t': true, '\n': true, 0xB: false, '\r': true, 0x1F: false, ' ': true, 0x7F: true, 0xD7FF: true,
		0xD800: false, 0xDFFF: false, 0xE000: true, 0xFFFD: true, 0xFFFE: false, 0xFFFF: false, 0x10000: true, 0x10FFFF: true, 0x110000: false,
	} {
		if isXMLChar(r) != want {
			t.Errorf("isXMLChar(%#x) = %v", r, isXMLChar(r))
		}
	}
}

func TestDeclarationsAreReadInParts(t *testing.T) {
	cases := []struct {
		text, encoding string
		bad            bool
	}{
		{"<a/>", "", false},
		{"<?xml version='1.0'?>", "", false},
		{"<?xml version=\"1.0\" encoding=\"UTF-8\" ?>", "UTF-8", false},
		{"<?xml\tversion = '1.1'\r\nencoding = 'utf-16' standalone = 'no'?>", "utf-16", false},
		{"<?xml version='1.0' encoding='utf-8'", "", false}, // without an end there is none
		{"<?xmlish version='2'?>", "", false},
		{"<?xml ?>", "", true},
		{"<?xml version='1.'?>", "", true},
		{"<?xml version='1.0'encoding='utf-8'?>", "", true},
		{"<?xml version='1.0' encoding='utf 8'?>", "", true},
		{"<?xml version='1.0' version='1.0'?>", "", true},
		{"<?xml version='1.0' other='1'?>", "", true},
		{"<?xml version='1.0' encoding=utf-8?>", "", true},
		{"<?xml version='1.0' encoding='utf-8?>", "", true},
		{"<?xml version='1.0' = ?>", "", true},
		{"<?xml version='1.0' ion='1'?>", "", true},
		{"<?xml encoding='version'?>", "version", true},
	}
	for _, c := range cases {
		d := readDeclaration(c.text)
		if d.encoding != c.encoding || (d.bad != "") != c.bad || c.text[d.start:d.end] != c.encoding {
			t.Errorf("%s: %+v", c.text, d)
		}
	}
}
