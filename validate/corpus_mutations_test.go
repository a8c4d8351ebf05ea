package validate_test

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/xmldoc"
	"github.com/reseal/reseal/validate"
)

// host is a real file without errors that a sample can be put into.
type host struct {
	name string
	text []byte
	at   int // offset behind its last settings element
}

// hosts lists well-formed files that are no templates and have no error.
func hosts(t *testing.T, want int) []host {
	t.Helper()
	folder, files := corpus(t)
	var found []host
	for _, f := range files {
		text := read(t, filepath.Join(folder, "files", f.File))
		i := bytes.LastIndex(text, []byte("</settings>"))
		a, reading := xmldoc.Read(f.File, text)
		if f.IsTemplate || i < 0 || !utf8.Valid(text) || reading.Has(diag.Error) || validate.Check(a, validate.Options{}).Has(diag.Error) {
			continue
		}
		if found = append(found, host{f.File, text, i + len("</settings>")}); len(found) == want {
			return found
		}
	}
	t.Fatalf("only %d files without an error, want %d", len(found), want)
	return nil
}

// with puts the settings of a sample into the file, behind its own, and tells
// by how many lines the sample has moved.
func (h host) with(s *sample) (text []byte, moved int) {
	whole := string(s.xml())
	head, rest, _ := strings.Cut(whole, " <settings ")
	body := strings.TrimSuffix(rest, "</unattend>\n")
	before := string(h.text[:h.at]) + "\n<!-- target: " + s.aim + " -->\n"
	const names = ` <settings xmlns="urn:schemas-microsoft-com:unattend" xmlns:wcm="http://schemas.microsoft.com/WMIConfig/2002/State" `
	// Windows and the reader alike take CRLF, LF and CR for line ends.
	lines := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(before)
	return []byte(before + names + body + string(h.text[h.at:])), strings.Count(lines, "\n") - strings.Count(head, "\n")
}

// The errors on real files are few, and not because the checks keep quiet:
// every limit of the reference is still held among the settings of others.
func TestEveryLimitIsHeldInsideRealFiles(t *testing.T) {
	files := hosts(t, 100)
	rows, by := reference(t)
	broken, used := 0, map[string]bool{}
	for _, r := range rows {
		for _, m := range mutations(by, r) {
			h := files[broken%len(files)]
			broken, used[h.name] = broken+1, true
			s := sampleOf(by, r, r.passes[0])
			m.apply(s)
			text, moved := h.with(s)
			line := s.lineOf(m.at(s)) + moved
			found := check(t, h.name, text)
			if !slices.ContainsFunc(found.All, func(d *diag.Diagnostic) bool {
				return slices.Contains(m.rules, d.Rule) && d.Span.Position().Line == line
			}) {
				t.Errorf("%s: %s %s: %s: want %v on line %d", h.name, r.component, r.path, m.what, m.rules, line)
			}
		}
	}
	if broken < 3000 || len(used) != len(files) {
		t.Errorf("only %d limits were broken in %d files", broken, len(used))
	}
}
