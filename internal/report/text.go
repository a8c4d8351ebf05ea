package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/source"
)

var text = Format{Name: "text", Help: "for people", Write: writeText}

func writeText(w io.Writer, list *diag.List, sum Summary, style Style) error {
	b := bufio.NewWriter(w)
	p := printer{b, style.Color}
	for _, d := range list.All {
		p.head(d)
		if style.Quiet {
			continue
		}
		p.snippet(d.Span)
		p.advice("why", d.Why)
		p.advice("fix", said(d.Help))
		for _, r := range d.Related {
			p.related(r)
		}
		fmt.Fprintln(b)
	}
	if !style.Quiet {
		p.summary(list, sum)
	}
	return b.Flush()
}

type printer struct {
	*bufio.Writer
	color bool
}

var severityColor = map[diag.Severity]string{diag.Error: "1;31", diag.Warning: "1;33", diag.Info: "1;36"}

func (p printer) paint(color, s string) string {
	if !p.color {
		return s
	}
	return "\x1b[" + color + "m" + s + "\x1b[0m"
}

func (p printer) head(d *diag.Diagnostic) {
	fmt.Fprintf(p, "%s%s %s %s\n", place(d.Span), p.paint(severityColor[d.Severity], d.Severity.String()+":"), said(d.Message), p.paint("2", "["+d.Rule+"]"))
}

// place is "path:line:column: ", without a line where none is known.
func place(s source.Span) string {
	if !s.Known() {
		return ""
	}
	at := s.Position()
	return fmt.Sprintf("%s:%d:%d: ", s.File.Name, at.Line, at.Column)
}

// printable replaces control characters, which could repaint the terminal.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if (r < ' ' && r != '\t') || r == 0x7f || (r >= 0x80 && r < 0xa0) || (r >= 0x202a && r <= 0x202e) || (r >= 0x2066 && r <= 0x2069) {
			return utf8.RuneError
		}
		return r
	}, s)
}

func (p printer) advice(name, text string) {
	if text != "" {
		fmt.Fprintf(p, "  %s %s\n", p.paint("1", name+":"), text)
	}
}

func (p printer) related(r diag.Related) {
	fmt.Fprintf(p, "  %s %s%s\n", p.paint("1", "see:"), place(r.Span), said(r.Message))
}

func (p printer) summary(list *diag.List, sum Summary) {
	if len(list.All) == 0 && list.Suppressed == 0 {
		fmt.Fprintf(p, "%s: no findings\n", count(sum.Files, "file"))
		return
	}
	fmt.Fprintf(p, "%s: %s, %s, %s", count(sum.Files, "file"), count(list.Count(diag.Error), "error"),
		count(list.Count(diag.Warning), "warning"), count(list.Count(diag.Info), "info"))
	if list.Suppressed > 0 {
		fmt.Fprintf(p, ", %d set aside", list.Suppressed)
	}
	fmt.Fprintln(p)
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
