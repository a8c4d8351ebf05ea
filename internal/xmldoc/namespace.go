package xmldoc

import (
	"slices"
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema/answer"
)

func isDeclaration(qname string) bool { return qname == "xmlns" || strings.HasPrefix(qname, "xmlns:") }

// bindings takes the namespace declarations of the tag into the scope.
func (p *parser) bindings() {
	from := len(p.scope)
	for i := range p.attrs {
		a := &p.attrs[i]
		if !isDeclaration(a.qname) {
			continue
		}
		prefix := strings.TrimPrefix(strings.TrimPrefix(a.qname, "xmlns"), ":")
		value := p.place(a.valueStart, a.valueEnd)
		b := binding{prefix: prefix, uri: a.value}
		switch {
		case slices.ContainsFunc(p.scope[from:], func(b binding) bool { return b.prefix == prefix }):
			p.failAt(p.place(a.start, a.start+len(a.qname)), "the declaration %s stands twice on one element", a.qname)
			continue
		case prefix == "" && a.qname != "xmlns" || strings.Contains(prefix, ":") || prefix == "xmlns" || prefix == "xml" && a.value != answer.XMLNamespace:
			p.failAt(p.place(a.start, a.start+len(a.qname)), "the namespace declaration %s is not allowed", a.qname)
			continue
		case prefix != "" && a.value == "":
			p.failAt(value, "the prefix %s is bound to no namespace", prefix)
		case prefix == "wcm" && a.value != answer.WCMNamespace:
			b.wrong = rule.WcmNamespaceWrong.At(value, "the prefix wcm is bound to a namespace other than that of list items").
				As(diag.Info).FixBy("correct the address", true, value, answer.WCMNamespace)
			p.report(b.wrong)
		}
		if old, ok := lookup(p.scope, prefix); ok && old == a.value && a.value != "" && b.wrong == nil {
			continue
		}
		p.scope = append(p.scope, b)
		if len(p.scope) > maxPrefixes {
			p.limit(a.start, "more than %d namespace declarations are in force at one place", maxPrefixes)
		}
	}
}

// split parts a name into prefix and local name; offset is where it stands.
func (p *parser) split(qname string, offset int) (prefix, local string) {
	i := strings.IndexByte(qname, ':')
	if i < 0 {
		return "", qname
	}
	prefix, local = qname[:i], qname[i+1:]
	if prefix != "" && isName(local) {
		return prefix, local
	}
	p.failAt(p.place(offset, offset+len(qname)), "a name has its colon in the wrong place").Helpf("A colon stands between a namespace prefix and a name, once.")
	if local = strings.Trim(qname[strings.LastIndexByte(strings.TrimRight(qname, ":"), ':')+1:], ":"); isName(local) {
		return "", local
	}
	return "", "_"
}

// elementSpace is the namespace of an element: "" for none.
func (p *parser) elementSpace(prefix string, at int) string {
	if prefix == "" {
		uri, _ := lookup(p.scope, "")
		return uri
	}
	return p.prefixSpace(prefix, at)
}

// prefixSpace is what a prefix means. An undeclared one is reported once and
// taken for what it means by custom.
func (p *parser) prefixSpace(prefix string, at int) string {
	for i := len(p.scope) - 1; i >= 0; i-- {
		if b := &p.scope[i]; b.prefix == prefix {
			if b.wrong != nil {
				b.wrong.As(rule.WcmNamespaceWrong.Severity)
			}
			return b.uri
		}
	}
	custom := canonicalURI(prefix)
	if prefix == "xmlns" {
		p.failAt(p.place(at, at+len(prefix)), "the prefix xmlns is for namespace declarations alone")
		return custom
	}
	if !slices.Contains(p.unbound, prefix) && len(p.unbound) < maxPrefixes {
		p.unbound = append(p.unbound, prefix)
		name := prefix
		if custom == "" {
			name = p.named(prefix, at)
		}
		d := p.failAt(p.place(at, at+len(prefix)), "the namespace prefix %s is not declared", name)
		d.Helpf("Declare it on the root element: xmlns:%s=\"…\".", name)
		if custom != "" && !p.fragment {
			declaration := "xmlns:" + prefix + `="` + custom + `"`
			d.Helpf("Add %s to the root element.", declaration)
			d.FixBy("declare the prefix on the root element", true, p.place(p.rootTag, p.rootTag), " "+declaration)
		}
	}
	if custom == "" {
		return prefix
	}
	return custom
}

// checkListAttribute reports a list attribute in a namespace that merely looks
// like the right one. The prefix wcm was reported at its declaration.
func (p *parser) checkListAttribute(a *answer.Attribute) {
	if a.Name != "action" && a.Name != "keyValue" || a.Prefix == "" || a.Prefix == "wcm" || a.Space == answer.WCMNamespace {
		return
	}
	if !strings.Contains(strings.ToLower(a.Space), "wmiconfig") {
		return
	}
	p.report(rule.WcmNamespaceWrong.At(a.Spans.Name, "the attribute %s is in a namespace other than that of list items", a.Name))
}

// tagFail notes the first mistake of a tag. Later ones usually follow from it
// and come back as a diagnostic that nobody sees.
func (p *parser) tagFail(start, end int, format string, args ...any) *diag.Diagnostic {
	d := rule.XmlNotWellFormed.At(p.place(start, end), format, args...)
	if p.tagError == nil {
		p.tagError = d
	}
	return d
}

func (p *parser) failAt(at source.Span, format string, args ...any) *diag.Diagnostic {
	d := rule.XmlNotWellFormed.At(at, format, args...)
	p.report(d)
	return d
}
