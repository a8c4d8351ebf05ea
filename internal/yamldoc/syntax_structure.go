package yamldoc

import (
	"bytes"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
)

// strayColon: a second colon on the line, or a line indented deeper than a
// value above it that is complete.
func (f *failure) strayColon() *diag.Diagnostic {
	at := f.stop(":")
	line := f.lineSpan(f.places.lineOf(at))
	head := f.text[line.Start:max(at, line.Start)]
	if i := bytes.Index(head, []byte(": ")); i >= 0 {
		value := line.Start + i + 2
		for value < at && isBlank(f.text[value]) {
			value++
		}
		if c := f.text[value]; c != '"' && c != '\'' && c != '[' && c != '{' {
			d := f.unquoted(value, "the value holds a colon and a blank, which YAML takes for another key")
			f.mend(at, 'x')
			return d
		}
		return rule.YamlSyntax.At(f.span(at, at+1), "the colon starts a value where none can stand")
	}
	if i := f.places.lineOf(at); i > 0 {
		return rule.YamlSyntax.At(line, "the line is indented as if it belonged to the value above, which is complete").
			Helpf("Indent the line like the keys that it stands beside, or empty the value above it.")
	}
	return rule.YamlSyntax.At(line, "the colon starts a value where none can stand")
}

func (f *failure) strayQuestionMark() *diag.Diagnostic {
	at := f.stop("?")
	return f.unquoted(at, "a value without quotes cannot start with a question mark and a blank")
}

func (f *failure) strayDash() *diag.Diagnostic {
	at := f.stop("-")
	return rule.YamlSyntax.At(f.span(at, min(at+1, len(f.text))), "a list cannot start on the line of its key").
		Helpf("Put each item on a line of its own below the key; a value that starts with a dash needs quotes.")
}

// noKey: a line inside a mapping that is none of its pairs.
func (f *failure) noKey() *diag.Diagnostic {
	n := f.stopLine()
	line := f.lineSpan(n)
	if d := f.behindQuote(n); d != nil {
		return d
	}
	if bytes.HasPrefix(f.text[line.Start:line.End], []byte("- ")) {
		return rule.YamlSyntax.At(line, "a list item stands where the mapping above needs a key").
			Helpf("A value is either a mapping or a list: indent the item below its key, or remove the dash.")
	}
	if line.Start < line.End && f.text[line.Start] == ':' {
		return rule.YamlSyntax.At(f.span(line.Start, line.Start+1), "the key before the colon is missing")
	}
	if f.indentFits(n) {
		return rule.YamlSyntax.At(line, "text stands behind a value that is complete, or a key is missing").
			Helpf("Put the whole value into single quotes when all of it is text.")
	}
	return f.badIndent(n)
}

func (f *failure) noDash() *diag.Diagnostic {
	n := f.stopLine()
	if d := f.behindQuote(n); d != nil {
		return d
	}
	if !f.indentFits(n) {
		return f.badIndent(n)
	}
	return rule.YamlSyntax.At(f.lineSpan(n), "the line stands in a list but does not start with a dash")
}

func (f *failure) badIndent(line int) *diag.Diagnostic {
	span := f.lineSpan(line)
	return rule.YamlSyntax.At(span, "the line is indented by %d, which none of the lines above it is that it could stand beside", span.Start-f.places.lines[line]).
		Helpf("Indent it exactly like the other keys of its mapping, or the other items of its list.")
}

// indentFits tells whether a line above that is not yet closed by a lesser
// indentation is indented alike.
func (f *failure) indentFits(line int) bool {
	own := f.lineSpan(line).Start - f.places.lines[line]
	for line--; line >= 0; line-- {
		span := f.lineSpan(line)
		if span.Start == span.End || f.text[span.Start] == '#' {
			continue
		}
		switch indent := span.Start - f.places.lines[line]; {
		case indent == own:
			return true
		case indent < own:
			return false
		}
	}
	return false
}

// behindQuote: text behind a closing quote, mostly an apostrophe in single
// quotes.
func (f *failure) behindQuote(line int) *diag.Diagnostic {
	start, end := f.quotes(line, false)
	if start < 0 || end >= len(f.text) {
		return nil
	}
	rest := skipBlanks(f.text, end)
	stop := lineEnd(f.text, rest)
	if rest == stop || f.text[rest] == '#' || f.text[rest] == ':' {
		return nil
	}
	d := rule.YamlSyntax.At(f.span(rest, stop), "text stands behind the closing quote").
		Relate(f.span(start, start+1), "the quote that starts the value")
	if f.text[start] == '\'' {
		return d.Helpf("In single quotes an apostrophe is written twice: 'it''s'.")
	}
	return d.Helpf(`In double quotes a quote is written with a backslash: "the \"new\" one".`)
}

func skipBlanks(text []byte, i int) int {
	for i < len(text) && isBlank(text[i]) {
		i++
	}
	return i
}

func (f *failure) noColon() *diag.Diagnostic {
	return rule.YamlSyntax.At(f.lineSpan(f.stopLine()), "the line has no key with a colon and a blank behind it")
}

func (f *failure) behindDocument() *diag.Diagnostic {
	return rule.YamlSyntax.At(f.lineSpan(f.stopLine()), "text stands behind the end of the document").
		Helpf("Indent it like the lines that it belongs to, or start a new document with a line ---.")
}

func (f *failure) bracket() *diag.Diagnostic {
	at, bracket := f.opener(len(f.text))
	if f.at < len(f.text) || at < 0 {
		at, bracket = f.opener(f.stop(",]}"))
	}
	if at < 0 {
		return rule.YamlSyntax.At(f.lineSpan(f.stopLine()), "a comma or a closing bracket is missing")
	}
	closing := map[byte]string{'[': "]", '{': "}"}[bracket]
	d := rule.YamlSyntax.At(f.span(at, at+1), "the bracket %c is not closed, or a comma is missing behind it", bracket).
		Helpf("Put %s behind the last part and commas between the parts; a value that starts with %c needs quotes when it is text.", closing, bracket)
	if line := f.places.lineOf(min(f.at, len(f.text)-1)); line != f.places.lineOf(at) {
		d.Relate(f.lineSpan(line), "reading stopped here")
	}
	return d
}

// noContent: a comma or a closing bracket where a value is due.
func (f *failure) noContent() *diag.Diagnostic {
	for i := min(f.at, len(f.text)) - 1; i >= 0 && i >= f.at-256; i-- {
		if c := f.text[i]; c != ',' && c != ']' && c != '}' {
			continue
		}
		before := bytes.TrimRight(f.text[:i], " \t\r\n")
		if len(before) == 0 || bytes.IndexByte([]byte(",[{:-?"), before[len(before)-1]) >= 0 {
			return rule.YamlSyntax.At(f.span(i, i+1), "a value is missing before the %c", f.text[i])
		}
	}
	if f.at >= len(f.text) {
		return f.bracket()
	}
	return rule.YamlSyntax.At(f.lineSpan(f.stopLine()), "a value is missing")
}

// openQuote: yaml.v3 names the line of the quote, unless that is the first.
func (f *failure) openQuote() *diag.Diagnostic {
	for _, line := range []int{f.line - 1, 0} {
		start, _ := f.quotes(line, true)
		if start < 0 {
			continue
		}
		d := rule.YamlSyntax.At(f.span(start, start+1), "the quote %c is not closed", f.text[start])
		if end := lineEnd(f.text, start); bytes.HasSuffix(f.text[start:end], []byte(`\"`)) {
			d.Helpf(`A backslash before the closing quote makes it part of the text: use single quotes for Windows paths.`)
		}
		return d
	}
	return rule.YamlSyntax.At(f.lineSpan(max(f.line-1, 0)), "a quote is not closed")
}
