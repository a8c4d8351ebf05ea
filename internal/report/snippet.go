package report

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/reseal/reseal/internal/source"
)

// snippetWidth is how many characters of a source line are shown at most;
// answer files hold lines of several thousand.
const snippetWidth = 110

// snippet shows the line of the span with the span underlined. Of a long line
// it looks at no more than it shows: there are lines of many millions.
func (p printer) snippet(s source.Span) {
	if !s.Known() || len(s.File.Text) == 0 {
		return
	}
	at := s.Position()
	line := s.File.Line(at.Line)
	from := min(max(s.Start, line.Start), line.End)
	to := min(max(s.End, from), line.End)
	shown := window(line, from)
	hideCommands(line, shown)
	text := printable(shown.Shown())
	lead := ""
	if shown.Start > line.Start {
		lead = "…"
	}
	if shown.End < line.End {
		text += "…"
	}
	number := fmt.Sprintf("%5d", at.Line)
	fmt.Fprintf(p, "%s%s\n", p.paint("2", number+" | "), lead+text)
	before := source.Span{File: s.File, Start: shown.Start, End: from}
	under := source.Span{File: s.File, Start: from, End: min(to, shown.End)}
	marks := blanks(printable(before.Shown())) + p.paint("1;32", "^"+strings.Repeat("~", max(0, columns(printable(under.Shown()))-1)))
	fmt.Fprintf(p, "%s%s\n", p.paint("2", strings.Repeat(" ", len(number))+" | "), strings.Repeat(" ", columns(lead))+marks)
}

// window is the part of a line around an offset that fits: a third of it in
// front of the offset, more where the line ends before.
func window(line source.Span, at int) source.Span {
	text := line.File.Text
	back := func(from, n int) int {
		for ; n > 0 && from > line.Start; n-- {
			_, size := utf8.DecodeLastRune(text[line.Start:from])
			from -= size
		}
		return from
	}
	start := back(at, snippetWidth/3)
	stop, left := start, snippetWidth
	for ; left > 0 && stop < line.End; left-- {
		_, size := utf8.DecodeRune(text[stop:line.End])
		stop += size
	}
	return source.Span{File: line.File, Start: back(start, left), End: stop}
}

// blanks keeps tabs, so that the marks stand below what they mark, and puts a
// blank for each column of all else.
func blanks(before string) string {
	var b strings.Builder
	for _, r := range before {
		if r == '\t' {
			b.WriteByte('\t')
			continue
		}
		b.WriteString("  "[:widthOf(r)])
	}
	return b.String()
}
