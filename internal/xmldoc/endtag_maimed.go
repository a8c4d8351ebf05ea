package xmldoc

import (
	"slices"
	"strings"

	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema/answer"
)

// closeMaimed ends the innermost element where its end tag has lost the "<":
// it is the end of a text then.
func (p *parser) closeMaimed() bool { return p.maimedAtEnd() || p.maimedBefore() }

func (p *parser) lacksSign(due *frame, tag, before source.Span) {
	p.failAt(tag, "the end tag </%s> lacks its \"<\"", p.openName(due)).
		Helpf("Write \"<\" in front of the slash.").
		FixBy("write the \"<\"", true, before, "<")
}

// maimedAtEnd takes the text at the end of the element for it.
func (p *parser) maimedAtEnd() bool {
	due, c := p.top(), &p.chars
	tag := "/" + due.qname + ">"
	raw := ""
	if c.started && !c.cdata {
		raw = strings.TrimRight(p.text[c.start:c.end], " \t\r\n")
	}
	text := strings.TrimRight(c.text(), " \t\r\n")
	if !strings.HasSuffix(raw, tag) || !strings.HasSuffix(text, tag) {
		return false
	}
	at := c.start + len(raw) - len(tag)
	p.lacksSign(due, p.place(at, at+len(tag)), p.place(at, at))
	c.value, c.buf, c.end = strings.TrimSuffix(text, tag), c.buf[:0], at
	p.pop(at, at+len(tag))
	return true
}

// maimedBefore takes a text for it that other elements follow, which stand
// behind the element and not in it.
func (p *parser) maimedBefore() bool {
	due, el := p.top(), p.top().el
	tag := "/" + due.qname + ">"
	inside, extra := 0, 0 // children and other content that stay
	switch i := slices.IndexFunc(el.Extra, func(x answer.Extra) bool { return x.Kind == answer.Text && endsIn(x.Text, x.Span, tag) }); {
	case p.children() == 0:
		return false
	case el.Style != answer.XMLCData && endsIn(el.Text, el.Value, tag):
		at := lastOf(el.Value, tag)
		p.lacksSign(due, at, source.Span{File: at.File, Start: at.Start, End: at.Start})
		el.Text, el.Value.End, el.Whole.End = cutEnd(el.Text, tag), at.Start, at.End
		if el.Raw != "" {
			el.Raw = el.Value.Text()
		}
	case i >= 0:
		x := &el.Extra[i]
		at := lastOf(x.Span, tag)
		p.lacksSign(due, at, source.Span{File: at.File, Start: at.Start, End: at.Start})
		x.Text, x.Span.End, el.Whole.End = cutEnd(x.Text, tag), at.Start, at.End
		inside, extra = x.Index, i+1
		if isBlankText(x.Text) {
			el.Extra, extra = slices.Delete(el.Extra, i, i+1), i
		}
	default:
		return false
	}
	p.endBefore(inside, extra)
	return true
}

// endBefore closes the innermost element, whose end is known already, behind
// its first children and other contents, and hands the rest to the one above.
func (p *parser) endBefore(children, extra int) {
	f, above := *p.top(), p.open[len(p.open)-2]
	whole := p.place(f.start, f.content)
	f.el.Whole = source.Span{File: whole.File, Start: whole.Start, End: f.el.Whole.End}
	for _, x := range f.el.Extra[extra:] {
		x.Index += f.kids - above.kids + 1 - children
		above.el.Extra = append(above.el.Extra, x)
	}
	f.el.Extra = f.el.Extra[:extra]
	f.el.Children = p.slab.list(p.kids[f.kids : f.kids+children])
	p.kids = slices.Insert(slices.Delete(p.kids, f.kids, f.kids+children), f.kids, f.el)
	p.scope = p.scope[:f.scope]
	p.open = p.open[:len(p.open)-1]
}

func endsIn(text string, at source.Span, tag string) bool {
	return strings.HasSuffix(strings.TrimRight(text, " \t\r\n"), tag) && strings.HasSuffix(strings.TrimRight(at.Text(), " \t\r\n"), tag)
}

func cutEnd(text, tag string) string {
	return strings.TrimSuffix(strings.TrimRight(text, " \t\r\n"), tag)
}

// lastOf is the place of the tag at the end of a text.
func lastOf(text source.Span, tag string) source.Span {
	end := text.Start + len(strings.TrimRight(text.Text(), " \t\r\n"))
	return source.Span{File: text.File, Start: end - len(tag), End: end}
}
