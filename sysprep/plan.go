package sysprep

import (
	"fmt"
	"slices"
	"strings"

	"github.com/reseal/reseal/internal/source"
)

// Plan is the picture of time for a terminal: a table with boots as columns
// and passes as rows, and below it what each pass applies and ignores, what
// generalize takes out of the image, what the checks find, and the notes. It
// ends in a line feed.
func (r *Record) Plan() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", source.OneLine(r.Command))
	for boots := range slices.Chunk(r.Boots, boardWidth) {
		writeTable(&b, planRows(boots))
		b.WriteString("\n")
	}
	for _, boot := range r.Boots {
		for _, p := range boot.Passes {
			planPass(&b, boot, p)
		}
		if boot.Logon != nil && len(boot.Logon.Commands) > 0 {
			fmt.Fprintf(&b, "Boot %d, first logon\n", boot.N)
			planCommands(&b, boot.Logon.Commands)
			b.WriteString("\n")
		}
	}
	r.planRemoves(&b)
	r.planChecks(&b)
	if notes := r.notes(); notes != "" {
		b.WriteString(notes + "\n")
	}
	b.WriteString(r.VerdictLine() + "\n")
	return b.String()
}

// boardWidth is how many boots stand side by side in a terminal.
const boardWidth = 4

// planRows are the cells of a table: a head, the image states, one row for
// each pass in the order in which they first run, the logons, and how boots
// end. A cell may have several lines.
func planRows(boots []Boot) [][]string {
	head, states, logons, ends := []string{""}, []string{"image state"}, []string{"logon"}, []string{"ends"}
	for _, boot := range boots {
		head = append(head, boot.Title())
		states = append(states, strings.Join(boot.shortStates(), "\n"))
		logons = append(logons, source.OneLine(boot.Logon.Words()))
		ends = append(ends, boot.Ends)
	}
	rows := [][]string{head, states}
	for _, pass := range PassesOf(boots) {
		row := []string{pass}
		for _, boot := range boots {
			row = append(row, boot.cell(pass))
		}
		rows = append(rows, row)
	}
	for _, row := range [][]string{logons, ends} {
		if strings.Join(row[1:], "") != "" {
			rows = append(rows, row)
		}
	}
	return rows
}

// PassesOf are the passes that run in any of the boots, in the order in which
// they first run.
func PassesOf(boots []Boot) []string {
	var passes []string
	for _, boot := range boots {
		for _, p := range boot.Passes {
			if p.Runs() && !slices.Contains(passes, p.Pass) {
				passes = append(passes, p.Pass)
			}
		}
	}
	return passes
}

func (b Boot) cell(pass string) string {
	for _, p := range b.Passes {
		if p.Pass == pass && p.Runs() {
			return p.Summary()
		}
	}
	return ""
}

func planPass(b *strings.Builder, boot Boot, p PassRun) {
	if len(p.Applied)+len(p.Ignored) == 0 {
		return
	}
	if p.Runs() {
		fmt.Fprintf(b, "Boot %d, %s\n", boot.N, p.Title())
	} else {
		fmt.Fprintf(b, "%s does not run\n", source.OneLine(p.Pass))
	}
	for _, a := range p.Applied {
		fmt.Fprintf(b, "  applied  %s = %s%s\n", source.OneLine(qualified(a.Component, a.Setting)), source.OneLine(a.Value), at(a.At))
	}
	for _, i := range p.Ignored {
		fmt.Fprintf(b, "  ignored  %s: %s%s\n", source.OneLine(qualified(i.Component, i.Setting)), source.OneLine(i.Reason), at(i.At))
	}
	planCommands(b, p.Commands)
	b.WriteString("\n")
}

func planCommands(b *strings.Builder, commands []RunCommand) {
	for _, c := range commands {
		fmt.Fprintf(b, "  starts   %s%s\n", source.OneLine(c.Words()), at(c.At))
	}
}

// planRemoves lists what generalize does to the image, by result.
func (r *Record) planRemoves(b *strings.Builder) {
	if len(r.Removes) == 0 {
		return
	}
	b.WriteString("What generalize makes of the image\n")
	for _, result := range []string{Removed, Reset, Kept} {
		var names []string
		for _, m := range r.Removes {
			if m.Result != result {
				continue
			}
			if m.Why != "" {
				m.What += " (" + m.Why + ")"
			}
			names = append(names, m.What)
		}
		if len(names) > 0 {
			fold(b, fmt.Sprintf("  %-8s ", result), strings.Join(names, ", "))
		}
	}
	b.WriteString("\n")
}

// planChecks lists what the checks find: without it nobody would know why a
// run fails.
func (r *Record) planChecks(b *strings.Builder) {
	head := "What the checks find\n"
	for _, p := range r.Phases {
		for _, s := range p.Steps {
			if r.tells(s) {
				b.WriteString(head + s.Words("  "))
				head = ""
			}
		}
	}
	if head == "" {
		b.WriteString("\n")
	}
}
