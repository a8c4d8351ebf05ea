package xmldoc

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema/answer"
)

// rawAttr is an attribute before its prefix is resolved.
type rawAttr struct {
	qname                string
	start                int // of the name
	valueStart, valueEnd int // without the quotes
	value                string
}

// startTag reads "<name attributes>" or "<name attributes/>".
func (p *parser) startTag() {
	start := p.pos
	n := nameLength(p.text[start+1:])
	qname := p.text[start+1 : start+1+n]
	p.pos = start + 1 + n
	p.attrs, p.tagError = p.attrs[:0], nil
	closed, ok := p.attributes(start)
	if !ok && p.isValueText(start) {
		p.pos = start + 1
		p.chars.add(start, p.pos, "<")
		p.lessInValue(start)
		return
	}
	if p.tagError != nil {
		p.report(p.tagError)
	}
	p.flush(false)
	p.count(start, len(p.attrs))
	if len(p.open) == 1 && !p.fragment && p.secondRoot(qname, start) {
		return
	}
	p.element(qname, start, closed)
}

// element makes the node of the tag that was just read.
func (p *parser) element(qname string, start int, closed bool) {
	scope := len(p.scope)
	el := p.newSetting(start)
	isRoot := len(p.open) == 1 && !p.fragment
	if isRoot {
		p.root, p.rootTag = el, start+1+len(qname)
		p.outside = false
	}
	p.bindings()
	p.resolve(el, qname, start+1)
	f := frame{el: el, qname: qname, start: start, content: p.pos, scope: scope}
	if isRoot {
		p.rootFrame, p.rootScope = f, slices.Clone(p.scope[scope:])
	}
	if closed {
		el.Whole = p.place(start, p.pos)
		p.kids = append(p.kids, el)
		p.scope = p.scope[:scope]
		return
	}
	p.push(f)
}

// attributes reads up to the end of the start tag. closed tells "/>"; ok is
// false when the tag ended without ">", at a "<" or at the end of the text.
func (p *parser) attributes(start int) (closed, ok bool) {
	for {
		blanks := p.skipBlanks()
		if p.pos >= len(p.text) {
			p.tagError = nil // whatever was wrong, the file was cut off
			p.tagFail(start, start+1, "the tag has no end").Helpf("Close the tag with >.")
			p.cut = true
			return false, false
		}
		switch c := p.text[p.pos]; {
		case c == '>':
			p.pos++
			return false, true
		case strings.HasPrefix(p.text[p.pos:], "/>"):
			p.pos += 2
			return true, true
		case c == '<':
			p.tagFail(start, p.pos, "the tag is not closed before the next one begins").
				Helpf("Close the tag with >, or write &lt; where a \"<\" belongs to a value.").
				FixBy("close the tag", false, p.place(p.tagTextEnd(), p.tagTextEnd()), ">")
			return false, false
		case startsName(p.text[p.pos:]):
			p.attribute(start, blanks)
		default:
			p.junk()
		}
		if len(p.attrs) > maxAttributes {
			p.limit(start, "an element has more than %d attributes", maxAttributes)
			return false, true
		}
	}
}

// tagTextEnd is the end of the tag's text before the position, without blanks.
func (p *parser) tagTextEnd() int {
	i := p.pos
	for i > 0 && isBlank(p.text[i-1]) {
		i--
	}
	return i
}

func (p *parser) skipBlanks() int {
	from := p.pos
	for p.pos < len(p.text) && isBlank(p.text[p.pos]) {
		p.pos++
	}
	return p.pos - from
}

// junk passes over what is neither a name nor the end of the tag.
func (p *parser) junk() {
	start := p.pos
	for p.pos++; p.pos < len(p.text) && !isBlank(p.text[p.pos]) && !strings.ContainsRune("<>/", rune(p.text[p.pos])); {
		p.pos++
	}
	p.tagFail(start, p.pos, "a tag holds something that is no attribute").Helpf("Attributes are written name=\"value\".")
}

// attribute reads one name="value".
func (p *parser) attribute(tag, blanks int) {
	start := p.pos
	n := nameLength(p.text[start:])
	a := rawAttr{qname: p.text[start : start+n], start: start}
	if blanks == 0 && len(p.attrs) > 0 {
		p.tagFail(start, start+n, "a blank is missing in front of the attribute %s", p.namedIn(tag, a.qname, start)).
			FixBy("insert a blank", true, p.place(start, start), " ")
	}
	p.pos += n
	p.skipBlanks()
	if p.pos >= len(p.text) || p.text[p.pos] != '=' {
		p.pos = start + n
		a.valueStart, a.valueEnd = p.pos, p.pos
		p.tagFail(start, p.pos, "the attribute %s has no value", p.namedIn(tag, a.qname, start)).Helpf("Attributes are written name=\"value\".")
		p.attrs = append(p.attrs, a)
		return
	}
	p.pos++
	p.skipBlanks()
	p.attributeValue(&a, tag)
	p.attrs = append(p.attrs, a)
}

func (p *parser) attributeValue(a *rawAttr, tag int) {
	if p.pos >= len(p.text) || p.text[p.pos] != '"' && p.text[p.pos] != '\'' {
		p.unquoted(a, tag)
		return
	}
	quote := p.text[p.pos]
	a.valueStart = p.pos + 1
	end := p.valueEnd(quote)
	closed := end < len(p.text) && p.text[end] == quote
	a.valueEnd = end
	p.pos = end
	if closed {
		p.pos++
	} else {
		p.tagFail(a.valueStart-1, a.valueStart, "the value of the attribute %s has no closing quote", p.namedIn(tag, a.qname, a.start)).
			Helpf("Close the value with %c.", quote)
	}
	a.value = p.attributeText(a.valueStart, end, closed)
}

// valueEnd finds where the quoted value at the position ends: at its quote, or,
// when a tag begins before that, at the end of this tag, since the quote is
// missing then.
func (p *parser) valueEnd(quote byte) int {
	rest := p.text[p.pos+1:]
	n := -1
	memo := &p.noQuote[quote&1] // '"' is even, '\'' is odd
	if !*memo {
		n = strings.IndexByte(rest, quote)
		*memo = n < 0
	}
	if n >= 0 {
		rest = rest[:n]
	}
	less := strings.IndexByte(rest, '<')
	if n >= 0 && (less < 0 || p.looksClosed(rest, p.pos+1+n)) {
		return p.pos + 1 + n
	}
	if less < 0 {
		less = len(rest)
	}
	greater := strings.IndexByte(rest[:less], '>')
	if greater < 0 {
		if n >= 0 {
			return p.pos + 1 + n
		}
		return p.pos + 1 + less
	}
	if greater > 0 && rest[greater-1] == '/' {
		greater--
	}
	return p.pos + 1 + greater
}

// looksClosed tells that the quote at the offset really ends the value: the
// value is on one line, and what follows can follow an attribute.
func (p *parser) looksClosed(value string, quote int) bool {
	next := p.text[quote+1:]
	return strings.IndexByte(value, '\n') < 0 && next != "" && (isBlank(next[0]) || next[0] == '>' || next[0] == '/')
}

// typographic are the quotes that word processors and web pages write for the
// two of XML: double and single ones.
var typographic = [...]string{"“”„‟«»", "‘’‚‛"}

// typeset reads a value in typographic quotes, if one begins here.
func (p *parser) typeset(a *rawAttr, tag int) bool {
	rest := p.text[p.pos:]
	first, open := utf8.DecodeRuneInString(rest)
	quotes := ""
	for _, kind := range typographic {
		if strings.ContainsRune(kind, first) {
			quotes = kind
		}
	}
	if quotes == "" {
		return false
	}
	n := strings.IndexAny(rest[open:], quotes+"<>\n")
	if n < 0 || strings.IndexByte("<>\n", rest[open+n]) >= 0 {
		return false
	}
	_, closing := utf8.DecodeRuneInString(rest[open+n:])
	start := p.pos
	a.valueStart, a.valueEnd = start+open, start+open+n
	a.value = p.text[a.valueStart:a.valueEnd]
	p.pos = a.valueEnd + closing
	d := p.tagFail(start, p.pos, "the value of the attribute %s is in typographic quotes", p.namedIn(tag, a.qname, a.start)).
		Helpf("Write \" or ' on both sides.")
	if !strings.ContainsAny(a.value, `"&`) {
		d.Fix = &diag.Fix{Title: "write straight quotes", Safe: true, Edits: []diag.Edit{
			{Span: p.place(start, a.valueStart), Text: `"`}, {Span: p.place(a.valueEnd, p.pos), Text: `"`},
		}}
	}
	return true
}

// unquoted reads a value without quotes up to a blank or the end of the tag.
func (p *parser) unquoted(a *rawAttr, tag int) {
	if p.typeset(a, tag) {
		return
	}
	start := p.pos
	for p.pos < len(p.text) && !isBlank(p.text[p.pos]) && p.text[p.pos] != '>' && p.text[p.pos] != '<' && !strings.HasPrefix(p.text[p.pos:], "/>") {
		p.pos++
	}
	a.valueStart, a.valueEnd = start, p.pos
	a.value = p.text[start:p.pos]
	d := p.tagFail(start, p.pos, "the value of the attribute %s is not in quotes", p.namedIn(tag, a.qname, a.start))
	if !strings.ContainsAny(a.value, `"&`+typographic[0]+typographic[1]) {
		d.Fix = &diag.Fix{Title: "put the value into quotes", Safe: true, Edits: []diag.Edit{
			{Span: p.place(start, start), Text: `"`}, {Span: p.place(p.pos, p.pos), Text: `"`},
		}}
	}
}

// attributeText decodes the value between two offsets: references are replaced
// and each white space character becomes a blank, as XML asks for.
func (p *parser) attributeText(start, end int, closed bool) string {
	if isPlainValue(p.text[start:end]) {
		return p.text[start:end]
	}
	whole := p.text
	p.text = whole[:end] // a reference must not run out of the value
	var b strings.Builder
	var bare []int
	for i := start; i < end && !p.stopped; {
		switch c := p.text[i]; {
		case c == '<' && closed:
			if stop, marks := templateAt(p.text, i); stop > 0 {
				p.placeholder(i, stop, marks)
				b.WriteString(p.text[i:stop])
				i = stop
				continue
			}
			p.lessInValue(i)
		case c == '\t' || c == '\n':
			b.WriteByte(' ')
			i++
			continue
		case stops[c] && c != '<' && c != ']':
			if decoded, size := p.special(i, &bare, ""); size > 0 {
				if c == '\r' {
					decoded = " "
				}
				b.WriteString(decoded)
				i += size
				continue
			}
		}
		b.WriteByte(p.text[i])
		i++
	}
	p.text = whole
	p.bareAmpersands(bare)
	return b.String()
}

func isPlainValue(s string) bool {
	for i := range len(s) {
		if c := s[i]; stops[c] && c != ']' || c == '\t' || c == '\n' {
			return false
		}
	}
	return true
}

// resolve gives the element its name, namespace, spans and attributes.
func (p *parser) resolve(el *answer.Setting, qname string, at int) {
	prefix, local := p.split(qname, at)
	el.Prefix, el.Name = prefix, local
	el.Spans.Name = p.place(at+len(qname)-len(local), at+len(qname))
	el.Space = p.elementSpace(prefix, at)
	n := 0
	for i := range p.attrs {
		if !isDeclaration(p.attrs[i].qname) {
			n++
		}
	}
	if n == 0 {
		return
	}
	el.Attributes = p.slab.attributes(n)
	for i := range p.attrs {
		if raw := &p.attrs[i]; !isDeclaration(raw.qname) {
			p.addAttribute(el, raw)
		}
	}
	if n > 1 {
		p.dropTwins(el)
	}
}

func (p *parser) addAttribute(el *answer.Setting, raw *rawAttr) {
	prefix, local := p.split(raw.qname, raw.start)
	a := answer.Attribute{Prefix: prefix, Name: local, Value: raw.value}
	if prefix != "" {
		a.Space = p.prefixSpace(prefix, raw.start)
	}
	nameEnd := raw.start + len(raw.qname)
	a.Spans.Name = p.place(nameEnd-len(local), nameEnd)
	a.Spans.Value = p.place(raw.valueStart, raw.valueEnd)
	a.Whole = p.place(raw.start, max(nameEnd, min(raw.valueEnd+1, p.pos)))
	p.checkListAttribute(&a)
	el.Attributes = append(el.Attributes, a)
}

// dropTwins reports attributes that stand twice on the element and keeps the
// first of them.
func (p *parser) dropTwins(el *answer.Setting) {
	type key struct{ space, name string }
	var seen map[key]source.Span
	if len(el.Attributes) > 8 {
		seen = make(map[key]source.Span, len(el.Attributes))
	}
	kept := el.Attributes[:0]
	for _, a := range el.Attributes {
		first, twice := source.Span{}, false
		if seen != nil {
			if first, twice = seen[key{a.Space, a.Name}]; !twice {
				seen[key{a.Space, a.Name}] = a.Spans.Name
			}
		} else {
			for i := range kept {
				if kept[i].Name == a.Name && kept[i].Space == a.Space {
					first, twice = kept[i].Spans.Name, true
				}
			}
		}
		if twice {
			p.failAt(a.Spans.Name, "the attribute %s stands twice on the element <%s>", p.named(a.Name, a.Spans.Name.Start), p.named(el.Name, el.Spans.Name.Start)).
				Relate(first, "the first one")
			continue
		}
		kept = append(kept, a)
	}
	el.Attributes = kept
}
