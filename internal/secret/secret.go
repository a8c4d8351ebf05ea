// Package secret finds the passwords and product keys that stand in texts which
// the catalogue knows nothing of: command lines, and lines of logs. Names of
// options and of programs tell where, so it finds what people write, not all
// that could be written.
package secret

import (
	"cmp"
	"encoding/base64"
	"encoding/binary"
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"
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
	text = unfolded(text)
	first := map[*regexp.Regexp]int{}
	s.likely(text, func(f *form) {
		pattern := f.pattern()
		group, name := pattern.SubexpIndex("secret"), pattern.SubexpIndex("name")
		for _, at := range pattern.FindAllStringSubmatchIndex(text, -1) {
			m := match{text: text, from: at[0], start: at[2*group], end: at[2*group+1], first: first}
			if name > 0 {
				m.name = text[at[2*name]:at[2*name+1]]
			}
			if strings.Trim(m.value(), `\"'`) == "" || m.value() == hidden || f.plain != nil && f.plain(m) || f.encoded && s.ranges(decoded(m.value())) == nil {
				continue
			}
			all = append(all, [2]int{m.start, m.end})
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

// longestFold is the size of a text of several lines that is taken for one
// command line.
const longestFold = 4 << 10

var lineEnds = strings.NewReplacer("\r", " ", "\n", " ")

// unfolded is a command line that stands in several lines, in one of the same
// size.
func unfolded(text string) string {
	if len(text) > longestFold || strings.IndexByte(text, '\n') < 0 {
		return text
	}
	return lineEnds.Replace(text)
}

// decoded is the command line that PowerShell takes in Base64 of UTF-16, as far
// as it goes: a log may have cut it off.
func decoded(text string) string {
	data, _ := base64.RawStdEncoding.DecodeString(strings.TrimRight(text, "="))
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(data[2*i:])
	}
	return string(utf16.Decode(units))
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
