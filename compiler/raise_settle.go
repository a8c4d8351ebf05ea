package compiler

import (
	"strings"

	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/internal/xmldoc"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// Reason tells why a piece of XML stands under verbatim.
type Reason string

// The reasons.
const (
	ForeignNamespace Reason = "foreign-namespace" // an element that is not in the namespace of the file
	UnknownElement   Reason = "unknown-element"   // an element of the file's namespace where only passes, components or packages belong
	Instruction      Reason = "instruction"       // a processing instruction
	MixedText        Reason = "mixed-text"        // text behind or between elements
	Duplicate        Reason = "duplicate"         // the same pass, component or setting again
	InsideValue      Reason = "inside-value"      // an element in a setting that holds a value
	BesidePassword   Reason = "beside-password"   // an element that no password has, where it could be taken for a secret
	NoKey            Reason = "no-key"            // a pass or component whose name cannot be a key
	TooDeep          Reason = "too-deep"          // elements inside each other beyond what YAML may hold
)

// words says what stands there.
func (r Reason) words() string {
	return map[Reason]string{
		ForeignNamespace: "an element of another namespace",
		UnknownElement:   "an element that the place has no use for",
		Instruction:      "a processing instruction",
		MixedText:        "text beside elements",
		Duplicate:        "an element that is there already",
		InsideValue:      "an element inside a value",
		BesidePassword:   "an element that no password has",
		NoKey:            "an element whose name cannot be a key",
		TooDeep:          "what is nested too deep for YAML",
	}[r]
}

// deepest is how many unknown elements may stand inside each other. YAML has a
// limit, too, and needs up to two levels for an element.
const deepest = 100

// piece is XML that has no form of its own, at its place in an element.
type piece struct {
	after    int // children with a form that stand in front of it
	index    int // place among all children, as verbatim counts it
	last     bool
	fragment xmldoc.Fragment
	reason   Reason
	span     source.Span
	comments []string
}

// size is how many children the piece adds.
func (p *piece) size() int {
	return len(p.fragment.Passes) + len(p.fragment.Components) + len(p.fragment.Settings)
}

// gathering is what an element holds beside the children that have a form.
type gathering struct {
	pieces  []*piece
	waiting []string // comments in front of the next child; in the end, those behind the last
	kept    int
}

// take returns the comments for a child that is kept.
func (g *gathering) take() []string {
	g.kept++
	return g.comments()
}

func (g *gathering) comments() []string {
	out := g.waiting
	g.waiting = nil
	return out
}

func (g *gathering) add(reason Reason, span source.Span, f xmldoc.Fragment) {
	g.pieces = append(g.pieces, &piece{after: g.kept, fragment: f, reason: reason, span: span, comments: g.comments()})
}

func (g *gathering) extra(e answer.Extra) {
	reason := MixedText
	switch e.Kind {
	case answer.Comment:
		g.waiting = append(g.waiting, commentLines(e.Text)...)
		return
	case answer.Instruction:
		reason = Instruction
	case answer.Element:
		reason = UnknownElement
		if e.Element.Space != "" {
			reason = ForeignNamespace
		}
	}
	e.Index = 0
	g.add(reason, e.Span, xmldoc.Fragment{Extra: []answer.Extra{e}})
}

// settle gives every piece its index. before tells for each number of kept
// children, in the order of the file, how many stand in front of what follows
// them once the children of one name are together.
func (g *gathering) settle(before []int) {
	for _, p := range g.pieces {
		p.index = before[p.after]
	}
	g.merge()
	more := 0
	for _, p := range g.pieces {
		p.last = p.index == before[len(before)-1]
		p.index += more
		more += p.size()
	}
}

// merge joins neighbours of the same kind to one piece.
func (g *gathering) merge() {
	var merged []*piece
	for _, p := range g.pieces {
		if n := len(merged); n > 0 && merged[n-1].joins(p) {
			to := &merged[n-1].fragment
			to.Settings = append(to.Settings, p.fragment.Settings...)
			continue
		}
		merged = append(merged, p)
	}
	g.pieces = merged
}

func (p *piece) joins(next *piece) bool {
	return p.index == next.index && p.reason == next.reason && len(next.comments) == 0 &&
		len(p.fragment.Settings) > 0 && len(next.fragment.Settings) > 0
}

// inDocumentOrder hands out children and what stands between them.
func inDocumentOrder[T any](children []T, extra []answer.Extra, child func(T), other func(answer.Extra)) {
	for i, c := range children {
		for ; len(extra) > 0 && extra[0].Index <= i; extra = extra[1:] {
			other(extra[0])
		}
		child(c)
	}
	for _, e := range extra {
		other(e)
	}
}

// passLimb, componentLimb and limb are a pass, a component and a setting on
// their way into the profile.
type passLimb struct {
	pass       *answer.Pass
	components []*componentLimb
	comments   []string
	gathering
}

type componentLimb struct {
	component *answer.Component
	key       string
	settings  []*limb
	comments  []string
	gathering
}

type limb struct {
	s        *answer.Setting
	in       *schema.Component
	known    *schema.Setting // nil: not in the catalogue
	settings []*limb         // children that have a form, in the order in which compiling puts them
	number   int             // which of its name among its neighbours, from 1
	unsaid   bool            // Order is left to the compiler
	counted  bool            // the key is left to the compiler

	servicing servicingDepth

	comments []string
	gathering
}

// settle sorts the whole file into limbs and pieces.
func (r *raising) settle() {
	keys := map[string]bool{}
	inDocumentOrder(r.file.Passes, r.file.Extra, func(p *answer.Pass) {
		whole := xmldoc.Fragment{Passes: []*answer.Pass{p}}
		key := strings.ToLower(p.Name)
		switch {
		case !passKey(p.Name):
			r.root.add(NoKey, p.Whole, whole)
		case keys[key]:
			r.root.add(Duplicate, p.Whole, whole)
		default:
			keys[key] = true
			r.passes = append(r.passes, r.settlePass(p, r.root.take()))
		}
	}, r.root.extra)
	r.root.settle(inOrder(len(r.passes)))
}

// passKey tells whether a name can be the key of a pass and a place of
// verbatim.
func passKey(name string) bool {
	switch name {
	case "", inRoot, inServicing, inProlog, inEpilog:
		return false
	}
	return name[0] != '$' && !strings.Contains(name, "/") && !strings.Contains(name, variable)
}

func (r *raising) settlePass(p *answer.Pass, comments []string) *passLimb {
	limb := &passLimb{pass: p, comments: comments}
	keys := map[string]bool{}
	inDocumentOrder(p.Components, p.Extra, func(c *answer.Component) {
		whole := xmldoc.Fragment{Components: []*answer.Component{c}}
		key, ok := r.componentKey(c)
		switch same := strings.ToLower(c.Name + "@" + c.Architecture); {
		case !ok:
			limb.add(NoKey, c.Whole, whole)
		case keys[same]:
			limb.add(Duplicate, c.Whole, whole)
		default:
			keys[same] = true
			limb.components = append(limb.components, r.settleComponent(c, key, limb.take()))
		}
	}, limb.extra)
	limb.settle(inOrder(len(limb.components)))
	return limb
}

// componentKey is the key of a component in its pass, ok false when its name
// or architecture cannot be in one.
func (r *raising) componentKey(c *answer.Component) (key string, ok bool) {
	for _, word := range [...]string{c.Name, c.Architecture} {
		if strings.Contains(word, "/") || strings.Contains(word, variable) {
			return "", false
		}
	}
	twice := func(name string) bool {
		given := 0
		for _, a := range c.Attributes {
			if a.Space == "" && strings.EqualFold(a.Name, name) {
				given++
			}
		}
		return given > 1
	}
	if c.Name == "" || c.Name[0] == '$' || strings.Contains(c.Name, "@") || twice("name") || twice("processorArchitecture") {
		return "", false
	}
	if r.bare != "" || c.Architecture == "" {
		return c.Name, true
	}
	return c.Name + "@" + c.Architecture, true
}

func (r *raising) settleComponent(c *answer.Component, key string, comments []string) *componentLimb {
	limb := &componentLimb{component: c, key: key, comments: comments}
	limb.settings = settings(&limb.gathering, nil, c.Schema(), c.Settings, c.Extra, 0)
	return limb
}

// inOrder is for children that stay where they are.
func inOrder(n int) []int {
	before := make([]int, n+1)
	for i := range before {
		before[i] = i
	}
	return before
}
