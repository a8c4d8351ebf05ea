package compiler

import (
	"bytes"
	"slices"
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/internal/xmldoc"
	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// schemaLine on top of a profile lets editors complete and explain its keys.
const schemaLine = "yaml-language-server: $schema=./reseal.schema.json"

// Verbatim tells of a piece of XML that stands under verbatim in a profile
// that Decompile made, because the language has no other form for it.
type Verbatim struct {
	In     string // its place, as the profile names it
	Reason Reason
	Span   source.Span // the piece in the answer file
}

// Decompile turns an answer file into a profile that compiles to an equal one,
// comments included, and tells what stands under verbatim. It does not guess
// how Sysprep is called, and writes no secret that would have to be read from
// elsewhere: values stand in the profile as they stand in the answer file.
//
// The file has to be one that xmldoc.Read could read without loss; what of it is
// a secret is masked in its Source. The list holds an info for each piece under
// verbatim. An error in it says that there is no profile, because it would pass
// a limit of the language; the text is nil then.
func Decompile(a *answer.File) ([]byte, []Verbatim, *diag.List) {
	a.HideSecrets()
	r := &raising{file: a, nodes: map[string]*raised{}}
	r.bare = agreedArchitecture(a)
	r.settle()
	for _, s := range inRaisingOrder() {
		if s.raise != nil {
			s.raise(r)
		}
	}
	diags := &diag.List{}
	for _, p := range r.report {
		diags.Add(rule.DecompileVerbatim.At(p.Span, "%s stands under verbatim (%s)", p.Reason.words(), p.Reason))
	}
	var text bytes.Buffer
	err := r.err
	if err == nil {
		err = yamldoc.Write(&text, r.document())
	}
	if err != nil {
		diags.Add(rule.InputLimit.At(source.Span{File: a.Source}, "the profile cannot be written: %v", err))
		return nil, nil, diags
	}
	if refused := refusal(text.Bytes()); refused != nil {
		diags.Add(rule.InputLimit.At(source.Span{File: a.Source}, "the profile would be refused: %s", refused.Message))
		return nil, nil, diags
	}
	return text.Bytes(), r.report, diags
}

// refusal is the first error that keeps a profile from being compiled: what is
// fine in XML can be over a limit of YAML.
func refusal(text []byte) *diag.Diagnostic {
	_, diags := Parse(source.NewFile("", text), Options{})
	for _, d := range diags.All {
		if d.Severity == diag.Error {
			return d
		}
	}
	return nil
}

// raising is the making of one profile from one answer file.
type raising struct {
	file   *answer.File
	bare   string // the architecture that all components agree on; "" = each names its own
	passes []*passLimb
	root   gathering // what else stands below the root

	nodes  map[string]*raised // finished sections
	pieces []*yamldoc.Node    // entries of verbatim
	report []Verbatim
	err    error
}

// raised is a section of the profile.
type raised struct {
	node     *yamldoc.Node
	comments []string // above its key
}

// set gives a section its value.
func (r *raising) set(section string, node *yamldoc.Node, comments ...string) {
	r.nodes[section] = &raised{node, comments}
}

// inRaisingOrder lists the sections so that each finds what is left for it:
// those that take single settings out of the passes in the reverse order of
// lowering, which appends them one after the other; then the passes with all
// that is left; then verbatim, which collects what had no place.
func inRaisingOrder() []*section {
	list := inTurn()
	slices.Reverse(list)
	rank := func(s *section) int { return map[turn]int{turnSections: 0, turnPasses: 1, turnVerbatim: 2}[s.turn] }
	slices.SortStableFunc(list, func(a, b *section) int { return rank(a) - rank(b) })
	return list
}

// document puts the sections together: what the file is and is for, the
// settings that have a section, the passes, and what is left.
func (r *raising) document() *yamldoc.Node {
	list := inTurn()
	slices.SortStableFunc(list, func(a, b *section) int { return a.rank() - b.rank() })
	doc := yamldoc.NewMapping()
	doc.Comment.Head = append([]string{schemaLine}, commentsOf(r.file.Prolog)...)
	for _, s := range list {
		done := r.nodes[s.name]
		if done == nil {
			continue
		}
		doc.Set(s.name, done.node)
		head := &doc.Pairs[len(doc.Pairs)-1].Key.Comment.Head
		if len(doc.Pairs) > 1 {
			*head = append(*head, yamldoc.Blank)
		}
		*head = append(*head, done.comments...)
	}
	doc.Comment.Foot = append(slices.Clone(r.root.waiting), commentsOf(r.file.Epilog)...)
	return doc
}

// rank orders the sections of a profile that is made.
func (s *section) rank() int {
	switch {
	case s.name == "version":
		return 0
	case s.name == "target":
		return 1
	case s.turn == turnSections:
		return 2
	}
	return 3 + int(s.turn-turnPasses)
}

// agreedArchitecture is the one architecture that all components name, in
// letters that target.architecture takes; "" when there is none.
func agreedArchitecture(a *answer.File) string {
	agreed := ""
	for _, p := range a.Passes {
		for _, c := range p.Components {
			architecture := literalAttribute(c, "processorArchitecture")
			if architecture == nil || agreed != "" && *architecture != agreed {
				return ""
			}
			agreed = *architecture
		}
	}
	if !slices.Contains(schema.Architectures(), agreed) {
		return ""
	}
	return agreed
}

// literalAttribute is the value of the attribute in just these letters, nil
// without one.
func literalAttribute(c *answer.Component, name string) *string {
	for i := range c.Attributes {
		if a := &c.Attributes[i]; a.Space == "" && a.Name == name {
			return &a.Value
		}
	}
	return nil
}

// own is the namespace of elements with an empty Space, "" for none.
func (r *raising) own() string {
	switch r.file.Namespace {
	case "":
		return answer.Namespace
	case answer.NoNamespace:
		return ""
	}
	return r.file.Namespace
}

// xml writes a piece for verbatim. An error is kept for the end.
func (r *raising) xml(f *xmldoc.Fragment, why Reason) string {
	text, err := xmldoc.WriteFragment(r.own(), f)
	if err != nil && r.err == nil {
		r.err = err
	}
	if strings.Contains(text, "\n") && why != MixedText {
		text += "\n" // a block needs no mark for the missing line end
	}
	return text
}

// escape writes a text so that nothing in it is taken for a variable.
func escape(text string) string { return strings.ReplaceAll(text, variable, escapedVariable) }
