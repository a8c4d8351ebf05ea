package xmldoc

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/schema/answer"
)

// flat is a tree as lines of text, one for each element, attribute and run of
// text, so that two readers can be compared.
type flat []string

func (f *flat) add(depth int, format string, args ...any) {
	*f = append(*f, strings.Repeat(" ", depth)+fmt.Sprintf(format, args...))
}

// byStandard reads the bytes with encoding/xml. White space alone is dropped
// beside elements, and kept as the value of a leaf. Line ends in attributes
// become blanks, which encoding/xml leaves out.
func byStandard(data []byte) (flat, error) {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // the text is decoded already
	var out flat
	type open struct {
		text     string
		children bool
	}
	stack := []open{{}}
	flush := func(leaf bool) {
		top := &stack[len(stack)-1]
		if top.text != "" && (leaf || strings.Trim(top.text, " \t\r\n") != "") && len(stack) > 1 {
			out.add(len(stack), "text %q", top.text)
		}
		top.text = ""
	}
	for {
		token, err := d.Token()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			flush(false)
			stack[len(stack)-1].children = true
			out.add(len(stack), "element %q %q", normalized(t.Name.Space), t.Name.Local)
			var attributes []string
			for _, a := range t.Attr {
				if a.Name.Space == "xmlns" || a.Name.Space == "" && a.Name.Local == "xmlns" {
					continue
				}
				attributes = append(attributes, fmt.Sprintf("attribute %q %q %q", normalized(a.Name.Space), a.Name.Local, normalized(a.Value)))
			}
			slices.Sort(attributes)
			for _, a := range attributes {
				out.add(len(stack), "%s", a)
			}
			stack = append(stack, open{})
		case xml.EndElement:
			flush(!stack[len(stack)-1].children)
			stack = stack[:len(stack)-1]
		case xml.CharData:
			stack[len(stack)-1].text += string(t)
		case xml.Comment:
			if len(stack) > 1 {
				out.add(len(stack), "comment %q", normalLineEnds(string(t)))
			}
		}
	}
}

// normalized is the value of an attribute, or a namespace, which is one too, with
// blanks for white space, as XML asks for. encoding/xml leaves that undone.
func normalized(value string) string {
	return strings.NewReplacer("\n", " ", "\t", " ", "\r", " ").Replace(value)
}

// byUs reads the text with the parser below Read and lists it the same way.
func byUs(p *parser, doc *answer.Setting) flat {
	var out flat
	for _, child := range doc.Children {
		out.element(child, 1)
	}
	return out
}

func (f *flat) element(s *answer.Setting, depth int) {
	f.add(depth, "element %q %q", normalized(s.Space), s.Name)
	var attributes []string
	for _, a := range s.Attributes {
		attributes = append(attributes, fmt.Sprintf("attribute %q %q %q", normalized(a.Space), a.Name, normalized(a.Value)))
	}
	slices.Sort(attributes)
	for _, a := range attributes {
		f.add(depth, "%s", a)
	}
	if len(s.Children) == 0 {
		f.extras(s.Extra, 0, len(s.Extra), depth+1)
	}
	if s.Text != "" && len(s.Children) == 0 {
		f.add(depth+1, "text %q", s.Text)
	}
	if len(s.Children) == 0 {
		return
	}
	next := 0
	for i := 0; i <= len(s.Children); i++ {
		from := next
		for next < len(s.Extra) && s.Extra[next].Index <= i {
			next++
		}
		f.extras(s.Extra, from, next, depth+1)
		if i == 0 && s.Text != "" {
			f.add(depth+1, "text %q", s.Text)
		}
		if i < len(s.Children) {
			f.element(s.Children[i], depth+1)
		}
	}
}

func (f *flat) extras(extra []answer.Extra, from, to, depth int) {
	for _, e := range extra[from:to] {
		switch e.Kind {
		case answer.Comment:
			f.add(depth, "comment %q", e.Text)
		case answer.Text:
			f.add(depth, "text %q", e.Text)
		}
	}
}

// firstDifference names the first line in which the lists differ, "" for none.
func firstDifference(a, b flat) string {
	for i := range max(len(a), len(b)) {
		x, y := "nothing", "nothing"
		if i < len(a) {
			x = a[i]
		}
		if i < len(b) {
			y = b[i]
		}
		if x != y {
			return fmt.Sprintf("line %d: %s | %s", i+1, x, y)
		}
	}
	return ""
}

// lenient matches what encoding/xml accepts although XML 1.0 or its namespaces
// forbid it.
var lenient = regexp.MustCompile(`^(a blank is missing|the attribute \S+ stands twice|the declaration \S+ stands twice|the namespace |the prefix |` +
	`a name has its colon|text stands|the element .* stands behind|the file is empty|the file holds no element|this is no XML|` +
	`the XML declaration|the name of the processing|a CDATA section stands|.*is not allowed in XML)`)

// passedOver matches markup that encoding/xml takes for a directive or an
// instruction with all that is inside, where we take it for text.
var passedOver = regexp.MustCompile(`^("<[!?]" begins|A template placeholder|The document type|The file has a document type)`)

// acceptedByStandard tells whether our diagnostics agree with encoding/xml,
// which accepted the text.
func acceptedByStandard(l *diag.List) (first string) {
	for _, d := range l.All {
		if passedOver.MatchString(d.Message) {
			return ""
		}
	}
	for _, d := range l.All {
		if d.Rule == "xml-not-well-formed" && !lenient.MatchString(d.Message) || d.Rule == "comment-double-hyphen" {
			return d.Message
		}
	}
	return ""
}
