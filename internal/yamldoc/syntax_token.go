package yamldoc

import (
	"bytes"
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
)

// strangeStart: a value that starts with a character that YAML keeps.
func (f *failure) strangeStart() *diag.Diagnostic {
	signs := "@`%\t|>"
	if !strings.HasPrefix(f.what, "found character") {
		signs = "*&"
	}
	at := f.stop(signs)
	if at >= len(f.text) || strings.IndexByte(signs, f.text[at]) < 0 {
		return rule.YamlSyntax.At(f.lineSpan(f.places.lineOf(at)), "a value cannot start like this")
	}
	switch c := f.text[at]; c {
	case '\t':
		return f.tabAt(at)
	case '*', '&':
		what := map[byte]string{'*': "an alias", '&': "an anchor"}[c]
		return f.unquoted(at, "a value that starts with %c is %s to YAML, and this is no valid one", c, what)
	case '|', '>':
		return f.unquoted(at, "a value between brackets cannot start with %c", c)
	default:
		return f.unquoted(at, "a value without quotes cannot start with %c", c)
	}
}

// unquoted reports a value from its first byte on that needs quotes, and gets
// past it.
func (f *failure) unquoted(at int, format string, args ...any) *diag.Diagnostic {
	end := f.valueEnd(at)
	value := f.span(at, end)
	f.mend(at, 'x')
	d := rule.YamlUnquotedSpecial.At(value, format, args...)
	d.Fix = &diag.Fix{Title: "put the value into single quotes", Edits: quoting(value, value)}
	return d
}

func (f *failure) tag() *diag.Diagnostic {
	return f.unquoted(f.tokenStart(f.lastBefore("!")), "a value that starts with ! is a tag to YAML, and this is no valid one")
}

func (f *failure) blockHeader() *diag.Diagnostic {
	at := f.tokenStart(f.lastBefore("|>"))
	if at >= len(f.text) || f.text[at] != '|' && f.text[at] != '>' {
		return rule.YamlSyntax.At(f.lineSpan(f.places.lineOf(at)), "text stands behind the | or > that starts a block of lines")
	}
	return f.unquoted(at, "a value that starts with %c is a block of lines to YAML, whose text starts on the next line", f.text[at])
}

// tokenStart returns the first byte behind a blank or a line's start at or
// before an offset.
func (f *failure) tokenStart(at int) int {
	start := f.places.lineStart(at)
	return max(start, 1+max(start-1, bytes.LastIndexAny(f.text[:at], " \t")))
}

// lastBefore returns the last of some bytes that yaml.v3 has read.
func (f *failure) lastBefore(signs string) int {
	return max(bytes.LastIndexAny(f.text[:f.at], signs), 0)
}

func (f *failure) tab() *diag.Diagnostic { return f.tabAt(f.lastBefore("\t")) }

// tabAt reports the run of tabs and blanks around a tab.
func (f *failure) tabAt(at int) *diag.Diagnostic {
	start, end := at, at
	for start > 0 && f.text[start-1] == '\t' {
		start--
	}
	for end < len(f.text) && isBlank(f.text[end]) {
		if f.text[end] == '\t' {
			f.mend(end, ' ')
		}
		end++
	}
	for i := start; i < at; i++ {
		f.mend(i, ' ')
	}
	f.indentGuessed = true
	tabs := f.span(start, end)
	return rule.YamlTabIndentation.At(tabs, "a tab stands where YAML counts blanks").
		FixBy("replace each tab by two blanks", true, tabs, strings.ReplaceAll(tabs.Text(), "\t", "  "))
}

// unknownAnchor does not name the anchor: a password may start with "*".
func (f *failure) unknownAnchor() *diag.Diagnostic {
	name := strings.TrimSuffix(strings.TrimPrefix(f.what, "unknown anchor '"), "' referenced")
	at := bytes.LastIndex(f.text[:f.at], []byte("*"+name))
	if at < 0 {
		return rule.YamlSyntax.At(f.lineSpan(f.places.lineOf(f.at)), "an alias refers to an anchor that does not stand above it")
	}
	return f.unquoted(at, "a value that starts with * is an alias to YAML, and no anchor of that name stands above it")
}

func (f *failure) badEscape() *diag.Diagnostic {
	from := f.places.lineStart(max(f.at-lookahead, 0))
	for i := from; i < f.at; {
		if f.text[i] != '\\' || breakAt(f.text, i+1) > 0 {
			i++
			continue
		}
		_, size := escape(f.text[i:])
		if size == 0 && i >= f.at-12 {
			return f.backslash(i)
		}
		i += max(size, 1)
	}
	return rule.YamlSyntax.At(f.lineSpan(f.places.lineOf(from)), "a backslash in double quotes starts no escape that YAML knows")
}

// backslash reports a bad escape and gets past it and the others of the same
// value, which one fix cures.
func (f *failure) backslash(at int) *diag.Diagnostic {
	for i := at; i < len(f.text) && f.text[i] != '"'; {
		_, size := 1, 1
		if f.text[i] == '\\' && breakAt(f.text, i+1) == 0 {
			if _, size = escape(f.text[i:]); size == 0 {
				f.mend(i, '/')
				size = 1
			}
		}
		i += size
	}
	d := rule.YamlBackslashInDoubleQuotes.At(f.span(at, min(at+2, len(f.text))), "a backslash in double quotes starts no escape that YAML knows here")
	line := f.text[:lineEnd(f.text, at)]
	start, end := bytes.LastIndexByte(line[:at], '"'), bytes.LastIndexByte(line, '"')
	if start >= f.places.lineStart(at) && end > at && bytes.IndexByte(line[start+1:end], '"') < 0 {
		singleQuoteFix(d, f.span(start, end+1))
	}
	return d
}

func (f *failure) depth() *diag.Diagnostic {
	at := min(f.at, len(f.text))
	return overDepth(f.span(at, at), f.limits.Depth)
}
