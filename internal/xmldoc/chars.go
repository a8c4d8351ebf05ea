package xmldoc

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/schema/answer"
)

// charData is the text of the innermost element since its last tag. Comments
// and instructions inside do not end it: the value of an element is its text
// without them.
type charData struct {
	started    bool
	start, end int
	value      string // as long as one piece of the text serves
	buf        []byte // from the second piece on
	cdata      bool
	solid      bool // more than white space
}

func (c *charData) add(start, end int, s string) {
	switch {
	case !c.started:
		c.started, c.start, c.value = true, start, s
	case s == "":
	case len(c.buf) == 0 && c.value == "":
		c.value = s
	case len(c.buf) == 0:
		c.buf = append(append(c.buf, c.value...), s...)
	default:
		c.buf = append(c.buf, s...)
	}
	c.end = end
	c.solid = c.solid || !isBlankText(s)
}

func (c *charData) text() string {
	if len(c.buf) > 0 {
		return string(c.buf)
	}
	return c.value
}

// flush hands the text to the innermost element, in front of its next child or,
// with leaf, at the end of an element that has none.
func (p *parser) flush(leaf bool) {
	c := &p.chars
	if !c.started {
		return
	}
	switch {
	case !c.solid && !leaf:
	case len(p.open) == 1 && !p.fragment:
		p.textOutside(c.start)
	case p.children() > 0:
		p.addExtra(answer.Text, c.text(), c.start, c.end)
	default:
		p.setText(p.top().el, c.text())
	}
	*c = charData{buf: c.buf[:0]}
}

func (p *parser) setText(el *answer.Setting, value string) {
	c := &p.chars
	el.Text = value
	el.Value = p.place(c.start, c.end)
	if raw := p.text[c.start:c.end]; raw != value {
		el.Raw = raw
	}
	if c.cdata {
		el.Style = answer.XMLCData
	}
	p.blankLeafs = p.blankLeafs || !c.solid
}

// endText ends the text of the innermost element at its end tag. An element
// without any text has the place between its tags for a value.
func (p *parser) endText(valueEnd int) {
	f := p.top()
	if p.children() == 0 && !p.chars.started && len(f.el.Extra) == 0 {
		f.el.Value = p.place(min(f.content, valueEnd), valueEnd)
		return
	}
	p.flush(p.children() == 0)
}

func (p *parser) textOutside(start int) {
	if p.outside {
		return
	}
	p.outside = true
	for isBlank(p.text[start]) {
		start++
	}
	end := len(p.text)
	if n := strings.IndexAny(p.text[start:], "<\r\n"); n >= 0 {
		end = start + max(n, 1)
	}
	switch {
	case p.root != nil:
		p.fail(start, end, "text stands behind the end of the root element <%s>", p.root.Name).
			Relate(p.root.NamePlace(), "the root element begins here")
	case strings.IndexByte(p.text[start:], '<') < 0:
		p.fail(start, end, "this is no XML: the file holds text without any element")
	default:
		p.fail(start, end, "text stands before the root element").Helpf("Remove everything between the XML declaration and the root element but comments.")
	}
}

func isBlankText(s string) bool {
	for i := range len(s) {
		if !isBlank(s[i]) {
			return false
		}
	}
	return true
}

// stops are the bytes at which copying text has to pause.
var stops = func() (t [256]bool) {
	for c := range 0x20 {
		t[c] = c != '\t' && c != '\n'
	}
	t['<'], t['&'], t[']'], t[0xEF] = true, true, true, true
	return t
}()

// characters reads text up to the next "<".
func (p *parser) characters() {
	if p.indentation() {
		return
	}
	i, from := p.pos, p.pos
	var bare []int
	for i < len(p.text) && p.text[i] != '<' {
		if !stops[p.text[i]] {
			i++
			continue
		}
		decoded, size := p.special(i, &bare, "]]>")
		if p.stopped {
			break
		}
		if size == 0 {
			i++
			continue
		}
		if i > from {
			p.chars.add(from, i, p.text[from:i])
		}
		p.chars.add(i, i+size, decoded)
		i += size
		from = i
	}
	if i > from {
		p.chars.add(from, i, p.text[from:i])
	}
	p.pos = i
	p.bareAmpersands(bare)
}

// indentation passes over white space that can be no part of a value, which is
// most of the text of a file: in front of a start tag, or behind a child.
func (p *parser) indentation() bool {
	if p.chars.started {
		return false
	}
	i := p.pos
	for i < len(p.text) && isBlank(p.text[i]) {
		i++
	}
	if i+1 >= len(p.text) || p.text[i] != '<' {
		return false
	}
	if c := p.text[i+1]; c >= utf8.RuneSelf || classes[c]&nameStart == 0 && (c != '/' || p.children() == 0) {
		return false
	}
	p.pos = i
	return true
}

// special decodes what stands at a stop byte: a reference or a line end. Size 0
// means that the byte stands for itself. A text that closes what is not open
// (closer) and characters that XML forbids are reported; they stay in the value.
func (p *parser) special(i int, bare *[]int, closer string) (decoded string, size int) {
	rest := p.text[i:]
	switch c := rest[0]; {
	case c == '&':
		return p.reference(i, bare)
	case c == '\r':
		if len(rest) > 1 && rest[1] == '\n' {
			return "\n", 2
		}
		return "\n", 1
	case c == ']':
		if strings.HasPrefix(rest, closer) {
			p.fail(i, i+3, "the text holds \"]]>\", which ends a CDATA section that was never begun").
				FixBy("write ]]&gt;", true, p.place(i, i+3), "]]&gt;")
		}
	case c < 0x20:
		p.fail(i, i+1, "the control character U+%04X is not allowed in XML", c).Helpf("Remove the character; XML carries it in no spelling.")
	case c == 0xEF:
		if r, n := utf8.DecodeRuneInString(rest); !isXMLChar(r) {
			p.fail(i, i+n, "the character U+%04X is not allowed in XML", r).Helpf("Remove the character; XML carries it in no spelling.")
		}
	}
	return "", 0
}

// predefined is what one of the five entities of XML stands for, "" for other
// names.
func predefined(name string) string {
	switch name {
	case "amp":
		return "&"
	case "lt":
		return "<"
	case "gt":
		return ">"
	case "apos":
		return "'"
	case "quot":
		return `"`
	}
	return ""
}

// reference decodes the reference at i. A bare ampersand is noted for one
// common report and stands for itself.
func (p *parser) reference(i int, bare *[]int) (decoded string, size int) {
	rest := p.text[i+1:]
	if strings.HasPrefix(rest, "#") {
		return p.numeric(i)
	}
	n := nameLength(rest)
	if n == 0 || n >= len(rest) || rest[n] != ';' {
		if s := predefined(rest[:n]); s != "" {
			p.fail(i, i+1+n, "the reference &%s lacks its semicolon", rest[:n]).FixBy("add the semicolon", false, p.place(i+1+n, i+1+n), ";")
			return s, n + 1
		}
		if len(*bare) < maxProblems {
			*bare = append(*bare, i)
		}
		return "", 0
	}
	if s := predefined(rest[:n]); s != "" {
		return s, n + 2
	}
	// The name may be part of a password, so it is not repeated.
	p.fail(i, i+n+2, "the reference names an entity that is not defined; XML knows amp, lt, gt, apos and quot alone").
		Helpf("Write the character itself or its number, such as &#160; for &nbsp;, or &amp; where an ampersand is meant.").
		FixBy("write &amp; for the ampersand", false, p.place(i, i+1), "&amp;")
	return "", 0
}

func (p *parser) numeric(i int) (decoded string, size int) {
	rest := p.text[i+2:]
	base, at := 10, 0
	if strings.HasPrefix(rest, "x") {
		base, at = 16, 1
	}
	n := at
	for n < len(rest) && (rest[n] >= '0' && rest[n] <= '9' || base == 16 && (rest[n]|0x20 >= 'a' && rest[n]|0x20 <= 'f')) {
		n++
	}
	if n == at || n >= len(rest) || rest[n] != ';' {
		p.fail(i, i+2+n, "the ampersand begins a numeric reference that is not complete").
			Helpf("Write &amp; for an ampersand, or a reference such as &#228; with its semicolon.").
			FixBy("write &amp; for the ampersand", false, p.place(i, i+1), "&amp;")
		return "", 0
	}
	code, err := strconv.ParseUint(rest[at:n], base, 32)
	if err != nil || code > utf8.MaxRune || !isXMLChar(rune(code)) {
		p.fail(i, i+3+n, "the numeric reference names a character that XML does not allow").Helpf("Remove the reference; XML carries the character in no spelling.")
		return "", 0
	}
	return string(rune(code)), n + 3
}

// bareAmpersands reports the ampersands of one value together, as one cause has
// one cure.
func (p *parser) bareAmpersands(at []int) {
	if len(at) == 0 {
		return
	}
	d := p.fail(at[0], at[0]+1, "a bare \"&\" stands in a value")
	if len(at) > 1 {
		d.Message = strconv.Itoa(len(at)) + " bare \"&\" stand in a value"
	}
	d.Helpf("Write &amp; for the ampersand.")
	d.Fix = &diag.Fix{Title: "write &amp; for the ampersand", Safe: true}
	for _, i := range at {
		d.Fix.Edits = append(d.Fix.Edits, diag.Edit{Span: p.place(i, i+1), Text: "&amp;"})
	}
}
