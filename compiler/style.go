package compiler

import (
	"math/big"
	"strconv"
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/reseal/reseal/schema"
)

// checkStyle reports how the value of a setting is written where that can
// surprise: a word or number that other YAML readers turn into something
// else, a block that adds line ends, a secret behind an alias. It needs the
// setting's type, so it stays silent where the catalogue knows nothing.
func (l *lowering) checkStyle(s *spot, n *yamldoc.Node) {
	if s.known == nil || n.Empty {
		return
	}
	switch n.Style {
	case yamldoc.Plain:
		l.checkImplicit(s, n)
	case yamldoc.Literal, yamldoc.Folded:
		l.checkBlock(s, n)
	}
	if n.Alias.Known() && s.sensitive() {
		l.diags.Add(s.in(rule.YamlAnchorSecret.At(n.Alias, "%s takes its secret from an alias", s.label())))
	}
}

// checkImplicit reports plain words and numbers in settings of text.
func (l *lowering) checkImplicit(s *spot, n *yamldoc.Node) {
	switch s.known.Type {
	case schema.String, schema.Path, schema.URL, schema.Base64, schema.GUID, schema.IP:
	default:
		return
	}
	var d *diag.Diagnostic
	switch {
	case yamlWord(n.Text):
		d = rule.YamlImplicitBoolean.At(n.Span, "%s is text here, but many YAML readers take the unquoted word for a truth value or for nothing", s.label())
	case numberChanges(n.Text):
		d = rule.YamlImplicitNumber.At(n.Span, "%s is text here, but many YAML readers take it unquoted for a number and write that in another way", s.label())
	default:
		return
	}
	// Two insertions, because the text may be a secret.
	start, end := n.Span, n.Span
	start.End, end.Start = start.Start, end.End
	d.Fix = &diag.Fix{Title: "Put it in quotes", Safe: true, Edits: []diag.Edit{{Span: start, Text: `"`}, {Span: end, Text: `"`}}}
	l.diags.Add(s.in(d))
}

// yamlWord tells whether YAML 1.1 or 1.2 reads the plain word as a truth
// value or as null. "~" is left out: nobody means it as text by accident.
func yamlWord(text string) bool {
	lower := strings.ToLower(text)
	switch lower {
	case "yes", "no", "on", "off", "y", "n", "true", "false", "null":
		return text == lower || text == strings.ToUpper(text) || text == strings.ToUpper(text[:1])+lower[1:]
	}
	return false
}

// numberChanges tells whether YAML 1.1 or 1.2 reads the plain text as a number
// whose canonical form is not that text.
func numberChanges(text string) bool {
	digits := strings.TrimLeft(text, "+-")
	if len(text)-len(digits) > 1 || digits == "" || strings.Trim(text, "0123456789abcdefABCDEFxo+-._:") != "" {
		return false
	}
	if radixNumber(digits) || sexagesimal(digits) {
		return true
	}
	plain := strings.ReplaceAll(digits, "_", "")
	if plain == "" || digits[0] == '_' || strings.ContainsAny(digits, ":xob") {
		return false
	}
	if n, ok := new(big.Int).SetString(plain, 10); ok {
		return n.String() != text && "-"+n.String() != text || !n.IsInt64()
	}
	f, err := strconv.ParseFloat(plain, 64)
	return err == nil && !strings.ContainsAny(plain, "abcdfABCDF") && strconv.FormatFloat(f, 'f', -1, 64) != strings.TrimPrefix(text, "-")
}

// radixNumber recognises 0x27, 0o17 and 0b101.
func radixNumber(digits string) bool {
	if len(digits) < 3 || digits[0] != '0' {
		return false
	}
	allowed := map[byte]string{'x': "0123456789abcdefABCDEF_", 'o': "01234567_", 'b': "01_"}[digits[1]]
	return allowed != "" && strings.Trim(digits[2:], allowed) == ""
}

// sexagesimal recognises 12:30 and 1:02:03.5, which YAML 1.1 counts in
// minutes and seconds.
func sexagesimal(digits string) bool {
	parts := strings.Split(digits, ":")
	if len(parts) < 2 || parts[0] == "" {
		return false
	}
	for i, part := range parts {
		if i == len(parts)-1 {
			part, _, _ = strings.Cut(part, ".")
		}
		n, err := strconv.Atoi(part)
		if err != nil || part[0] < '0' || i > 0 && (n > 59 || len(part) > 2) {
			return false
		}
	}
	return true
}

// checkBlock reports a block scalar whose line ends become part of the value.
// Base64 may be written on several lines.
func (l *lowering) checkBlock(s *spot, n *yamldoc.Node) {
	if s.known.Type == schema.Base64 || !strings.Contains(n.Text, "\n") {
		return
	}
	header := n.Span.Text()
	header = header[:len(header)-len(strings.TrimLeft(header, "|>+-0123456789"))]
	if header == "" {
		return
	}
	inner := strings.Contains(strings.TrimRight(n.Text, "\n"), "\n")
	message, indicator := "the block adds a line end to the value of %s", header[:1]
	if inner {
		message, indicator = "the value of %s has several lines", ">"
	}
	at := source.Span{File: n.Span.File, Start: n.Span.Start, End: n.Span.Start + len(header)}
	indicator += strings.Trim(header, "|>+-") + "-"
	l.diags.Add(s.in(rule.YamlBlockScalarNewline.At(at, message, s.label()).FixBy("Write "+indicator, !inner, at, indicator)))
}
