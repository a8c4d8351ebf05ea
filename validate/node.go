package validate

import (
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema/answer"
)

// place is the best known place of the node or of the nearest node above it;
// the start of the text where nothing is known.
func (n node) place(f *answer.File) source.Span {
	for i := len(n.chain) - 1; i >= 0; i-- {
		if p := valuePlace(n.chain[i]); p.Known() {
			return p
		}
	}
	if n.component != nil && n.component.NamePlace().Known() {
		return n.component.NamePlace()
	}
	if n.pass != nil && passPlace(n.pass).Known() {
		return passPlace(n.pass)
	}
	return f.RootSpans.NamePlace().Or(source.Span{File: f.Source})
}

// valuePlace is where the value of a setting stands, or its name when the
// value is empty: nobody sees a mark of no width.
func valuePlace(s *answer.Setting) source.Span {
	if s.Value.Known() && s.Value.Start == s.Value.End {
		return s.NamePlace()
	}
	return s.Place()
}

// textPlace is where the text of a leaf stands, without the white space that
// a pretty-printer may have put around it.
func textPlace(s *answer.Setting) source.Span { return trimmed(s.Place()) }

// trimmed narrows a span to the text without the white space around it.
func trimmed(s source.Span) source.Span {
	raw := s.Text()
	if strings.Trim(raw, whiteSpace) == "" {
		return s
	}
	s.Start += len(raw) - len(strings.TrimLeft(raw, whiteSpace))
	s.End -= len(raw) - len(strings.TrimRight(raw, whiteSpace))
	return s
}

// passPlace is where the name of a pass stands: the attribute in XML, the key
// in YAML.
func passPlace(p *answer.Pass) source.Span {
	if p.Name != "" && p.Spans.Value.Text() == p.Name {
		return p.Spans.Value
	}
	return p.NamePlace()
}

// note fills in pass, component and path of the setting with the names as
// typed, up to one that may be a secret.
func (n node) note(d *diag.Diagnostic) {
	if n.pass != nil {
		d.Pass = n.pass.Name
	}
	if n.component != nil {
		d.Component = n.component.Name
	}
	chain := n.chain
	if n.component != nil {
		if i := answer.SecretName(n.component.Schema(), chain); i >= 0 {
			chain = chain[:i]
		}
	}
	names := make([]string, len(chain))
	for i, s := range chain {
		names[i] = s.Name
	}
	d.Setting = strings.Join(names, "/")
}

// id is what tells the node apart from all others: the pointer to its last
// part, nil for the file.
func (n node) id() any {
	switch {
	case len(n.chain) > 0:
		return n.chain[len(n.chain)-1]
	case n.component != nil:
		return n.component
	case n.pass != nil:
		return n.pass
	}
	return nil
}

// parent is the node above, ok false for the file.
func (n node) parent() (above node, ok bool) {
	switch {
	case len(n.chain) > 0:
		n.chain = n.chain[:len(n.chain)-1]
	case n.component != nil:
		n.component = nil
	case n.pass != nil:
		n.pass = nil
	default:
		return n, false
	}
	return n, true
}
