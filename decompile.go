package reseal

import (
	"slices"
	"strings"

	"github.com/reseal/reseal/compiler"
	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
)

// Verbatim tells of a piece of an answer file that has no other form in a
// profile.
type Verbatim = compiler.Verbatim

// Decompiled is the profile that says what an answer file says.
type Decompiled struct {
	Profile  []byte
	Verbatim []Verbatim // what stands under verbatim, in the order of the profile

	Sensitive bool // holds the value of a password, key or other secret: write it for its owner alone
}

// Decompile turns an answer file in XML into a profile that compiles to an
// equal one. Where the text could not be read as a whole, or is no answer
// file, there is none; the list says why. It also holds what else the reader
// found, and an info for each piece under verbatim.
func (l *Loaded) Decompile() (*Decompiled, *Diagnostics) {
	all := &diag.List{}
	all.Add(l.Form.All...)
	if l.Profile || len(l.Outputs) == 0 || !l.whole() {
		return nil, all
	}
	text, pieces, refused := compiler.Decompile(l.Outputs[0].Answer)
	all.Add(refused.All...)
	all.Sort()
	if text == nil {
		return nil, all
	}
	sensitive, _ := l.Outputs[0].Answer.Holds()
	return &Decompiled{Profile: text, Verbatim: pieces, Sensitive: sensitive}, all
}

// whole tells that everything in the text is in the tree: names and namespaces
// may be wrong, but they are there.
func (l *Loaded) whole() bool {
	root := l.Outputs[0].Answer.Root
	return strings.EqualFold(root, "unattend") && !slices.ContainsFunc(l.Form.All, func(d *diag.Diagnostic) bool {
		switch d.Rule {
		case rule.RootNotUnattend.ID, rule.UnattendNamespaceWrong.ID, rule.WcmNamespaceWrong.ID:
			return false
		}
		return d.Severity == diag.Error
	})
}
