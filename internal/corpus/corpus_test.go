package main

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/reseal/reseal"
	"github.com/reseal/reseal/internal/source"
)

// realFiles is the folder that RESEAL_CORPUS names.
func realFiles(t testing.TB) []*file {
	t.Helper()
	folder := os.Getenv("RESEAL_CORPUS")
	if folder == "" {
		t.Skip("RESEAL_CORPUS names no folder of answer files")
	}
	files, err := load(folder)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// table reads a file of testdata: a row a line, cells between tabs, comments
// begin with #.
func table(t testing.TB, name string, cells int) [][]string {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimRight(line, "\r\n"); strings.HasPrefix(line, "#") {
			continue
		}
		row := strings.Split(line, "\t")
		if len(row) != cells || slices.Contains(row, "") {
			t.Fatalf("%s: a row must have %d cells: %q", name, cells, line)
		}
		rows = append(rows, row)
	}
	return rows
}

// wellFormed is the opinion of encoding/xml, which knows UTF-8 alone.
func wellFormed(data []byte) error {
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		_, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
	}
	return xml.Unmarshal(data, new(struct{ XMLName xml.Name }))
}

func TestEveryWellFormedFileIsRead(t *testing.T) {
	read := 0
	for _, f := range realFiles(t) {
		if !f.WellFormed {
			continue
		}
		if err := wellFormed(f.data); err != nil && utf8.Valid(f.data) {
			t.Errorf("%s: the index calls the file well-formed, encoding/xml does not: %v", f.Name, err)
		}
		for _, d := range readErrors(reseal.Load(f.Name, f.data, reseal.Options{}).Form.All) {
			t.Errorf("%s: %s [%s]", d.Span, d.Message, d.Rule)
		}
		read++
	}
	if read < 100 {
		t.Errorf("only %d well-formed files", read)
	}
}

// Each file that is not well-formed has an error at the place that libxml2
// gives or at the cause, and when these differ it points to the other one.
func TestEveryOtherFileIsRefusedAtTheCause(t *testing.T) {
	known := map[string][]string{}
	for _, row := range table(t, "not-well-formed.tsv", 4) {
		known[row[0]] = row
	}
	for _, f := range realFiles(t) {
		row := known[f.id()]
		delete(known, f.id())
		if f.WellFormed || row == nil {
			if !f.WellFormed {
				t.Errorf("%s (%s) is not in the table", f.id(), f.Name)
			}
			continue
		}
		theirs, cause := row[1], row[2]
		found := readErrors(reseal.Load(f.Name, f.data, reseal.Options{}).Form.All)
		if !slices.ContainsFunc(found, func(d *reseal.Diagnostic) bool { return tells(d, theirs, cause) }) {
			t.Errorf("%s: libxml2 says line %s, the cause is at %s (%s), and Reseal says", f.Name, theirs, cause, row[3])
			for _, d := range found {
				t.Errorf("  %v %s", d.Span.Position(), d.Message)
			}
		}
	}
	for id, row := range known {
		t.Errorf("%s (%s) is in the table and not in the folder", id, row[3])
	}
}

// tells reports whether a diagnostic names the line of libxml2 and the cause.
func tells(d *reseal.Diagnostic, theirs, cause string) bool {
	var lines, places []string
	note := func(s source.Span) {
		at := s.Position()
		lines, places = append(lines, fmt.Sprint(at.Line)), append(places, fmt.Sprintf("%d:%d", at.Line, at.Column))
	}
	note(d.Span)
	if lines[0] != theirs && places[0] != cause {
		return false
	}
	for _, r := range d.Related {
		note(r.Span)
	}
	return slices.Contains(lines, theirs) && slices.Contains(places, cause)
}

// An error on a file that practitioners ship is a mistake of Reseal's unless a
// public page or thread shows that Windows fails there.
func TestEveryErrorHasItsEvidence(t *testing.T) {
	known := map[string]bool{}
	for _, row := range table(t, "errors.tsv", 4) {
		if !strings.HasPrefix(row[3], "https://") {
			t.Errorf("%q is no address", row[3])
		}
		known[strings.Join(row[:3], " ")] = true
	}
	used := map[string]bool{}
	for _, f := range realFiles(t) {
		if !f.WellFormed || f.Template {
			continue
		}
		for _, d := range errorsOf(reseal.Load(f.Name, f.data, reseal.Options{}).Check().All) {
			key := fmt.Sprint(f.id(), " ", d.Span.Position().Line, " ", d.Rule)
			if !known[key] {
				t.Errorf("no evidence for %s: %s", key, d.Message)
			}
			used[key] = true
		}
	}
	for key := range known {
		if !used[key] {
			t.Errorf("%s is in the table and was not found", key)
		}
	}
}

// Placeholders of templates are values that nobody knows yet.
func TestPlaceholdersAreNoErrors(t *testing.T) {
	infos := 0
	for _, f := range realFiles(t) {
		for _, allow := range []bool{false, true} {
			for _, d := range reseal.Load(f.Name, f.data, reseal.Options{AllowPlaceholders: allow}).Check().All {
				switch {
				case d.Rule == "unexpanded-template-placeholder" && allow:
					t.Errorf("%s: reported although placeholders are allowed", d.Span)
				case d.Rule == "unexpanded-template-placeholder":
					infos++
				case f.Template && f.WellFormed && d.Severity == reseal.Error && holdsMark(d.Span.Text()):
					t.Errorf("%s: an error on a placeholder: %s [%s]", d.Span, d.Message, d.Rule)
				}
			}
		}
	}
	if infos < 100 {
		t.Errorf("only %d placeholders found", infos)
	}
}

// holdsMark tells the marks of templates, in a way of its own.
func holdsMark(text string) bool {
	for _, mark := range []string{"${", "{{", "<%", "@@", "[ ", "#{", "$("} {
		if strings.Contains(text, mark) {
			return true
		}
	}
	return len(text) > 2 && text[0] == '%' && text[len(text)-1] == '%'
}

func TestFindingsAreWhole(t *testing.T) {
	for _, f := range realFiles(t) {
		for _, d := range reseal.Load(f.Name, f.data, reseal.Options{Strict: true}).Check().All {
			first, _ := utf8.DecodeRuneInString(d.Message)
			second, _ := utf8.DecodeRuneInString(strings.TrimPrefix(d.Message, string(first)))
			named := d.Component != "" || d.Setting != "" // a message may begin with a name of Windows
			if unicode.IsUpper(first) && unicode.IsLower(second) && !named || strings.HasSuffix(d.Message, ".") {
				t.Errorf("%s: no sentence of ours: %s", d.Span, d.Message)
			}
			if s := d.Span; !s.Known() || s.Start < 0 || s.Start > s.End || s.End > len(s.File.Text) || d.Why == "" || d.Help == "" {
				t.Errorf("%s: a finding needs a place, a reason and advice: %+v", f.Name, d)
			}
		}
	}
}
