package secret

import (
	"bytes"
	"html"
	"strings"
)

// FindInSource is Find for a piece of a profile or of an answer file: tags end
// a command line, and references such as &quot; and the escaped quotes of YAML
// stand for their characters. The ranges are of the text as it is.
func FindInSource(text string) [][2]int {
	var all [][2]int
	for from := 0; from < len(text); {
		end := pieceEnd(text, from)
		for _, r := range findInPiece(text[from:end]) {
			all = append(all, [2]int{from + r[0], from + r[1]})
		}
		if strings.EqualFold(text[from:end], "<keyMaterial>") && end < len(text) { // of a wireless network
			from = end
			if end = pieceEnd(text, from); text[from] != '<' {
				all = append(all, [2]int{from, end})
			}
		}
		from = end
	}
	return all
}

func findInPiece(piece string) [][2]int {
	if tagEnd(piece, 0) == len(piece) && !strings.Contains(piece, "=") {
		return nil // no place for a command line
	}
	if !strings.ContainsAny(piece, "&\\'\n") || strings.TrimSpace(piece) == "" {
		return Find(piece)
	}
	text, at := unescaped(piece)
	ranges := Find(text)
	for i, r := range ranges {
		for at[r[1]] == at[r[1]-1] {
			r[1]++ // to the end of a reference that stands for several bytes
		}
		ranges[i] = [2]int{at[r[0]], at[r[1]]}
	}
	return ranges
}

// Around widens the range of a text to the tags on both sides, so that no piece
// of a command line stands alone in it.
func Around(text []byte, start, end int) (from, to int) {
	for from = start; from > 0; {
		from = bytes.LastIndexByte(text[:from], '<')
		if from < 0 {
			from = 0
			break
		}
		if stop := tagEnd(text, from); stop > 0 {
			if stop <= start {
				from = stop
			}
			break
		}
	}
	for to = end; to < len(text); to++ {
		next := bytes.IndexByte(text[to:], '<')
		if next < 0 {
			return from, len(text)
		}
		if to += next; tagEnd(text, to) > 0 {
			break
		}
	}
	return from, to
}

// AroundInYAML widens a range to the lines of the entries it stands in: those of
// a folded or literal value hold one command line together.
func AroundInYAML(text []byte, start, end int) (from, to int) {
	for from = lineStart(text, start); from > 0 && !isEntry(text[from:]); {
		from = lineStart(text, from-1)
	}
	for to = end; to < len(text); {
		next := bytes.IndexByte(text[to:], '\n')
		if next < 0 {
			return from, len(text)
		}
		if to += next; isEntry(text[to+1:]) {
			break
		}
		to++
	}
	return from, to
}

func lineStart(text []byte, at int) int { return bytes.LastIndexByte(text[:at], '\n') + 1 }

// isEntry tells whether a line begins an entry of YAML: a key, an item, a
// comment, a document.
func isEntry(text []byte) bool {
	line, _, _ := bytes.Cut(text, []byte("\n"))
	line = bytes.TrimSpace(line)
	if len(line) == 0 {
		return false
	}
	switch line[0] {
	case '#':
		return true
	case '-':
		return len(line) == 1 || line[1] == ' ' || bytes.HasPrefix(line, []byte("---"))
	}
	for i, c := range line {
		switch {
		case c == ':': // and no drive
			return i > 1 && (i+1 == len(line) || line[i+1] == ' ')
		case !isLetter(c) && !('0' <= c && c <= '9') && bytes.IndexByte([]byte("\"'_-./$"), c) < 0:
			return false
		}
	}
	return false
}

// FindInYAML is FindInSource for the whole text of a profile.
func FindInYAML(text []byte) (all [][2]int) {
	for from := 0; from < len(text); {
		_, to := AroundInYAML(text, from, from)
		for _, r := range FindInSource(string(text[from:to])) {
			all = append(all, [2]int{from + r[0], from + r[1]})
		}
		from = to + 1
	}
	return all
}

// pieceEnd is the end of the piece of a text that begins at an offset: a tag, or
// the text up to the next one. CDATA and comments are text.
func pieceEnd(text string, from int) int {
	if end := tagEnd(text, from); end > 0 {
		return end
	}
	for i := from; ; i++ {
		next := strings.IndexByte(text[i:], '<')
		if next < 0 {
			return len(text)
		}
		if i += next; i > from && tagEnd(text, i) > 0 {
			return i
		}
	}
}

// tagEnd is the end of the tag that begins at an offset, 0 where none does.
func tagEnd[T string | []byte](text T, at int) int {
	if len(text) < at+3 || text[at] != '<' || text[at+1] != '/' && !isLetter(text[at+1]) {
		return 0
	}
	for i := at + 2; i < len(text) && text[i] != '<'; i++ {
		if text[i] == '>' {
			return i + 1
		}
	}
	return 0
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
		case strings.HasPrefix(piece[i:], "''") && !emptyAt(piece, i):
			part, n = "'", 2
		case strings.HasPrefix(piece[i:], "\\\n"), strings.HasPrefix(piece[i:], "\\\r\n"):
			part = " " // goes on in the next line
		}
		for range len(part) {
			at = append(at, i)
		}
		b.WriteString(part)
		i += n
	}
	return b.String(), append(at, len(piece))
}

// emptyAt tells two quotes of nothing from one quote in a text in such quotes.
func emptyAt(piece string, at int) bool {
	before := at == 0 || strings.IndexByte(" \t\r\n(=,", piece[at-1]) >= 0
	return before && (at+2 >= len(piece) || strings.IndexByte(" \t\r\n),;", piece[at+2]) >= 0)
}
