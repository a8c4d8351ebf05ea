package xmldoc

import (
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema/answer"
)

// parser reads XML text into elements and goes on behind mistakes where that
// is safe. It never looks back further than the innermost open element and
// never recurses, so that hostile input costs time in proportion to its size.
type parser struct {
	text     string
	pos      int
	place    func(start, end int) source.Span
	diags    *diag.List
	fragment bool

	open  []frame           // open[0] is the document or fragment itself
	kids  []*answer.Setting // finished children of all open elements
	scope []binding         // namespace declarations in force
	chars charData          // text since the last tag of the innermost element
	nodes int
	slab  slabs

	attrs    []rawAttr        // of the tag that is being read
	tagError *diag.Diagnostic // the first mistake of that tag; others follow from it

	root         *answer.Setting // first element of the document
	rootFrame    frame
	rootScope    []binding        // declarations of the root
	rootTag      int              // offset behind the root's name, where a declaration can be put
	again        bool             // the root was opened a second time
	unbound      []string         // prefixes that were reported as undeclared
	template     *diag.Diagnostic // the report of template placeholders
	placeholders int
	allowed      bool    // placeholders are no mistake
	noQuote      [2]bool // no further " or ' in the text
	openDoctype  bool    // a document type declaration has no end
	declared     bool    // an XML declaration was seen
	outside      bool    // content before the root, or behind it, was reported
	cut          bool    // the rest of the text was swallowed by something unclosed
	stopped      bool    // a limit was reached
	blankLeafs   bool    // an element holds nothing but white space
}

// frame is an open element.
type frame struct {
	el      *answer.Setting
	qname   string // with prefix, as typed
	start   int    // offset of "<"
	content int    // offset behind the start tag
	kids    int    // its children begin there in parser.kids
	scope   int    // declarations in force outside of it
	sounds  uint8  // 0 = nobody asked, 1 = no secret, 2 = like one
}

func newParser(text string, place func(start, end int) source.Span, diags *diag.List) *parser {
	p := &parser{text: text, place: place, diags: diags, scope: make([]binding, 0, 8)}
	p.slab.size = min(max(strings.Count(text, "<")/2, 8), 512) // an element has two tags
	p.scope = append(p.scope, binding{prefix: "xml", uri: answer.XMLNamespace})
	p.open = append(make([]frame, 0, 16), frame{el: &answer.Setting{}})
	return p
}

// parse reads the whole text. The result holds the top elements as children
// and what else stands beside them as extras.
func (p *parser) parse() *answer.Setting {
	for p.pos < len(p.text) && !p.stopped {
		if p.text[p.pos] == '<' {
			p.markup()
		} else {
			p.characters()
		}
	}
	return p.finish()
}

func (p *parser) markup() {
	rest := p.text[p.pos:]
	switch {
	case len(rest) > 1 && startsName(rest[1:]):
		p.startTag()
	case strings.HasPrefix(rest, "</"):
		p.endTag()
	case strings.HasPrefix(rest, "<!--"):
		p.comment()
	case strings.HasPrefix(rest, "<![CDATA["):
		p.cdata()
	case strings.HasPrefix(rest, "<?"):
		p.instruction()
	case len(rest) >= 9 && strings.EqualFold(rest[:9], "<!DOCTYPE"):
		p.doctype()
	default:
		p.bareLess()
	}
}

func (p *parser) top() *frame { return &p.open[len(p.open)-1] }

// children counts the finished children of the innermost open element.
func (p *parser) children() int { return len(p.kids) - p.top().kids }

// push opens an element.
func (p *parser) push(f frame) {
	if len(p.open) > maxDepth {
		p.limit(f.start, "elements nest deeper than %d levels", maxDepth)
		return
	}
	f.kids = len(p.kids)
	p.open = append(p.open, f)
}

// pop closes the innermost element; whole and value end at the offsets.
func (p *parser) pop(valueEnd, end int) {
	p.endText(valueEnd)
	f := *p.top()
	f.el.Children = p.slab.list(p.kids[f.kids:])
	f.el.Whole = p.place(f.start, end)
	p.kids = append(p.kids[:f.kids], f.el)
	p.scope = p.scope[:f.scope]
	p.open = p.open[:len(p.open)-1]
}

// finish closes what is open at the end of the text.
func (p *parser) finish() *answer.Setting {
	end := len(p.text)
	if len(p.open) > 1 && !p.stopped && !p.cut && !p.again {
		p.unclosedAtEnd()
	}
	for len(p.open) > 1 {
		p.pop(end, end)
	}
	p.flush(false)
	doc := p.open[0].el
	doc.Children = p.slab.list(p.kids)
	if !p.fragment && len(doc.Children) == 0 && !p.stopped && len(p.diags.All) == 0 {
		p.noRoot()
	}
	return doc
}

func (p *parser) noRoot() {
	if strings.TrimSpace(p.text) == "" {
		p.fail(0, 0, "the file is empty").Helpf("An answer file holds at least the element <unattend xmlns=%q>.", answer.Namespace)
		return
	}
	p.fail(len(p.text), len(p.text), "the file holds no element").Helpf("An answer file holds at least the element <unattend xmlns=%q>.", answer.Namespace)
}

// fail reports that the text is not well-formed.
func (p *parser) fail(start, end int, format string, args ...any) *diag.Diagnostic {
	d := rule.XmlNotWellFormed.At(p.place(start, end), format, args...)
	p.report(d)
	return d
}

// report adds a diagnostic and gives up when there are too many.
func (p *parser) report(d *diag.Diagnostic) {
	if p.stopped {
		return
	}
	p.diags.Add(d)
	if len(p.diags.All) >= maxProblems {
		p.limit(p.pos, "more than %d mistakes were found", maxProblems)
	}
}

// limit reports that a limit was reached, which ends the reading.
func (p *parser) limit(at int, format string, args ...any) {
	if p.stopped {
		return
	}
	p.stopped = true
	p.diags.Add(rule.InputLimit.At(p.place(at, at), format, args...))
}

// newSetting makes the node of an element.
func (p *parser) newSetting(start int) *answer.Setting {
	p.count(start, 1)
	return p.slab.setting()
}

// count adds to what the file holds, and ends the reading where that is too
// much.
func (p *parser) count(at, nodes int) bool {
	p.nodes += nodes
	if p.nodes > maxNodes {
		p.limit(at, "the file has more than %d elements, attributes, comments and texts", maxNodes)
	}
	return p.nodes <= maxNodes
}

// addExtra notes content that is no element at its place between the children.
func (p *parser) addExtra(kind answer.ExtraKind, text string, start, end int) {
	if !p.count(start, 1) {
		return
	}
	el := p.top().el
	el.Extra = append(el.Extra, answer.Extra{Kind: kind, Index: p.children(), Text: text, Span: p.place(start, end)})
}

// slabs hands out nodes and lists from larger pieces of memory, because a file
// has many of them and all live as long as the file.
type slabs struct {
	size     int
	settings []answer.Setting
	attrs    []answer.Attribute
	lists    []*answer.Setting
}

func (s *slabs) setting() *answer.Setting {
	if len(s.settings) == 0 {
		s.settings = make([]answer.Setting, s.size)
	}
	n := &s.settings[0]
	s.settings = s.settings[1:]
	return n
}

func (s *slabs) attributes(n int) []answer.Attribute {
	if len(s.attrs) < n {
		s.attrs = make([]answer.Attribute, max(n, s.size/4))
	}
	out := s.attrs[:0:n]
	s.attrs = s.attrs[n:]
	return out
}

func (s *slabs) list(nodes []*answer.Setting) []*answer.Setting {
	n := len(nodes)
	if n == 0 {
		return nil
	}
	if len(s.lists) < n {
		s.lists = make([]*answer.Setting, max(n, s.size))
	}
	out := s.lists[:n:n]
	s.lists = s.lists[n:]
	copy(out, nodes)
	return out
}
