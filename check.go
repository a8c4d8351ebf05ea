package reseal

import (
	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/validate"
)

// Check runs every rule over every answer file of a loaded text. The list
// holds what reading found too; it is sorted, and findings that the author
// has set aside are counted and gone.
func (l *Loaded) Check() *Diagnostics {
	all := &diag.List{}
	all.Add(l.Form.All...)
	for _, out := range l.Outputs {
		all.Add(validate.Check(out.Answer, validate.Options{Strict: l.options.Strict, AllowPlaceholders: l.options.AllowPlaceholders}).All...)
	}
	all.Sort()
	l.suppress(all)
	return all
}

// suppress drops what lint.ignore or the configuration names. An error of the
// form cannot be set aside: there would be nothing to compile.
func (l *Loaded) suppress(all *diag.List) {
	before := len(all.All)
	form := map[*diag.Diagnostic]bool{}
	for _, d := range l.Form.All {
		form[d] = d.Severity == diag.Error
	}
	all.Keep(func(d *diag.Diagnostic) bool { return form[d] || !l.ignored(d) })
	all.Suppressed += before - len(all.All)
}

func (l *Loaded) ignored(d *diag.Diagnostic) bool {
	for _, i := range l.options.Ignore {
		if i.Rule == d.Rule {
			return true
		}
	}
	for _, i := range l.ignores {
		if i.Rule == d.Rule && i.Covers(d.Span) {
			return true
		}
	}
	return false
}
