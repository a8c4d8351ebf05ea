package validate_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"sort"
	"testing"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/xmldoc"
	"github.com/reseal/reseal/validate"
)

// corpusFile is one entry of the index of a folder of answer files.
type corpusFile struct {
	File       string
	WellFormed bool `json:"well_formed"`
	IsTemplate bool `json:"is_template"`
}

// corpus lists the well-formed files of the folder that RESEAL_CORPUS names.
func corpus(t testing.TB) (folder string, files []corpusFile) {
	t.Helper()
	folder = os.Getenv("RESEAL_CORPUS")
	if folder == "" {
		t.Skip("RESEAL_CORPUS names no folder of answer files")
	}
	var index struct{ Files []corpusFile }
	if err := json.Unmarshal(read(t, filepath.Join(folder, "index.json")), &index); err != nil {
		t.Fatal(err)
	}
	for _, f := range index.Files {
		if f.WellFormed {
			files = append(files, f)
		}
	}
	return folder, files
}

// Real files are read without a panic, every finding has its place inside of
// the file, and the run reports how often each rule spoke.
func TestCorpus(t *testing.T) {
	folder, files := corpus(t)
	counts, errors := map[string]int{}, map[string]int{}
	for _, f := range files {
		text := read(t, filepath.Join(folder, "files", f.File))
		a, _ := xmldoc.Read(f.File, text)
		if a == nil {
			t.Errorf("%s was not read", f.File)
			continue
		}
		for _, d := range validate.Check(a, validate.Options{}).All {
			if d.Span.File == nil || d.Span.Start < 0 || d.Span.End > len(d.Span.File.Text) {
				t.Errorf("%s: a finding without a place: %s", f.File, d.Message)
			}
			counts[d.Severity.String()+" "+d.Rule]++
			if d.Severity == diag.Error && !f.IsTemplate {
				errors[d.Rule]++
				t.Logf("%s:%d: %s [%s]", f.File, d.Span.Position().Line, d.Message, d.Rule)
			}
		}
	}
	for _, name := range sorted(counts) {
		t.Logf("%6d %s", counts[name], name)
	}
	for _, name := range sorted(errors) {
		t.Logf("%6d errors of %s on files that are no templates", errors[name], name)
	}
}

func sorted(counts map[string]int) []string {
	names := make([]string, 0, len(counts))
	for name := range counts {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
