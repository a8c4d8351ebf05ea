package xmldoc

import (
	"strings"

	"github.com/beevik/etree"

	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema/answer"
)

// WriteLines writes as Write does and tells for each line of the XML what it
// comes from: the first element that begins on the line, else the one whose
// text or end tag stands there. Line n is lines[n-1]; the span is unknown where
// nothing stands for the line.
func WriteLines(a *answer.File) (out []byte, lines []source.Span, err error) {
	origins := map[*etree.Element]source.Span{}
	doc, out, err := write(a, origins)
	if err != nil {
		return nil, nil, err
	}
	c := lineCount{origins: origins, lines: make([]source.Span, 1), begun: make([]bool, 1)}
	c.tokens(doc.Child, source.Span{})
	if n := len(c.lines) - 1; !c.lines[n].Known() { // behind the last line end
		c.lines = c.lines[:n]
	}
	return out, c.lines, nil
}

// lineCount walks through a document as it is written. Only text, comments and
// instructions hold line ends: attributes have theirs as references.
type lineCount struct {
	origins map[*etree.Element]source.Span
	lines   []source.Span
	begun   []bool // an element begins on the line
}

func (c *lineCount) tokens(list []etree.Token, around source.Span) {
	for _, token := range list {
		switch t := token.(type) {
		case *etree.Element:
			at := c.origins[t].Or(around)
			c.begin(at)
			c.tokens(t.Child, at)
			c.goOn(at)
		case *etree.CharData:
			c.text(t.Data, around)
		case *etree.Comment:
			c.text(t.Data, around)
		case *etree.ProcInst:
			c.text(t.Inst, around)
		}
	}
}

// begin notes that an element begins on the line.
func (c *lineCount) begin(at source.Span) {
	if last := len(c.lines) - 1; !c.begun[last] {
		c.lines[last], c.begun[last] = at, true
	}
}

// goOn notes that an element goes on there or ends.
func (c *lineCount) goOn(at source.Span) {
	if last := len(c.lines) - 1; !c.begun[last] {
		c.lines[last] = at
	}
}

func (c *lineCount) text(text string, around source.Span) {
	for range strings.Count(text, "\n") {
		c.lines = append(c.lines, source.Span{})
		c.begun = append(c.begun, false)
		c.goOn(around)
	}
}
