package diff

import (
	"fmt"

	"github.com/reseal/reseal/internal/source"
)

// Report is the comparison of two texts, each of which stands for one answer
// file or several.
type Report struct {
	A, B    string // names of the texts
	Outputs []Output
}

// Output is the comparison of one answer file that both texts stand for, or
// of one that a side lacks.
type Output struct {
	Suffix  string // tells the outputs of a profile apart, "" for a single one
	OnlyA   bool   // the second text has no such output; there are no Changes then
	OnlyB   bool   // the first text has none
	Changes []Change
}

// Same tells that both texts mean the same.
func (r *Report) Same() bool {
	for _, out := range r.Outputs {
		if out.OnlyA || out.OnlyB || len(out.Changes) > 0 {
			return false
		}
	}
	return true
}

type document struct {
	Schema  string   `json:"schema"`
	A       string   `json:"a"`
	B       string   `json:"b"`
	Changes []change `json:"changes"`
}

// change has no a and atA when it is added, and no b and atB when it is
// removed.
type change struct {
	Kind      string  `json:"kind"`
	Output    string  `json:"output,omitempty"` // suffix; with no pass, component and setting the output itself
	Pass      string  `json:"pass"`
	Component string  `json:"component"`
	Setting   string  `json:"setting"`
	A         *string `json:"a,omitempty"`
	B         *string `json:"b,omitempty"`
	Hidden    bool    `json:"hidden,omitempty"` // a and b differ in a part that is masked
	AtA       string  `json:"atA,omitempty"`    // file:line:column
	AtB       string  `json:"atB,omitempty"`
}

// Document is the report as JSON has it: "reseal/diff/v1".
func (r *Report) Document() any {
	doc := document{Schema: "reseal/diff/v1", A: r.A, B: r.B, Changes: []change{}}
	for _, out := range r.Outputs {
		switch {
		case out.OnlyA:
			doc.Changes = append(doc.Changes, change{Kind: Removed.String(), Output: out.name()})
		case out.OnlyB:
			doc.Changes = append(doc.Changes, change{Kind: Added.String(), Output: out.name()})
		}
		for _, c := range out.Changes {
			doc.Changes = append(doc.Changes, out.json(c))
		}
	}
	return doc
}

func (o *Output) json(c Change) change {
	out := change{Kind: c.Kind.String(), Output: o.Suffix, Pass: c.Pass, Component: c.Component, Setting: c.Setting, Hidden: c.Hidden}
	if c.Kind != Added {
		out.A, out.AtA = &c.A, at(c.AtA)
	}
	if c.Kind != Removed {
		out.B, out.AtB = &c.B, at(c.AtB)
	}
	return out
}

// name is the suffix, or a word for the output of a text that has just one.
func (o *Output) name() string { return or(o.Suffix, "(single)") }

func at(s source.Span) string {
	if !s.Known() {
		return ""
	}
	p := s.Position()
	return fmt.Sprintf("%s:%d:%d", s.File.Name, p.Line, p.Column)
}
