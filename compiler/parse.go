package compiler

import (
	"strconv"
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// Version is the only version of the language that this package reads.
const Version = "reseal/v1"

// Options are what a caller knows beside the text of a profile.
type Options struct {
	Override           schema.Target // flags: each field that is not empty wins over the profile's
	OverrideUnattended bool          // Override.Unattended counts even when it is false
	Default            schema.Target // configuration: stands in for what neither flag nor profile says
	Strict             bool          // rules that are off by default speak as well
}

// Profile is a file in the YAML language, lowered.
type Profile struct {
	Version string    // of the first document, "reseal/v1"; "" without one
	Outputs []*Output // in the author's order: by document, release, architecture
	Ignores []Ignore

	// Findings are what rules say of the XML under verbatim. An error among them
	// is no obstacle to writing it.
	Findings *diag.List
}

// Output is one answer file that a profile stands for. Suffix tells the
// outputs of a profile apart: "" for a single one, else the parts that differ,
// "-2", "-11-24h2", "-arm64", in this order.
type Output struct {
	Suffix   string
	Answer   *answer.File
	Combined bool // holds a component for each of several architectures
}

// Ignore sets the findings of one rule aside in the document that says so.
type Ignore struct {
	Rule, Reason string
	Span         source.Span // the entry of lint.ignore
	Within       source.Span // the document
}

// Covers tells whether a finding at that place is meant.
func (i Ignore) Covers(at source.Span) bool {
	return at.File == i.Within.File && i.Within.Start <= at.Start && at.Start <= i.Within.End
}

// Parse reads a profile and lowers every document to its answer files. The
// list holds all problems of syntax, shape and lowering; with an error in it
// the outputs hold what could be understood and are good for further checks,
// not for use. Secrets are named by placeholders: see Resolve.
func Parse(f *source.File, o Options) (*Profile, *diag.List) {
	docs, diags := yamldoc.Parse(f)
	hideText(f, diags.Has(diag.Error))
	p := &Profile{Findings: &diag.List{}}
	for i, doc := range docs {
		if doc == nil {
			continue
		}
		outputs, ignores := p.document(doc, within(f, docs, i), o, diags)
		if len(docs) > 1 {
			for _, out := range outputs {
				out.Suffix = "-" + strconv.Itoa(i+1) + out.Suffix
			}
		}
		p.Outputs = append(p.Outputs, outputs...)
		p.Ignores = append(p.Ignores, ignores...)
		if v := doc.Get("version"); v != nil && p.Version == "" {
			p.Version = v.Text
		}
	}
	diags.Sort()
	p.Findings.Sort()
	return p, diags
}

// within is the part of the file that belongs to a document: it starts where
// the one before ends, so that comments above the first key belong to it.
func within(f *source.File, docs []*yamldoc.Node, i int) source.Span {
	s := source.Span{File: f, End: len(f.Text)}
	if i > 0 && docs[i-1] != nil {
		s.Start = docs[i-1].Span.End
	}
	if i+1 < len(docs) && docs[i] != nil {
		s.End = docs[i].Span.End
	}
	return s
}

// document lowers one document once for each of its outputs. What a
// section says alike for every output is reported once: the list drops equal
// findings when it is sorted.
func (p *Profile) document(doc *yamldoc.Node, within source.Span, o Options, diags *diag.List) ([]*Output, []Ignore) {
	hideSections(doc)
	hideNamed(doc, "", false)
	if unknownVersion(doc, diags) {
		return nil, nil
	}
	faulty := checkShape(doc, diags)
	if doc.Kind != yamldoc.Mapping {
		return nil, nil
	}
	checkReserved(doc, diags)
	var outputs []*Output
	var ignores []Ignore
	for _, plan := range plansOf(doc, o, diags) {
		l := newLowering(doc, within, plan, diags)
		l.strict, l.findings = o.Strict, p.Findings
		l.run(faulty)
		outputs = append(outputs, &Output{Suffix: plan.suffix, Answer: l.file, Combined: len(plan.architectures) > 1})
		ignores = l.ignores // the same for every output
	}
	return outputs, ignores
}

// unknownVersion reports a document of another version of the language. What
// its keys mean is not ours to say, so nothing else is looked at.
func unknownVersion(doc *yamldoc.Node, diags *diag.List) bool {
	v := doc.Get("version")
	if v == nil || v.Kind != yamldoc.Scalar || v.Text == Version || !strings.HasPrefix(v.Text, "reseal/") {
		return false
	}
	diags.Add(versionFinding(v))
	return true
}
