package reseal

import (
	"slices"

	"github.com/reseal/reseal/compiler"
	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/validate"
)

// Check runs every rule over every answer file of a loaded text. The list
// holds what reading found too; it is sorted, and findings that the author
// has set aside are counted and gone.
func (l *Loaded) Check() *Diagnostics {
	all := &diag.List{}
	all.Add(l.found.All...)
	for _, out := range l.Outputs {
		all.Add(validate.Check(out.Answer, l.checks()).All...)
	}
	all.Add(l.unknownEditions()...)
	all.Keep(func(d *diag.Diagnostic) bool { return !l.explained(d) })
	all.Add(l.Form.All...)
	all.Sort()
	l.suppress(all)
	return all
}

func (l *Loaded) checks() validate.Options {
	o := l.options
	return validate.Options{Strict: o.Strict, AllowPlaceholders: o.AllowPlaceholders, Images: o.Images, Image: o.Image}
}

// ImagesOf are the images of Options that an output may be for: the one that is
// meant, else those that its answer file selects, else all.
func (l *Loaded) ImagesOf(out Output) []Image { return validate.ImagesOf(out.Answer, l.checks()) }

// unknownEditions are the findings about editions that the caller gives; the
// language tells about those of a profile.
func (l *Loaded) unknownEditions() (found []*Diagnostic) {
	for _, out := range l.Outputs {
		edition := out.Answer.Target.Edition
		given := edition == l.options.Target.Edition || edition == l.options.Default.Edition
		told := slices.ContainsFunc(l.Form.All, func(d *diag.Diagnostic) bool { return d.Rule == rule.TargetUnknown.ID })
		if given && !told {
			found = append(found, compiler.UnknownEdition(edition, Span{}))
		}
	}
	return found
}

// explained tells whether a finding of the form says the same at the same
// place, as the second of two equal keys is a second setting too, or a bare "<"
// between settings is text there.
func (l *Loaded) explained(d *diag.Diagnostic) bool {
	return slices.ContainsFunc(l.Form.All, func(f *diag.Diagnostic) bool {
		if f.Span.File != d.Span.File || f.Span.Start != d.Span.Start {
			return false
		}
		r := rule.Find(f.Rule)
		return r != nil && slices.Contains(r.Overrides, d.Rule)
	})
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
