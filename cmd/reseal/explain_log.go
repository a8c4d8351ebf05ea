package main

import (
	"fmt"
	"strings"

	"github.com/reseal/reseal/sysprep/setuplog"
)

// explainLog tells what the table of log signatures knows of an error code, a
// signature or a line of a log; "" for nothing.
func explainLog(what string) string {
	if g := setuplog.Find(what); g != nil {
		return explainSignature(g, "")
	}
	if code, ok := setuplog.ParseCode(what); ok {
		return explainCode(code)
	}
	line := setuplog.ParseLine(what)
	if line.Message == "" || !strings.ContainsAny(what, " :") {
		return ""
	}
	var parts []string
	for _, g := range setuplog.Explain(what) {
		parts = append(parts, explainSignature(g, what))
	}
	if len(parts) == 0 {
		parts = explainWithOthers(what)
	}
	if len(parts) == 0 {
		for _, code := range setuplog.CodesIn(line.Message) {
			parts = append(parts, explainCode(code))
		}
	}
	return strings.Join(parts, "\n")
}

// explainWithOthers tells what a line means by what stands around it.
func explainWithOthers(line string) []string {
	var parts []string
	if g := setuplog.AtEnd(line); g != nil {
		parts = append(parts, "The line is harmless, unless the log ends with it:\n"+explainSignature(g, line))
	}
	for _, g := range setuplog.Beside(line) {
		parts = append(parts, "With other lines beside it that tell of the same failure:\n"+explainSignature(g, line))
	}
	return parts
}

func explainCode(code setuplog.Code) string {
	if code.Value == 0 {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s (error code)\n", code)
	paragraph(&b, code.Describe()+".")
	known := setuplog.ByCode(code)
	for _, group := range []struct {
		head   string
		belong func(setuplog.CodeMatch) bool
	}{
		{"in a log of Sysprep or Setup, this code alone means:", func(g setuplog.CodeMatch) bool { return g.Alone }},
		{"in a log, with the words of the line beside it:", func(g setuplog.CodeMatch) bool { return !g.Alone && g.Cut == 0 }},
		{"in a log, where Sysprep has cut another code down to this one; the lines above have the whole:", func(g setuplog.CodeMatch) bool { return g.Cut != 0 }},
	} {
		head := "  " + group.head + "\n"
		for _, g := range known {
			if !group.belong(g) {
				continue
			}
			b.WriteString(head)
			head = ""
			explainMatch(&b, g)
		}
	}
	return b.String()
}

func explainMatch(b *strings.Builder, g setuplog.CodeMatch) {
	cause, fix := g.Words("")
	whole := ""
	if g.Cut != 0 {
		whole = fmt.Sprintf(" (0x%08X)", g.Cut)
	}
	fmt.Fprintf(b, "    %s %s%s: %s\n", g.ID, g.Title, whole, cause)
	if fix != "" {
		fmt.Fprintf(b, "      fix: %s\n", fix)
	}
}

// explainSignature tells of a signature, in the words for the line that it
// has matched, "" for none.
func explainSignature(g *setuplog.Signature, line string) string {
	var b strings.Builder
	cause, fix := g.Words(line)
	fmt.Fprintf(&b, "%s (log signature, %s, %s)\n", g.ID, g.Kind, g.Grade)
	paragraph(&b, g.Title+".")
	for _, part := range []struct{ name, text string }{
		{"cause", cause}, {"fix", fix}, {"source", strings.Join(g.Sources, "\n")},
	} {
		if part.text != "" {
			fmt.Fprintf(&b, "  %s:\n", part.name)
			paragraph(&b, part.text)
		}
	}
	return b.String()
}
