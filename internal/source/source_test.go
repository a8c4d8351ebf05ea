package source

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestPositionCountsLinesAndCharacters(t *testing.T) {
	f := NewFile("a.yaml", []byte("one\r\nzwölf: x\rthree\n"))
	cases := []struct {
		offset int
		want   Position
	}{
		{0, Position{1, 1}},
		{3, Position{1, 4}},
		{5, Position{2, 1}},
		{9, Position{2, 4}}, // behind the two bytes of ö
		{15, Position{3, 1}},
		{21, Position{4, 1}},
		{99, Position{4, 1}},
		{-1, Position{1, 1}},
	}
	for _, c := range cases {
		if got := f.Position(c.offset); got != c.want {
			t.Errorf("Position(%d) = %v, want %v", c.offset, got, c.want)
		}
		if c.offset >= 0 && c.offset <= len(f.Text) {
			if got := f.Offset(c.want); got != c.offset {
				t.Errorf("Offset(%v) = %d, want %d", c.want, got, c.offset)
			}
		}
	}
	if got := f.Line(2).Text(); got != "zwölf: x" {
		t.Errorf("Line(2) = %q", got)
	}
	if f.Lines() != 4 || f.Line(9).Known() {
		t.Errorf("Lines() = %d, Line(9) known: %v", f.Lines(), f.Line(9).Known())
	}
}

func TestShownMasksSecretsAndKeepsColumns(t *testing.T) {
	f := NewFile("a.yaml", []byte("a: geheimß\nb: c\n"))
	Span{f, 3, 11}.Hide()
	Span{f, 3, 11}.Hide()
	if got := f.Line(1).Shown(); got != "a: *******" {
		t.Errorf("Shown() = %q", got)
	}
	if got := f.Line(2).Shown(); got != "b: c" {
		t.Errorf("Shown() = %q", got)
	}
}

func TestUnknownSpanIsHarmless(t *testing.T) {
	var s Span
	s.Hide()
	if s.Known() || s.Text() != "" || s.Shown() != "" || s.String() != "" || s.Position() != (Position{}) || s.EndPosition() != (Position{}) {
		t.Error("the zero span must be unknown and empty")
	}
	f := NewFile("x", []byte("ab\ncd"))
	if got := s.Or(Span{f, 3, 4}).String(); got != "x:2" {
		t.Errorf("Or().String() = %q", got)
	}
}

func TestByteOrderMarkIsNoColumn(t *testing.T) {
	f := NewFile("a.yaml", []byte("\uFEFFab\ncd"))
	for offset, want := range map[int]Position{0: {1, 1}, 3: {1, 1}, 4: {1, 2}, 6: {2, 1}} {
		if got := f.Position(offset); got != want {
			t.Errorf("Position(%d) = %v, want %v", offset, got, want)
		}
	}
	if f.Offset(Position{1, 2}) != 4 || f.Offset(Position{}) != 3 || f.Line(1).Text() != "ab" {
		t.Errorf("Offset or Line counts the mark: %d, %q", f.Offset(Position{1, 2}), f.Line(1).Text())
	}
	if empty := NewFile("a", []byte("\uFEFF")); empty.Position(0) != (Position{1, 1}) || empty.Line(1).Text() != "" {
		t.Error("a file of nothing but a mark has one empty line")
	}
}

func TestColumnsOfLongLinesAreCountedInCharacters(t *testing.T) {
	long := strings.Repeat("a€ß😀", 3*markEvery/10)
	for name, text := range map[string]string{
		"one line":    long,
		"behind CRLF": "ab\r\n" + long + "\nc\n" + long,
		"behind CR":   "ab\r" + long + "\r" + long[:markEvery],
		"a mark":      "\uFEFF" + long,
		"no UTF-8":    strings.Repeat("\x80", 3*markEvery),
	} {
		f := NewFile("a", []byte(text))
		for offset := len(text); offset >= 0; offset -= 997 {
			if offset < len(text) && !utf8.RuneStart(text[offset]) {
				continue
			}
			start := bytes.LastIndexAny([]byte(text[:offset]), "\r\n") + 1
			want := utf8.RuneCountInString(strings.TrimPrefix(text[start:offset], "\uFEFF")) + 1
			if got := f.Position(offset).Column; got != want {
				t.Errorf("%s: offset %d is in column %d, want %d", name, offset, got, want)
			}
		}
	}
}

func TestHiddenSpansGrowTogether(t *testing.T) {
	f := NewFile("a", []byte("0123456789abcdef"))
	for _, s := range [][2]int{{8, 9}, {2, 4}, {12, 14}, {3, 6}, {6, 7}, {2, 3}, {5, 5}, {0, 1}} {
		Span{f, s[0], s[1]}.Hide()
	}
	if got := f.Line(1).Shown(); got != "*1*****7*9ab**ef" {
		t.Errorf("shown as %s", got)
	}
	if len(f.secret) != 4 {
		t.Errorf("%d spans are kept, want 4", len(f.secret))
	}
}

func TestPartsOfASpanAreHidden(t *testing.T) {
	f := NewFile("a", []byte("one\ntwo three\n"))
	f.Line(2).HideParts([][2]int{{0, 1}, {4, 99}})
	if got := f.Line(1).Shown() + "|" + f.Line(2).Shown(); got != "one|*wo *****" {
		t.Errorf("shown as %s", got)
	}
	Span{}.HideParts([][2]int{{0, 1}})
}
