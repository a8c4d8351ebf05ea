package sysprep

import (
	"fmt"
	"strings"

	"github.com/reseal/reseal/internal/diag"
)

// Reason says what is wrong with a command line, or worth knowing of it.
type Reason struct {
	Severity   diag.Severity
	Text       string // one sentence without a final stop
	Source     string // address, or words such as "field reports"
	Start, End int    // bytes in the parsed line; both 0 when the line as a whole is meant
}

// maxCommandLine is the longest command line that Windows gives to a process.
const maxCommandLine = 32767

// ParseCommand reads a command line with or without the program in front, by
// the quoting rules of Windows. Options begin with / or - and are matched
// without regard to case. The Command holds all that was understood; a Reason
// of severity diag.Error tells what was not. Contradictions between options
// are left to Check.
func ParseCommand(line string) (Command, []Reason) {
	if len(line) > maxCommandLine {
		return Command{}, []Reason{{Severity: diag.Error, Source: "the limit of Windows",
			Text: fmt.Sprintf("the command line is longer than %d characters", maxCommandLine)}}
	}
	p := commandParser{}
	words, open := splitLine(line)
	if len(words) > 0 && isSysprep(words[0].text) {
		if !strings.EqualFold(words[0].text, Program) {
			p.command.Program = words[0].text
		}
		words = words[1:]
	}
	for _, w := range words {
		p.arg(w)
	}
	if open >= 0 {
		p.add(diag.Warning, word{start: open, end: len(line)}, "the quote is not closed", "the quoting rules of Windows")
	}
	return p.command, p.reasons
}

// isSysprep tells whether the first word names the program.
func isSysprep(text string) bool {
	if strings.HasPrefix(text, "/") || strings.HasPrefix(text, "-") {
		return false
	}
	name := text[strings.LastIndexAny(text, `\/`)+1:]
	return strings.EqualFold(name, "sysprep.exe") || strings.EqualFold(name, "sysprep")
}

type commandParser struct {
	command Command
	reasons []Reason
}

func (p *commandParser) add(s diag.Severity, w word, text, source string) {
	p.reasons = append(p.reasons, Reason{Severity: s, Text: text, Source: source, Start: w.start, End: w.end})
}

func (p *commandParser) arg(w word) {
	if w.text == "" || (w.text[0] != '/' && w.text[0] != '-') {
		p.add(diag.Error, w, fmt.Sprintf("%q begins with neither a slash nor a dash; Sysprep refuses the whole command line", w.text), "seen in logs of Sysprep")
		return
	}
	name, value, hasValue := strings.Cut(w.text[1:], ":")
	if strings.EqualFold(name, "unattend") {
		p.unattend(w, value, hasValue)
		return
	}
	o := findOption(w.text[1:])
	switch {
	case o == nil && strings.EqualFold(name, "mode"):
		p.add(diag.Error, w, "the only mode of sysprep.exe is /mode:vm", docCommand)
	case o == nil && hasValue && findOption(name) != nil:
		p.add(diag.Error, w, fmt.Sprintf("/%s takes no value", strings.ToLower(name)), docCommand)
	case o == nil:
		p.add(diag.Error, w, fmt.Sprintf("%q is no option of sysprep.exe%s", w.text, didYouMean(name)), docCommand)
	case o.flag == nil:
		p.add(diag.Error, w, o.refuse, o.source)
	default:
		*o.flag(&p.command) = true
	}
}

func (p *commandParser) unattend(w word, value string, hasValue bool) {
	switch {
	case !hasValue:
		p.add(diag.Error, w, "the answer file follows a colon: /unattend:FILE", docCommand)
	case value == "":
		p.add(diag.Error, w, "/unattend: names no answer file", docCommand)
	case p.command.Unattend != "":
		p.add(diag.Error, w, "/unattend: is given twice", docCommand)
	default:
		p.command.Unattend = value
	}
}

// didYouMean proposes the option that the name is the beginning of, or that
// begins it: the mistakes that people make are /general and /shut.
func didYouMean(name string) string {
	folded := strings.ToLower(name)
	for _, o := range options {
		if o.flag == nil || len(folded) < 3 {
			continue
		}
		if strings.HasPrefix(o.name, folded) || strings.HasPrefix(folded, o.name) {
			return "; did you mean " + o.text + "?"
		}
	}
	return ""
}
