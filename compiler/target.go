package compiler

import (
	"slices"
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/reseal/reseal/schema"
)

// plan is one output of a document before it is lowered.
type plan struct {
	target        schema.Target
	spans         map[string]source.Span
	architectures []string // none: the author named none
	suffix        string
}

// plansOf multiplies the releases and architectures of the target section.
// Precedence of each field: flag, profile, configuration; a profile with a
// reseal section is for Sysprep unless one of these says otherwise.
func plansOf(doc *yamldoc.Node, o Options, diags *diag.List) []plan {
	t := targetReader{section: doc.Get("target"), spans: map[string]source.Span{}, diags: diags}
	base := schema.Target{
		Edition:       t.text("edition", o.Override.Edition, o.Default.Edition),
		Firmware:      t.text("firmware", o.Override.Firmware, o.Default.Firmware),
		Use:           t.text("use", o.Override.Use, o.Default.Use),
		MediaLanguage: t.text("mediaLanguage", o.Override.MediaLanguage, o.Default.MediaLanguage),
		Unattended:    t.unattended(o),
	}
	if base.Use == "" && doc.Get("reseal") != nil {
		base.Use = "sysprep"
	}
	if n := t.node("edition"); n != nil && n.Text == base.Edition {
		diags.Add(UnknownEdition(n.Text, n.Span))
	}
	releases := t.releases(o.Override.Windows, o.Default.Windows)
	architectures := t.list("architecture", o.Override.Architecture, o.Default.Architecture)
	for i := range architectures {
		architectures[i] = meantArchitecture(architectures[i])
	}
	architectures = slices.Compact(architectures) // [x64, amd64]
	groups := [][]string{architectures}
	if output := t.node("output"); output == nil || output.Text != "combined" {
		groups = oneEach(architectures)
	}
	var plans []plan
	for _, release := range oneEach(releases) {
		for _, group := range groups {
			p := plan{target: base, spans: t.spans, architectures: group}
			p.target.Windows = strings.Join(release, "")
			if len(group) == 1 {
				p.target.Architecture = group[0]
			}
			if len(releases) > 1 {
				p.suffix += "-" + p.target.Windows
			}
			if len(groups) > 1 {
				p.suffix += "-" + p.target.Architecture
			}
			plans = append(plans, p)
		}
	}
	return plans
}

// meantArchitecture puts right the name of an architecture, such as x64, which
// the shape has reported, so that no check finds fault with it again.
func meantArchitecture(word string) string {
	if meant := schema.ArchitectureMeant(word); slices.Contains(schema.Architectures(), meant) {
		return meant
	}
	return word
}

// oneEach puts every word in a group of its own; no words give one empty group.
func oneEach(words []string) [][]string {
	if len(words) == 0 {
		return [][]string{nil}
	}
	groups := make([][]string, len(words))
	for i, word := range words {
		groups[i] = []string{word}
	}
	return groups
}

// targetReader reads the target section; a nil section says nothing.
type targetReader struct {
	section *yamldoc.Node
	spans   map[string]source.Span // where each field that the profile decides stands
	diags   *diag.List
}

// node is the value of a key when it has a form that can be read.
func (t targetReader) node(key string) *yamldoc.Node {
	n := t.section.Get(key)
	if n == nil || n.Kind == yamldoc.Mapping || n.Empty {
		return nil
	}
	return n
}

func (t targetReader) text(key, flag, configured string) string {
	if flag != "" {
		return flag
	}
	if n := t.node(key); n != nil && n.Kind == yamldoc.Scalar {
		t.spans[key] = n.Span
		return n.Text
	}
	return configured
}

func (t targetReader) unattended(o Options) bool {
	if o.OverrideUnattended {
		return o.Override.Unattended
	}
	if n := t.node("unattended"); n != nil && n.Kind == yamldoc.Scalar {
		t.spans["unattended"] = n.Span
		return strings.EqualFold(n.Text, "true")
	}
	return o.Default.Unattended
}

// list reads one word or a list of them, each once.
func (t targetReader) list(key, flag, configured string) []string {
	var words []string
	for _, n := range t.words(key, flag) {
		if n.Kind == yamldoc.Scalar && n.Text != "" && !slices.Contains(words, n.Text) {
			words = append(words, n.Text)
		}
	}
	if flag != "" {
		words = []string{flag}
	}
	if len(words) == 0 && configured != "" {
		words = []string{configured}
	}
	return words
}

// words are the nodes of a key that holds one word or a list; none when a flag
// stands above them.
func (t targetReader) words(key, flag string) []*yamldoc.Node {
	n := t.node(key)
	if n == nil || flag != "" {
		return nil
	}
	t.spans[key] = n.Span
	if n.Kind == yamldoc.Sequence {
		return n.Items
	}
	return []*yamldoc.Node{n}
}

// releases reads the Windows releases as the IDs of the table. An unknown one
// is reported and left out, so that no check relies on it.
func (t targetReader) releases(flag, configured string) []string {
	var ids []string
	for _, n := range t.words("windows", flag) {
		if n.Kind != yamldoc.Scalar {
			continue
		}
		r := schema.FindRelease(n.Text)
		if r == nil {
			t.diags.Add(unknownTarget(n.Span, n.Text, "Windows release", schema.ReleaseIDs()))
			continue
		}
		if !slices.Contains(ids, r.ID) {
			ids = append(ids, r.ID)
		}
	}
	for _, given := range []string{flag, configured} {
		if r := schema.FindRelease(given); len(ids) == 0 && r != nil {
			ids = []string{r.ID}
		}
	}
	return ids
}

// UnknownEdition is the finding about the edition of a target that is not in the
// table, nil for one that is: a warning, for Windows gets new editions. The place
// is unknown where no file says it.
func UnknownEdition(id string, at source.Span) *diag.Diagnostic {
	if id == "" || schema.FindEdition(id) != nil {
		return nil
	}
	return unknownTarget(at, id, "edition", schema.EditionIDs()).As(diag.Warning).
		Helpf("Write the EditionID that the registry and dism give, such as Professional or ServerStandard.")
}

// unknownTarget reports a word that no table has.
func unknownTarget(at source.Span, word, what string, ids []string) *diag.Diagnostic {
	d := rule.TargetUnknown.At(at, "%q is no %s that Reseal knows", word, what)
	if near := schema.Nearest(word, ids); near != "" {
		d.Message += "; did you mean " + near + "?"
		if at.Known() {
			d.FixBy("Write "+near, false, at, near)
		}
	}
	return d
}
