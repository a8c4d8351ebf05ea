package compiler

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/internal/xmldoc"
	"github.com/reseal/reseal/validate"
)

// docBlock is a fenced block of a page.
type docBlock struct {
	line     int
	language string
	text     string
}

// blocks lists the fenced blocks of a Markdown page.
func blocks(page string) []docBlock {
	var list []docBlock
	open := false
	for i, line := range strings.Split(page, "\n") {
		language, fence := strings.CutPrefix(line, "```")
		switch {
		case fence && !open:
			list = append(list, docBlock{line: i + 2, language: language})
			open = true
		case fence:
			open = false
		case open:
			list[len(list)-1].text += line + "\n"
		}
	}
	return list
}

// isProfile tells a whole profile from a part of one.
func isProfile(b docBlock) bool {
	return b.language == "yaml" && strings.Contains("\n"+b.text, "\nversion: reseal/")
}

// The manual is executed: each profile in it compiles and is fine for editors,
// and the XML that follows a profile is a part of what it compiles to.
func TestDocumentationShowsWhatTheCompilerDoes(t *testing.T) {
	var pages []string
	for _, pattern := range []string{"../*.md", "../docs/*.md"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, names...)
	}
	profiles, outputs := 0, 0
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		output := ""
		for _, b := range blocks(string(text)) {
			at := fmt.Sprintf("%s:%d", page, b.line)
			switch {
			case isProfile(b):
				profiles++
				output = compileBlock(t, at, b.text)
			case b.language == "xml" && output != "":
				outputs++
				if !strings.Contains(flat(output), flat(b.text)) {
					t.Errorf("%s: the profile above compiles to something else:\n%s", at, output)
				}
			}
		}
	}
	if profiles < 10 || outputs < 6 {
		t.Errorf("only %d profiles and %d outputs were tried", profiles, outputs)
	}
}

// compileBlock compiles and checks a profile and returns all its answer files.
func compileBlock(t *testing.T, at, profile string) string {
	t.Helper()
	p, diags := Parse(source.NewFile(at, []byte(profile)), Options{})
	for _, out := range p.Outputs {
		diags.Add(validate.Check(out.Answer, validate.Options{}).All...)
	}
	for _, d := range diags.All {
		ignored := slices.ContainsFunc(p.Ignores, func(i Ignore) bool { return i.Rule == d.Rule && i.Covers(d.Span) })
		if d.Severity > diag.Info && !ignored {
			t.Errorf("%s: %s: %s [%s]", d.Span, d.Severity, d.Message, d.Rule)
		}
	}
	for _, e := range editorErrors(t, editor(t), profile) {
		t.Errorf("%s: the editor says: %s", at, e)
	}
	var all strings.Builder
	for _, out := range p.Outputs {
		xml, err := xmldoc.Write(out.Answer)
		if err != nil {
			t.Errorf("%s: %v", at, err)
		}
		all.Write(xml)
	}
	return all.String()
}

// flat drops indentation.
func flat(xml string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(strings.TrimSpace(xml), "\n") {
		b.WriteString(strings.TrimSpace(line) + "\n")
	}
	return b.String()
}
