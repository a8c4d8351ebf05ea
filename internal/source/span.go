package source

import (
	"fmt"
	"slices"
	"sort"
)

// Span is a half-open range of bytes [Start, End) in a file. The zero Span is
// unknown; a span with Start == End is the place between two bytes.
type Span struct {
	File       *File
	Start, End int
}

// Known tells whether the span points into a file.
func (s Span) Known() bool { return s.File != nil }

// Text returns the bytes of the span, or "" for an unknown one.
func (s Span) Text() string {
	if s.File == nil || s.Start < 0 || s.End > len(s.File.Text) || s.Start > s.End {
		return ""
	}
	return string(s.File.Text[s.Start:s.End])
}

// Position returns where the span starts, or the zero Position.
func (s Span) Position() Position {
	if s.File == nil {
		return Position{}
	}
	return s.File.Position(s.Start)
}

// EndPosition returns the place just behind the span, or the zero Position.
func (s Span) EndPosition() Position {
	if s.File == nil {
		return Position{}
	}
	return s.File.Position(s.End)
}

// String is "name:line", the form used for origins in records and notes; ""
// for an unknown span.
func (s Span) String() string {
	if s.File == nil {
		return ""
	}
	return fmt.Sprintf("%s:%d", s.File.Name, s.Position().Line)
}

// Or returns s, or the other span where s is unknown.
func (s Span) Or(other Span) Span {
	if s.Known() {
		return s
	}
	return other
}

// Hide marks the span as a secret: whoever shows source text to a person
// masks these bytes. Whatever learns that a value is sensitive (a catalogue
// look-up, a name that tells) calls it before diagnostics are printed.
func (s Span) Hide() {
	if s.File == nil || s.Start >= s.End {
		return
	}
	f := s.File
	at := sort.Search(len(f.secret), func(i int) bool { return f.secret[i].End >= s.Start })
	end := at
	for ; end < len(f.secret) && f.secret[end].Start <= s.End; end++ {
		s.Start, s.End = min(s.Start, f.secret[end].Start), max(s.End, f.secret[end].End)
	}
	f.secret = slices.Replace(f.secret, at, end, s)
}

// HideParts hides ranges of bytes of the span's text.
func (s Span) HideParts(ranges [][2]int) {
	for _, r := range ranges {
		Span{File: s.File, Start: s.Start + r[0], End: min(s.Start+r[1], s.End)}.Hide()
	}
}

// Shown returns the text of the span with every hidden character replaced by
// an asterisk, so that columns keep their places.
func (s Span) Shown() string {
	if s.File == nil {
		return ""
	}
	out := make([]byte, 0, s.End-s.Start)
	for i, r := range s.Text() {
		if s.File.hidden(s.Start+i) && r != '\n' && r != '\r' {
			out = append(out, '*')
			continue
		}
		out = append(out, string(r)...)
	}
	return string(out)
}

func (f *File) hidden(offset int) bool {
	i := sort.Search(len(f.secret), func(i int) bool { return f.secret[i].End > offset })
	return i < len(f.secret) && f.secret[i].Start <= offset
}
