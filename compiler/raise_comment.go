package compiler

import (
	"strings"

	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/reseal/reseal/schema/answer"
)

// commentLines is the text of an XML comment as lines of a YAML comment,
// without the blank lines around it and the indentation of all of them.
func commentLines(text string) []string {
	lines := strings.Split(strings.ReplaceAll(text, "\t", "    "), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " \r")
	}
	behindMark := lines[0] != "" // and so without an indentation that says anything
	for len(lines) > 0 && lines[0] == "" {
		lines = lines[1:]
	}
	for len(lines) > 0 && lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	if len(lines) == 0 {
		return nil
	}
	if behindMark {
		lines[0] = strings.TrimLeft(lines[0], " ")
		outdent(lines[1:])
	} else {
		outdent(lines)
	}
	return lines
}

// outdent takes away the indentation that all lines share.
func outdent(lines []string) {
	shared := -1
	for _, line := range lines {
		if line == "" {
			continue
		}
		if n := len(line) - len(strings.TrimLeft(line, " ")); shared < 0 || n < shared {
			shared = n
		}
	}
	for i, line := range lines {
		if line != "" {
			lines[i] = line[shared:]
		}
	}
}

func commentsOf(extra []answer.Extra) []string {
	var lines []string
	for _, e := range extra {
		if e.Kind == answer.Comment {
			lines = append(lines, commentLines(e.Text)...)
		}
	}
	return lines
}

// above puts comments over the last entry of a mapping or list.
func above(n *yamldoc.Node, lines []string) {
	if len(lines) > 0 {
		c := lastComment(n)
		c.Head = append(c.Head, lines...)
	}
}

// under puts comments under the last entry of a mapping or list; a value that
// has no entries cannot carry them.
func under(n *yamldoc.Node, lines []string) (carried bool) {
	if len(lines) == 0 {
		return true
	}
	if len(n.Pairs)+len(n.Items) == 0 {
		return false
	}
	c := lastComment(n)
	c.Foot = append(c.Foot, lines...)
	return true
}

func lastComment(n *yamldoc.Node) *yamldoc.Comment {
	if len(n.Pairs) > 0 {
		return &n.Pairs[len(n.Pairs)-1].Key.Comment
	}
	return &n.Items[len(n.Items)-1].Comment
}
