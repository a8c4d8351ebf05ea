package xmldoc

import (
	"strings"
	"unicode/utf8"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema/answer"
)

// survey is what the writer has to know of the whole file before it starts:
// which well-known namespaces are in use, and what XML cannot carry.
type survey struct {
	spaces map[string]bool
	diags  diag.List

	pass, component string // where the walk is, for diagnostics
	path            []string
}

func surveyOf(a *answer.File) *survey {
	s := &survey{spaces: map[string]bool{}}
	if a.Root != "" {
		s.name(a.Root, a.RootSpans.NamePlace())
	}
	s.attributes(a.Attributes, a.RootSpans)
	if a.Servicing != nil {
		s.attributes(a.Servicing.Attributes, a.Servicing.Spans)
		s.extra(a.Servicing.Extra)
		s.text(a.Servicing.Text, a.Servicing.Place())
	}
	s.settings(a.Packages)
	s.extra(a.Prolog)
	s.extra(a.Extra)
	s.extra(a.Epilog)
	for _, p := range a.Passes {
		s.ofPass(p)
	}
	return s
}

func (s *survey) ofPass(p *answer.Pass) {
	s.pass, s.component = p.Name, ""
	s.text(p.Name, p.Place())
	s.attributes(p.Attributes, p.Spans)
	s.extra(p.Extra)
	for _, c := range p.Components {
		s.component = c.Name
		s.text(c.Name, c.Place())
		s.text(c.Architecture, c.Place())
		s.attributes(c.Attributes, c.Spans)
		s.extra(c.Extra)
		s.settings(c.Settings)
	}
}

func (s *survey) settings(settings []*answer.Setting) {
	for _, n := range settings {
		s.setting(n)
	}
}

func (s *survey) setting(n *answer.Setting) {
	s.path = append(s.path, n.Name)
	s.use(n.Space)
	s.name(n.Name, n.NamePlace())
	if n.Hide == "" || n.Secret != nil { // the hidden form of other values is ASCII
		s.text(n.Written(), n.Place())
	}
	s.attributes(n.Attributes, n.Spans)
	s.extra(n.Extra)
	s.settings(n.Children)
	s.path = s.path[:len(s.path)-1]
}

func (s *survey) attributes(attributes []answer.Attribute, owner answer.Spans) {
	for _, a := range attributes {
		s.use(a.Space)
		s.name(a.Name, a.NamePlace().Or(owner.NamePlace()))
		s.text(a.Value, a.Place().Or(owner.NamePlace()))
	}
}

func (s *survey) extra(extra []answer.Extra) {
	for _, e := range extra {
		if e.Kind == answer.Element {
			s.setting(e.Element)
			continue
		}
		s.text(e.Text, e.Span)
	}
}

func (s *survey) use(space string) {
	if space != "" {
		s.spaces[space] = true
	}
}

func (s *survey) name(name string, at source.Span) {
	if !isName(name) {
		s.report(rule.XmlNameInvalid.At(at, "%q is no name of an XML element or attribute", name))
	}
}

func (s *survey) text(text string, at source.Span) {
	if plain(text) {
		return
	}
	for i, r := range text {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(text[i:]); size == 1 {
				s.report(rule.XmlCharacterInvalid.At(at, "the value holds a byte that is not UTF-8"))
				return
			}
		}
		if !isXMLChar(r) {
			s.report(rule.XmlCharacterInvalid.At(at, "the value holds the character U+%04X, which XML cannot carry", r))
			return
		}
	}
}

func (s *survey) report(d *diag.Diagnostic) {
	s.diags.Add(d.In(s.pass, s.component, strings.Join(s.path, "/")))
}

// plain tells that text is ASCII without control characters, as nearly all is.
func plain(text string) bool {
	for i := range len(text) {
		if c := text[i]; c >= utf8.RuneSelf || c < 0x20 && c != '\t' && c != '\n' && c != '\r' {
			return false
		}
	}
	return true
}
