package validate

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// placeholder finds what a template has left in a value, "" for nothing.
// ${name} and %NAME% are ordinary text of PowerShell and cmd, so commands are
// searched for the other notations only, and %NAME% counts in no path.
func placeholder(c *answer.Cursor, text string) string {
	switch glance(text) {
	case 0:
		return ""
	case letter:
		if text = strings.TrimSpace(text); isWordToReplace(text) && !isCommand(c) {
			return text
		}
		return ""
	}
	if found := marked(text); found != "" {
		return found
	}
	if isCommand(c) {
		return ""
	}
	if found := interpolated(text); found != "" {
		return found
	}
	if text = strings.TrimSpace(text); isStandIn(text) {
		return text
	}
	if isVariable(text) && (!c.Sensitive() || isProductKey(c)) { // a password may look so
		return text
	}
	if isProductKey(c) && isConstant(text) {
		return text
	}
	if found := positional(text); found != "" && (!c.Sensitive() || isProductKey(c)) {
		return found
	}
	if path := c.Known != nil && c.Known.Type == schema.Path; !path && isQuotedName(text, "%") {
		return text
	}
	return ""
}

// glance tells quickly what a text may be: 0, as nearly all, nothing of a
// template, letter a word to replace and nothing else, mark anything.
func glance(text string) byte {
	seen, begun := byte(0), false
	for i := range len(text) {
		switch kind := marks[text[i]]; {
		case kind == mark || kind == edge && !begun:
			return mark
		case kind == letter && !begun:
			seen, begun = letter, true
		case kind != blank:
			begun = true
		}
	}
	return seen
}

// marks tells what a byte can begin.
var marks = func() (t [256]byte) {
	for _, set := range [...]struct {
		bytes string
		kind  byte
	}{{"{<[@$#%_", mark}, {"-.", edge}, {"cCpPrRtTyY", letter}, {whiteSpace, blank}} {
		for i := range len(set.bytes) {
			t[set.bytes[i]] = set.kind
		}
	}
	return t
}()

const (
	mark   = 1 + iota // a mark of a template
	edge              // one at the start of a value
	letter            // at the start of a value, a word to replace
	blank
)

// marked finds {{ name }}, {% if %}, <%= name %>, @@{name} and @@name@@.
func marked(text string) string {
	for _, m := range [...][2]string{{"{{", "}}"}, {"{%", "%}"}, {"<%", "%>"}, {"@@{", "}"}, {"@@", "@@"}} {
		inner, whole := between(text, m[0], m[1])
		inner = strings.TrimSpace(strings.Trim(inner, "-=~"))
		first, _ := utf8.DecodeRuneInString(inner)
		// {{0}} and {{ $x = 1; … }} are PowerShell.
		if inner != "" && !strings.Contains(inner, ";") && (unicode.IsLetter(first) || strings.ContainsRune(`._"'$#/@`, first)) {
			return whole
		}
	}
	return ""
}

// interpolated finds ${name}, #{name}, $(name) and %{ if … } of Terraform.
func interpolated(text string) string {
	for _, m := range [...][2]string{{"${", "}"}, {"#{", "}"}, {"$(", ")"}} {
		if inner, whole := between(text, m[0], m[1]); inner != "" {
			return whole
		}
	}
	inner, whole := between(text, "%{", "}")
	word, _, _ := strings.Cut(strings.TrimSpace(strings.Trim(inner, "~")), " ")
	switch word {
	case "if", "else", "endif", "for", "endfor":
		return whole
	}
	return ""
}

// positional finds the {0} of .NET and of Python.
func positional(text string) string {
	inner, whole := between(text, "{", "}")
	if inner == "" || len(inner) > 2 || strings.Trim(inner, "0123456789") != "" {
		return ""
	}
	return whole
}

// isVariable tells $name of PowerShell and of shells, and {name}, [name],
// <name>, #name# and --name--, where the whole value is one. What only stands in
// such marks is a mistake: a GUID or a product key in brackets, [fe80::1], $true.
func isVariable(text string) bool {
	name, ok := strings.CutPrefix(text, "$")
	for _, m := range [...][2]string{{"{", "}"}, {"[", "]"}, {"<", ">"}, {"#", "#"}, {"--", "--"}} {
		if !ok {
			name, ok = enclosed(text, m[0], m[1])
			ok = ok && !strings.Contains(name, ":")
		}
	}
	first, size := utf8.DecodeRuneInString(name)
	return ok && len(name) > size && isName(name) && unicode.IsLetter(first) && !isValue(name)
}

// isValue tells what no template calls a variable.
func isValue(name string) bool {
	switch strings.ToLower(name) {
	case "true", "false", "null":
		return true
	}
	return schema.IsGUID(name) || keyShape(strings.ToUpper(name)) == ""
}

// isStandIn tells whether the whole value is a word that somebody was meant to
// replace: CHANGEME, TODO, YOUR_PASSWORD, PLACEHOLDER_NAME, __NAME__, ##NAME##, $NAME$,
// @NAME@, [ REPLACE WITH … ], or nothing but dots. $WinPEDriver$ and $OEM$ are folders
// that Setup itself looks for.
func isStandIn(text string) bool {
	if strings.EqualFold(text, "$WinPEDriver$") || strings.EqualFold(text, "$OEM$") {
		return false
	}
	if isMarkedName(text) || len(text) > 2 && strings.Trim(text, ".") == "" {
		return true
	}
	for _, m := range [...][2]string{{"[", "]"}, {"<", ">"}, {"{", "}"}} {
		if inner, ok := enclosed(text, m[0], m[1]); ok && startsWithOrder(inner) {
			return true
		}
	}
	return isWordToReplace(text)
}

// isWordToReplace tells the words among them. Each begins with a letter of marks.
func isWordToReplace(text string) bool {
	for _, word := range [...]string{"changeme", "change_me", "change-me", "change me", "replaceme", "replace_me", "replace-me", "replace me", "placeholder", "todo", "tbd"} {
		if strings.EqualFold(text, word) {
			return true
		}
	}
	i := strings.IndexAny(text, "_-")
	return i > 0 && i < len(text)-1 && (strings.EqualFold(text[:i], "your") || strings.EqualFold(text[:i], "placeholder"))
}

// isConstant tells NAME_OF_A_CONSTANT, which a script searches for and replaces.
// It may well be a name or a password, but no product key has an underscore.
func isConstant(text string) bool {
	return isName(text) && strings.Contains(text, "_") && strings.ToUpper(text) == text && strings.ToLower(text) != text
}

// startsWithOrder tells whether a text begins by telling its reader what to do.
func startsWithOrder(text string) bool {
	word, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(text)), " ")
	switch strings.TrimRight(word, "!.:") {
	case "replace", "enter", "insert", "your", "put", "change", "changethis", "changeme":
		return true
	}
	return false
}

// isDirective tells whether text between elements steers a template or stands
// for elements.
func isDirective(text string) bool {
	if marked(text) != "" || interpolated(text) != "" || isMarkedName(strings.TrimSpace(text)) {
		return true
	}
	for _, m := range [...][2]string{{"%{", "}"}, {"<%", "%>"}, {"{%", "%}"}} {
		if inner, _ := between(text, m[0], m[1]); inner != "" { // of code too: <% } %>
			return true
		}
	}
	return false
}

// steered tells whether directives of a template stand between the settings
// below the cursor, so that two of the same name may be alternatives.
func steered(c *answer.Cursor) bool {
	extra := c.Component.Extra
	if c.Setting != nil {
		extra = c.Setting.Extra
		if isDirective(c.Setting.Text) {
			return true
		}
	}
	for _, x := range extra {
		if x.Kind == answer.Text && isDirective(x.Text) {
			return true
		}
	}
	return false
}

// isCommand tells whether a value is a command line.
func isCommand(c *answer.Cursor) bool {
	name := c.Setting.Name
	if strings.EqualFold(name, "CommandLine") {
		return true
	}
	above := c.Above()
	return above != nil && strings.EqualFold(name, "Path") && strings.HasSuffix(strings.ToLower(above.Name), "command")
}

// between returns the first text between two marks, and the same with the
// marks; both are "" where there is none.
func between(text, open, end string) (inner, whole string) {
	start := strings.Index(text, open)
	if start < 0 {
		return "", ""
	}
	rest := text[start+len(open):]
	stop := strings.Index(rest, end)
	if stop < 0 {
		return "", ""
	}
	return rest[:stop], text[start : start+len(open)+stop+len(end)]
}

// enclosed cuts marks from both ends of a text.
func enclosed(text, open, end string) (inner string, ok bool) {
	if len(text) <= len(open)+len(end) {
		return "", false
	}
	inner, ok = strings.CutPrefix(text, open)
	if !ok {
		return "", false
	}
	return strings.CutSuffix(inner, end)
}

// isQuotedName tells whether a text is one name between two equal marks.
func isQuotedName(text, mark string) bool {
	name, ok := enclosed(text, mark, mark)
	return ok && isName(name)
}

// isMarkedName tells __NAME__, ##NAME##, $NAME$ and @NAME@.
func isMarkedName(text string) bool {
	return isQuotedName(text, "__") || isQuotedName(text, "##") || isQuotedName(text, "$") || isQuotedName(text, "@")
}

func isName(text string) bool {
	for _, r := range text {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("_-.:", r) {
			return false
		}
	}
	return text != ""
}

// placeholderText tells whether an attribute is left to a template.
func placeholderText(text string) bool {
	if glance(text) == 0 {
		return false
	}
	if text = strings.TrimSpace(text); marked(text) != "" || interpolated(text) != "" || isStandIn(text) || isVariable(text) || positional(text) != "" {
		return true
	}
	return isQuotedName(text, "%")
}
