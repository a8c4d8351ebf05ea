package secret

import (
	"html"
	"strings"
)

// FindInSource is Find for a line of a profile or of an answer file: tags
// end a command line, and references such as &quot; and the escaped quotes of
// YAML stand for their characters. The ranges are of the line as it is.
func FindInSource(line string) [][2]int {
	if !suspicious(line) {
		return nil
	}
	var all [][2]int
	for from := 0; from < len(line); {
		end := pieceEnd(line, from)
		text, at := unescaped(line[from:end])
		for _, r := range rangesOf(commandForms(), text) {
			all = append(all, [2]int{from + at[r[0]], from + at[r[1]]})
		}
		from = end
	}
	return all
}

// pieceEnd is the end of the piece of a line that begins at an offset: a tag, or
// the text up to the next one. CDATA and comments are text.
func pieceEnd(line string, from int) int {
	for i := from; i < len(line); i++ {
		if line[i] != '<' {
			continue
		}
		n := strings.IndexAny(line[i+1:], "<>")
		if n < 1 || line[i+1+n] != '>' || !(line[i+1] == '/' || isLetter(line[i+1])) {
			continue
		}
		if i > from {
			return i
		}
		return i + n + 2
	}
	return len(line)
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// unescaped is the text that a piece of source stands for, with the offset in
// the piece of each byte, and of the end.
func unescaped(piece string) (text string, at []int) {
	var b strings.Builder
	for i := 0; i < len(piece); {
		part, n := piece[i:i+1], 1
		switch end := strings.IndexByte(piece[i:min(len(piece), i+10)], ';'); {
		case piece[i] == '&' && end > 1:
			if is := html.UnescapeString(piece[i : i+end+1]); is != piece[i:i+end+1] {
				part, n = is, end+1
			}
		case strings.HasPrefix(piece[i:], `\"`):
			part, n = `"`, 2
		}
		for range len(part) {
			at = append(at, i)
		}
		b.WriteString(part)
		i += n
	}
	return b.String(), append(at, len(piece))
}
