package xmldoc

import (
	"slices"
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// endTag reads "</name>" and closes what it closes.
func (p *parser) endTag() {
	start := p.pos
	if p.expected() {
		return
	}
	p.pos += 2
	blanks := p.skipBlanks()
	n := nameLength(p.text[p.pos:])
	qname := p.text[p.pos : p.pos+n]
	p.pos += n
	p.skipBlanks()
	switch {
	case p.pos < len(p.text) && p.text[p.pos] == '>':
		p.pos++
	default:
		p.skipEndTag(start)
	}
	if n == 0 {
		p.fail(start, p.pos, "the end tag has no name")
		if len(p.open) > 1 {
			p.pop(start, p.pos)
		}
		return
	}
	if blanks > 0 {
		p.fail(start+2, start+2+blanks, "blanks stand between \"</\" and the name").FixBy("remove the blanks", true, p.place(start+2, start+2+blanks), "")
	}
	p.close(qname, start)
}

// expected reads the end tag of the innermost element as nearly all files write
// it.
func (p *parser) expected() bool {
	qname := p.top().qname
	rest := p.text[p.pos+2:]
	if len(p.open) == 1 || p.again || len(rest) <= len(qname) || rest[:len(qname)] != qname || rest[len(qname)] != '>' {
		return false
	}
	start := p.pos
	p.pos += len("</") + len(qname) + len(">")
	p.pop(start, p.pos)
	return true
}

// skipEndTag passes over what stands in an end tag behind its name.
func (p *parser) skipEndTag(start int) {
	from := p.pos
	for p.pos < len(p.text) && p.text[p.pos] != '>' && p.text[p.pos] != '<' {
		p.pos++
	}
	if p.pos < len(p.text) && p.text[p.pos] == '>' {
		p.pos++
		if p.pos-1 > from {
			p.fail(from, p.pos-1, "an end tag holds more than a name")
		}
		return
	}
	p.pos = from
	at := p.tagTextEnd()
	p.fail(start, at, "the end tag is not closed").FixBy("close the tag", true, p.place(at, at), ">")
}

// close ends the element that an end tag names.
func (p *parser) close(qname string, start int) {
	top := p.top()
	if p.again && len(p.open) == 2 && top.qname == qname {
		return
	}
	if len(p.open) > 1 && top.qname == qname {
		p.pop(start, p.pos)
		return
	}
	for i := len(p.open) - 1; i > 0; i-- {
		if p.open[i].qname == qname {
			p.closeOuter(i, start)
			return
		}
	}
	p.closeNothing(qname, start)
}

// closeOuter ends an element while others inside of it are still open.
func (p *parser) closeOuter(outer, start int) {
	if p.closeMaimed() {
		p.close(p.open[outer].qname, start)
		return
	}
	due := p.top()
	name := p.openName(due)
	d := p.fail(start, p.pos, "the end tag </%s> stands where </%s> is due", p.openName(&p.open[outer]), name)
	d.Helpf("Close <%s> before this end tag.", name)
	for i := len(p.open) - 1; i > outer && len(d.Related) < maxRelated; i-- {
		f := &p.open[i]
		d.Relate(p.place(f.start, f.content), "<%s> was opened here and is not closed", p.openName(f))
	}
	if p.twiceOpened(outer) {
		d.Helpf("<%s> was opened twice; the second one was probably meant to be the end tag.", name).
			FixBy("make the second tag the end tag", false, p.place(due.start+1, due.start+1), "/")
		p.dropTop()
	}
	for len(p.open) > outer+1 {
		p.pop(start, start)
		p.freeNested()
	}
	p.pop(start, p.pos)
}

// freeNested takes what stands in the last child from the first element of its
// own name on out of it: no element holds one of its name, so that is where its
// end tag is missing.
func (p *parser) freeNested() {
	outer := p.kids[len(p.kids)-1]
	i := slices.IndexFunc(outer.Children, func(s *answer.Setting) bool { return s.Name == outer.Name && s.Prefix == outer.Prefix })
	if i < 0 {
		return
	}
	free := outer.Children[i:]
	outer.Children = outer.Children[:i:i]
	limitIndex(outer.Extra, i)
	outer.Whole.End = free[0].Whole.Start
	p.kids = append(p.kids, free...)
}

// twiceOpened tells that the innermost element is an empty one of the same name
// as its parent: <A>text<A> in place of <A>text</A>.
func (p *parser) twiceOpened(outer int) bool {
	n := len(p.open)
	if n-2 <= outer {
		return false
	}
	due, above := p.open[n-1], p.open[n-2]
	return due.qname == above.qname && p.children() == 0 && len(due.el.Attributes) == 0 && !p.chars.solid
}

// dropTop forgets the innermost element.
func (p *parser) dropTop() {
	f := p.top()
	p.kids, p.scope = p.kids[:f.kids], p.scope[:f.scope]
	p.open = p.open[:len(p.open)-1]
	p.chars = charData{buf: p.chars.buf[:0]}
}

// closeNothing handles an end tag whose element is not open: a misspelt one
// closes the innermost element, any other is passed over.
func (p *parser) closeNothing(qname string, start int) {
	if len(p.open) == 1 {
		p.flush(false)
		p.fail(start, p.pos, "the end tag </%s> closes nothing: no element is open", qname).
			Helpf("Remove the end tag, or add the start tag that it belongs to.")
		return
	}
	top := p.top()
	at := start + max(strings.Index(p.text[start:p.pos], qname), 0)
	name := p.openName(top)
	d := p.fail(start, p.pos, "the end tag </%s> closes nothing: the innermost open element is <%s>", p.named(qname, at), name)
	d.Relate(p.place(top.start, top.content), "<%s> was opened here", name)
	if !p.misspelt(qname) {
		d.Helpf("Remove the end tag, or add the start tag that it belongs to.")
		p.addStart(d, qname, start)
		return
	}
	d.Helpf("Write </%s>.", name)
	if name != unnamed {
		d.FixBy("name the element that is open", false, p.place(at, at+len(qname)), top.qname)
	}
	p.pop(start, p.pos)
}

// maxNear is how many children before a stray end tag may belong to it.
const maxNear = 100

// addStart makes the element whose start tag is missing, when that can be told:
// an earlier child has its name, and others stand behind that one.
func (p *parser) addStart(d *diag.Diagnostic, qname string, start int) {
	kids := p.kids[p.top().kids:]
	last := len(kids) - 1
	for last >= 0 && last > len(kids)-maxNear && (kids[last].Prefix != "" || kids[last].Name != qname) {
		last--
	}
	if last < 0 || last == len(kids)-1 || kids[last].Name != qname {
		return
	}
	p.flush(false)
	limitIndex(p.top().el.Extra, last+1)
	within := kids[last+1:]
	first := within[0].Whole.Start
	d.Relate(p.place(first, first), "the start tag <%s> is probably missing here", p.named(qname, start+2))
	el := p.newSetting(start)
	el.Name, el.Space, el.Children = qname, kids[last].Space, p.slab.list(within)
	el.Spans.Name = p.place(start+2, start+2+len(qname))
	el.Whole = p.place(first, p.pos)
	p.kids = append(p.kids[:len(p.kids)-len(within)], el)
}

// limitIndex keeps extras among the children that are left.
func limitIndex(extra []answer.Extra, n int) {
	for i := range extra {
		extra[i].Index = min(extra[i].Index, n)
	}
}

// misspelt tells that an end tag was probably meant for the innermost element:
// the names are alike, or the element holds a value and nothing else and its
// own end tag does not follow.
func (p *parser) misspelt(qname string) bool {
	top := p.top()
	if strings.EqualFold(qname, top.qname) || schema.Nearest(qname, []string{top.qname}) != "" {
		return true
	}
	rest := strings.TrimLeft(p.text[p.pos:min(p.pos+1024, len(p.text))], " \t\r\n")
	return p.children() == 0 && p.chars.solid && !strings.HasPrefix(rest, "</"+top.qname)
}

// unclosedAtEnd reports the elements that the end of the text leaves open.
func (p *parser) unclosedAtEnd() {
	end := len(p.text)
	for end > 0 && isBlank(p.text[end-1]) {
		end--
	}
	name := p.openName(p.top())
	d := p.fail(end, end, "the file ends inside of the element <%s>", name)
	if p.fragment {
		d.Message = "the text ends inside of the element <" + name + ">"
	}
	d.Helpf("Add the missing end tag </%s>; the file may have been cut off.", name)
	for i := len(p.open) - 1; i > 0 && len(d.Related) < maxRelated; i-- {
		f := &p.open[i]
		d.Relate(p.place(f.start, f.content), "<%s> was opened here and is not closed", p.openName(f))
	}
}

// isValueText tells whether "<" and the letters behind it, which began no
// complete tag, are text of the innermost element: no attribute was read, and
// the end tag of that element follows at once.
func (p *parser) isValueText(start int) bool {
	if len(p.open) < 2 || p.children() > 0 || strings.ContainsRune(p.text[start:p.pos], '=') {
		return false
	}
	rest, ok := strings.CutPrefix(p.text[p.pos:], "</"+p.top().qname)
	return ok && rest != "" && (rest[0] == '>' || isBlank(rest[0]))
}

// secondRoot handles an element behind the end of the root. It is read as a
// child of the root that was closed too early; a second root of the same name
// continues the first.
func (p *parser) secondRoot(qname string, start int) bool {
	if p.root == nil {
		return false
	}
	if !p.outside {
		p.outside = true
		d := p.fail(start, p.pos, "the element <%s> stands behind the end of the root element <%s>", qname, p.root.Name)
		d.Relate(p.root.Whole, "the root element").Helpf("Close the root element once, at the end of the file.")
	}
	p.reopen()
	return strings.HasSuffix(qname, p.root.Name) && len(qname) >= len(p.root.Name)
}

// reopen makes the root the innermost open element again, for good: further
// end tags of it are passed over.
func (p *parser) reopen() {
	f := p.rootFrame
	p.kids = p.kids[:len(p.kids)-1]
	f.kids, f.scope = len(p.kids), len(p.scope)
	p.open = append(p.open, f)
	p.kids = append(p.kids, p.root.Children...)
	p.scope = append(p.scope, p.rootScope...)
	p.again = true
}
