package yamldoc

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Write writes documents in the one canonical layout: two blanks a level,
// quotes only where needed, comments where they were, block style but for what
// says Flow and fits on one line: { a: 1, b: [x, y] }. Parse reads the same
// texts, tags and comments back; aliases and merges are written out.
// The only errors are those of w and, before anything is written, a text that is
// not UTF-8 and a file that Parse would refuse for its size.
func Write(w io.Writer, docs ...*Node) error {
	var p printer
	for i, doc := range docs {
		if i > 0 {
			p.text("---\n")
		}
		p.document(doc)
	}
	if p.err != nil {
		return p.err
	}
	_, err := io.WriteString(w, p.out.String())
	return err
}

// printer collects the output. Every function leaves it at the start of a line
// unless its comment says otherwise.
type printer struct {
	out strings.Builder
	top bool // nothing of the document is written yet
	err error
}

func (p *printer) text(parts ...string) {
	p.top = false
	if p.err != nil {
		return
	}
	for _, s := range parts {
		p.out.WriteString(s)
	}
	if p.out.Len() > MaxBytes {
		p.err = fmt.Errorf("it would be larger than the limit of %d bytes", MaxBytes)
	}
}

// check refuses a text that YAML cannot carry.
func (p *printer) check(n *Node) {
	if !utf8.ValidString(n.Text) && p.err == nil {
		p.err = errors.New("a text that is not UTF-8 cannot be written as YAML")
	}
}

func (p *printer) indent(n int) { p.text(strings.Repeat(" ", n)) }

func (p *printer) document(n *Node) {
	p.top = true
	before := strings.TrimPrefix(properties(n), " ")
	p.lines(n.Comment.Head, 0)
	switch {
	case len(n.Pairs)+len(n.Items) == 0:
		p.leaf(n, 0, before, n.Comment.Line)
	case fitsLine(n) && p.flow(n, strings.TrimPrefix(before+" ", " "), ""): // with a comment Parse would read it as that of a part
	default:
		if intro := strings.TrimPrefix(before+lineComment(n.Comment.Line), " "); intro != "" {
			p.text(intro, "\n")
		}
		p.children(n, 0, true)
	}
	p.lines(n.Comment.Foot, 0)
}

// children writes the parts of a mapping or list; first tells whether the
// first one needs its indentation.
func (p *printer) children(n *Node, indent int, first bool) {
	if p.err != nil {
		return
	}
	for _, pair := range n.Pairs {
		p.pair(pair, indent, first)
		first = true
	}
	for _, item := range n.Items {
		p.item(item, indent, first)
		first = true
	}
}

func (p *printer) pair(pair Pair, indent int, indented bool) {
	key, value := pair.Key, pair.Value
	p.check(key)
	p.lines(key.Comment.Head, indent)
	p.lines(value.Comment.Head, indent)
	if indented {
		p.indent(indent)
	}
	name := keyText(key, inline)
	if needsQuestionMark(name) {
		p.text("? ", name, "\n")
		p.indent(indent)
		p.text(":")
	} else {
		p.text(name, ":")
	}
	p.value(value, indent, join(key.Comment.Line, value.Comment.Line))
	p.lines(value.Comment.Foot, indent)
	p.lines(key.Comment.Foot, indent)
}

func join(a, b string) string {
	if a != "" && b != "" {
		return a + " # " + b
	}
	return a + b
}

// value writes what stands behind the colon of a key.
func (p *printer) value(n *Node, indent int, comment string) {
	before := properties(n)
	if len(n.Pairs)+len(n.Items) == 0 {
		p.leaf(n, indent, " "+strings.TrimPrefix(before, " "), comment)
		return
	}
	if p.flow(n, before+" ", comment) {
		return
	}
	p.text(before, lineComment(comment), "\n")
	p.children(n, indent+2, true)
}

func (p *printer) item(n *Node, indent int, indented bool) {
	p.lines(n.Comment.Head, indent)
	if indented {
		p.indent(indent)
	}
	p.text("-")
	compact := len(n.Pairs)+len(n.Items) > 0 && properties(n) == "" && n.Comment.Line == "" && !hasHead(n)
	switch {
	case compact && p.flow(n, " ", ""):
	case compact:
		p.text(" ")
		p.children(n, indent+2, false)
	default:
		p.value(n, indent, n.Comment.Line)
	}
	p.lines(n.Comment.Foot, indent)
}

// hasHead tells whether a comment stands above the first part of a mapping or
// list, which keeps that part from the line of a dash.
func hasHead(n *Node) bool {
	if len(n.Pairs) > 0 {
		return len(n.Pairs[0].Key.Comment.Head)+len(n.Pairs[0].Value.Comment.Head) > 0
	}
	return len(n.Items[0].Comment.Head) > 0
}

// leaf writes a scalar or an empty container. before is what separates it from
// the text in front, a tag included; a leaf without text drops a lone blank.
func (p *printer) leaf(n *Node, indent int, before, comment string) {
	p.check(n)
	if before != "" && before != " " {
		before += " "
	}
	switch {
	case n.typed.asIs() != "":
		p.text(before, n.typed.asIs())
	case n.typed.folds():
		p.text(before)
		p.folded(n, indent+2, comment)
		return
	case n.Kind == Mapping:
		p.text(before, "{}")
	case n.Kind == Sequence:
		p.text(before, "[]")
	case n.Empty:
		p.text(strings.TrimSuffix(before, " "))
	case survivesLiteral(n.Text):
		p.text(before)
		p.literal(n.Text, indent+2, comment)
		return
	default:
		p.text(before, inline(n.Text, n.Style))
	}
	p.text(lineComment(comment), "\n")
}

// literal writes a block of lines. The indentation is given as a digit where
// the text's own blanks would hide it.
func (p *printer) literal(text string, indent int, comment string) {
	header, body := "|", text
	if lines := strings.TrimLeft(text, "\n"); lines[0] == ' ' || lines[0] == '\t' {
		header += "2"
	}
	if strings.HasSuffix(text, "\n") {
		body = text[:len(text)-1]
	} else {
		header += "-"
	}
	p.text(header, lineComment(comment), "\n")
	for line := range strings.SplitSeq(body, "\n") {
		if line != "" {
			p.indent(indent)
		}
		p.text(line, "\n")
	}
}

// tagText is a tag with a blank before it, "" for none.
func tagText(n *Node) string {
	name := strings.TrimPrefix(strings.TrimPrefix(n.Tag, "!"), "!")
	switch {
	case n.Tag == "":
		return ""
	case n.Tag[0] == '!' && name != "" && strings.IndexFunc(name, unsafeInTag) < 0:
		return " " + n.Tag
	}
	var b strings.Builder
	b.WriteString(" !<")
	for _, c := range []byte(n.Tag) {
		if c == '!' || !unsafeInTag(rune(c)) {
			b.WriteByte(c)
			continue
		}
		fmt.Fprintf(&b, "%%%02X", c)
	}
	return b.String() + ">"
}

// unsafeInTag tells whether a character of a tag needs the long form.
func unsafeInTag(r rune) bool {
	return r >= 0x80 || !isNameByte(byte(r)) && strings.IndexByte(";/?:@&=+$.~", byte(r)) < 0
}
