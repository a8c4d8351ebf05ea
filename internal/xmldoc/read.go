package xmldoc

import (
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema/answer"
)

// MaxSize is the largest input in bytes that Read accepts, the same as for
// profiles. A caller that knows the size of a file compares it first and spares
// the reading.
const MaxSize = 16 << 20

// Limits of the reader. They keep what a hostile file costs to compare, to
// format and to turn into a profile below a few hundred MB; real answer files
// stay far below all of them (some 200 KB, some 2000 elements). Write keeps to
// them too, so that what is written can be read.
const (
	maxDepth      = 256     // open elements; real answer files have less than 20
	maxAttributes = 1000    // attributes of one element
	maxPrefixes   = 100     // namespace declarations in force at one place
	maxNodes      = 200_000 // elements, attributes, comments, instructions, texts between elements
	maxProblems   = 1000    // diagnostics of the reader
	maxRelated    = 5       // other places shown with one diagnostic
)

// Read reads an answer file. The bytes may be UTF-8, UTF-16, Windows-1252 or
// ISO-8859-1; Source of the result holds the text as UTF-8, and all spans count
// bytes of that. The file is never nil: where the text is not well-formed it
// holds all that could be read. It is fit to be written only when the list has
// no error.
//
// A group, list or item of the catalogue loses white space that stands alone in
// it; elsewhere it is the value.
func Read(name string, data []byte) (*answer.File, *diag.List) { return read(name, data, false) }

// ReadTemplate reads an answer file that a template engine has yet to fill in:
// placeholders such as <%= name %> are text. Without them the file must be
// well-formed.
func ReadTemplate(name string, data []byte) (*answer.File, *diag.List) {
	return read(name, data, true)
}

func read(name string, data []byte, template bool) (*answer.File, *diag.List) {
	diags := &diag.List{}
	f := source.NewFile(name, nil)
	if len(data) > MaxSize {
		diags.Add(rule.InputLimit.At(source.Span{File: f}, "the file is larger than %d MiB", MaxSize>>20))
		return &answer.File{Source: f}, diags
	}
	text, problems := decode(data)
	f = source.NewFile(name, text)
	place := func(start, end int) source.Span { return source.Span{File: f, Start: start, End: end} }
	for _, problem := range problems {
		diags.Add(problem.rule.At(place(problem.start, problem.end), "%s", problem.message))
	}
	a := &answer.File{Source: f}
	if text == nil {
		return a, diags
	}
	p := newParser(string(text), place, diags)
	p.allowed = template
	doc := p.parse()
	if p.root == nil {
		return a, diags
	}
	if strings.EqualFold(p.root.Name, "html") {
		p.webPage()
		return a, diags
	}
	e := envelope{diags: diags}
	e.file(a, doc, p.root)
	if p.blankLeafs {
		dropBlanks(a)
	}
	if len(diags.All) > 0 {
		a.HideSecrets() // each finding may show its line
	}
	return a, diags
}

// webPage says the one thing that helps when a browser's page was saved in
// place of the file.
func (p *parser) webPage() {
	broken := len(p.diags.All) > 0
	p.diags.All = nil
	d := rule.RootNotUnattend.At(p.root.NamePlace(), "the file is a web page, not an answer file")
	if broken {
		d = rule.XmlNotWellFormed.At(p.root.NamePlace(), "the file is a web page, not an answer file")
	}
	p.diags.Add(d.Helpf("Save the raw file: on GitHub and the like use the button Raw, or the address that it leads to."))
}

// dropBlanks removes white space from containers that hold nothing else.
func dropBlanks(a *answer.File) {
	a.Walk(func(c *answer.Cursor) bool {
		s := c.Setting
		if s.Text != "" && c.Known != nil && c.Known.Container() && isBlankText(s.Text) {
			s.Text, s.Raw, s.Spans.Value = "", "", source.Span{}
		}
		return true
	})
}

// Place tells between which elements of an answer file a fragment stands.
type Place uint8

const (
	InSetting Place = iota // below a component or a setting
	InPass                 // below settings
	InRoot                 // below unattend
)

// Fragment is a part of an answer file. Index of the extras counts the passes,
// components or settings of the fragment, by its place.
type Fragment struct {
	Passes     []*answer.Pass      // InRoot
	Servicing  *answer.Setting     // InRoot; its children are the packages
	Components []*answer.Component // InPass
	Settings   []*answer.Setting   // InSetting
	Extra      []answer.Extra
}

// ReadFragmentAt reads XML without a root: elements, comments, instructions and
// text. The prefixes wcm, xsi and xml are declared, the default namespace is
// that of answer files. at maps a range of bytes of text to a span of the
// user's file. The fragment is never nil; white space between elements is
// dropped.
func ReadFragmentAt(where Place, text string, at func(start, end int) source.Span) (*Fragment, *diag.List) {
	return ReadFragmentIn(answer.Namespace, where, text, at)
}

// ReadFragmentIn reads XML without a root for a file whose root is in the
// namespace own, "" for none: that one is the default namespace.
func ReadFragmentIn(own string, where Place, text string, at func(start, end int) source.Span) (*Fragment, *diag.List) {
	diags := &diag.List{}
	if len(text) > MaxSize {
		diags.Add(rule.InputLimit.At(at(0, 0), "the XML is larger than %d MiB", MaxSize>>20))
		return &Fragment{}, diags
	}
	p := newParser(strings.ToValidUTF8(text, "\uFFFD"), at, diags)
	p.fragment = true
	p.scope = append(p.scope, binding{uri: own}, binding{prefix: "wcm", uri: answer.WCMNamespace}, binding{prefix: "xsi", uri: answer.XSINamespace})
	doc := p.parse()
	e := envelope{diags: diags, own: own}
	return e.fragment(where, doc), diags
}
