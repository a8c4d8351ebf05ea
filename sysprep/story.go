package sysprep

import (
	"fmt"
	"strings"

	"github.com/reseal/reseal/internal/source"
)

// Story is the short account of a run for a terminal, without colours: the
// command, the phases with what needs attention, what each boot does, and the
// verdict. It ends in a line feed.
func (r *Record) Story() string {
	var b strings.Builder
	title := "Rehearsal"
	if r.Engine != "rehearse" {
		title = "Run"
	}
	fmt.Fprintf(&b, "%s on Windows %s, %s\n", title, orWords(r.Target.Windows, "of an unknown release"), orWords(r.Target.Architecture, "unknown architecture"))
	fmt.Fprintf(&b, "  %s\n\n", source.OneLine(r.Command))
	for i, p := range r.Phases {
		r.storyPhase(&b, i+1, p)
	}
	if len(r.Boots) > 1 || len(r.Boots) == 1 && len(r.Boots[0].Passes) > 0 {
		b.WriteString("\n")
		for _, boot := range r.Boots {
			storyBoot(&b, boot)
		}
	}
	if line := storyDevices(r.Devices); line != "" && !r.Failed() {
		fmt.Fprintf(&b, "\nDevices: %s\n", line)
	}
	b.WriteString("\n" + r.notes())
	b.WriteString("\n" + r.VerdictLine() + "\n")
	return b.String()
}

// notes are the lines of the notes but those on image states, which the boots
// show already.
func (r *Record) notes() string {
	var b strings.Builder
	for _, n := range r.TellingNotes() {
		fmt.Fprintf(&b, "Note: %s.\n", source.OneLine(n))
	}
	return b.String()
}

// TellingNotes are the notes that a picture of the boots does not show by
// itself.
func (r *Record) TellingNotes() []string {
	var out []string
	for _, n := range r.Notes {
		if !strings.HasPrefix(n, statesNote) {
			out = append(out, n)
		}
	}
	return out
}

// VerdictLine is the outcome in one sentence.
func (r *Record) VerdictLine() string {
	switch {
	case r.Target.Use != "":
		return fmt.Sprintf("This leaves Windows in %s.", r.ImageState)
	case !r.Failed() && r.Engine == "rehearse":
		return fmt.Sprintf("Sysprep would succeed and leave %s; then: %s.", r.ImageState, r.Then)
	case !r.Failed():
		return fmt.Sprintf("Sysprep succeeded and left %s; then: %s.", r.ImageState, r.Then)
	case r.Engine == "rehearse":
		return "Sysprep would fail. The image state stays " + orUnknown(r.ImageState) + "."
	}
	return "Sysprep failed. The image state is " + orUnknown(r.ImageState) + "."
}

func orUnknown(state string) string { return orWords(state, "unknown") }

// orWords is a text in one line, or the words that stand in for none.
func orWords(text, words string) string {
	if text == "" {
		return words
	}
	return source.OneLine(text)
}

// storyPhase prints one line for the phase, and what its steps found.
func (r *Record) storyPhase(b *strings.Builder, n int, p Phase) {
	counts := map[Status]int{}
	for _, s := range p.Steps {
		counts[s.Status]++
	}
	var parts []string
	for _, s := range []Status{StatusOK, StatusAssumed, StatusNotModelled, StatusInfo, StatusWarning, StatusFailed, StatusSkipped} {
		if counts[s] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", counts[s], strings.ReplaceAll(string(s), "-", " ")))
		}
	}
	fmt.Fprintf(b, "%d %-10s %-8s (%s)\n", n, p.Name, p.Status, strings.Join(parts, ", "))
	for _, s := range p.Steps {
		if r.tells(s) {
			b.WriteString(s.Words("    "))
		}
	}
}

// tells is whether a step is one to be read: its check found something, or
// somebody set it aside.
func (r *Record) tells(s Step) bool {
	switch s.Status {
	case StatusFailed, StatusWarning, StatusInfo:
		return true
	case StatusSkipped:
		return r.setAside(s.Name)
	}
	return false
}

func (r *Record) setAside(check string) bool {
	for _, k := range r.Skipped {
		if k.ID == check {
			return true
		}
	}
	return false
}

func storyBoot(b *strings.Builder, boot Boot) {
	fmt.Fprintf(b, "Boot %d %-8s %s\n", boot.N, boot.Mode, strings.Join(boot.shortStates(), " -> "))
	for _, p := range boot.Passes {
		if !p.Runs() {
			fmt.Fprintf(b, "    %-16s does not run: %d ignored\n", source.OneLine(p.Pass), len(p.Ignored))
			continue
		}
		fmt.Fprintf(b, "    %-16s %s\n", p.Title(), p.Summary())
		for _, i := range p.Ignored {
			fmt.Fprintf(b, "      ignored: %s: %s%s\n", source.OneLine(qualified(i.Component, i.Setting)), source.OneLine(i.Reason), at(i.At))
		}
	}
	if boot.Logon != nil {
		fmt.Fprintf(b, "    %-16s %s\n", "logon", source.OneLine(boot.Logon.Words()))
	}
	switch boot.Ends {
	case restarts:
		b.WriteString("    then restarts\n")
	case shutsDown:
		b.WriteString("    then shuts down\n")
	}
}

func qualified(component, setting string) string {
	if setting == "" {
		return component
	}
	return component + "/" + setting
}

func at(place string) string {
	if place == "" {
		return ""
	}
	return " (" + source.OneLine(place) + ")"
}

func storyDevices(devices []DeviceFate) string {
	var parts []string
	for _, d := range devices {
		parts = append(parts, source.OneLine(d.Name)+": "+d.Result)
	}
	return strings.Join(parts, "; ")
}
