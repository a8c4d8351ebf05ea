// Package rule is the table of all rules: stable ID, severity and texts, one
// entry a rule in table/*.yaml, generated into Go. A rule makes the
// diagnostics that carry its ID; what it tests is written elsewhere, in the
// package that its By names.
package rule

//go:generate go run ../gen rules

import (
	"fmt"
	"sort"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/source"
)

// Rule is one entry of the table.
type Rule struct {
	ID         string
	Group      string
	Title      string
	Severity   diag.Severity
	Tags       []string // "security", "style"
	Off        bool     // not checked unless --strict asks for it
	By         string   // package that raises it: yamldoc, xmldoc, compiler, validate
	Confidence string   // high, medium, low: how well the evidence supports it

	Check string // what is tested
	Why   string // why it matters
	Help  string // what to do
	Bad   string // example that the rule reports
	Good  string // example without the finding

	Evidence      []string // addresses of public pages, or words such as "the XML 1.0 grammar"
	FalsePositive string   // when the report would be wrong; "" = not known to be
	Overrides     []string // IDs that stay silent where this rule speaks at the same node
}

// At makes a diagnostic of this rule at a place. The message is one sentence
// without a final stop and never holds the value of a secret.
func (r *Rule) At(span source.Span, format string, args ...any) *diag.Diagnostic {
	return &diag.Diagnostic{
		Rule: r.ID, Severity: r.Severity, Tags: r.Tags,
		Message: fmt.Sprintf(format, args...), Why: r.Why, Help: r.Help, Span: span,
	}
}

// All returns the table sorted by ID. The caller must not change it.
func All() []*Rule { return table[:] }

// Find returns the rule with that ID, nil when there is none.
func Find(id string) *Rule {
	i := sort.Search(len(table), func(i int) bool { return table[i].ID >= id })
	if i < len(table) && table[i].ID == id {
		return table[i]
	}
	return nil
}
