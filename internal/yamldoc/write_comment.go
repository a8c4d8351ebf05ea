package yamldoc

import (
	"fmt"
	"strings"
)

// lines writes comments that have lines of their own.
func (p *printer) lines(comments []string, indent int) {
	for _, text := range comments {
		if text == Blank {
			if !p.top {
				p.text("\n")
			}
			continue
		}
		for line := range strings.SplitSeq(commentSafe(text), "\n") {
			p.indent(indent)
			p.text(hash(line), "\n")
		}
	}
}

// lineComment is a comment behind a value, with the blank before it.
func lineComment(text string) string {
	if text == "" {
		return ""
	}
	return " " + hash(strings.ReplaceAll(commentSafe(text), "\n", " "))
}

// hash puts "#" and a blank before a comment; a comment that starts with "#"
// is a rule of such signs and takes one more.
func hash(text string) string {
	if text == "" || text[0] == '#' {
		return "#" + text
	}
	return "# " + text
}

// commentSafe writes the line breaks of a comment as "\n" and what YAML
// forbids as an escape that can be read.
func commentSafe(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	if printable(text, "\t") {
		return text
	}
	var b strings.Builder
	for _, r := range strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n").Replace(text) {
		if r != '\n' && r != '\t' && !shown(r) {
			fmt.Fprintf(&b, `\x%02X`, r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}
