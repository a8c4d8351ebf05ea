package xmldoc

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema/answer"
)

type corpusFile struct {
	File       string `json:"file"`
	WellFormed bool   `json:"well_formed"`
	data       []byte
}

// corpus reads the folder of real answer files that RESEAL_CORPUS names.
func corpus(t testing.TB) []corpusFile {
	t.Helper()
	folder := os.Getenv("RESEAL_CORPUS")
	if folder == "" {
		t.Skip("RESEAL_CORPUS names no folder of answer files")
	}
	raw, err := os.ReadFile(filepath.Join(folder, "index.json"))
	if err != nil {
		t.Fatal(err)
	}
	var index struct{ Files []corpusFile }
	if err := json.Unmarshal(raw, &index); err != nil {
		t.Fatal(err)
	}
	for i := range index.Files {
		f := &index.Files[i]
		if f.data, err = os.ReadFile(filepath.Join(folder, "files", f.File)); err != nil {
			t.Fatal(err)
		}
	}
	return index.Files
}

// parsed runs the parser alone, without the envelope.
func parsed(data []byte) (*parser, *answer.Setting) {
	text, problems := decode(data)
	f := source.NewFile("test.xml", text)
	diags := &diag.List{}
	place := func(start, end int) source.Span { return source.Span{File: f, Start: start, End: end} }
	for _, problem := range problems {
		diags.Add(problem.rule.At(place(problem.start, problem.end), "%s", problem.message))
	}
	p := newParser(string(text), place, diags)
	return p, p.parse()
}

func TestCorpusIsReadAsEncodingXMLReadsIt(t *testing.T) {
	for _, c := range corpus(t) {
		a, diags := Read(c.File, c.data)
		if !c.WellFormed {
			if !diags.Has(diag.Error) {
				t.Errorf("%s: not well-formed, and no error", c.File)
			}
			for _, d := range diags.All {
				p := d.Span.Position()
				t.Logf("%s:%d:%d: %s [%s]", c.File, p.Line, p.Column, d.Message, d.Rule)
				for _, r := range d.Related {
					t.Logf("    %v %s", r.Span.Position(), r.Message)
				}
			}
			continue
		}
		p, doc := parsed(c.data)
		if len(p.diags.All) > 0 {
			t.Errorf("%s: %s at %v", c.File, p.diags.All[0].Message, p.diags.All[0].Span.Position())
		}
		for _, d := range diags.All {
			t.Logf("%s: %v %s: %s", c.File, d.Span.Position(), d.Rule, d.Message)
		}
		want, err := byStandard([]byte(p.text))
		if err != nil {
			t.Errorf("%s: encoding/xml: %v", c.File, err)
			continue
		}
		if diff := firstDifference(byUs(p, doc), want); diff != "" {
			t.Errorf("%s: %s", c.File, diff)
		}
		out, err := Write(a)
		if err != nil {
			t.Errorf("%s: %v", c.File, err)
			continue
		}
		back, _ := Read(c.File, out)
		if diff := answer.Equal(a, back); diff != "" {
			t.Errorf("%s: %s", c.File, diff)
		}
	}
}
