package setuplog

import (
	"cmp"
	"slices"
	"strings"
)

// hidden stands in place of a secret.
const hidden = "***"

// Scrub returns a text of a log fit to be shown: passwords of command lines
// and product keys are replaced by ***, and nothing in it steers a terminal.
func Scrub(text string) string {
	if suspicious(text) {
		text = replace(text, rangesOf(logForms(), text))
	}
	return printable(text)
}

// HideSecrets replaces by *** what Secrets finds.
func HideSecrets(command string) string { return replace(command, Secrets(command)) }

// Secrets finds the passwords in a command line or in a text that holds some,
// as half-open ranges of bytes in their order. Beside those that Scrub finds in
// a log it passes over names with a value that stand apart, "Password: x":
// profiles consist of such.
func Secrets(command string) [][2]int {
	if !suspicious(command) {
		return nil
	}
	return rangesOf(commandForms(), command)
}

// rangesOf are the places of the secrets that the forms find, each in the text
// as it is: one form may hide the word by which another knows its secret.
func rangesOf(forms []form, text string) [][2]int {
	var all [][2]int
	for _, f := range forms {
		for _, m := range f.pattern.FindAllStringSubmatchIndex(text, -1) {
			if start, end := m[2*f.secret], m[2*f.secret+1]; start < end && text[start:end] != hidden {
				all = append(all, [2]int{start, end})
			}
		}
	}
	slices.SortFunc(all, func(a, b [2]int) int { return cmp.Compare(a[0], b[0]) })
	var joined [][2]int
	for _, r := range all {
		if last := len(joined) - 1; last >= 0 && r[0] <= joined[last][1] {
			joined[last][1] = max(joined[last][1], r[1])
			continue
		}
		joined = append(joined, r)
	}
	return joined
}

func replace(text string, ranges [][2]int) string {
	if ranges == nil {
		return text
	}
	var b strings.Builder
	last := 0
	for _, r := range ranges {
		b.WriteString(text[last:r[0]])
		b.WriteString(hidden)
		last = r[1]
	}
	b.WriteString(text[last:])
	return b.String()
}

// printable keeps a text from a file from steering a terminal: control
// characters, line ends and changes of direction become blanks.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r < ' ', r >= 0x7f && r < 0xa0, r >= 0x2028 && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}
