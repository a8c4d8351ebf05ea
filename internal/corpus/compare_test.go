package main

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/reseal/reseal/schema"
)

// A second opinion on what two answer files say. It stands on encoding/xml and
// shares no code with the reader, the writer or the comparison of the product.
// Of the catalogue it uses the kinds of elements.

// node is an element, a text or a processing instruction.
type node struct {
	name  xml.Name // of an element
	attrs []xml.Attr
	kids  []*node
	text  string // of a text, or the whole instruction
	pi    bool
	order int // number of an item while items are sorted
}

func (n *node) element() bool { return n.name.Local != "" }

// blanks makes of the white space in values of attributes what XML demands,
// and encoding/xml leaves out.
var blanks = strings.NewReplacer("\r\n", " ", "\n", " ", "\t", " ", "\r", " ")

// normalized is a name as the value of its xmlns attribute demands it.
func normalized(name xml.Name) xml.Name {
	return xml.Name{Space: blanks.Replace(name.Space), Local: name.Local}
}

// minorVersion finds a version 1.1 or such, which XML 1.0 lets every reader take,
// and encoding/xml does not.
var minorVersion = regexp.MustCompile(`^(<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*["'])1\.[0-9]+`)

// tree reads a document: the instructions around the root, and the root.
func tree(data []byte) (*node, error) {
	dec := xml.NewDecoder(bytes.NewReader(minorVersion.ReplaceAll(utf8Of(data), []byte("${1}1.0"))))
	dec.CharsetReader = charset
	doc := &node{}
	open := []*node{doc}
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return doc, nil
		}
		if err != nil {
			return nil, err
		}
		top := open[len(open)-1]
		switch t := token.(type) {
		case xml.StartElement:
			n := &node{name: normalized(t.Name)}
			for _, a := range t.Attr {
				if a.Name.Space != "xmlns" && a.Name != (xml.Name{Local: "xmlns"}) {
					a.Name, a.Value = normalized(a.Name), blanks.Replace(a.Value)
					n.attrs = append(n.attrs, a)
				}
			}
			slices.SortFunc(n.attrs, func(a, b xml.Attr) int {
				return strings.Compare(a.Name.Space+" "+a.Name.Local, b.Name.Space+" "+b.Name.Local)
			})
			top.kids = append(top.kids, n)
			open = append(open, n)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if last := len(top.kids) - 1; last >= 0 && !top.kids[last].element() && !top.kids[last].pi {
				top.kids[last].text += string(t)
			} else {
				top.kids = append(top.kids, &node{text: string(t)})
			}
		case xml.ProcInst:
			if t.Target != "xml" {
				top.kids = append(top.kids, &node{pi: true, text: t.Target + " " + strings.TrimLeft(string(t.Inst), " \t\r\n")})
			}
		}
	}
}

// utf8Of turns UTF-16 into UTF-8; other bytes stay.
func utf8Of(data []byte) []byte {
	var order binary.ByteOrder = binary.LittleEndian
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return data[3:]
	case bytes.HasPrefix(data, []byte("\xfe\xff")), bytes.HasPrefix(data, []byte("\x00<")):
		order = binary.BigEndian
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("<\x00")):
	default:
		return data
	}
	var units []uint16
	for ; len(data) > 1; data = data[2:] {
		units = append(units, order.Uint16(data))
	}
	return []byte(strings.TrimPrefix(string(utf16.Decode(units)), "\ufeff"))
}

// charset reads the encodings that answer files declare. The ones of eight
// bits agree where the corpus has letters.
func charset(label string, in io.Reader) (io.Reader, error) {
	switch strings.ToLower(label) {
	case "utf-16", "utf8", "us-ascii":
		return in, nil
	case "windows-1252", "iso-8859-1":
		data, err := io.ReadAll(in)
		if err != nil {
			return nil, err
		}
		var out strings.Builder
		for _, b := range data {
			out.WriteRune(rune(b))
		}
		return strings.NewReader(out.String()), nil
	}
	return nil, fmt.Errorf("the encoding %s is not known", label)
}

// place is an element with what the catalogue says of it.
type place struct {
	component *schema.Component
	known     *schema.Setting
	level     int // 0 document, 1 root, 2 settings, 3 component, 4 setting
}

func (p place) below(n *node, own string) place {
	next := place{component: p.component, level: p.level + 1}
	switch {
	case p.level == 2:
		next.component = schema.FindComponent(attribute(n, "name"))
	case p.level >= 3 && p.component != nil && n.name.Space == own && (p.level == 3 || p.known != nil):
		next.known = p.component.Child(p.known, n.name.Local)
	}
	return next
}

func attribute(n *node, name string) string {
	for _, a := range n.attrs {
		if a.Name.Space == "" && strings.EqualFold(a.Name.Local, name) {
			return a.Value
		}
	}
	return ""
}

// normal brings a tree to the one form of all that say the same. It settles
// only: white space between elements, the order of passes and components,
// child_order, items among other children, and the numbers of distinct Orders.
// Order of attributes, prefixes, CDATA, entities and comments are settled by
// reading.
func normal(n *node, at place, own string) {
	for _, kid := range n.kids {
		if kid.element() {
			if at.level == 0 {
				own = kid.name.Space
			}
			normal(kid, at.below(kid, own), own)
		}
	}
	instructionsLast(n)
	dropBlanks(n, at)
	switch {
	case at.level == 1:
		servicing := takeServicing(n, own)
		sortBlocks(n, func(k *node) bool { return k.name == xml.Name{Space: own, Local: "settings"} }, func(k *node) string {
			return strings.ToLower(attribute(k, "pass"))
		})
		n.kids = append(servicing, n.kids...)
	case at.level == 2:
		sortBlocks(n, func(k *node) bool { return k.name == xml.Name{Space: own, Local: "component"} }, func(k *node) string {
			return strings.ToLower(attribute(k, "name") + " " + attribute(k, "processorArchitecture"))
		})
	case at.level >= 3:
		gatherItems(n, at, own)
		if at.known != nil && len(at.known.ChildOrder) > 0 {
			order := at.known.ChildOrder
			var text []*node // in front of the first child it is the setting's own
			if len(n.kids) > 0 && !n.kids[0].element() && !n.kids[0].pi {
				text, n.kids = n.kids[:1:1], n.kids[1:]
			}
			sortBlocks(n, (*node).element, func(k *node) string {
				i := slices.IndexFunc(order, func(name string) bool { return k.name.Space == own && strings.EqualFold(name, k.name.Local) })
				return strconv.Itoa(1000 + (i+len(order)+1)%(len(order)+1))
			})
			n.kids = append(text, n.kids...)
		}
	}
}

// instructionsLast puts instructions behind the text in which they stand,
// before the first child: text that they part is one value for every reader.
func instructionsLast(n *node) {
	head := slices.IndexFunc(n.kids, (*node).element)
	if head < 0 {
		head = len(n.kids)
	}
	slices.SortStableFunc(n.kids[:head], func(a, b *node) int {
		switch {
		case a.pi == b.pi:
			return 0
		case a.pi:
			return 1
		}
		return -1
	})
	joinTexts(n)
}

// dropBlanks removes white space that stands beside elements, or alone where
// only elements belong.
func dropBlanks(n *node, at place) {
	container := at.level < 4 || at.known != nil && at.known.Container() || n.name.Local == "servicing" && at.level == 2 || n.name.Local == "package"
	beside := slices.ContainsFunc(n.kids, func(k *node) bool { return k.element() || k.pi })
	n.kids = slices.DeleteFunc(n.kids, func(k *node) bool {
		return !k.element() && !k.pi && strings.TrimSpace(k.text) == "" && (container || beside)
	})
}

// sortBlocks orders children by a key. What stands between them goes along
// with the child that follows; beside text nothing moves.
func sortBlocks(n *node, child func(*node) bool, key func(*node) string) {
	var blocks [][]*node
	var block []*node
	for _, k := range n.kids {
		if !k.element() && !k.pi {
			return
		}
		block = append(block, k)
		if child(k) {
			blocks = append(blocks, block)
			block = nil
		}
	}
	slices.SortStableFunc(blocks, func(a, b []*node) int { return strings.Compare(key(a[len(a)-1]), key(b[len(b)-1])) })
	n.kids = slices.Concat(slices.Concat(blocks...), block)
}

// takeServicing takes the servicing element out, to be put first, where the
// schema has it.
func takeServicing(n *node, own string) (servicing []*node) {
	i := slices.IndexFunc(n.kids, func(k *node) bool { return k.name == xml.Name{Space: own, Local: "servicing"} })
	if i >= 0 {
		servicing = []*node{n.kids[i]}
		n.kids = slices.Delete(n.kids, i, i+1)
	}
	return servicing
}

// gatherItems puts items of one name behind the first of them, in the order of
// their distinct Orders if they have such. Elements that the catalogue does not
// know count as items when there are several.
func gatherItems(n *node, at place, own string) {
	var out []*node
	taken := map[*node]bool{}
	for _, k := range n.kids {
		if taken[k] {
			continue
		}
		kid := at.below(k, own)
		if k.name.Space != own || kid.known != nil && kid.known.Kind != schema.Item || at.known != nil && !at.known.Container() {
			out = append(out, k)
			continue
		}
		var same []*node
		for _, other := range n.kids {
			if other.name == k.name {
				same = append(same, other)
				taken[other] = true
			}
		}
		if kid.known != nil && kid.known.Key == "Order" {
			countOrders(same)
		}
		out = append(out, same...)
	}
	n.kids = out
	joinTexts(n)
}

// joinTexts makes one of texts that have become neighbours.
func joinTexts(n *node) {
	var out []*node
	for _, k := range n.kids {
		if last := len(out) - 1; last >= 0 && !k.element() && !k.pi && !out[last].element() && !out[last].pi {
			out[last].text += k.text
			continue
		}
		out = append(out, k)
	}
	n.kids = out
}

// countOrders sorts items by Order and numbers them anew when all have an
// Order of their own.
func countOrders(items []*node) {
	seen := map[int]bool{}
	for _, item := range items {
		text := orderText(item)
		if text == nil {
			return
		}
		number, err := strconv.Atoi(text.text)
		if err != nil || number < 1 || seen[number] {
			return
		}
		seen[number], item.order = true, number
	}
	slices.SortStableFunc(items, func(a, b *node) int { return a.order - b.order })
	for i, item := range items {
		orderText(item).text = strconv.Itoa(i + 1)
	}
}

// orderText is the text of the only Order of an item.
func orderText(item *node) *node {
	var found *node
	for _, k := range item.kids {
		if !strings.EqualFold(k.name.Local, "Order") {
			continue
		}
		if found != nil || len(k.kids) != 1 || k.kids[0].element() || k.kids[0].pi {
			return nil
		}
		found = k.kids[0]
	}
	return found
}

// compare returns the first difference of two answer files in words, "" when
// they say the same.
func compare(a, b []byte) string {
	x, err := tree(a)
	if err != nil {
		return "the first cannot be read: " + err.Error()
	}
	y, err := tree(b)
	if err != nil {
		return "the second cannot be read: " + err.Error()
	}
	normal(x, place{}, "")
	normal(y, place{}, "")
	return differ(x, y, "")
}

func differ(a, b *node, at string) string {
	at += "/" + a.name.Local
	switch {
	case a.name != b.name:
		return fmt.Sprintf("%s: %v is %v", at, a.name, b.name)
	case a.text != b.text || a.pi != b.pi:
		return fmt.Sprintf("%s: the text %q is %q", at, a.text, b.text)
	case !slices.Equal(a.attrs, b.attrs):
		return fmt.Sprintf("%s: the attributes %v are %v", at, a.attrs, b.attrs)
	}
	for i := range min(len(a.kids), len(b.kids)) {
		if diff := differ(a.kids[i], b.kids[i], at); diff != "" {
			return diff
		}
	}
	if len(a.kids) != len(b.kids) {
		return fmt.Sprintf("%s: %d nodes are %d", at, len(a.kids), len(b.kids))
	}
	return ""
}
