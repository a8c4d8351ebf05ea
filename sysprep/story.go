package sysprep

import (
	"fmt"
	"strings"
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
	fmt.Fprintf(&b, "%s on Windows %s, %s\n", title, oneLine(r.Target.Windows), oneLine(r.Target.Architecture))
	fmt.Fprintf(&b, "  %s\n\n", oneLine(r.Command))
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
	b.WriteString("\n")
	r.tellNotes(&b)
	b.WriteString("\n" + r.verdictLine() + "\n")
	return b.String()
}

// tellNotes prints the notes but those on image states, which the boots show
// already.
func (r *Record) tellNotes(b *strings.Builder) {
	for _, n := range r.Notes {
		if !strings.HasPrefix(n, statesNote) {
			fmt.Fprintf(b, "Note: %s.\n", oneLine(n))
		}
	}
}

func (r *Record) verdictLine() string {
	switch {
	case !r.Failed() && r.Engine == "rehearse":
		return fmt.Sprintf("Sysprep would succeed and leave %s; then: %s.", r.ImageState, r.Then)
	case !r.Failed():
		return fmt.Sprintf("Sysprep succeeded and left %s; then: %s.", r.ImageState, r.Then)
	case r.Engine == "rehearse":
		return "Sysprep would fail. The image state stays " + orUnknown(r.ImageState) + "."
	}
	return "Sysprep failed. The image state is " + orUnknown(r.ImageState) + "."
}

func orUnknown(state string) string {
	if state == "" {
		return "unknown"
	}
	return state
}

// storyPhase prints one line for the phase and one for each step that a
// person should look at.
func (r *Record) storyPhase(b *strings.Builder, n int, p Phase) {
	counts := map[Status]int{}
	for _, s := range p.Steps {
		counts[s.Status]++
	}
	var parts []string
	for _, s := range []Status{StatusOK, StatusAssumed, StatusNotModelled, StatusWarning, StatusFailed, StatusSkipped} {
		if counts[s] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", counts[s], strings.ReplaceAll(string(s), "-", " ")))
		}
	}
	fmt.Fprintf(b, "%d %-10s %-8s (%s)\n", n, p.Name, p.Status, strings.Join(parts, ", "))
	for _, s := range p.Steps {
		switch {
		case s.Status == StatusFailed, s.Status == StatusWarning:
			fmt.Fprintf(b, "    %s: %s: %s\n", s.Status, s.Name, oneLine(s.Detail))
			if s.Remedy != "" {
				fmt.Fprintf(b, "      do: %s\n", oneLine(s.Remedy))
			}
		case s.Status == StatusSkipped && r.setAside(s.Name):
			fmt.Fprintf(b, "    skipped: %s: %s\n", s.Name, oneLine(s.Detail))
		}
	}
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
	fmt.Fprintf(b, "Boot %d %-8s %s\n", boot.N, boot.Mode, stateWords(boot))
	for _, p := range boot.Passes {
		if !p.Runs() {
			fmt.Fprintf(b, "    %-16s does not run: %d ignored\n", oneLine(p.Pass), len(p.Ignored))
			continue
		}
		fmt.Fprintf(b, "    %-16s %d applied", p.Pass, len(p.Applied))
		if len(p.Ignored) > 0 {
			fmt.Fprintf(b, ", %d ignored", len(p.Ignored))
		}
		b.WriteString("\n")
		for _, i := range p.Ignored {
			fmt.Fprintf(b, "      ignored: %s: %s%s\n", oneLine(qualified(i.Component, i.Setting)), oneLine(i.Reason), at(i.At))
		}
	}
	switch boot.ends {
	case restarts:
		b.WriteString("    then restarts\n")
	case shutsDown:
		b.WriteString("    then shuts down\n")
	}
}

// Runs tells whether the pass runs; otherwise it stands in a record only for
// its settings that are ignored.
func (p PassRun) Runs() bool { return !p.never }

func stateWords(b Boot) string {
	states := b.states
	if len(states) == 0 {
		states = []string{b.ImageStateBefore}
		if b.ImageStateAfter != b.ImageStateBefore {
			states = append(states, b.ImageStateAfter)
		}
	}
	short := make([]string, len(states))
	for i, s := range states {
		short[i] = strings.TrimPrefix(s, "IMAGE_STATE_")
	}
	return strings.Join(short, " -> ")
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
	return " (" + oneLine(place) + ")"
}

func storyDevices(devices []DeviceFate) string {
	var parts []string
	for _, d := range devices {
		parts = append(parts, oneLine(d.Name)+": "+d.Result)
	}
	return strings.Join(parts, "; ")
}
