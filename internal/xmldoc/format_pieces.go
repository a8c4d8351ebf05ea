package xmldoc

import "strings"

// pieceKind is what a part of a document is.
type pieceKind uint8

const (
	elementPiece pieceKind = iota
	commentPiece
	instructionPiece
	declarationPiece
	cdataPiece
	textPiece
)

// piece is a part of a well-formed document as it is written.
type piece struct {
	kind  pieceKind
	start int    // offset in the text
	raw   string // as it stands; of an element: what stands between its tags

	tag      string // of an element: its start tag in the canonical layout
	end      string // and its end tag, "" for none
	preserve bool   // xml:space asks to keep white space
	kids     []*piece

	content int // offset behind the start tag
}

// piecesOf cuts a document that the reader found well-formed into pieces. The
// result holds them as kids. It is not ok when tags do not match.
func piecesOf(text string) (doc *piece, ok bool) {
	open := []*piece{{}}
	for pos := 0; pos < len(text); {
		top := open[len(open)-1]
		rest := text[pos:]
		p := &piece{start: pos}
		switch {
		case rest[0] != '<':
			p.kind, p.raw = textPiece, cutBefore(rest, "<")
		case strings.HasPrefix(rest, "<!--"):
			p.kind, p.raw = commentPiece, cutBehind(rest, "-->")
		case strings.HasPrefix(rest, "<![CDATA["):
			p.kind, p.raw = cdataPiece, cutBehind(rest, "]]>")
		case strings.HasPrefix(rest, "<?xml") && pos == 0 && isBlank((rest + " ")[5]):
			p.kind, p.raw = declarationPiece, cutBehind(rest, "?>")
		case strings.HasPrefix(rest, "<?"):
			p.kind, p.raw = instructionPiece, cutBehind(rest, "?>")
		case strings.HasPrefix(rest, "</"):
			raw := cutBehind(rest, ">")
			if len(open) == 1 || strings.TrimRight(raw[2:len(raw)-1], " \t\r\n") != nameOf(top.tag) {
				return nil, false
			}
			top.raw, top.end = text[top.content:pos], "</"+nameOf(top.tag)+">"
			open = open[:len(open)-1]
			pos += len(raw)
			continue
		default:
			length, closed := p.startTag(rest)
			if length == 0 {
				return nil, false
			}
			pos += length
			p.content = pos
			top.kids = append(top.kids, p)
			if !closed {
				open = append(open, p)
			}
			continue
		}
		if p.raw == "" {
			return nil, false
		}
		top.kids = append(top.kids, p)
		pos += len(p.raw)
	}
	return open[0], len(open) == 1
}

// cutBefore is the text before a mark, or all of it.
func cutBefore(text, mark string) string {
	before, _, _ := strings.Cut(text, mark)
	return before
}

// cutBehind is the text up to the end of a mark, "" without one.
func cutBehind(text, mark string) string {
	i := strings.Index(text, mark)
	if i < 0 {
		return ""
	}
	return text[:i+len(mark)]
}

// nameOf is the name in a start tag.
func nameOf(tag string) string {
	name := strings.TrimPrefix(tag, "<")
	return name[:strings.IndexAny(name+">", " />")]
}

// startTag reads the start tag at the beginning of a text and puts it together
// anew: one blank before each attribute, none elsewhere, values as they stand.
// Length 0 means that it is none.
func (p *piece) startTag(text string) (length int, closed bool) {
	pos := 1 + nameLength(text[1:])
	var b strings.Builder
	b.WriteString(text[:pos])
	for pos > 1 {
		for pos < len(text) && isBlank(text[pos]) {
			pos++
		}
		switch rest := text[pos:]; {
		case strings.HasPrefix(rest, ">"):
			b.WriteString(">")
			p.tag = b.String()
			return pos + 1, false
		case strings.HasPrefix(rest, "/>"):
			b.WriteString("/>")
			p.tag = b.String()
			return pos + 2, true
		}
		name, start, stop, next, ok := pseudoAttribute(text, pos-1)
		if !ok || !isBlank(text[pos-1]) || name == "" {
			return 0, false
		}
		b.WriteString(" " + name + "=" + text[start-1:stop+1])
		p.preserve = p.preserve || name == "xml:space" && text[start:stop] == "preserve"
		pos = next
	}
	return 0, false
}

// plainDeclaration writes an XML declaration with double quotes and one blank
// before each of its parts.
func plainDeclaration(raw string) string {
	text := strings.TrimSuffix(raw, "?>")
	out := "<?xml"
	for pos := len(out); ; {
		name, start, stop, next, ok := pseudoAttribute(text, pos)
		if !ok {
			return raw
		}
		if name == "" {
			return out + "?>"
		}
		out += " " + name + `="` + text[start:stop] + `"`
		pos = next
	}
}
