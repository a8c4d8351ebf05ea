package diff

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
)

// Style governs text output.
type Style struct {
	Color bool
	Quiet bool // differences alone, no count of them
}

// WriteText writes the report as a tree of passes, components and settings:
// "+" before what was added, "-" before what was removed, "~" before what
// changed and ">" before what moved.
func (r *Report) WriteText(w io.Writer, style Style) error {
	b := bufio.NewWriter(w)
	for _, out := range r.Outputs {
		(&tree{Writer: b, report: r, color: style.Color}).output(out, len(r.Outputs) > 1)
	}
	if !style.Quiet {
		fmt.Fprintln(b, r.summary())
	}
	return b.Flush()
}

func (r *Report) summary() string {
	var counts [4]int
	for _, out := range r.Outputs {
		if out.OnlyA {
			counts[Removed]++
		}
		if out.OnlyB {
			counts[Added]++
		}
		for _, c := range out.Changes {
			counts[c.Kind]++
		}
	}
	var parts []string
	for kind, n := range counts {
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, Kind(kind)))
		}
	}
	if parts == nil {
		return r.A + " and " + r.B + " mean the same"
	}
	return strings.Join(parts, ", ")
}

var (
	signs  = [...]string{"+", "-", "~", ">"}
	colors = [...]string{"32", "31", "33", "36"}
)

// tree prints the changes of one output. A label that stands above several is
// printed once.
type tree struct {
	*bufio.Writer
	report *Report
	color  bool
	open   []string // lines of the labels above the last change
}

func (t *tree) paint(color, text string) string {
	if !t.color {
		return text
	}
	return "\x1b[" + color + "m" + text + "\x1b[0m"
}

func (t *tree) output(out Output, named bool) {
	switch {
	case out.OnlyA:
		fmt.Fprintln(t, t.paint(colors[Removed], "- output "+out.name()+": "+t.report.B+" has none"))
	case out.OnlyB:
		fmt.Fprintln(t, t.paint(colors[Added], "+ output "+out.name()+": "+t.report.A+" has none"))
	case named && len(out.Changes) > 0:
		fmt.Fprintln(t, "output "+out.name())
	}
	for _, c := range out.Changes {
		t.change(c)
	}
}

func (t *tree) change(c Change) {
	last := len(c.trail) - 1
	for level, label := range c.trail[:max(last, 0)] {
		line := t.line(c, level, label)
		if level < len(t.open) && t.open[level] == line {
			continue
		}
		t.open = append(t.open[:min(level, len(t.open))], line)
		fmt.Fprintln(t, line)
	}
	t.open = t.open[:min(max(last, 0), len(t.open))]
	label := "unattend"
	if last >= 0 {
		label = c.trail[last]
	}
	fmt.Fprintf(t, "%s%s%s\n", t.sign(c, max(last, 0), true), t.paint(colors[c.Kind], visible(label)+values(c)), t.places(c))
}

// line is the line of a label above a change, which bears a sign when all below
// it stands on one side alone.
func (t *tree) line(c Change, level int, label string) string {
	if whole := level >= c.whole && (c.Kind == Added || c.Kind == Removed); whole {
		return t.sign(c, level, true) + t.paint(colors[c.Kind], visible(label))
	}
	return t.sign(c, level, false) + visible(label)
}

func (t *tree) sign(c Change, level int, marked bool) string {
	if !marked {
		return strings.Repeat("  ", level+1)
	}
	return t.paint(colors[c.Kind], signs[c.Kind]) + " " + strings.Repeat("  ", level)
}

// places are the lines on both sides, in the order of the comparison.
func (t *tree) places(c Change) string {
	var parts []string
	for _, s := range []string{c.AtA.String(), c.AtB.String()} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if parts == nil {
		return ""
	}
	return "  " + t.paint("2", "("+strings.Join(parts, ", ")+")")
}

// values is what stands behind the label of a change.
func values(c Change) string {
	switch {
	case c.Kind == Moved:
		return " from place " + c.A + " to " + c.B
	case c.Kind == Changed:
		a, b := window(c.A, c.B)
		if c.Hidden {
			return ": " + a + " (differs in a hidden part)"
		}
		return ": " + a + " -> " + b
	case c.Kind == Added && c.B != "":
		b, _ := window(c.B, "")
		return ": " + b
	case c.Kind == Removed && c.A != "":
		a, _ := window(c.A, "")
		return ": " + a
	}
	return ""
}

// Values longer than these many characters are cut around the first one in
// which they differ.
const (
	longest = 100
	before  = 30
)

// window shows two values, or as much of them as shows where they differ.
func window(a, b string) (string, string) {
	x, y := []rune(a), []rune(b)
	same := 0
	for same < len(x) && same < len(y) && x[same] == y[same] {
		same++
	}
	from := 0
	if b != "" && max(len(x), len(y)) > longest {
		from = max(0, same-before)
	}
	return cut(x, from), cut(y, from)
}

func cut(text []rune, from int) string {
	lead, tail := "", ""
	if from > 0 {
		lead = "…"
	}
	text = text[min(from, len(text)):]
	if len(text) > longest {
		text, tail = text[:longest], "…"
	}
	return quoted(lead + string(text) + tail)
}

// quoted shows a value on one line; quotes stand where blanks or other signs
// would not be seen.
func quoted(text string) string {
	if text == "" || strings.TrimSpace(text) != text || visible(text) != text {
		return strconv.Quote(text)
	}
	return text
}

// visible replaces characters that could repaint the terminal or cannot be
// seen.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return unicode.ReplacementChar
		}
		return r
	}, text)
}

// tabsVisible is visible for a line of a file, in which tabs are usual.
func tabsVisible(line string) string {
	parts := strings.Split(line, "\t")
	for i, part := range parts {
		parts[i] = visible(part)
	}
	return strings.Join(parts, "\t")
}
