package compiler

import (
	"slices"
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/xmldoc"
	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// The keys that speak of the element itself and not of a child. No XML name
// starts with "$".
const (
	attrKey   = "$attr"
	omitKey   = "$omit"
	textKey   = "$text"
	actionKey = "$action"
	keyKey    = "$key"
	nameKey   = "$name"
)

// special is what the keys with "$" of a mapping say, and the other entries.
type special struct {
	attributes []answer.Attribute
	omit       []*yamldoc.Node
	text       *yamldoc.Node
	name       *yamldoc.Node // of the root element
	rest       []yamldoc.Pair
}

// level tells which special keys and omissions an element knows.
type level struct{ keys, omissions []string }

var (
	rootLevel      = level{keys: []string{attrKey, nameKey}}
	passLevel      = level{keys: []string{attrKey}}
	componentLevel = level{
		keys:      []string{attrKey, omitKey},
		omissions: []string{"name", "processorArchitecture", "publicKeyToken", "language", "versionScope"},
	}
	settingLevel = level{keys: []string{attrKey, textKey, actionKey, keyKey}}
	itemLevel    = level{
		keys:      []string{attrKey, omitKey, textKey, actionKey, keyKey},
		omissions: []string{"action", "key", "order"},
	}
)

// special parts the entries of a mapping. It also notes the prefixes that
// $attr declares at the spot, for everything below.
func (l *lowering) special(s *spot, n *yamldoc.Node, at level) special {
	var sp special
	for _, p := range n.Pairs {
		if !strings.HasPrefix(p.Key.Text, "$") {
			sp.rest = append(sp.rest, p)
			continue
		}
		if strings.HasPrefix(p.Key.Text, variable) {
			continue // reported with the variables
		}
		if !slices.Contains(at.keys, p.Key.Text) {
			l.unknownSpecial(s, p.Key, at.keys)
			continue
		}
		switch p.Key.Text {
		case attrKey:
			sp.attributes = append(sp.attributes, l.attributes(s, p.Value)...)
		case omitKey:
			sp.omit = l.omissions(s, p.Value, at.omissions)
		case textKey:
			sp.text = p.Value
		case nameKey:
			sp.name = p.Value
		case actionKey:
			sp.attributes = l.wcmAttribute(s, sp.attributes, "action", p)
		case keyKey:
			sp.attributes = l.wcmAttribute(s, sp.attributes, "keyValue", p)
		}
	}
	l.checkTwice(s, sp.attributes)
	sortAttributes(sp.attributes)
	return sp
}

// sortAttributes puts the attributes that make an item before all others, so
// that it does not matter whether they are implied or written.
func sortAttributes(list []answer.Attribute) {
	rank := func(a answer.Attribute) int {
		switch {
		case a.Space == answer.WCMNamespace && a.Name == "action":
			return 0
		case a.Space == answer.WCMNamespace && a.Name == "keyValue":
			return 1
		}
		return 2
	}
	slices.SortStableFunc(list, func(a, b answer.Attribute) int { return rank(a) - rank(b) })
}

// omits tells whether the author leaves an implied part out.
func (sp special) omits(part string) bool {
	return slices.ContainsFunc(sp.omit, func(n *yamldoc.Node) bool { return n.Text == part })
}

// has tells whether the author gives an attribute himself.
func (sp special) has(space, name string) bool {
	return slices.ContainsFunc(sp.attributes, func(a answer.Attribute) bool { return a.Space == space && a.Name == name })
}

func (l *lowering) unknownSpecial(s *spot, key *yamldoc.Node, known []string) {
	d := s.in(rule.SpecialKey.At(key.Span, "%s takes no key %q here", s.label(), key.Text))
	suggest(d, key, known)
	l.diags.Add(d)
}

// suggest adds the nearest of the known words and the list of all.
func suggest(d *diag.Diagnostic, n *yamldoc.Node, known []string) {
	d.Helpf("Known here: %s.", strings.Join(known, ", "))
	if len(known) == 0 {
		d.Help = ""
	}
	if near := schema.Nearest(n.Text, known); near != "" {
		d.Message += "; did you mean " + near + "?"
		d.FixBy("Write "+near, false, n.Span, near)
	}
}

func (l *lowering) omissions(s *spot, n *yamldoc.Node, known []string) []*yamldoc.Node {
	words := n.Items
	if n.Kind != yamldoc.Sequence {
		words = []*yamldoc.Node{n}
	}
	var omit []*yamldoc.Node
	for _, w := range words {
		if w.Kind == yamldoc.Scalar && slices.Contains(known, w.Text) {
			omit = append(omit, w)
			continue
		}
		d := s.in(rule.SpecialKey.At(w.Span, "$omit names a part that %s does not imply", s.label()))
		suggest(d, w, known)
		l.diags.Add(d)
	}
	return omit
}

// attributes reads the mapping below $attr. "xmlns:p" declares a prefix.
func (l *lowering) attributes(s *spot, n *yamldoc.Node) []answer.Attribute {
	if n.Kind != yamldoc.Mapping {
		l.wrongForm(s, n, "$attr holds a mapping of attribute names to values, not %s", n.Kind)
		return nil
	}
	for _, p := range n.Pairs {
		if prefix, ok := strings.CutPrefix(p.Key.Text, "xmlns:"); ok && p.Value.Kind == yamldoc.Scalar {
			if s.prefixes == nil {
				s.prefixes = map[string]string{}
			}
			s.prefixes[prefix] = l.text(p.Value)
		}
	}
	var list []answer.Attribute
	for _, p := range n.Pairs {
		if p.Value.Kind != yamldoc.Scalar {
			l.wrongForm(s, p.Value, "the attribute %s takes one value, not %s", p.Key.Text, p.Value.Kind)
			continue
		}
		if a, ok := l.attribute(s, p); ok {
			list = append(list, a)
		}
	}
	return list
}

func (l *lowering) attribute(s *spot, p yamldoc.Pair) (a answer.Attribute, ok bool) {
	a = answer.Attribute{Name: p.Key.Text, Value: l.text(p.Value), Spans: spansOf(p)}
	if prefix, name, found := strings.Cut(p.Key.Text, ":"); found {
		if prefix == "xmlns" {
			return a, false
		}
		uri, known := s.namespace(prefix)
		if !known {
			l.diags.Add(s.in(rule.SpecialKey.At(p.Key.Span, "the prefix %q stands for no namespace", prefix).
				Helpf("wcm, xsi and xml are known; declare another one with \"xmlns:%s\" in the same $attr.", prefix)))
			return a, false
		}
		a.Prefix, a.Name, a.Space = prefix, name, uri
	}
	if a.Prefix == "" && a.Name == "xmlns" && s.up == nil {
		l.rootNamespace(a)
		return a, false
	}
	if !xmldoc.IsName(a.Name) || a.Prefix == "" && a.Name == "xmlns" {
		l.diags.Add(s.in(rule.SettingNameInvalid.At(p.Key.Span, "%q cannot be the name of an attribute", p.Key.Text)))
		return a, false
	}
	return a, true
}

func (l *lowering) wcmAttribute(s *spot, list []answer.Attribute, name string, p yamldoc.Pair) []answer.Attribute {
	if p.Value.Kind != yamldoc.Scalar {
		l.wrongForm(s, p.Value, "%s takes one value, not %s", p.Key.Text, p.Value.Kind)
		return list
	}
	return append(list, answer.Attribute{Space: answer.WCMNamespace, Prefix: "wcm", Name: name, Value: l.text(p.Value), Spans: spansOf(p)})
}

// checkTwice reports an attribute that $attr gives and another key as well.
func (l *lowering) checkTwice(s *spot, list []answer.Attribute) {
	if len(list) < 2 {
		return
	}
	first := map[[2]string]answer.Attribute{}
	for _, a := range list {
		name := [2]string{a.Space, a.Name}
		if b, twice := first[name]; twice {
			l.diags.Add(s.in(rule.SpecialKey.At(a.NamePlace(), "the attribute %s of %s is given twice", a.Name, s.label()).
				Relate(b.NamePlace(), "the first one")))
			continue
		}
		first[name] = a
	}
}

// spansOf are the spans of what stands for an entry of a mapping.
func spansOf(p yamldoc.Pair) answer.Spans {
	at := answer.Spans{Whole: p.Span(), Name: p.Key.Span}
	if p.Value.Kind == yamldoc.Scalar {
		at.Value = p.Value.Span
	}
	return at
}
