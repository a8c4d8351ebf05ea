package reseal

import (
	"errors"

	"github.com/reseal/reseal/compiler"
	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/xmldoc"
	"github.com/reseal/reseal/validate"
)

// SecretReader returns the value of a secret. An error says why there is
// none and must not hold a value.
type SecretReader func(*Secret) (string, error)

// Compiled is the XML of one output.
type Compiled struct {
	Suffix    string
	XML       []byte
	Sensitive bool // holds the value of a password, key or other secret: write it for its owner alone
	Resolved  bool // holds the value of a secret that the profile only names

	Lines []Span // what each line of XML comes from, the first at 0; with Options.Lines alone
}

// Compile writes every answer file as canonical XML. With a reader secrets
// are resolved, in place; without one a placeholder stands for each. On an
// error among them nothing is returned but the diagnostics. The error is one
// that no change of the text would cure.
func (l *Loaded) Compile(secrets SecretReader) ([]Compiled, *Diagnostics, error) {
	problems := &diag.List{}
	if l.Form.Has(diag.Error) {
		problems.Add(l.Form.All...)
		return nil, problems, nil
	}
	var done []Compiled
	for _, out := range l.Outputs {
		c := Compiled{Suffix: out.Suffix}
		c.Sensitive, c.Resolved = out.Answer.Holds()
		c.Resolved = c.Resolved && secrets != nil
		if secrets != nil {
			problems.Add(compiler.Resolve(out.Answer, compiler.SecretReader(secrets)).All...)
		}
		var refused *xmldoc.Unwritable
		var err error
		if l.options.Lines {
			c.XML, c.Lines, err = xmldoc.WriteLines(out.Answer)
		} else {
			c.XML, err = xmldoc.Write(out.Answer)
		}
		if errors.As(err, &refused) {
			problems.Add(refused.Diags.All...)
		} else if err != nil {
			return nil, problems, err
		}
		done = append(done, c)
	}
	problems.Sort()
	if problems.Has(diag.Error) {
		return nil, problems, nil
	}
	return done, problems, nil
}

// CheckSecrets runs the rules on the values that Compile read for secrets, which
// Check cannot know. It is to be called after a Compile with a reader; without
// one there is nothing to check. No finding shows a value.
func (l *Loaded) CheckSecrets() *Diagnostics {
	all := &diag.List{}
	for _, out := range l.Outputs {
		all.Add(validate.CheckResolved(out.Answer, validate.Options{Strict: l.options.Strict, AllowPlaceholders: l.options.AllowPlaceholders}).All...)
	}
	all.Sort()
	l.suppress(all)
	return all
}
