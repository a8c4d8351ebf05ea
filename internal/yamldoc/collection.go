package yamldoc

import (
	"slices"

	"gopkg.in/yaml.v3"

	"github.com/reseal/reseal/internal/rule"
)

// fewKeys is how many keys a mapping may have before an index of them pays.
const fewKeys = 12

// keyIndex finds the pair of a key.
type keyIndex struct {
	of      *Node
	indexed int // how many pairs first knows
	first   map[string]int
}

func (k *keyIndex) find(key string) int {
	if len(k.of.Pairs) <= fewKeys {
		return slices.IndexFunc(k.of.Pairs, func(p Pair) bool { return p.Key.Text == key })
	}
	if k.first == nil {
		k.first = map[string]int{}
	}
	for ; k.indexed < len(k.of.Pairs); k.indexed++ {
		name := k.of.Pairs[k.indexed].Key.Text
		if _, known := k.first[name]; !known {
			k.first[name] = k.indexed
		}
	}
	if i, ok := k.first[key]; ok {
		return i
	}
	return -1
}

func (r *reader) mapping(y *yaml.Node, start, depth int, in *entry) built {
	n := &Node{Kind: Mapping, Flow: y.Style&yaml.FlowStyle != 0}
	b := built{node: n, start: start, height: 1, size: 1}
	content, flow := r.mappingStart(y, start)
	b.end = content
	if flow {
		b.end++
	}
	n.Span = r.span(content, b.end)
	keys := keyIndex{of: n}
	var merges []merge
	for i := 0; i+1 < len(y.Content) && !r.stopped; i += 2 {
		e := r.enter(entry{owner: in, container: n, flow: n.Flow})
		key := r.key(y.Content[i], depth+1, e)
		e.start, e.key = r.questionMark(key.start), key.node
		value := r.node(y.Content[i+1], depth+1, e)
		r.placeEmpty(&value, key.end)
		e.value, e.valueAt = value.node, value.start
		b.take(value)
		b.size += key.size
		if y.Content[i].Tag == "!!merge" {
			merges = append(merges, merge{e, key, value})
			continue
		}
		if at := keys.find(key.node.Text); at >= 0 && key.node.Text != "" {
			r.add(rule.YamlDuplicateKey.At(key.node.Span, "the key %q stands a second time in this mapping", key.node.Text).
				Relate(n.Pairs[at].Key.Span, "the first one"))
		}
		n.Pairs = append(n.Pairs, Pair{Key: key.node, Value: value.node})
	}
	r.merge(n, &keys, merges)
	if flow {
		b.end = r.close(b.end, '}')
	}
	n.Span = r.span(content, max(b.end, content))
	return b
}

// mappingStart returns where a mapping starts behind its anchor and tag, and
// whether braces stand around it: a single pair in brackets has none.
func (r *reader) mappingStart(y *yaml.Node, start int) (content int, flow bool) {
	content, _ = r.properties(start)
	if len(y.Content) == 0 {
		return content, true
	}
	key := r.places.at(y.Content[0].Line, y.Content[0].Column)
	if y.Style&yaml.FlowStyle != 0 {
		return min(content, key), content < key
	}
	if r.text[start] == '?' {
		return start, false
	}
	return key, false
}

// questionMark returns the place of the indicator before a key that is marked
// as one by "?", else the key's own.
func (r *reader) questionMark(key int) int {
	i := key
	for i > 0 && isBlank(r.text[i-1]) {
		i--
	}
	if i > 0 && i < key && r.text[i-1] == '?' {
		return i - 1
	}
	return key
}

// take widens a container for a finished part.
func (b *built) take(part built) {
	b.end = max(b.end, part.end)
	b.size += part.size
	b.height = max(b.height, part.height+1)
}

// key builds a key, which must be a scalar.
func (r *reader) key(y *yaml.Node, depth int, in *entry) built {
	b := r.node(y, depth, in)
	switch {
	case b.node.Kind != Scalar:
		r.add(rule.YamlSyntax.At(b.node.Span, "%s cannot be a key", b.node.Kind).
			Helpf("Braces and brackets at the start of a value or key need quotes when they are text."))
		b.node = &Node{Span: b.node.Span, Empty: true}
	case b.node.Empty && !r.stopped:
		r.add(rule.YamlSyntax.At(b.node.Span, "the key before the colon is missing"))
	}
	return b
}

// placeEmpty moves a value without text to the place where it would stand:
// right behind the colon.
func (r *reader) placeEmpty(value *built, keyEnd int) {
	if !value.node.Empty || value.node.Span.Start != value.node.Span.End || value.node.Alias.Known() {
		return
	}
	at := keyEnd
	if colon := skipSpace(r.text, keyEnd); colon < len(r.text) && r.text[colon] == ':' {
		at = colon + 1
	}
	value.start, value.end = at, at
	value.node.Span = r.span(at, at)
}

func (r *reader) sequence(y *yaml.Node, start, depth int, in *entry) built {
	flow := y.Style&yaml.FlowStyle != 0
	n := &Node{Kind: Sequence, Flow: flow}
	b := built{node: n, start: start, height: 1, size: 1}
	content, _ := r.properties(start)
	b.end = content
	if flow {
		b.end++
	}
	n.Span = r.span(content, b.end)
	for _, child := range y.Content {
		if r.stopped {
			break
		}
		e := r.enter(entry{owner: in, container: n, flow: flow, start: skipSpace(r.text, b.end)})
		item := r.node(child, depth+1, e)
		if flow {
			e.start = item.start
		}
		e.value, e.valueAt = item.node, item.start
		b.take(item)
		n.Items = append(n.Items, item.node)
	}
	if flow {
		b.end = r.close(b.end, ']')
	}
	n.Span = r.span(content, max(b.end, content))
	return b
}

// close returns the offset behind the bracket that ends a flow collection
// whose last part ends at i.
func (r *reader) close(i int, bracket byte) int {
	for at := skipSpace(r.text, i); at < len(r.text); at = skipSpace(r.text, at+1) {
		switch r.text[at] {
		case bracket:
			return at + 1
		case ',', ':', '?':
		default:
			return i
		}
	}
	return i
}

// merge is a merge key with its value.
type merge struct {
	entry      *entry
	key, value built
}

// merge adds the pairs of merged mappings behind the mapping's own: an own key
// wins over merged ones, an earlier merged mapping over later ones.
func (r *reader) merge(n *Node, keys *keyIndex, merges []merge) {
	for i, m := range merges {
		if i > 0 {
			r.add(rule.YamlDuplicateKey.At(m.key.node.Span, "the merge key << stands a second time in this mapping").
				Relate(merges[0].key.node.Span, "the first one").Helpf("Merge several mappings by a list: <<: [*one, *two]."))
		}
		from := []*Node{m.value.node}
		if m.value.node.Kind == Sequence {
			from = m.value.node.Items
		}
		first := true
		for _, f := range from {
			if f.Kind != Mapping && !r.stopped {
				r.add(rule.YamlSyntax.At(m.value.node.Span, "the merge key << takes a mapping or a list of mappings, not %s", f.Kind))
			}
			for _, p := range f.Pairs {
				if keys.find(p.Key.Text) >= 0 {
					continue
				}
				p.Merged = true
				n.Pairs = append(n.Pairs, p)
				if first { // comments of the merge key go to what it brought
					m.entry.key, m.entry.value, first = p.Key, p.Value, false
				}
			}
		}
	}
}
