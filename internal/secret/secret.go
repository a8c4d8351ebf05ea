// Package secret finds the passwords and product keys that stand in texts which
// the catalogue knows nothing of: command lines, and lines of logs. Names of
// options and of programs tell where, so it finds what people write, not all
// that could be written.
package secret

import (
	"cmp"
	"slices"
	"strings"
)

// hidden stands in place of a secret.
const hidden = "***"

// HideInLog replaces by *** the passwords and product keys in the text of a log.
func HideInLog(text string) string { return replace(text, logForms().ranges(text)) }

// Hide replaces by *** what Find finds.
func Hide(command string) string { return replace(command, Find(command)) }

// Find finds the passwords in a command line or in a text that holds some, as
// half-open ranges of bytes in their order. Of what is a secret in a log it
// passes over names with a value that stand apart, "Password: x": profiles
// consist of such.
func Find(command string) [][2]int { return commandForms().ranges(command) }

// ranges are the places of the secrets that the forms find, each in the text
// as it is: one form may hide the word by which another knows its secret.
func (s *search) ranges(text string) [][2]int {
	var all [][2]int
	s.likely(text, func(f *form) {
		pattern := f.pattern()
		group := pattern.SubexpIndex("secret")
		for _, m := range pattern.FindAllStringSubmatchIndex(text, -1) {
			start, end := m[2*group], m[2*group+1]
			if strings.Trim(text[start:end], `"'`) == "" || text[start:end] == hidden || f.plain != nil && f.plain(text[m[0]:start], text[start:end], text[end:]) {
				continue
			}
			all = append(all, [2]int{start, end})
		}
	})
	if len(all) < 2 {
		return all
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
