package compiler

import (
	"strconv"
	"strings"

	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// list lowers a container that holds nothing but its own item. A sequence
// implies the item's name; a mapping names the elements, or gives the keys and
// texts of items that are identified by wcm:keyValue.
func (l *lowering) list(s *spot, e *answer.Setting, n *yamldoc.Node) {
	item := s.schema.ItemOf(s.known)
	empty, _ := emptyNode(n)
	switch {
	case item == nil || empty:
		l.container(s, e, n, "%s holds a mapping, not %s", settingLevel)
	case n.Kind == yamldoc.Sequence:
		e.Style = answer.YAMLStructure
		e.Children = l.sequence(s.child(item.Name()), n.Items)
	case n.Kind == yamldoc.Mapping && keyedTexts(item, n):
		e.Style = answer.YAMLStructure
		e.Children = l.keyed(s.child(item.Name()), n)
	default:
		l.container(s, e, n, "%s holds a list, not %s", settingLevel)
	}
}

// items lowers the value behind the name of an item: always a list, even of
// one, or for items that are identified by wcm:keyValue a mapping of keys to
// texts.
func (l *lowering) items(s *spot, n *yamldoc.Node, at answer.Spans) []*answer.Setting {
	empty, deliberate := emptyNode(n)
	switch {
	case empty:
		if !deliberate {
			l.noteEmpty(s, n, at.NamePlace())
		}
		e := &answer.Setting{Name: s.name, Style: answer.YAMLStructure, Spans: at}
		return []*answer.Setting{e}
	case n.Kind == yamldoc.Sequence:
		return misnamed(s, at, l.sequence(s, n.Items))
	case n.Kind == yamldoc.Mapping && keyedTexts(s.known, n):
		return misnamed(s, at, l.keyed(s, n))
	}
	l.wrongForm(s, n, "%s is a list, even with a single entry", s.label()).
		Helpf("Put a dash before the entry: \"- ...\".")
	return []*answer.Setting{{Name: s.name, Style: answer.YAMLStructure, Unread: true, Spans: at}}
}

// misnamed lets the items point to their name where it is not spelled as the
// catalogue has it. Else each points to itself.
func misnamed(s *spot, at answer.Spans, items []*answer.Setting) []*answer.Setting {
	if s.name != s.known.Name() {
		for _, e := range items {
			e.Spans.Name = at.Name
		}
	}
	return items
}

// keyedTexts tells whether a mapping gives keys and texts of items rather than
// names of elements: every value is a text or a secret, and the item is one of
// text that is identified by wcm:keyValue.
func keyedTexts(item *schema.Setting, n *yamldoc.Node) bool {
	if !item.KeyAttr || !item.Text {
		return false
	}
	for _, p := range n.Pairs {
		if strings.HasPrefix(p.Key.Text, "$") || p.Value.Kind == yamldoc.Sequence {
			return false
		}
		if p.Value.Kind == yamldoc.Mapping && secretPair(p.Value) == nil {
			return false
		}
	}
	return true
}

func (l *lowering) keyed(s *spot, n *yamldoc.Node) []*answer.Setting {
	var all []*answer.Setting
	for _, p := range n.Pairs {
		e := &answer.Setting{Name: s.name, Spans: spansOf(p)}
		key := answer.Spans{Whole: p.Key.Span, Value: p.Key.Span}
		e.Attributes = []answer.Attribute{wcm("action", "add", e.Spans), wcm("keyValue", p.Key.Text, key)}
		l.leaf(s, e, p.Value)
		all = append(all, e)
	}
	return all
}

// sequence lowers the entries of a list in their order, and numbers what the
// author leaves to us.
func (l *lowering) sequence(s *spot, entries []*yamldoc.Node) []*answer.Setting {
	count := numbering{keys: map[string]bool{}}
	for _, n := range entries {
		if key := n.Get(keyKey); key != nil {
			count.keys[key.Text] = true
		}
	}
	var all []*answer.Setting
	for i, n := range entries {
		if n.Kind == yamldoc.Sequence && len(n.Items) > 0 {
			l.wrongForm(s, n, "an entry of %s cannot be a list itself", s.label())
			continue
		}
		all = append(all, l.item(s, n, &count, i+1))
	}
	return all
}

// item lowers one entry; place counts from 1.
func (l *lowering) item(s *spot, n *yamldoc.Node, count *numbering, place int) *answer.Setting {
	e := &answer.Setting{Name: s.name, Spans: itemSpans(n)}
	sp := special{}
	switch {
	case s.known.Text && n.Kind == yamldoc.Scalar:
		l.leaf(s, e, n)
	case s.known.Text:
		sp = l.textItem(s, e, n)
	default:
		sp = l.container(s, e, n, "an entry of %s is a mapping of settings, not %s", itemLevel)
	}
	if !sp.omits("action") && !sp.has(answer.WCMNamespace, "action") {
		e.Attributes = append(e.Attributes, wcm("action", "add", answer.Spans{Whole: n.Span}))
	}
	if s.known.KeyAttr && !sp.omits("key") && !sp.has(answer.WCMNamespace, "keyValue") {
		e.Attributes = append(e.Attributes, wcm("keyValue", count.nextKey(), answer.Spans{Whole: n.Span}))
	}
	sortAttributes(e.Attributes)
	if s.known.Key == "Order" && n.Kind == yamldoc.Mapping {
		l.order(s, e, n, sp, count, place)
	}
	return e
}

// textItem lowers an item of text that is written as a mapping.
func (l *lowering) textItem(s *spot, e *answer.Setting, n *yamldoc.Node) special {
	e.Style = answer.YAMLStructure
	if len(n.Pairs) == 0 {
		l.noteEmpty(s, n, e.NamePlace())
		return special{}
	}
	if l.secret(s, e, n) {
		return special{}
	}
	sp := l.special(s, n, itemLevel)
	e.Attributes = append(e.Attributes, sp.attributes...)
	l.startText(s, e, sp.text)
	if len(sp.rest) > 0 {
		e.Unread = true
		l.wrongForm(s, n, "an entry of %s takes one value, not a mapping", s.label()).
			Helpf("Write the value itself, or {$key: KEY, $text: VALUE}.")
	}
	return sp
}

// order numbers an item that has no Order of its own, and takes note of one
// that has.
func (l *lowering) order(s *spot, e *answer.Setting, n *yamldoc.Node, sp special, count *numbering, place int) {
	for _, c := range e.Children {
		if !strings.EqualFold(c.Name, "Order") {
			continue
		}
		count.noteOrder(c.Text)
		if l.strict && c.Text == strconv.Itoa(place) {
			l.diags.Add(s.child(c.Name).in(rule.YamlListOrderExplicit.At(c.NamePlace(), "Order repeats the place of the entry in its list")))
		}
		return
	}
	if sp.omits("order") || len(n.Pairs) == 0 {
		return
	}
	first := &answer.Setting{Name: "Order", Text: count.nextOrder(), Style: answer.YAMLStructure, Spans: answer.Spans{Whole: n.Span}}
	e.Children = append([]*answer.Setting{first}, e.Children...)
}

// numbering counts the entries of one list.
type numbering struct {
	keys  map[string]bool // keyValues that are taken
	key   int             // last one that was given; none below it is free
	order int             // highest so far
}

// nextKey is the smallest number from 1 that is free.
func (c *numbering) nextKey() string {
	for {
		c.key++
		if key := strconv.Itoa(c.key); !c.keys[key] {
			return key
		}
	}
}

func (c *numbering) noteOrder(text string) {
	if n, err := strconv.Atoi(strings.TrimSpace(text)); err == nil {
		c.order = max(c.order, n)
	}
}

func (c *numbering) nextOrder() string {
	c.order++
	return strconv.Itoa(c.order)
}

func wcm(name, value string, at answer.Spans) answer.Attribute {
	return answer.Attribute{Space: answer.WCMNamespace, Prefix: "wcm", Name: name, Value: value, Spans: at}
}
