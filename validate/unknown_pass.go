package validate

import (
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

var unknownPass = check{rule: rule.UnknownPass, pass: func(r *run, p *answer.Pass) {
	id, known := p.ID()
	switch {
	case known && id.String() == p.Name:
		return
	case p.Name == "":
		r.report(passPlace(p), "the settings element names no pass")
	case known:
		d := r.report(passPlace(p), "the pass %s is spelled %s", p.Name, id)
		if at := literal(passPlace(p), p.Name); at.Known() {
			d.FixBy("Write "+id.String(), true, at, id.String())
		}
	case switchedOff(p):
		d := r.report(passPlace(p), "the pass %q is none, so Windows skips its settings", p.Name)
		d.As(diag.Info).Helpf("Nothing, if the settings are switched off on purpose, as Rufus does with windowsPE. Delete them otherwise.")
	default:
		names := passNames(schema.Passes())
		d := r.report(passPlace(p), "there is no pass %q%s", p.Name, didYouMean(schema.Nearest(p.Name, names)))
		d.Helpf("The passes are %s.", strings.Join(names, ", "))
	}
}}

// switchedOff tells the name by which Rufus takes windowsPE out of an answer
// file whose other passes Windows goes on to run.
func switchedOff(p *answer.Pass) bool { return p.Name == "disabled" }
