package xmldoc

import (
	"strconv"

	"github.com/beevik/etree"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/schema/answer"
)

// binding is one namespace declaration. An empty prefix is the default
// namespace, an empty uri none.
type binding struct {
	prefix, uri string

	// wrong is the finding about a binding of wcm to another namespace. It
	// becomes an error with the first name that has the prefix.
	wrong *diag.Diagnostic
}

// lookup returns what the prefix means; ok is false when it means nothing.
func lookup(scope []binding, prefix string) (uri string, ok bool) {
	for i := len(scope) - 1; i >= 0; i-- {
		if scope[i].prefix == prefix {
			return scope[i].uri, true
		}
	}
	return "", prefix == ""
}

// canonicalPrefix is the prefix that answer files use for a well-known
// namespace, "" for others.
func canonicalPrefix(uri string) string {
	switch uri {
	case answer.WCMNamespace:
		return "wcm"
	case answer.XSINamespace:
		return "xsi"
	case answer.XMLNamespace:
		return "xml"
	}
	return ""
}

// declareOn puts the namespaces on the root that the file needs everywhere.
// Others are declared on the element that uses them.
func (w *writer) declareOn(root *etree.Element, s *survey) {
	w.scope = append(w.scope, binding{prefix: "xml", uri: answer.XMLNamespace})
	if w.own != "" {
		w.scope = append(w.scope, binding{uri: w.own})
		root.Attr = append(root.Attr, etree.Attr{Key: "xmlns", Value: w.own})
	}
	for _, uri := range []string{answer.WCMNamespace, answer.XSINamespace} {
		if s.spaces[uri] {
			w.scope = append(w.scope, binding{prefix: canonicalPrefix(uri), uri: uri})
			root.Attr = append(root.Attr, etree.Attr{Space: "xmlns", Key: canonicalPrefix(uri), Value: uri})
		}
	}
}

// elementPrefix gives el the prefix of its namespace and returns the
// declaration that it needs for that.
func (w *writer) elementPrefix(el *etree.Element, s *answer.Setting) []etree.Attr {
	uri := s.Space
	switch uri {
	case "":
		uri = w.own
	case answer.NoNamespace:
		uri = ""
	}
	if def, _ := lookup(w.scope, ""); def == uri {
		return nil
	}
	prefix := s.Prefix
	if p := canonicalPrefix(uri); p != "" {
		prefix = p
	} else if uri == "" || !isName(prefix) || canonicalURI(prefix) != "" {
		prefix = ""
	}
	el.Space = prefix
	if bound, ok := lookup(w.scope, prefix); ok && bound == uri {
		return nil
	}
	return []etree.Attr{w.declare(prefix, uri)}
}

// declare binds the prefix in the scope and returns the attribute that does so.
func (w *writer) declare(prefix, uri string) etree.Attr {
	w.scope = append(w.scope, binding{prefix: prefix, uri: uri})
	if prefix == "" {
		return etree.Attr{Key: "xmlns", Value: uri}
	}
	return etree.Attr{Space: "xmlns", Key: prefix, Value: uri}
}

// canonicalURI is the namespace that a well-known prefix is kept for, "" for
// other prefixes.
func canonicalURI(prefix string) string {
	switch prefix {
	case "wcm":
		return answer.WCMNamespace
	case "xsi":
		return answer.XSINamespace
	case "xml", "xmlns":
		return answer.XMLNamespace
	}
	return ""
}

// attributes appends the attributes, each with a prefix that means its
// namespace, and the declarations that they need.
func (w *writer) attributes(el *etree.Element, attributes []answer.Attribute) {
	var declared []etree.Attr
	for _, a := range attributes {
		prefix := ""
		if a.Space != "" {
			prefix = w.attributePrefix(a, &declared)
		}
		el.Attr = append(el.Attr, etree.Attr{Space: prefix, Key: a.Name, Value: a.Value})
	}
	el.Attr = append(el.Attr, declared...)
}

func (w *writer) attributePrefix(a answer.Attribute, declared *[]etree.Attr) string {
	if p := canonicalPrefix(a.Space); p != "" {
		return p
	}
	prefix := a.Prefix
	if bound, ok := lookup(w.scope, prefix); ok && prefix != "" && bound == a.Space {
		return prefix
	}
	// A prefix that is bound to something else may be in use on this very
	// element, so it is left alone.
	for n := 1; ; n++ {
		bound, taken := lookup(w.scope, prefix)
		if taken && bound == a.Space && prefix != "" {
			return prefix
		}
		if !taken && isName(prefix) && canonicalURI(prefix) == "" {
			break
		}
		prefix = "ns" + strconv.Itoa(n)
	}
	*declared = append(*declared, w.declare(prefix, a.Space))
	return prefix
}
