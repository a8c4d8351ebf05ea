package sysprep

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Plan is the picture of time for a terminal: a table with boots as columns
// and passes as rows, and below it what each pass applies and ignores. It
// ends in a line feed.
func (r *Record) Plan() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", oneLine(r.Command))
	writeTable(&b, r.planRows())
	for _, boot := range r.Boots {
		for _, p := range boot.Passes {
			planPass(&b, boot, p)
		}
	}
	if len(r.Notes) > 0 {
		b.WriteString("\n")
		r.tellNotes(&b)
	}
	b.WriteString("\n" + r.verdictLine() + "\n")
	return b.String()
}

// planRows are the cells of the table: a head, the image states, then one row
// for each pass in the order in which they first run.
func (r *Record) planRows() [][]string {
	head, before, after, ends := []string{""}, []string{"state before"}, []string{"state after"}, []string{"ends"}
	var passes []string
	for _, boot := range r.Boots {
		head = append(head, fmt.Sprintf("%d %s", boot.N, boot.Mode))
		before = append(before, shortState(boot.ImageStateBefore))
		after = append(after, shortState(boot.ImageStateAfter))
		ends = append(ends, boot.ends)
		for _, p := range boot.Passes {
			if p.Runs() && !slices.Contains(passes, p.Pass) {
				passes = append(passes, p.Pass)
			}
		}
	}
	rows := [][]string{head, before}
	for _, pass := range passes {
		row := []string{pass}
		for _, boot := range r.Boots {
			row = append(row, cell(boot, pass))
		}
		rows = append(rows, row)
	}
	rows = append(rows, after)
	if strings.Join(ends[1:], "") != "" {
		rows = append(rows, ends)
	}
	return rows
}

func shortState(state string) string { return strings.TrimPrefix(state, "IMAGE_STATE_") }

func cell(boot Boot, pass string) string {
	for _, p := range boot.Passes {
		if p.Pass != pass || !p.Runs() {
			continue
		}
		text := fmt.Sprintf("%d applied", len(p.Applied))
		if len(p.Ignored) > 0 {
			text += fmt.Sprintf(", %d ignored", len(p.Ignored))
		}
		return text
	}
	return ""
}

func writeTable(b *strings.Builder, rows [][]string) {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, c := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(c))
		}
	}
	for n, row := range rows {
		var line strings.Builder
		for i, c := range row {
			if i > 0 {
				line.WriteString(" | ")
			}
			line.WriteString(c + strings.Repeat(" ", widths[i]-utf8.RuneCountInString(c)))
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
		if n == 0 {
			parts := make([]string, len(widths))
			for i, w := range widths {
				parts[i] = strings.Repeat("-", w)
			}
			b.WriteString(strings.Join(parts, "-+-") + "\n")
		}
	}
}

func planPass(b *strings.Builder, boot Boot, p PassRun) {
	if len(p.Applied)+len(p.Ignored) == 0 {
		return
	}
	if p.Runs() {
		fmt.Fprintf(b, "\nBoot %d, %s\n", boot.N, p.Pass)
	} else {
		fmt.Fprintf(b, "\n%s does not run\n", oneLine(p.Pass))
	}
	for _, a := range p.Applied {
		fmt.Fprintf(b, "  applied  %s = %s%s\n", oneLine(qualified(a.Component, a.Setting)), oneLine(a.Value), at(a.At))
	}
	for _, i := range p.Ignored {
		fmt.Fprintf(b, "  ignored  %s: %s%s\n", oneLine(qualified(i.Component, i.Setting)), oneLine(i.Reason), at(i.At))
	}
}
