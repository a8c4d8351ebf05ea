package compiler

import (
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/yamldoc"
)

// Variables are part of the language's design and not of this version of the
// tool. Their form is refused now, so that no profile means one thing today
// and another when they come. The escape works already.
const (
	variable        = "${vars."
	escapedVariable = "$" + variable
)

// checkReserved reports what the language keeps for later, anywhere in a
// document: variables, and tags.
func checkReserved(n *yamldoc.Node, diags *diag.List) {
	checkTag(n, diags)
	if n.Kind == yamldoc.Scalar {
		checkVariables(n, diags)
	}
	for _, item := range n.Items {
		checkReserved(item, diags)
	}
	for _, p := range n.Pairs {
		checkVariables(p.Key, diags)
		checkReserved(p.Value, diags)
	}
}

func checkVariables(n *yamldoc.Node, diags *diag.List) {
	for from := 0; ; {
		at := strings.Index(n.Text[from:], variable)
		if at < 0 {
			return
		}
		at += from
		from = at + len(variable)
		if at > 0 && n.Text[at-1] == '$' {
			continue
		}
		end := from
		if i := strings.IndexByte(n.Text[from:], '}'); i >= 0 {
			end = from + i + 1
		}
		diags.Add(rule.VariableReserved.At(n.Inside(at, end), "variables such as ${vars.NAME} are not part of this version"))
	}
}

// checkTag reports a tag other than those that YAML itself defines for text,
// mappings and lists; the tool would have to ignore it.
func checkTag(n *yamldoc.Node, diags *diag.List) {
	switch strings.TrimPrefix(strings.Replace(n.Tag, "tag:yaml.org,2002:", "!!", 1), "!!") {
	case "", "!", "str", "int", "float", "bool", "null", "map", "seq", "timestamp":
		return
	}
	// The tag is not shown: it may be the start of a password without quotes.
	diags.Add(rule.YamlTagUnknown.At(n.Span, "the value has a tag that means nothing here").
		Helpf("Remove the tag; a text that starts with ! needs quotes."))
}

// unescape turns the escaped form of a variable into its plain text.
func unescape(text string) string {
	return strings.ReplaceAll(text, escapedVariable, variable)
}

// escapedOffset is the offset in text of the byte that stands at offset in
// unescape(text).
func escapedOffset(text string, offset int) int {
	for from := 0; ; {
		at := strings.Index(text[from:], escapedVariable)
		if at < 0 || from+at >= offset {
			return offset
		}
		from += at + len(escapedVariable)
		offset++
	}
}
