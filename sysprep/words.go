package sysprep

import (
	"fmt"
	"strings"
)

// The words for people that all pictures of a record share.

// Title is "1 setup".
func (b Boot) Title() string { return fmt.Sprintf("%d %s", b.N, b.Mode) }

// shortStates are the image states of a boot in order, without their prefix.
func (b Boot) shortStates() []string {
	states := b.States()
	for i, s := range states {
		states[i] = ShortState(s)
	}
	return states
}

// States are the image states of a boot in order: all of them where they are
// known, else those at its beginning and end.
func (b Boot) States() []string {
	if len(b.ImageStates) > 0 {
		return append([]string(nil), b.ImageStates...)
	}
	if b.ImageStateAfter == b.ImageStateBefore {
		return []string{b.ImageStateBefore}
	}
	return []string{b.ImageStateBefore, b.ImageStateAfter}
}

// ShortState is an image state without the prefix that all have.
func ShortState(state string) string { return strings.TrimPrefix(state, "IMAGE_STATE_") }

// Runs tells whether the pass runs; otherwise it stands in a record only for
// its settings that are ignored.
func (p PassRun) Runs() bool { return !p.Never }

// Title is the name of the pass, with a word where it goes on.
func (p PassRun) Title() string {
	if p.Continued {
		return p.Pass + " (continued)"
	}
	return p.Pass
}

// Summary counts what a pass does: "3 applied, 1 ignored, 2 commands".
func (p PassRun) Summary() string {
	text := fmt.Sprintf("%d applied", len(p.Applied))
	if len(p.Ignored) > 0 {
		text += fmt.Sprintf(", %d ignored", len(p.Ignored))
	}
	if len(p.Commands) > 0 {
		text += ", " + count(len(p.Commands), "command")
	}
	return text
}

// Words are "RunSynchronous 2: cmd /c ver, then restarts".
func (c RunCommand) Words() string {
	text := c.List
	if c.Order > 0 {
		text += fmt.Sprintf(" %d", c.Order)
	}
	text += ": " + c.Line
	switch c.Reboot {
	case always:
		text += ", then restarts"
	case onRequest:
		text += ", restarts if it asks for it"
	}
	return text
}

// Words are "operator, 2 times by itself", "" without a logon.
func (l *Logon) Words() string {
	if l == nil {
		return ""
	}
	var parts []string
	switch {
	case l.Automatic && l.Times > 1:
		parts = append(parts, fmt.Sprintf("%s, %d times by itself", or(l.Account, "an account"), l.Times))
	case l.Automatic:
		parts = append(parts, or(l.Account, "an account")+", by itself")
	default:
		parts = append(parts, or(l.Account, "the first person"))
	}
	if n := len(l.Commands); n > 0 {
		parts = append(parts, count(n, "command"))
	}
	return strings.Join(parts, ", ")
}
