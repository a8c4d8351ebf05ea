package compiler

import (
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// fallbackArchitecture is written where a profile names none: nearly every
// Windows machine has it.
const fallbackArchitecture = "amd64"

// lowering is the making of one answer file from one profile document.
type lowering struct {
	doc    *yamldoc.Node
	within source.Span // the document with the comments around it
	file   *answer.File
	target schema.Target
	diags  *diag.List // of the language: an error here keeps the file from being written

	findings      *diag.List // of rules, about XML that stands under verbatim
	architectures []string   // that a component without "@" is written for, at least one
	assumed       bool       // nobody named the architecture, and that has not been noted yet
	strict        bool
	ignores       []Ignore
}

func newLowering(doc *yamldoc.Node, within source.Span, p plan, diags *diag.List) *lowering {
	l := &lowering{
		doc: doc, within: within, target: p.target, diags: diags,
		architectures: p.architectures, assumed: len(p.architectures) == 0,
		file: &answer.File{
			Source: doc.Span.File, Root: "unattend", RootSpans: answer.Spans{Whole: doc.Span},
			Target: p.target, TargetSpans: p.spans,
		},
	}
	if l.assumed {
		l.architectures = []string{fallbackArchitecture}
	}
	return l
}

// run lowers every section whose shape is sound. The passes are lowered in any
// case: they tell for themselves what has the wrong form, and keep the rest.
func (l *lowering) run(faulty map[string]bool) {
	order := inTurn()
	for _, s := range order {
		if n := l.sound(s, faulty); n != nil && s.frame != nil {
			s.frame(l, n)
		}
	}
	for _, s := range order {
		if n := l.sound(s, faulty); n != nil && s.lower != nil {
			s.lower(l, n)
		}
	}
	l.file.HideSecrets()
}

func (l *lowering) sound(s *section, faulty map[string]bool) *yamldoc.Node {
	if faulty[s.name] && s.turn != turnPasses {
		return nil
	}
	return l.doc.Get(s.name)
}

// pair is the entry of a section in the document.
func (l *lowering) pair(section string) yamldoc.Pair {
	for _, p := range l.doc.Pairs {
		if p.Key.Text == section {
			return p
		}
	}
	return yamldoc.Pair{}
}

// noteArchitecture says once that the architecture of a component was not the
// author's choice.
func (l *lowering) noteArchitecture(at source.Span, component string) {
	if !l.assumed {
		return
	}
	l.assumed = false
	l.diags.Add(rule.ArchitectureAssumed.At(at, "no architecture is named, so %s and other components without \"@\" are written for %s", component, fallbackArchitecture))
}

// pass finds a pass of the answer file or adds it.
func (l *lowering) pass(name string, at source.Span) *answer.Pass {
	if p := findPass(l.file, name); p != nil {
		return p
	}
	p := &answer.Pass{Name: name, Spans: answer.Spans{Whole: at}}
	l.file.Passes = append(l.file.Passes, p)
	return p
}

func findPass(f *answer.File, name string) *answer.Pass {
	for _, p := range f.Passes {
		if strings.EqualFold(p.Name, name) {
			return p
		}
	}
	return nil
}

// component finds a component of a pass or adds it with the attributes that
// all components have.
func (l *lowering) component(p *answer.Pass, name, architecture string, at source.Span) *answer.Component {
	if c := findComponent(p, name, architecture); c != nil {
		return c
	}
	c := newComponent(name, architecture, answer.Spans{Whole: at})
	p.Components = append(p.Components, c)
	return c
}

func findComponent(p *answer.Pass, name, architecture string) *answer.Component {
	for _, c := range p.Components {
		if strings.EqualFold(c.Name, name) && strings.EqualFold(c.Architecture, architecture) {
			return c
		}
	}
	return nil
}

// newComponent makes a component with the attributes that Windows expects on
// every one of its own.
//
// Source: the component element at
// learn.microsoft.com/windows-hardware/customize/desktop/unattend/components-b-unattend.
func newComponent(name, architecture string, at answer.Spans) *answer.Component {
	c := &answer.Component{Name: name, Architecture: architecture, Spans: at}
	for _, a := range [...][2]string{
		{"name", name}, {"processorArchitecture", architecture},
		{"publicKeyToken", "31bf3856ad364e35"}, {"language", "neutral"}, {"versionScope", "nonSxS"},
	} {
		c.Attributes = append(c.Attributes, answer.Attribute{Name: a[0], Value: a[1], Spans: at})
	}
	return c
}
