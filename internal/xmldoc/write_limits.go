package xmldoc

import (
	"fmt"

	"github.com/beevik/etree"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema/answer"
)

// unreadable is the error for an answer file that Read would refuse. Windows
// might take it, but nothing of Reseal could look at it again.
func unreadable(a *answer.File, limit string) *Unwritable {
	list := &diag.List{}
	list.Add(rule.InputLimit.At(source.Span{File: a.Source}, "the answer file %s", limit))
	return &Unwritable{Diags: list}
}

// overLimit names the limit of the reader that a document is beyond, "" for
// none.
func overLimit(doc *etree.Document) string {
	var m measure
	m.children(&doc.Element, 1)
	switch {
	case m.depth > maxDepth:
		return fmt.Sprintf("has elements nested deeper than %d levels", maxDepth)
	case m.attributes > maxAttributes:
		return fmt.Sprintf("has an element with more than %d attributes", maxAttributes)
	case m.nodes > maxNodes:
		return fmt.Sprintf("has more than %d elements, attributes, comments and texts", maxNodes)
	}
	return ""
}

// measure counts as the reader does.
type measure struct{ nodes, depth, attributes int }

// children measures what stands in an element; depth is that of its children.
func (m *measure) children(el *etree.Element, depth int) {
	elements := el.ChildElements()
	for _, token := range el.Child {
		switch t := token.(type) {
		case *etree.Element:
			m.nodes += 1 + len(t.Attr)
			m.attributes = max(m.attributes, len(t.Attr))
			if len(t.Child) > 0 { // <a/> opens nothing
				m.depth = max(m.depth, depth)
			}
			m.children(t, depth+1)
		case *etree.Comment:
			m.nodes++
		case *etree.ProcInst:
			if t.Target != "xml" {
				m.nodes++
			}
		case *etree.CharData:
			if len(elements) > 0 && !isBlankText(t.Data) {
				m.nodes++
			}
		}
	}
}
