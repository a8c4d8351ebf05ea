package xmldoc

import (
	"slices"
	"strings"
)

// declaration is what an XML declaration at the start of a text says.
type declaration struct {
	encoding   string // as written, "" when none is named
	start, end int    // of the encoding's name
	bad        string // what is wrong with it, "" when nothing is
}

var declarationParts = [...]string{"version", "encoding", "standalone"}

// readDeclaration reads the XML declaration at the start of the text; the zero
// value means that there is none. Unlike attributes of a tag its parts have a
// fixed order: version, encoding, standalone.
func readDeclaration(text string) (d declaration) {
	const mark = "<?xml"
	if !strings.HasPrefix(text, mark) || len(text) == len(mark) || !isBlank(text[len(mark)]) {
		return d
	}
	end := strings.Index(text, "?>")
	if end < 0 {
		return d
	}
	pos, last, versioned := len(mark), -1, false
	for {
		name, start, stop, next, ok := pseudoAttribute(text[:end], pos)
		if !ok {
			d.bad = "its parts are written name=\"value\" with blanks between them"
			return d
		}
		if name == "" {
			break
		}
		order := slices.Index(declarationParts[:], name)
		value := text[start:stop]
		switch {
		case order <= last:
			d.bad = "it holds version, encoding and standalone, in this order"
		case name == "version" && !isVersion(value):
			d.bad = "the version is not 1.0"
		case name == "encoding" && !isName(value):
			d.bad = "the encoding has no name"
		case name == "encoding":
			d.encoding, d.start, d.end = value, start, stop
		case name == "standalone" && value != "yes" && value != "no":
			d.bad = "standalone is neither yes nor no"
		}
		versioned = versioned || name == "version"
		pos, last = next, max(order, last)
	}
	if d.bad == "" && !versioned {
		d.bad = "the version is missing"
	}
	return d
}

// isVersion tells "1." with digits: who reads 1.0 reads the others as well.
func isVersion(text string) bool {
	minor, ok := strings.CutPrefix(text, "1.")
	return ok && minor != "" && strings.Trim(minor, "0123456789") == ""
}

// pseudoAttribute reads one name="value" behind blanks. The name is empty at
// the end of the text; start and stop bound the value.
func pseudoAttribute(text string, pos int) (name string, start, stop, next int, ok bool) {
	from := pos
	for pos < len(text) && isBlank(text[pos]) {
		pos++
	}
	if pos == len(text) {
		return "", 0, 0, pos, true
	}
	n := nameLength(text[pos:])
	name = text[pos : pos+n]
	rest := strings.TrimLeft(text[pos+n:], " \t\r\n")
	rest, equals := strings.CutPrefix(rest, "=")
	rest = strings.TrimLeft(rest, " \t\r\n")
	if pos == from || n == 0 || !equals || rest == "" || rest[0] != '"' && rest[0] != '\'' {
		return "", 0, 0, 0, false
	}
	start = len(text) - len(rest) + 1
	length := strings.IndexByte(rest[1:], rest[0])
	if length < 0 {
		return "", 0, 0, 0, false
	}
	return name, start, start + length, start + length + 1, true
}
