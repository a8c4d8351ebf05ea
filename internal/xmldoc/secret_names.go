package xmldoc

import (
	"strings"
	"sync"

	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// unnamed stands in messages for a name that may be a secret.
const unnamed = "…"

// named is a name for a message. Somebody may have put a password in angle
// brackets, <hunter2>, where the text is not well-formed: inside of an element
// that promises a secret a name is shown only when the catalogue has one like
// it. Any other is masked at its offset in the source, too.
func (p *parser) named(qname string, offset int) string {
	for i := 1; i < len(p.open); i++ {
		if p.open[i].secret() {
			return p.inSecret(p.open[i].qname, qname, offset)
		}
	}
	return qname
}

// inSecret is named inside of a secret.
func (p *parser) inSecret(secret, qname string, offset int) string {
	if qname == secret || familiar()[strings.ToLower(local(qname))] {
		return qname
	}
	p.place(offset, offset+len(qname)).Hide()
	return unnamed
}

// namedIn is named for an attribute of the tag that begins at an offset.
func (p *parser) namedIn(tag int, attribute string, offset int) string {
	name := p.text[tag+1 : tag+1+nameLength(p.text[tag+1:])]
	if !answer.SoundsSecret(local(name)) {
		return p.named(attribute, offset)
	}
	return p.inSecret(name, attribute, offset)
}

// secret tells whether the name of the element promises one. It is asked for
// mistakes alone, of which hostile texts have many.
func (f *frame) secret() bool {
	if f.sounds == 0 {
		f.sounds = 1
		if answer.SoundsSecret(local(f.qname)) {
			f.sounds = 2
		}
	}
	return f.sounds == 2
}

// openName is the name of an open element for a message.
func (p *parser) openName(f *frame) string { return p.named(f.qname, f.start+len("<")) }

func local(qname string) string { return qname[strings.LastIndexByte(qname, ':')+1:] }

// familiar are the names of elements and attributes of answer files, in lower
// case.
var familiar = sync.OnceValue(func() map[string]bool {
	known := map[string]bool{}
	for _, name := range []string{"unattend", "settings", "component", "servicing", "package", "assemblyidentity", "source",
		"action", "keyvalue", "name", "pass", "processorarchitecture", "publickeytoken", "language", "versionscope", "version", "xmlns", "type", "space"} {
		known[name] = true
	}
	for _, c := range schema.Components() {
		for i := range c.Settings {
			known[strings.ToLower(c.Settings[i].Name())] = true
		}
	}
	return known
})
