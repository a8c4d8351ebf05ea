package yamldoc

import (
	"bytes"
	"unicode/utf8"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/source"
)

// checkText reports what makes the bytes of a file no YAML text at all: another
// encoding, a binary, broken UTF-8, control characters. It tells whether a
// parser may see them.
func checkText(f *source.File, add func(*diag.Diagnostic)) bool {
	if kind := source.Foreign(f.Text); kind != "" {
		add(rule.NotText.At(source.Span{File: f}, "the file is %s, neither a profile nor an answer file", kind))
		return false
	}
	if name := foreignEncoding(f.Text); name != "" {
		add(rule.YamlEncoding.At(source.Span{File: f}, "the file is %s, but YAML must be UTF-8 here", name))
		return false
	}
	if at := bytes.IndexByte(f.Text, 0); at >= 0 {
		add(rule.NotText.At(source.Span{File: f, Start: at, End: at + 1}, "the file is not a text: it holds a NUL byte"))
		return false
	}
	return checkCharacters(f, add)
}

// foreignEncoding names an encoding by its byte order mark, or by where the
// zero bytes of its first (ASCII) characters stand; "" for none.
func foreignEncoding(text []byte) string {
	marks := []struct{ prefix, name string }{
		{"\xFF\xFE\x00\x00", "UTF-32"}, {"\x00\x00\xFE\xFF", "UTF-32"},
		{"\xFF\xFE", "UTF-16 (little endian)"}, {"\xFE\xFF", "UTF-16 (big endian)"},
	}
	for _, m := range marks {
		if bytes.HasPrefix(text, []byte(m.prefix)) {
			return m.name
		}
	}
	if len(text) < 4 {
		return ""
	}
	zero := [4]bool{text[0] == 0, text[1] == 0, text[2] == 0, text[3] == 0}
	switch zero {
	case [4]bool{false, true, false, true}:
		return "UTF-16 (little endian)"
	case [4]bool{true, false, true, false}:
		return "UTF-16 (big endian)"
	}
	return ""
}

// checkCharacters reports each character that YAML forbids, and the first byte
// that is no UTF-8: behind one, the others mostly follow from it.
func checkCharacters(f *source.File, add func(*diag.Diagnostic)) bool {
	fine := true
	for i := 0; i < len(f.Text); {
		if c := f.Text[i]; c >= 0x20 && c < 0x7F || c == '\n' || c == '\r' || c == '\t' {
			i++
			continue
		}
		r, size := utf8.DecodeRune(f.Text[i:])
		at := source.Span{File: f, Start: i, End: i + size}
		i += size
		if r == utf8.RuneError && size == 1 {
			add(rule.YamlEncoding.At(at, "the byte 0x%02X is no UTF-8", f.Text[at.Start]))
			return false
		}
		if forbidden(r) {
			fine = false
			add(rule.YamlSyntax.At(at, "the character U+%04X may not stand in YAML", r).
				Helpf(`Remove it; in double quotes it can be written as an escape such as "\x1B".`))
		}
	}
	return fine
}

// forbidden tells whether YAML has no place for a character.
func forbidden(r rune) bool {
	return r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r >= 0x7F && r < 0xA0 && r != 0x85 || r == 0xFFFE || r == 0xFFFF
}
