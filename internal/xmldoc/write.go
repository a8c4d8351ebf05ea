package xmldoc

import (
	"fmt"
	"slices"
	"strings"

	"github.com/beevik/etree"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema/answer"
)

// Unwritable is the error of Write: values or names that XML cannot carry,
// each with its place in the user's file, or a file that Read would refuse.
type Unwritable struct{ Diags *diag.List }

// Error is the first message.
func (u *Unwritable) Error() string { return u.Diags.All[0].Message }

// Write returns the answer file as XML: UTF-8 with a declaration, no byte-order
// mark, LF, two blanks a level, namespaces on the root, passes, components and
// settings in the order of answer.Canonical. Characters beyond ASCII stand as
// numeric references, except in names, comments, instructions and CDATA
// sections. The same answer file gives the same bytes. The error is an
// *Unwritable, and then there are no bytes.
//
// Text is written as it is, also that of a setting whose Secret has not been
// resolved; a setting with Hide is written in Windows' hidden form.
func Write(a *answer.File) ([]byte, error) {
	_, out, err := write(a, nil)
	return out, err
}

// write makes the document and its bytes. With origins it notes there where
// each element comes from.
func write(a *answer.File, origins map[*etree.Element]source.Span) (*etree.Document, []byte, error) {
	survey := surveyOf(a)
	if len(survey.diags.All) > 0 {
		survey.diags.Sort()
		return nil, nil, &Unwritable{Diags: &survey.diags}
	}
	doc := etree.NewDocument()
	doc.WriteSettings = etree.WriteSettings{CanonicalText: true, CanonicalAttrVal: true}
	w := &writer{own: ownNamespace(a), origins: origins}
	w.document(doc, answer.Canonical(a), survey)
	if limit := overLimit(doc); limit != "" {
		return nil, nil, unreadable(a, limit)
	}
	out, err := doc.WriteToBytes()
	if err != nil {
		return nil, nil, err
	}
	if out = toASCII(out); len(out) > MaxSize {
		return nil, nil, unreadable(a, fmt.Sprintf("is larger than %d MiB", MaxSize>>20))
	}
	return doc, out, nil
}

func ownNamespace(a *answer.File) string {
	switch a.Namespace {
	case "":
		return answer.Namespace
	case answer.NoNamespace:
		return ""
	}
	return a.Namespace
}

// writer turns answer nodes into etree elements.
type writer struct {
	own   string    // namespace of elements with an empty Space
	scope []binding // declarations in force, innermost last

	origins map[*etree.Element]source.Span // nil: nobody asks
}

// note tells where an element comes from.
func (w *writer) note(el *etree.Element, at answer.Spans) {
	if w.origins != nil {
		w.origins[el] = at.NamePlace()
	}
}

func (w *writer) document(doc *etree.Document, a *answer.File, s *survey) {
	doc.CreateProcInst("xml", `version="1.0" encoding="utf-8"`)
	doc.CreateText("\n")
	for _, e := range a.Prolog {
		w.extra(&doc.Element, e, layout{})
		doc.CreateText("\n")
	}
	name := a.Root
	if name == "" {
		name = "unattend"
	}
	root := doc.CreateElement(name)
	w.note(root, a.RootSpans)
	w.declareOn(root, s)
	w.attributes(root, a.Attributes)
	w.root(root, a)
	doc.CreateText("\n")
	for _, e := range a.Epilog {
		w.extra(&doc.Element, e, layout{})
		doc.CreateText("\n")
	}
}

func (w *writer) root(root *etree.Element, a *answer.File) {
	at := layout{flat: hasText(a.Extra)}
	servicing := a.Servicing
	if len(a.Packages) > 0 {
		servicing = &answer.Setting{Name: "servicing"}
		if a.Servicing != nil {
			*servicing = *a.Servicing
		}
		servicing.Children = a.Packages
	}
	if servicing != nil {
		in := at.inner()
		in.newLine(root)
		w.setting(root, servicing, in)
	}
	w.content(root, at, len(a.Passes), a.Extra, func(i int, in layout) { w.pass(root, a.Passes[i], in) })
	if servicing != nil && len(a.Passes)+len(a.Extra) == 0 {
		at.newLine(root)
	}
}

func (w *writer) pass(parent *etree.Element, p *answer.Pass, at layout) {
	defer w.leave(len(w.scope))
	el := parent.CreateElement("settings")
	w.note(el, p.Spans)
	w.attributes(el, p.Written())
	at.flat = at.flat || hasText(p.Extra)
	w.content(el, at, len(p.Components), p.Extra, func(i int, in layout) { w.component(el, p.Components[i], in) })
}

func (w *writer) component(parent *etree.Element, c *answer.Component, at layout) {
	defer w.leave(len(w.scope))
	el := parent.CreateElement("component")
	w.note(el, c.Spans)
	w.attributes(el, c.Written())
	at.flat = at.flat || hasText(c.Extra)
	w.content(el, at, len(c.Settings), c.Extra, func(i int, in layout) { w.setting(el, c.Settings[i], in) })
}

func (w *writer) setting(parent *etree.Element, s *answer.Setting, at layout) {
	defer w.leave(len(w.scope))
	el := parent.CreateElement(s.Name)
	w.note(el, s.Spans)
	declared := w.elementPrefix(el, s)
	w.attributes(el, s.Attributes)
	el.Attr = append(el.Attr, declared...)
	text := s.Written()
	if text != "" {
		w.text(el, text, s.Style == answer.XMLCData)
		at.flat = true
	}
	// White space in an element without children would come back as its value.
	at.flat = at.flat || len(s.Children) == 0 || hasText(s.Extra)
	w.content(el, at, len(s.Children), s.Extra, func(i int, in layout) { w.setting(el, s.Children[i], in) })
}

// leave ends the declarations of an element.
func (w *writer) leave(scope int) { w.scope = w.scope[:scope] }

// text appends character data. A CDATA section cannot carry CR, which a reader
// would turn into LF, nor its own end mark, which two sections can share.
func (w *writer) text(el *etree.Element, text string, cdata bool) {
	if cdata && !strings.Contains(text, "\r") && !strings.Contains(text, "]]>") {
		el.CreateCData(text)
		return
	}
	el.CreateText(text)
}

// content writes n children by child and the extras before, between and behind
// them, each on a line of its own unless the layout is flat.
func (w *writer) content(el *etree.Element, at layout, n int, extra []answer.Extra, child func(int, layout)) {
	if n+len(extra) == 0 {
		return
	}
	in := at.inner()
	next := 0
	for i := 0; i <= n; i++ {
		for ; next < len(extra) && (extra[next].Index <= i || i == n); next++ {
			in.newLine(el)
			w.extra(el, extra[next], in)
		}
		if i < n {
			in.newLine(el)
			child(i, in)
		}
	}
	at.newLine(el)
}

func (w *writer) extra(el *etree.Element, e answer.Extra, at layout) {
	switch e.Kind {
	case answer.Comment:
		el.CreateComment(e.Text)
	case answer.Instruction:
		target, data, _ := strings.Cut(e.Text, " ")
		el.CreateProcInst(target, data)
	case answer.Text:
		w.text(el, e.Text, false)
	case answer.Element:
		w.setting(el, e.Element, at)
	}
}

// layout is where a line begins. A flat one adds no white space, because it
// would become part of the text around it.
type layout struct {
	depth int
	flat  bool
}

func (l layout) inner() layout { return layout{l.depth + 1, l.flat} }

func (l layout) newLine(el *etree.Element) {
	if !l.flat {
		el.CreateText("\n" + strings.Repeat("  ", l.depth))
	}
}

func hasText(extra []answer.Extra) bool {
	return slices.ContainsFunc(extra, func(e answer.Extra) bool { return e.Kind == answer.Text })
}
