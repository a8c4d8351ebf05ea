package xmldoc

import (
	"slices"
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// envelope sorts plain elements into passes, components and settings. own is
// the namespace of the file's root.
type envelope struct {
	diags    *diag.List
	own      string
	reported int
	foreign  bool // the root is that of another kind of file, so no place below it is ours
}

// report adds a diagnostic as long as there are not too many.
func (e *envelope) report(d *diag.Diagnostic) {
	if e.foreign {
		return
	}
	switch e.reported++; {
	case e.reported <= maxProblems:
		e.diags.Add(d)
	case e.reported == maxProblems+1:
		e.diags.Add(rule.InputLimit.At(d.Span, "more than %d elements do not belong where they stand", maxProblems))
	}
}

// file fills a from the parsed document.
func (e *envelope) file(a *answer.File, doc, root *answer.Setting) {
	e.own = root.Space
	e.checkRoot(root)
	if e.own != answer.Namespace {
		a.Namespace = orNone(e.own)
	}
	a.Root, a.RootSpans, a.Attributes = root.Name, root.Spans, root.Attributes
	for _, x := range doc.Extra {
		if x.Index == 0 {
			a.Prolog = append(a.Prolog, x)
		} else {
			x.Index = 0
			a.Epilog = append(a.Epilog, x)
		}
	}
	f := e.inRoot(root)
	a.Passes, a.Servicing, a.Extra = f.Passes, f.Servicing, f.Extra
	if f.Servicing != nil {
		a.Packages = f.Servicing.Children
	}
}

// orNone spells the absence of a namespace in a way that is not the empty
// string, which stands for the file's own namespace.
func orNone(uri string) string {
	if uri == "" {
		return answer.NoNamespace
	}
	return uri
}

func (e *envelope) checkRoot(root *answer.Setting) {
	if root.Name != "unattend" {
		d := rule.RootNotUnattend.At(root.NamePlace(), "the root element is <%s>, not <unattend>", root.Name)
		if strings.EqualFold(root.Name, "unattend") {
			d.Message += ": the case of the letters matters"
			d.Fix = &diag.Fix{Title: "rename the root element", Safe: true, Edits: renaming(root, "unattend")}
		}
		if root.Name == "settings" || root.Name == "component" {
			d.Helpf(`Put it where it belongs inside of <unattend xmlns="%s">.`, answer.Namespace)
		}
		e.report(d)
		if !strings.EqualFold(root.Name, "unattend") {
			e.foreign = true
			return
		}
	}
	switch root.Space {
	case answer.Namespace:
	case "":
		e.report(rule.UnattendNamespaceWrong.At(root.NamePlace(), "the root element is in no namespace").
			FixBy("declare the namespace", false, root.NamePlace(), root.NamePlace().Text()+` xmlns="`+answer.Namespace+`"`))
	default:
		e.report(rule.UnattendNamespaceWrong.At(root.NamePlace(), "the root element is in the namespace %q, not in %q", root.Space, answer.Namespace))
	}
}

// renaming changes the name in both tags of an element.
func renaming(el *answer.Setting, name string) []diag.Edit {
	edits := []diag.Edit{{Span: el.Spans.Name, Text: name}}
	whole := el.Whole.Text()
	at := strings.LastIndex(whole, "</")
	if at < 0 || strings.HasSuffix(whole, "/>") {
		return edits
	}
	if n := strings.LastIndex(whole[at:], el.Name); n >= 0 {
		end := el.Whole
		end.Start += at + n
		end.End = end.Start + len(el.Name)
		edits = append(edits, diag.Edit{Span: end, Text: name})
	}
	return edits
}

// fragment sorts the content of a fragment by its place.
func (e *envelope) fragment(where Place, doc *answer.Setting) *Fragment {
	switch where {
	case InRoot:
		return e.inRoot(doc)
	case InPass:
		pass := &answer.Pass{}
		e.inPass(pass, doc)
		return &Fragment{Components: pass.Components, Extra: pass.Extra}
	}
	extra := withText(doc)
	for _, s := range doc.Children {
		e.settle(s, true)
	}
	return &Fragment{Settings: doc.Children, Extra: extra}
}

// withText is the extras of an element that is no setting, its text among them.
func withText(el *answer.Setting) []answer.Extra {
	if el.Text == "" || isBlankText(el.Text) {
		return el.Extra
	}
	return append([]answer.Extra{{Kind: answer.Text, Text: el.Text, Span: el.Spans.Value}}, el.Extra...)
}

// sift hands every child to take and keeps those that it refuses as extras,
// which take their place among the children that were taken.
func sift(el *answer.Setting, take func(*answer.Setting) bool) []answer.Extra {
	var out []answer.Extra
	extra, taken := withText(el), 0
	for i, child := range el.Children {
		for ; len(extra) > 0 && extra[0].Index <= i; extra = extra[1:] {
			extra[0].Index = taken
			out = append(out, extra[0])
		}
		if take(child) {
			taken++
			continue
		}
		out = append(out, answer.Extra{Kind: answer.Element, Index: taken, Element: child, Span: child.Whole})
	}
	for _, x := range extra {
		x.Index = taken
		out = append(out, x)
	}
	return out
}

func (e *envelope) inRoot(root *answer.Setting) *Fragment {
	f := &Fragment{}
	f.Extra = sift(root, func(child *answer.Setting) bool {
		switch {
		case child.Space == e.own && child.Name == "settings":
			f.Passes = append(f.Passes, e.pass(child))
			return true
		case child.Space == e.own && child.Name == "servicing" && f.Servicing == nil:
			e.settle(child, false)
			f.Servicing = child
			return false
		}
		e.unexpected(child, rule.UnknownRootChild, "settings", "servicing")
		return false
	})
	f.Extra = slices.DeleteFunc(f.Extra, func(x answer.Extra) bool { return x.Kind == answer.Element && x.Element == f.Servicing })
	return f
}

func (e *envelope) pass(el *answer.Setting) *answer.Pass {
	p := &answer.Pass{Spans: el.Spans, Attributes: el.Attributes}
	if i := findFold(el.Attributes, "pass"); i >= 0 {
		a := el.Attributes[i]
		p.Name, p.Spans.Value = a.Value, a.Spans.Value
		if a.Name == "pass" && a.Value != "" { // pass="" is not the same as no attribute
			p.Attributes = slices.Delete(el.Attributes, i, i+1)
		}
	}
	e.inPass(p, el)
	return p
}

func (e *envelope) inPass(p *answer.Pass, el *answer.Setting) {
	p.Extra = sift(el, func(child *answer.Setting) bool {
		if child.Space == e.own && child.Name == "component" {
			p.Components = append(p.Components, e.component(child))
			return true
		}
		e.unexpected(child, rule.UnknownPassChild, "component")
		return false
	})
}

func (e *envelope) component(el *answer.Setting) *answer.Component {
	c := &answer.Component{Spans: el.Spans, Attributes: el.Attributes, Settings: el.Children, Extra: withText(el)}
	if i := findFold(el.Attributes, "name"); i >= 0 {
		c.Name, c.Spans.Value = el.Attributes[i].Value, el.Attributes[i].Spans.Value
	}
	if i := findFold(el.Attributes, "processorArchitecture"); i >= 0 {
		c.Architecture = el.Attributes[i].Value
	}
	for _, s := range c.Settings {
		e.settle(s, true)
	}
	return c
}

// unexpected reports an element that is neither of those that belong here, and
// settles what is below.
func (e *envelope) unexpected(el *answer.Setting, r *rule.Rule, expected ...string) {
	switch {
	case el.Space == e.own || el.Space == "" && !slices.Contains(expected, el.Name):
		d := r.At(el.NamePlace(), "the element <%s> does not belong here", el.Name)
		if slices.Contains(expected, el.Name) {
			d.Message = "a second element <" + el.Name + "> does not belong here"
		} else if near := schema.Nearest(el.Name, expected); near != "" {
			d.Message += "; did you mean <" + near + ">?"
		}
		e.report(d)
	case el.Space == "" || looksLikeOurs(el.Space):
		e.wrongNamespace(el)
	}
	e.settle(el, false)
}

// wrongNamespace reports an element below the root: a warning, since the rest
// of the file counts.
func (e *envelope) wrongNamespace(el *answer.Setting) {
	d := rule.UnattendNamespaceWrong.At(el.NamePlace(), "the element <%s> is in the namespace %q, not in that of answer files", el.Name, el.Space)
	if el.Space == "" {
		d.Message = "the element <" + el.Name + "> is in no namespace"
	}
	e.report(d.As(diag.Warning))
}

// looksLikeOurs tells a misspelt namespace of answer files from a foreign one:
// it has the same letters, perhaps behind "http://".
func looksLikeOurs(uri string) bool {
	letters := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, strings.ToLower(uri))
	return strings.HasSuffix(letters, "schemasmicrosoftcomunattend")
}

// settle spells the namespaces below and including el as the answer tree does:
// "" for the file's own. With check the topmost foreign element is reported.
func (e *envelope) settle(el *answer.Setting, check bool) {
	if el.Space == e.own {
		el.Space = ""
	} else {
		if check && (el.Space == "" || looksLikeOurs(el.Space)) {
			e.wrongNamespace(el)
		} else if check && el.Space != el.Prefix { // else the prefix was reported as undeclared
			e.report(rule.ForeignNamespaceInComponent.At(el.NamePlace(), "the element <%s> is in the namespace %q, so it is no setting", el.Name, el.Space))
		}
		el.Space, check = orNone(el.Space), false
	}
	for _, child := range el.Children {
		e.settle(child, check)
	}
}

// findFold is the index of the attribute without a namespace, -1 for none.
func findFold(attributes []answer.Attribute, name string) int {
	return slices.IndexFunc(attributes, func(a answer.Attribute) bool {
		return a.Space == "" && strings.EqualFold(a.Name, name)
	})
}
