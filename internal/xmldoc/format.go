package xmldoc

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema/answer"
)

// Format returns an answer file with another layout and nothing else changed:
// an XML declaration, line feeds, two blanks a level, each element and comment
// on a line of its own, a comment that stood behind an element still behind it,
// at most one empty line between two, and one blank between attributes. Text,
// values, comments, CDATA, references and the encoding stay as they are, and so
// does the inside of an element with text among its children. The result is nil
// when the file has errors, which the list tells, and when another layout would
// change what it says, which the list tells as well.
func Format(name string, data []byte) ([]byte, *diag.List) {
	a, diags := Read(name, data)
	if slices.ContainsFunc(diags.All, blocksLayout) {
		return nil, diags
	}
	kept := func(why string) ([]byte, *diag.List) {
		diags.Add(rule.FormatKept.At(source.Span{File: a.Source}, "%s, so the layout of the file stays as it is", why))
		return nil, diags
	}
	enc := encodingOf(data)
	if back, ok := enc.encode(a.Source.Text); !ok || !bytes.Equal(back, data) {
		return kept("the bytes of the file do not come back from its encoding")
	}
	before, ok := piecesOf(string(a.Source.Text))
	if !ok {
		return kept("the markup cannot be told apart from the text")
	}
	text := layOut(before, containersOf(a), enc.label)
	if len(text) > MaxSize {
		return kept(fmt.Sprintf("with another layout it would be larger than %d MiB", MaxSize>>20))
	}
	out, ok := enc.encode([]byte(text))
	if !ok {
		return kept("the encoding cannot hold the text")
	}
	b, _ := Read(name, out)
	after, ok := piecesOf(text)
	if !ok || answer.Equal(a, b) != "" || !slices.Equal(asides(before), asides(after)) {
		return kept("another layout would change what the file says")
	}
	return out, diags
}

// blocksLayout tells a finding that makes the text one that must not be
// touched. A wrong namespace is a mistake that the layout does not mind.
func blocksLayout(d *diag.Diagnostic) bool {
	return d.Severity == diag.Error && d.Rule != rule.UnattendNamespaceWrong.ID && d.Rule != rule.WcmNamespaceWrong.ID
}

// containersOf are the offsets of the elements in which white space alone says
// nothing, even when no element stands beside it.
func containersOf(a *answer.File) map[int]bool {
	at := map[int]bool{a.RootSpans.Whole.Start: true}
	for _, p := range a.Passes {
		at[p.Whole.Start] = true
		for _, c := range p.Components {
			at[c.Whole.Start] = true
		}
	}
	a.Walk(func(c *answer.Cursor) bool {
		if c.Known != nil && c.Known.Container() {
			at[c.Setting.Whole.Start] = true
		}
		return true
	})
	return at
}

// asides are the comments and instructions of a document in their order, which
// answer.Equal passes over in part.
func asides(doc *piece) (out []string) {
	for _, kid := range doc.kids {
		switch kid.kind {
		case commentPiece, instructionPiece:
			out = append(out, normalLineEnds(kid.raw))
		case elementPiece:
			out = append(out, asides(kid)...)
		}
	}
	return out
}

// layingOut writes the pieces of a document.
type layingOut struct {
	out        strings.Builder
	containers map[int]bool
}

// layOut writes a document. Label is the encoding that a declaration names
// where the file has none.
func layOut(doc *piece, containers map[int]bool, label string) string {
	l := &layingOut{containers: containers}
	kids := doc.kids
	if len(kids) > 0 && kids[0].kind == declarationPiece {
		l.out.WriteString(plainDeclaration(kids[0].raw))
		kids = kids[1:]
	} else {
		l.out.WriteString(`<?xml version="1.0" encoding="` + label + `"?>`)
	}
	l.out.WriteString("\n")
	l.kids(kids, 0)
	return strings.TrimLeft(normalLineEnds(l.out.String()), "\n") + "\n"
}

// kids writes what stands in an element, or in the document, each on a line of
// its own. The last line is left open.
func (l *layingOut) kids(kids []*piece, depth int) {
	first := true
	for i, kid := range kids {
		if l.out.Len() > MaxSize {
			return // deep elements take more blanks than a file may have
		}
		if kid.kind == textPiece {
			continue
		}
		switch {
		case kid.kind == commentPiece && (depth > 0 || !first) && staysBehind(kids, i, depth == 0):
			l.out.WriteString(" ")
		case first && depth == 0:
		case !first && breaksBefore(kids, i) > 1:
			l.out.WriteString("\n\n")
			l.indent(depth)
		default:
			l.out.WriteString("\n")
			l.indent(depth)
		}
		l.piece(kid, depth)
		first = false
	}
}

func (l *layingOut) indent(depth int) { l.out.WriteString(strings.Repeat("  ", depth)) }

// staysBehind tells a comment that stands behind an element or a tag at the end
// of its line; the end of the document ends one too.
func staysBehind(kids []*piece, i int, inDocument bool) bool {
	if breaksBefore(kids, i) > 0 {
		return false
	}
	if i+1 == len(kids) {
		return inDocument
	}
	return kids[i+1].kind == textPiece && strings.ContainsAny(kids[i+1].raw, "\r\n")
}

// breaksBefore counts the line breaks between a piece and the one before.
func breaksBefore(kids []*piece, i int) int {
	if i == 0 || kids[i-1].kind != textPiece {
		return 0
	}
	return strings.Count(normalLineEnds(kids[i-1].raw), "\n")
}

func (l *layingOut) piece(p *piece, depth int) {
	if p.kind != elementPiece {
		l.out.WriteString(p.raw)
		return
	}
	l.out.WriteString(p.tag)
	switch {
	case p.end == "":
	case l.loose(p):
		l.kids(p.kids, depth+1)
		if slices.ContainsFunc(p.kids, func(kid *piece) bool { return kid.kind != textPiece }) {
			l.out.WriteString("\n")
			l.indent(depth)
		}
		l.out.WriteString(p.end)
	default:
		l.out.WriteString(p.raw)
		l.out.WriteString(p.end)
	}
}

// loose tells an element in which white space means nothing.
func (l *layingOut) loose(p *piece) bool {
	elements := false
	for _, kid := range p.kids {
		if kid.kind == textPiece && !isBlankText(kid.raw) || kid.kind == cdataPiece {
			return false
		}
		elements = elements || kid.kind == elementPiece
	}
	return !p.preserve && (elements || l.containers[p.start])
}
