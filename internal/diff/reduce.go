package diff

import (
	"strings"

	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema/answer"
)

// reduce turns an answer file into nodes. Passes and components come in their
// canonical order, so that changes do.
func reduce(f *answer.File) *node {
	f = answer.Canonical(f)
	n := &node{kind: fileNode}
	n.plain("root", or(f.Root, "unattend"), f.RootSpans.NamePlace())
	n.plain("@xmlns", or(f.Namespace, answer.Namespace), f.RootSpans.NamePlace())
	n.attributes(f.Attributes, f.RootSpans.Whole)
	n.besides("\x01prolog ", f.Prolog)
	if f.Servicing != nil || len(f.Packages) > 0 {
		s := answer.Setting{Name: "servicing"}
		if f.Servicing != nil {
			s = *f.Servicing
		}
		s.Children = f.Packages
		n.packages(&s)
	}
	for _, p := range f.Passes {
		n.child("\x01pass "+passID(p), unnumbered, reducePass(p))
	}
	n.besides("", f.Extra)
	n.besides("\x01epilog ", f.Epilog)
	return n.seal()
}

func or(text, fallback string) string {
	if text == "" {
		return fallback
	}
	return text
}

func passID(p *answer.Pass) string { return strings.ToLower(p.Name) }

func reducePass(p *answer.Pass) *node {
	n := &node{kind: passNode, name: or(p.Name, "settings"), id: passID(p), at: p.NamePlace()}
	if id, known := p.ID(); known {
		n.name = id.String()
	}
	n.attributes(p.Attributes, n.at)
	for _, c := range p.Components {
		child := reduceComponent(c)
		n.child("\x01component "+child.id, unnumbered, child)
	}
	n.besides("", p.Extra)
	return n.seal()
}

func reduceComponent(c *answer.Component) *node {
	n := &node{kind: componentNode, name: or(c.Name, "component"), at: c.NamePlace()}
	known := c.Schema()
	if known != nil {
		n.name = known.Name
	}
	n.full = n.name + "@" + strings.ToLower(c.Architecture)
	n.id = strings.ToLower(n.full)
	for _, a := range c.Written() {
		if a.Space == "" && (strings.EqualFold(a.Name, "name") || strings.EqualFold(a.Name, "processorArchitecture")) {
			continue // they are the ID
		}
		child := attribute(a, n.at, false)
		if a.Space == "" && isIdentity(a.Name) {
			child.value, child.implied = strings.ToLower(a.Value), true
		}
		n.child(child.id, unnumbered, child.seal())
	}
	r := reducing{component: known}
	r.settings(n, nil, c.Settings)
	n.besides("", c.Extra)
	return n.seal()
}

// isIdentity tells the attributes of a component whose letter case says
// nothing.
func isIdentity(name string) bool {
	return strings.EqualFold(name, "publicKeyToken") || strings.EqualFold(name, "language") || strings.EqualFold(name, "versionScope")
}

// plain adds a leaf of a value that has a name of its own.
func (n *node) plain(name, value string, at source.Span) {
	n.child("\x01"+name, unnumbered, (&node{kind: settingNode, name: name, id: name, value: value, shown: value, at: at, implied: true}).seal())
}

func (n *node) attributes(list []answer.Attribute, at source.Span) {
	for _, a := range list {
		c := attribute(a, at, false)
		n.child(c.id, unnumbered, c.seal())
	}
}

// attribute reduces one; it still wants to be sealed.
func attribute(a answer.Attribute, above source.Span, secret bool) *node {
	n := &node{kind: settingNode, name: "@" + a.Name, value: a.Value, shown: a.Value, at: a.Place().Or(above)}
	n.id = "\x01@" + a.Space + " " + strings.ToLower(a.Name)
	switch {
	case a.Space == answer.WCMNamespace:
		n.name = "@wcm:" + a.Name
		n.implied = a.Name == "action" && a.Value == "add"
	case a.Prefix != "":
		n.name = "@" + a.Prefix + ":" + a.Name
	}
	if isBoolean(a.Value) {
		n.value = strings.ToLower(a.Value)
	}
	if answer.SoundsSecret(a.Name) || secret && a.Space != answer.WCMNamespace {
		n.shown = masked
	}
	return n
}

// isBoolean tells true and false in any letter case.
func isBoolean(text string) bool {
	return strings.EqualFold(text, "true") || strings.EqualFold(text, "false")
}

// masked stands for the value of a secret.
const masked = "********"

// besides adds what stands beside passes and components: elements that are
// neither, instructions and text. Before tells the places apart that a
// file has for them.
func (n *node) besides(before string, extra []answer.Extra) {
	r := reducing{}
	for _, x := range extra {
		if x.Kind == answer.Element {
			c := r.setting(x.Element, nil, nil)
			n.child(before+c.id, unnumbered, c)
		} else if c := content(x, false); c != nil {
			n.child(before+c.id, unnumbered, c)
		}
	}
}

// content reduces an instruction or a text between elements; nil for what
// means nothing.
func content(x answer.Extra, secret bool) *node {
	n := &node{kind: settingNode, value: x.Text, shown: x.Text, at: x.Span}
	switch {
	case x.Kind == answer.Instruction:
		target, _, _ := strings.Cut(x.Text, " ")
		n.name = "?" + target
		n.id = "\x01?"
	case x.Kind == answer.Text && !isBlank(x.Text):
		n.name, n.id = "text()", "\x01text"
	default:
		return nil
	}
	if secret {
		n.shown = masked
		if x.Kind == answer.Instruction {
			n.name = "?" // <?hunter2?> has the secret for its name
		}
	}
	return n.seal()
}

func isBlank(text string) bool { return strings.Trim(text, " \t\r\n") == "" }
