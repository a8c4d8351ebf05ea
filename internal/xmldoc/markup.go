package xmldoc

import (
	"fmt"
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema/answer"
)

// comment reads "<!-- … -->".
func (p *parser) comment() {
	start := p.pos
	if len(p.open) == 1 && !p.fragment {
		p.flush(false)
	}
	body := start + len("<!--")
	n := strings.Index(p.text[body:], "-->")
	if n < 0 {
		p.unclosed(start, "the comment has no end").Helpf("Close it with -->.")
		return
	}
	p.pos = body + n + len("-->")
	text := p.text[body : body+n]
	if i := strings.Index(text, "--"); i >= 0 || strings.HasSuffix(text, "-") {
		if i < 0 {
			i = len(text) - 1
		}
		p.report(rule.CommentDoubleHyphen.At(p.place(body+i, min(body+i+2, body+n)), "a comment holds \"--\" or ends with \"-\""))
	}
	p.checkCharacters(text, body)
	p.addExtra(answer.Comment, normalLineEnds(text), start, p.pos)
}

// cdata reads "<![CDATA[ … ]]>".
func (p *parser) cdata() {
	start := p.pos
	body := start + len("<![CDATA[")
	n := strings.Index(p.text[body:], "]]>")
	if n < 0 {
		p.unclosed(start, "the CDATA section has no end").Helpf("Close it with ]]>.")
		return
	}
	p.pos = body + n + len("]]>")
	text := p.text[body : body+n]
	p.checkCharacters(text, body)
	if len(p.open) == 1 && !p.fragment {
		p.fail(start, p.pos, "a CDATA section stands outside of the root element")
		return
	}
	p.chars.add(start, p.pos, normalLineEnds(text))
	p.chars.cdata = true
}

// unclosed reports something whose end mark is missing. What follows is part of
// it, so nothing more can be told.
func (p *parser) unclosed(start int, message string) *diag.Diagnostic {
	p.pos, p.cut = len(p.text), true
	return p.fail(start, min(start+4, len(p.text)), "%s", message)
}

// instruction reads "<?target data?>".
func (p *parser) instruction() {
	start := p.pos
	body := start + len("<?")
	n := nameLength(p.text[body:])
	target := p.text[body : body+n]
	length := strings.Index(p.text[body:], "?>")
	if length < 0 {
		p.unclosed(start, "the processing instruction has no end").Helpf("Close it with ?>.")
		return
	}
	end := body + length + len("?>")
	data := p.text[body+n : body+length]
	switch {
	case target == "xml":
		p.pos = end
		p.declaration(start, end)
		return
	case n == 0 || data != "" && !isBlank(data[0]):
		p.fail(start, end, "\"<?\" begins no processing instruction").Helpf("Write &lt; for a \"<\" in a value; server-side code such as PHP has to run before the file is XML.")
		p.chars.add(start, end, p.text[start:end])
		p.pos = end
		return
	case strings.EqualFold(target, "xml") || strings.Contains(target, ":"):
		p.fail(body, body+n, "the name of the processing instruction is not allowed").Helpf("An XML declaration is written <?xml, in lower case; other names hold no colon.")
	}
	if len(p.open) == 1 && !p.fragment || p.children() > 0 { // else it stands in the value itself
		p.flush(false)
	}
	p.pos = end
	p.checkCharacters(data, body+n)
	text := target
	if data = normalLineEnds(strings.TrimLeft(data, " \t\r\n")); data != "" {
		text += " " + data
	}
	p.addExtra(answer.Instruction, text, start, end)
}

// declaration checks an XML declaration and where it stands.
func (p *parser) declaration(start, end int) {
	if start > 0 || p.fragment {
		d := rule.XmlDeclarationNotFirst.At(p.place(start, end), "the XML declaration does not stand at the start of the file")
		switch {
		case p.fragment:
			d.Message = "an XML declaration has no place in a part of an answer file"
		case p.declared || p.root != nil:
			d.Message = "a second XML document begins inside the file"
		default:
			p.moveDeclaration(d, start, end)
		}
		p.report(d)
		return
	}
	p.declared = true
	if d := readDeclaration(p.text); d.bad != "" {
		p.fail(start, end, "the XML declaration is not well-formed: %s", d.bad).Helpf(`Write <?xml version="1.0" encoding="utf-8"?>.`)
	}
}

// moveDeclaration offers to put a declaration where it belongs.
func (p *parser) moveDeclaration(d *diag.Diagnostic, start, end int) {
	p.declared = true
	rest := end
	for rest < len(p.text) && isBlank(p.text[rest]) {
		rest++
	}
	d.Fix = &diag.Fix{Title: "move the declaration to the start", Safe: true, Edits: []diag.Edit{
		{Span: p.place(0, 0), Text: p.text[start:end] + "\n"},
		{Span: p.place(start, rest)},
	}}
}

// doctype passes over a document type declaration and reads nothing in it.
func (p *parser) doctype() {
	start := p.pos
	end := -1
	if !p.openDoctype {
		end = doctypeEnd(p.text, start)
	}
	p.hideDoctype(start, end)
	p.report(rule.XmlDoctypePresent.At(p.place(start, start+len("<!DOCTYPE")), "the file has a document type declaration, which answer files may not have; nothing in it is read"))
	if end < 0 {
		p.openDoctype = true // the next search for an end would cost as much again
		p.fail(start, start+len("<!DOCTYPE"), "the document type declaration has no end")
		end = start + len("<!DOCTYPE")
		if n := strings.IndexByte(p.text[start:], '>'); n >= 0 {
			end = start + n + 1
		}
	}
	if len(p.open) == 1 && !p.fragment {
		p.flush(false)
	}
	p.pos = end
}

// hideDoctype masks what a declaration declares: an entity may be a password.
// Of one without an end all the rest up to the root may belong to it.
func (p *parser) hideDoctype(start, end int) {
	if end < 0 {
		end = len(p.text)
		if n := strings.Index(p.text[start:], "<unattend"); n >= 0 {
			end = start + n
		}
	}
	body := start + len("<!DOCTYPE")
	if n := strings.IndexAny(p.text[body:end], "['\""); n >= 0 {
		p.place(body+n, end).Hide()
	}
}

// doctypeEnd finds the end of the declaration at start: brackets, quotes and
// comments are matched. It returns -1 when there is none.
func doctypeEnd(text string, start int) int {
	depth := 0
	for i := start; i < len(text); i++ {
		switch c := text[i]; c {
		case '"', '\'':
			n := strings.IndexByte(text[i+1:], c)
			if n < 0 {
				return -1
			}
			i += n + 1
		case '<':
			if strings.HasPrefix(text[i:], "<!--") {
				n := strings.Index(text[i+4:], "-->")
				if n < 0 {
					return -1
				}
				i += 4 + n + 2
				continue
			}
			depth++
		case '>':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return -1
}

// templateMarks are pairs of marks that text generators leave in a file.
var templateMarks = [...][2]string{{"<%", "%>"}, {"<#", "#>"}, {"<$", "$>"}}

// templateAt finds the end of a placeholder that begins at start, 0 for none.
func templateAt(text string, start int) (end int, marks [2]string) {
	rest := text[start:]
	for _, m := range templateMarks {
		if !strings.HasPrefix(rest, m[0]) {
			continue
		}
		// Placeholders are short; a longer search would pay for every "<%".
		if n := strings.Index(rest[:min(len(rest), 1024)], m[1]); n > 0 {
			return start + n + len(m[1]), m
		}
	}
	return 0, marks
}

// bareLess reads a "<" that begins no tag: it belongs to a value, or to a
// template that was not expanded.
func (p *parser) bareLess() {
	start := p.pos
	rest := p.text[start:]
	if end, marks := templateAt(p.text, start); end > 0 {
		p.pos = end
		p.placeholder(start, end, marks)
		p.chars.add(start, end, p.text[start:end])
		return
	}
	if p.dashComment() {
		return
	}
	if strings.HasPrefix(rest, "<!") {
		p.pos += 2
		p.fail(start, p.pos, "\"<!\" begins neither a comment nor a CDATA section").Helpf("A comment is written <!-- … -->; write &lt; for a \"<\" in a value.")
	} else {
		p.pos++
		p.lessInValue(start)
	}
	p.chars.add(start, p.pos, p.text[start:p.pos])
}

// dashComment reads a comment whose two hyphens a word processor or a web page
// made one dash of.
func (p *parser) dashComment() bool {
	start := p.pos
	for _, dash := range [...]string{"—", "–"} {
		body, ok := strings.CutPrefix(p.text[start:], "<!"+dash)
		n := strings.Index(body, "-->")
		if !ok || n < 0 || strings.Contains(body[:n], "<!") {
			continue
		}
		if len(p.open) == 1 && !p.fragment {
			p.flush(false)
		}
		at := start + len("<!")
		p.pos = at + len(dash) + n + len("-->")
		p.fail(at, at+len(dash), "a comment begins with a dash in place of two hyphens").
			Helpf("Write <!-- in front of the comment.").
			FixBy("write two hyphens", true, p.place(at, at+len(dash)), "--")
		text := body[:n]
		p.checkCharacters(text, at+len(dash))
		p.addExtra(answer.Comment, normalLineEnds(text), start, p.pos)
		return true
	}
	return false
}

// placeholder reports all placeholders of a template together.
func (p *parser) placeholder(start, end int, marks [2]string) {
	if p.allowed {
		return
	}
	p.placeholders++
	if p.placeholders == 1 {
		p.template = p.fail(start, end, "a template placeholder %s … %s stands where XML allows no \"<\"", marks[0], marks[1]).
			Helpf("Check the file that the template makes, or give the placeholders another form, such as ${name}.")
		return
	}
	p.template.Message = fmt.Sprintf("%d template placeholders such as %s … %s stand where XML allows no \"<\"", p.placeholders, marks[0], marks[1])
	if len(p.template.Related) < maxRelated {
		p.template.Relate(p.place(start, end), "another placeholder")
	}
}

func (p *parser) lessInValue(at int) *diag.Diagnostic {
	return p.fail(at, at+1, "a bare \"<\" stands in a value").Helpf("Write &lt; for the sign.").
		FixBy("write &lt; for the sign", true, p.place(at, at+1), "&lt;")
}

// checkCharacters reports the first character of a comment, instruction or
// CDATA section that XML forbids.
func (p *parser) checkCharacters(text string, offset int) {
	if plain(text) {
		return
	}
	for i, r := range text {
		if !isXMLChar(r) {
			p.fail(offset+i, offset+i+len(string(r)), "the character U+%04X is not allowed in XML", r).Helpf("Remove the character; XML carries it in no spelling.")
			return
		}
	}
}

// normalLineEnds turns CRLF and CR into LF, as XML asks for.
func normalLineEnds(s string) string {
	if strings.IndexByte(s, '\r') < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}
