package diff

import (
	"bufio"
	"bytes"
	"fmt"
	"io"

	"github.com/reseal/reseal/internal/source"
)

// around is how many lines a unified diff shows beside those that differ.
const around = 3

// Unified writes two texts as a unified diff of their lines; nothing when they
// are the same. What is hidden in the files stays hidden, and still counts as a
// difference. A line that differs in nothing but its line end shows both ways.
func Unified(w io.Writer, a, b *source.File, color bool) error {
	if bytes.Equal(a.Text, b.Text) {
		return nil
	}
	u := unified{Writer: bufio.NewWriter(w), a: a, b: b, color: color}
	u.paint("1", "--- "+a.Name)
	u.paint("1", "+++ "+b.Name)
	x, y := lineTokens(a), lineTokens(b)
	same := common(x, y)
	for len(same) > 0 || u.nextA < len(x) || u.nextB < len(y) {
		same = u.hunk(same, len(x), len(y))
	}
	return u.Flush()
}

// lineTokens are the lines of a text with their line ends.
func lineTokens(f *source.File) []token {
	n := lineCount(f)
	out := make([]token, n)
	for i := range n {
		from, to := f.Line(i+1).Start, len(f.Text)
		if i+1 < f.Lines() {
			to = f.Line(i + 2).Start
		}
		out[i].number = string(f.Text[from:to])
	}
	return out
}

// lineCount counts a last line only when something stands on it.
func lineCount(f *source.File) int {
	if f.Line(f.Lines()).Start == len(f.Text) {
		return f.Lines() - 1
	}
	return f.Lines()
}

// unified is the writing of one diff. The indexes are of the lines that are
// next on both sides.
type unified struct {
	*bufio.Writer
	a, b         *source.File
	color        bool
	nextA, nextB int
}

func (u *unified) paint(color, line string) {
	if u.color {
		line = "\x1b[" + color + "m" + line + "\x1b[0m"
	}
	fmt.Fprintln(u, line)
}

// hunk writes the next lines that differ with those around them; same are the
// lines in common from here on. It returns those behind the hunk.
func (u *unified) hunk(same []step, endA, endB int) []step {
	skip := 0 // lines in common before the first difference
	for skip < len(same) && same[skip].a == u.nextA+skip && same[skip].b == u.nextB+skip {
		skip++
	}
	if skip == len(same) && u.nextA+skip == endA && u.nextB+skip == endB {
		u.nextA, u.nextB = endA, endB
		return nil
	}
	lead := max(0, skip-around)
	u.nextA, u.nextB = u.nextA+lead, u.nextB+lead
	steps, rest := u.stretch(same[lead:], endA, endB)
	lastA, lastB := u.nextA, u.nextB
	for _, s := range steps {
		lastA, lastB = lastA+b2i(s.a >= 0), lastB+b2i(s.b >= 0)
	}
	u.paint("36", fmt.Sprintf("@@ -%s +%s @@", extent(u.nextA, lastA), extent(u.nextB, lastB)))
	for _, s := range steps {
		u.line(s)
	}
	u.nextA, u.nextB = lastA, lastB
	return rest
}

// stretch returns the lines of a hunk: it ends where more lines in common
// follow than two hunks would show.
func (u *unified) stretch(same []step, endA, endB int) (steps []step, rest []step) {
	i, j, run := u.nextA, u.nextB, 0
	for k := 0; ; k++ {
		s := step{a: endA, b: endB}
		if k < len(same) {
			s = same[k]
		}
		if i < s.a || j < s.b {
			run = 0
		}
		for ; i < s.a; i++ {
			steps = append(steps, step{a: i, b: -1})
		}
		for ; j < s.b; j++ {
			steps = append(steps, step{a: -1, b: j})
		}
		if k == len(same) {
			break
		}
		steps = append(steps, s)
		i, j, run = i+1, j+1, run+1
		if run > 2*around && len(steps) > run {
			back := run - around
			return steps[:len(steps)-back], same[k+1-back:]
		}
	}
	if extra := run - around; extra > 0 && len(steps) > run {
		return steps[:len(steps)-extra], same[len(same)-extra:]
	}
	return steps, nil
}

func b2i(is bool) int {
	if is {
		return 1
	}
	return 0
}

// extent is "first,count" as the header of a hunk has it.
func extent(from, to int) string {
	switch to - from {
	case 0:
		return fmt.Sprintf("%d,0", from)
	case 1:
		return fmt.Sprint(from + 1)
	}
	return fmt.Sprintf("%d,%d", from+1, to-from)
}

func (u *unified) line(s step) {
	f, at, sign, color := u.a, s.a, " ", ""
	switch {
	case s.b < 0:
		sign, color = "-", colors[Removed]
	case s.a < 0:
		f, at, sign, color = u.b, s.b, "+", colors[Added]
	}
	text := sign + tabsVisible(f.Line(at+1).Shown())
	if color == "" {
		fmt.Fprintln(u, text)
	} else {
		u.paint(color, text)
	}
	if last := f.Line(at + 1); last.End == len(f.Text) {
		fmt.Fprintln(u, `\ No newline at end of file`)
	}
}
