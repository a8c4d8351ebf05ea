package validate_test

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"

	"github.com/reseal/reseal/schema"
)

// sample is an answer file around one setting, with everything that the
// reference requires beside it. Each element starts a line.
type sample struct {
	component, pass, aim string
	top, target          *element
	chain                []*element // from top to target
}

type element struct {
	name, text, action, keyValue string
	children                     []*element
}

func (e *element) drop(name string) {
	e.children = slices.DeleteFunc(e.children, func(c *element) bool { return c.name == name })
}

func (s *sample) parent() *element { return s.chain[len(s.chain)-2] }

func (s *sample) remove() { s.parent().drop(s.target.name) }

// sampleOf builds the sample of a setting for a pass.
func sampleOf(by map[string]*row, r *row, pass string) *sample {
	if r.typ == "key" { // the attribute of its item
		return sampleOf(by, by[r.component+" "+r.above()], pass)
	}
	s := &sample{component: r.component, pass: pass}
	path := ""
	for name := range strings.SplitSeq(r.path, "/") {
		path = strings.TrimPrefix(path+"/"+name, "/")
		e := elementOf(by, by[r.component+" "+path], pass, path == r.path)
		if s.target == nil {
			s.top = e
		} else {
			s.target.drop(name)
			s.target.children = append(s.target.children, e)
		}
		s.target, s.chain = e, append(s.chain, e)
	}
	return s
}

func elementOf(by map[string]*row, r *row, pass string, last bool) *element {
	e := &element{name: r.name()}
	if r.typ != "" {
		e.text = valueOf(r)
	}
	if r.kind == "item" {
		e.action = "add"
	}
	if r.key == "@keyValue" {
		e.keyValue = "1"
	} else if r.key != "" {
		e.children = append(e.children, &element{name: r.key, text: valueOf(by[r.component+" "+r.path+"/"+r.key])})
	}
	for _, other := range requiredBelow(by, r, pass) {
		if other.name() != r.key {
			e.children = append(e.children, elementOf(by, other, pass, true))
		}
	}
	return e
}

// requiredBelow lists what the reference requires below a setting, sorted by
// path.
func requiredBelow(by map[string]*row, r *row, pass string) []*row {
	var out []*row
	for _, other := range by {
		if other.component == r.component && other.above() == r.path && other.has("required") && other.typ != "key" && slices.Contains(other.passes, pass) {
			out = append(out, other)
		}
	}
	slices.SortFunc(out, func(a, b *row) int { return strings.Compare(a.path, b.path) })
	return out
}

// valueOf is a value that the reference allows.
func valueOf(r *row) string {
	switch {
	case r.component+" "+r.path == "Microsoft-Windows-Shell-Setup TimeZone":
		return "UTC"
	case strings.HasPrefix(r.component, "Microsoft-Windows-International-Core") && r.typ == "string":
		return "en-US"
	case r.number("minlength") == 29:
		return "VK7JG-NPHTM-C97JM-9MPGT-3V66T"
	case r.has("list"):
		return r.list("list")[0]
	case r.has("bits"):
		return r.list("bits")[0]
	}
	switch r.typ {
	case "enum":
		return r.list("values")[0]
	case "boolean":
		return "true"
	case "integer", "unsigned":
		return fmt.Sprint(max(1, r.number("min")))
	case "guid":
		return "{01234567-89ab-cdef-0123-456789abcdef}"
	case "ip":
		return "192.0.2.1"
	case "hex":
		return "1f"
	case "path":
		return `C:\Sample`
	case "url":
		return "https://example.com/"
	case "base64":
		return "QUJD"
	}
	text := "Sample1"
	if r.has("maxlength") && r.number("maxlength") > 0 {
		text = text[:min(len(text), r.number("maxlength"))]
	}
	return text
}

// xml writes the sample.
func (s *sample) xml() []byte {
	text, _ := s.write(nil)
	return text
}

// lineOf is the line on which the element starts; for nil it is that of the
// component.
func (s *sample) lineOf(e *element) int {
	_, line := s.write(e)
	return line
}

func (s *sample) write(mark *element) (text []byte, line int) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "<!-- target: %s -->\n<unattend xmlns=\"urn:schemas-microsoft-com:unattend\" xmlns:wcm=\"http://schemas.microsoft.com/WMIConfig/2002/State\">\n", s.aim)
	fmt.Fprintf(&b, " <settings pass=\"%s\">\n  <component name=\"%s\" processorArchitecture=\"amd64\" publicKeyToken=\"31bf3856ad364e35\" language=\"neutral\" versionScope=\"nonSxS\">\n", s.pass, s.component)
	line = 4
	s.top.write(&b, mark, &line)
	b.WriteString("  </component>\n </settings>\n</unattend>\n")
	return b.Bytes(), line
}

func (e *element) write(b *bytes.Buffer, mark *element, line *int) {
	if e == mark {
		*line = bytes.Count(b.Bytes(), []byte("\n")) + 1
	}
	fmt.Fprintf(b, "   <%s", e.name)
	if e.action != "" {
		fmt.Fprintf(b, " wcm:action=%q", e.action)
	}
	if e.keyValue != "" {
		fmt.Fprintf(b, " wcm:keyValue=%q", e.keyValue)
	}
	b.WriteString(">")
	xml.EscapeText(b, []byte(e.text))
	if len(e.children) > 0 {
		b.WriteString("\n")
		for _, child := range e.children {
			child.write(b, mark, line)
		}
	}
	fmt.Fprintf(b, "</%s>\n", e.name)
}

var allPasses = []string{"windowsPE", "offlineServicing", "generalize", "specialize", "auditSystem", "auditUser", "oobeSystem"}

// wrongPass is a pass that the reference does not list for the setting, ""
// when it lists all.
func wrongPass(r *row) string {
	for _, p := range allPasses {
		if !slices.Contains(r.passes, p) {
			return p
		}
	}
	return ""
}

// firstWrong finds the topmost element that may not stand in the pass; nil is
// the component, which is what a finding about all of it points to.
func firstWrong(by map[string]*row, r *row, pass string) func(*sample) *element {
	return func(s *sample) *element {
		valid := false
		for _, other := range by {
			valid = valid || other.component == r.component && slices.Contains(other.passes, pass)
		}
		if !valid {
			return nil
		}
		path := ""
		for _, e := range s.chain {
			path = strings.TrimPrefix(path+"/"+e.name, "/")
			if !slices.Contains(by[r.component+" "+path].passes, pass) {
				return e
			}
		}
		return s.target
	}
}

// firstNew finds the topmost element that came with a later release; nil is
// the component.
func firstNew(by map[string]*row, r *row) func(*sample) *element {
	return func(s *sample) *element {
		if schema.FindComponent(r.component).Introduced != "" {
			return nil
		}
		path := ""
		for _, e := range s.chain {
			path = strings.TrimPrefix(path+"/"+e.name, "/")
			if by[r.component+" "+path].has("introduced") {
				return e
			}
		}
		return s.target
	}
}
