package setuplog

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// wide is a text in UTF-16, with a byte order mark if mark is set.
func wide(s string, big, mark bool) string {
	var b strings.Builder
	units := utf16.Encode([]rune(s))
	if mark {
		units = append([]uint16{0xfeff}, units...)
	}
	for _, u := range units {
		if big {
			b.WriteByte(byte(u >> 8))
		}
		b.WriteByte(byte(u))
		if !big {
			b.WriteByte(byte(u >> 8))
		}
	}
	return b.String()
}

func cutUp(text string, size int) []string {
	var got []string
	l := lines{each: func(_ int, line []byte) { got = append(got, string(line)) }}
	for chunk := range slices.Chunk([]byte(text), size) {
		l.write(chunk)
	}
	l.finish()
	return got
}

func TestLinesAreTheSameInEveryEncodingAndPiece(t *testing.T) {
	long := strings.Repeat("x", MaxLine+7)
	cases := []struct {
		name, text string
		want       []string
	}{
		{"LF", "a\nb\n", []string{"a", "b"}},
		{"CRLF and doubled CR", "a\r\nb\r\r\nc", []string{"a", "b", "c"}},
		{"empty lines count", "a\n\n\nb", []string{"a", "", "", "b"}},
		{"UTF-8 with a mark", "\ufeffzwölf\nb\n", []string{"zwölf", "b"}},
		{"UTF-16 LE", wide("zwölf 𝄞\r\nb\r\n", false, true), []string{"zwölf 𝄞", "b"}},
		{"UTF-16 BE", wide("zwölf 𝄞\r\nb\r\n", true, true), []string{"zwölf 𝄞", "b"}},
		{"UTF-16 LE without a mark", wide("2026 a\r\nb", false, false), []string{"2026 a", "b"}},
		{"UTF-16 BE without a mark", wide("2026 a\r\nb", true, false), []string{"2026 a", "b"}},
		{"a lone surrogate", "\xff\xfe\x00\xd8a\x00\n\x00", []string{"\ufffda"}},
		{"half a unit at the end", wide("ab\n", false, true) + "c", []string{"ab"}},
		{"zero bytes of a crash", "a\n\x00\x00\x00\x00\x00", []string{"a", ""}},
		{"UTF-16 behind UTF-8", "a\r\n" + wide("2026 b\r\nc\r\n", false, false), []string{"a", "2026 b", "c", ""}},
		{"UTF-16 with a mark behind UTF-8", "a\r\n" + wide("b\r\n", false, true), []string{"a", "b", ""}},
		{"UTF-8 behind UTF-16", wide("a\r\n", false, true) + "2026-03-04 05:06:07, Info x\r\n2026-03-04 05:06:08, Info y", []string{"a", "2026-03-04 05:06:07, Info x", "2026-03-04 05:06:08, Info y"}},
		{"a short line of UTF-16 at the end", wide("a\r\n12\r\n3", false, true), []string{"a", "12", "3"}},
		{"what is no stamp behind UTF-16", wide("a\r\n\u4e31\u4e32\r\nb", false, true), []string{"a", "\u4e31\u4e32", "b"}},
		{"a line without end", long + "\nb", []string{long[:MaxLine], "b"}},
		{"nothing", "", nil},
		{"one byte", "a", []string{"a"}},
		{"a mark alone", "\ufeff", nil},
	}
	for _, c := range cases {
		for _, size := range []int{1, 2, 3, 5, 7, 64, 1 << 20} {
			if got := cutUp(c.text, size); !slices.Equal(got, c.want) {
				t.Errorf("%s, in pieces of %d: %.80q, want %.80q", c.name, size, got, c.want)
			}
		}
	}
}

func TestLinesKeepNoMoreThanTheyNeed(t *testing.T) {
	l := lines{each: func(int, []byte) {}}
	for range 100 {
		l.write([]byte(strings.Repeat("x", 1<<16)))
	}
	if len(l.rest) > MaxLine || cap(l.rest) > 8*MaxLine {
		t.Errorf("%d bytes of a line are kept, in room for %d", len(l.rest), cap(l.rest))
	}
}
