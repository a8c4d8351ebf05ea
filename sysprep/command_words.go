package sysprep

import "strings"

// word is one argument of a command line with the bytes that it came from.
type word struct {
	text       string
	start, end int
}

// splitLine separates a command line as Windows does for programs written in
// C: blanks and tabs separate, quotes hold together, 2n backslashes before a
// quote are n backslashes, 2n+1 are n and a literal quote, and two quotes
// inside quotes are one. The first word is read as a program name when it
// does not look like an option: there a backslash is only itself. open is the
// offset of a quote that is never closed, else -1.
func splitLine(line string) (words []word, open int) {
	open = -1
	at := skipBlanks(line, 0)
	if at < len(line) && strings.IndexByte("/-", line[at]) < 0 && !startsQuotedOption(line[at:]) {
		var w word
		w, open = programWord(line, at)
		words = append(words, w)
		at = skipBlanks(line, w.end)
	}
	for at < len(line) {
		w, unclosed := argWord(line, at)
		if unclosed >= 0 {
			open = unclosed
		}
		words = append(words, w)
		at = skipBlanks(line, w.end)
	}
	return words, open
}

func startsQuotedOption(s string) bool {
	return len(s) > 1 && s[0] == '"' && (s[1] == '/' || s[1] == '-')
}

func skipBlanks(line string, at int) int {
	for at < len(line) && (line[at] == ' ' || line[at] == '\t') {
		at++
	}
	return at
}

func programWord(line string, start int) (word, int) {
	var b strings.Builder
	open, at := -1, start
	for ; at < len(line); at++ {
		c := line[at]
		if c == '"' {
			if open < 0 {
				open = at
			} else {
				open = -1
			}
			continue
		}
		if open < 0 && (c == ' ' || c == '\t') {
			break
		}
		b.WriteByte(c)
	}
	return word{b.String(), start, at}, open
}

func argWord(line string, start int) (word, int) {
	var b strings.Builder
	open, at := -1, start
	for at < len(line) {
		c := line[at]
		if open < 0 && (c == ' ' || c == '\t') {
			break
		}
		if c != '\\' && c != '"' {
			b.WriteByte(c)
			at++
			continue
		}
		slashes := 0
		for at < len(line) && line[at] == '\\' {
			slashes++
			at++
		}
		if at == len(line) || line[at] != '"' {
			b.WriteString(strings.Repeat(`\`, slashes))
			continue
		}
		b.WriteString(strings.Repeat(`\`, slashes/2))
		switch {
		case slashes%2 == 1:
			b.WriteByte('"')
		case open >= 0 && at+1 < len(line) && line[at+1] == '"':
			b.WriteByte('"')
			at++
		case open >= 0:
			open = -1
		default:
			open = at
		}
		at++
	}
	return word{b.String(), start, at}, open
}

// quoteArg writes an argument so that splitLine reads it back.
func quoteArg(arg string) string {
	if arg != "" && !strings.ContainsAny(arg, " \t\"") {
		return arg
	}
	var b strings.Builder
	b.WriteByte('"')
	slashes := 0
	for i := 0; i < len(arg); i++ {
		switch c := arg[i]; c {
		case '\\':
			slashes++
			b.WriteByte(c)
			continue
		case '"':
			b.WriteString(strings.Repeat(`\`, slashes+1))
			b.WriteByte(c)
		default:
			b.WriteByte(c)
		}
		slashes = 0
	}
	b.WriteString(strings.Repeat(`\`, slashes))
	b.WriteByte('"')
	return b.String()
}

// quoteProgram writes the first word of a line; a program's path cannot hold
// quotes.
func quoteProgram(path string) string {
	if strings.ContainsAny(path, " \t") {
		return `"` + path + `"`
	}
	return path
}
