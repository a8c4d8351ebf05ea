package xmldoc

import (
	"github.com/beevik/etree"

	"github.com/reseal/reseal/schema/answer"
)

// WriteFragment returns a part of an answer file as ReadFragmentIn reads it:
// elements, comments and instructions one below the other, without the
// declarations that ReadFragmentIn supplies. own is the namespace of the file's
// root, "" for none. Characters beyond ASCII stay as they are. The parts have
// to come from Read or ReadFragmentAt, which let nothing pass that XML cannot
// carry.
func WriteFragment(own string, f *Fragment) (string, error) {
	doc := etree.NewDocument()
	doc.WriteSettings = etree.WriteSettings{CanonicalText: true, CanonicalAttrVal: true}
	w := &writer{own: own, scope: []binding{
		{prefix: "xml", uri: answer.XMLNamespace}, {uri: own}, {prefix: "wcm", uri: answer.WCMNamespace}, {prefix: "xsi", uri: answer.XSINamespace},
	}}
	in := layout{flat: hasText(f.Extra)}
	first := true
	next := func() {
		if !first {
			in.newLine(&doc.Element)
		}
		first = false
	}
	rest := f.Extra
	extras := func(before int) {
		for ; len(rest) > 0 && rest[0].Index <= before; rest = rest[1:] {
			next()
			w.extra(&doc.Element, rest[0], in)
		}
	}
	n := len(f.Passes) + len(f.Components) + len(f.Settings)
	for i := range n {
		extras(i)
		next()
		switch {
		case len(f.Passes) > 0:
			w.pass(&doc.Element, f.Passes[i], in)
		case len(f.Components) > 0:
			w.component(&doc.Element, f.Components[i], in)
		default:
			w.setting(&doc.Element, f.Settings[i], in)
		}
	}
	extras(n)
	return doc.WriteToString()
}
