package compiler

import (
	"slices"
	"strconv"
	"strings"

	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/xmldoc"
	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/reseal/reseal/schema/answer"
)

// verbatimSection holds XML that has no other form in the language, each piece
// with its place. It becomes the same nodes as everything else.
var verbatimSection = section{
	name: "verbatim",
	turn: turnVerbatim,
	shape: func() map[string]any {
		entry := map[string]any{
			"type": "object", "additionalProperties": false, "required": []any{"in", "xml"},
			"properties": map[string]any{
				"in": titled("Place",
					"root, a pass, or PASS/COMPONENT with or without @ARCHITECTURE and the names of the elements below it; servicing, with or without names below it; prolog and epilog before and behind the root. Of several elements with the same name the second is NAME[2].",
					map[string]any{"type": "string", "minLength": 1}),
				"index": titled("Index", "How many children of that place stand before the piece; without it the piece comes last.",
					map[string]any{"type": "integer", "minimum": 0}),
				"xml": titled("XML", "One or more elements, comments or other content. The prefixes wcm, xsi and xml are declared.",
					map[string]any{"type": "string"}),
			},
		}
		return titled("Verbatim XML", "XML that has no other form in the language, each piece with its place.",
			map[string]any{"type": "array", "items": entry})
	},
	lower: func(l *lowering, n *yamldoc.Node) {
		for _, entry := range n.Items {
			if entry.Get("in") != nil && entry.Get("xml") != nil {
				l.verbatim(entry)
			}
		}
	},
	raise: raiseVerbatim,
}

// The places of a file that are neither a pass nor in one.
const (
	inRoot      = "root"
	inServicing = "servicing"
	inProlog    = "prolog"
	inEpilog    = "epilog"
)

// verbatim puts one piece of XML at its place, or at one place for each
// architecture.
func (l *lowering) verbatim(entry *yamldoc.Node) {
	in, xml := entry.Get("in"), entry.Get("xml")
	parts := strings.Split(l.text(in), "/")
	switch parts[0] {
	case inRoot, inProlog, inEpilog:
		if len(parts) > 1 {
			l.noPlace(in, "%s has nothing below it but passes, which are named directly", parts[0])
			return
		}
		l.atRoot(entry, parts[0])
	case inServicing:
		if to := l.walk(in, l.servicing(in), parts[1:]); to != nil {
			l.insert(entry, to, l.fragment(xml, xmldoc.InSetting))
		}
	default:
		l.inPass(entry, parts)
	}
}

// atRoot puts a piece into the root, or before or behind it.
func (l *lowering) atRoot(entry *yamldoc.Node, place string) {
	f := l.fragment(entry.Get("xml"), xmldoc.InRoot)
	if place == inRoot {
		l.addServicing(f)
		l.insert(entry, &room{passes: &l.file.Passes, extra: &l.file.Extra}, f)
		return
	}
	if slices.ContainsFunc(f.Extra, func(e answer.Extra) bool { return e.Kind == answer.Text || e.Kind == answer.Element }) ||
		f.Servicing != nil || len(f.Passes) > 0 {
		l.noPlace(entry.Get("xml"), "the %s takes comments and processing instructions alone", place)
		return
	}
	to := &l.file.Prolog
	if place == inEpilog {
		to = &l.file.Epilog
	}
	*to = append(*to, f.Extra...)
}

// servicing is the room of the packages; it makes the element when there is
// none.
func (l *lowering) servicing(in *yamldoc.Node) *room {
	if l.file.Servicing == nil {
		l.file.Servicing = &answer.Setting{Name: "servicing", Spans: answer.Spans{Whole: in.Span}}
	}
	return &room{settings: &l.file.Packages, extra: &l.file.Servicing.Extra}
}

// inPass puts a piece into a pass or below it.
func (l *lowering) inPass(entry *yamldoc.Node, parts []string) {
	in, xml := entry.Get("in"), entry.Get("xml")
	pass := l.pass(parts[0], in.Span)
	if len(parts) == 1 {
		l.insert(entry, &room{components: &pass.Components, extra: &pass.Extra}, l.fragment(xml, xmldoc.InPass))
		return
	}
	name, architecture, literal := strings.Cut(parts[1], "@")
	architectures := []string{architecture}
	if !literal {
		l.noteArchitecture(in.Span, name)
		architectures = l.architectures
	}
	for _, architecture := range architectures {
		c := l.component(pass, name, architecture, in.Span)
		if to := l.walk(in, &room{settings: &c.Settings, extra: &c.Extra}, parts[2:]); to != nil {
			l.insert(entry, to, l.fragment(xml, xmldoc.InSetting))
		}
	}
}

// room is where a piece goes: children of one kind with the extras between
// them.
type room struct {
	passes     *[]*answer.Pass
	components *[]*answer.Component
	settings   *[]*answer.Setting
	extra      *[]answer.Extra
}

// walk follows element names down from a component or the packages.
func (l *lowering) walk(in *yamldoc.Node, to *room, path []string) *room {
	for _, part := range path {
		name, number := numbered(part)
		next := nth(*to.settings, name, number)
		if next == nil {
			l.noPlace(in, "there is no %s here", part)
			return nil
		}
		to = &room{settings: &next.Children, extra: &next.Extra}
	}
	return to
}

// numbered splits NAME[N]; N counts from 1.
func numbered(part string) (name string, number int) {
	name, rest, found := strings.Cut(part, "[")
	number, err := strconv.Atoi(strings.TrimSuffix(rest, "]"))
	if !found || err != nil || !strings.HasSuffix(rest, "]") {
		return part, 1
	}
	return name, number
}

func nth(settings []*answer.Setting, name string, number int) *answer.Setting {
	for _, s := range settings {
		if !strings.EqualFold(s.Name, name) {
			continue
		}
		if number--; number == 0 {
			return s
		}
	}
	return nil
}

func (l *lowering) noPlace(in *yamldoc.Node, format string, args ...any) {
	l.diags.Add(rule.VerbatimPlace.At(in.Span, format, args...))
}

// insert puts what was read into a room at the index that the entry names.
func (l *lowering) insert(entry *yamldoc.Node, to *room, f *xmldoc.Fragment) {
	at := to.length()
	if n := entry.Get("index"); n != nil {
		index, err := strconv.Atoi(n.Text)
		if err != nil || index < 0 || index > at {
			l.noPlace(n, "the index goes from 0 to %d here", at)
			return
		}
		at = index
	}
	count := 0
	switch {
	case to.passes != nil:
		count = splice(to.passes, at, f.Passes)
	case to.components != nil:
		count = splice(to.components, at, f.Components)
	default:
		count = splice(to.settings, at, f.Settings)
	}
	*to.extra = mergeExtra(*to.extra, f.Extra, at, count)
}

func (r *room) length() int {
	switch {
	case r.passes != nil:
		return len(*r.passes)
	case r.components != nil:
		return len(*r.components)
	}
	return len(*r.settings)
}

func splice[T any](list *[]T, at int, more []T) (count int) {
	grown := append([]T{}, (*list)[:at]...)
	*list = append(append(grown, more...), (*list)[at:]...)
	return len(more)
}

// mergeExtra joins the extras of a place with those of a piece of count
// children that came in at an index. What stood at the index already stays in
// front of the piece.
func mergeExtra(old, more []answer.Extra, at, count int) []answer.Extra {
	var before, after []answer.Extra
	for _, e := range old {
		if e.Index <= at {
			before = append(before, e)
			continue
		}
		e.Index += count
		after = append(after, e)
	}
	for _, e := range more {
		e.Index += at
		before = append(before, e)
	}
	return append(before, after...)
}

// fragment reads a piece of XML; its spans stand in the YAML scalar. What is
// wrong with it beside its form is a finding of a rule and no obstacle.
func (l *lowering) fragment(xml *yamldoc.Node, where xmldoc.Place) *xmldoc.Fragment {
	own := l.file.Namespace
	switch own {
	case "":
		own = answer.Namespace
	case answer.NoNamespace:
		own = ""
	}
	f, diags := xmldoc.ReadFragmentIn(own, where, l.text(xml), l.inside(xml))
	for _, d := range diags.All {
		switch d.Rule {
		case rule.UnattendNamespaceWrong.ID, rule.WcmNamespaceWrong.ID:
			l.findings.Add(d)
		default:
			l.diags.Add(d)
		}
	}
	return f
}

// addServicing makes the servicing element of a piece that of the file. A
// second one is an element like any other that does not belong there.
func (l *lowering) addServicing(f *xmldoc.Fragment) {
	switch {
	case f.Servicing == nil:
	case l.file.Servicing != nil:
		f.Extra = append([]answer.Extra{{Kind: answer.Element, Element: f.Servicing, Span: f.Servicing.Whole}}, f.Extra...)
	default:
		l.file.Servicing, l.file.Packages = f.Servicing, f.Servicing.Children
	}
}
