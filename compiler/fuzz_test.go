package compiler

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/internal/xmldoc"
	"github.com/reseal/reseal/schema/answer"
)

// FuzzParse holds whatever text to three promises: no panic, every finding has
// a place in the text, and a profile without an error can be written and read
// back as XML.
func FuzzParse(f *testing.F) {
	inputs, err := filepath.Glob("../testdata/compile/*/in.yaml")
	if err != nil || len(inputs) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	for _, input := range inputs {
		text, err := os.ReadFile(input)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	for _, body := range []string{
		"OOBE: [[{a: {b: [c]}}]]", "DiskConfiguration: {Disk: {a: b}}", "a: &a {b: *a}", "FirstLogonCommands: [{$key: 1, $omit: [order, {}]}]",
		"AutoLogon: {Password: {env: {}}, Domain: []}", "$attr: {xmlns: x, xmlns:a: b, a:b: c}", "? [a]\n: b", "OOBE: |2-\n   x\n  y",
	} {
		f.Add([]byte(inComponent("oobeSystem", "Microsoft-Windows-Shell-Setup", body)))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		p, diags := Parse(source.NewFile("in.yaml", text), Options{Strict: true})
		for _, d := range diags.All {
			if s := d.Span; s.File == nil || s.Start < 0 || s.End < s.Start || s.End > len(s.File.Text) {
				t.Errorf("%s: %s has no place: %d to %d of %d bytes", d.Rule, d.Message, s.Start, s.End, len(text))
			}
		}
		if diags.Has(diag.Error) {
			return
		}
		for _, out := range p.Outputs {
			writable(t, out.Answer)
		}
	})
}

// writable checks that an answer file becomes XML that the reader understands;
// only characters that XML lacks may keep it from being written.
func writable(t *testing.T, a *answer.File) {
	xml, err := xmldoc.Write(a)
	if err != nil {
		for _, d := range err.(*xmldoc.Unwritable).Diags.All {
			if d.Rule != "xml-character-invalid" {
				t.Errorf("cannot be written: %s %s", d.Rule, d.Message)
			}
		}
		return
	}
	if _, diags := xmldoc.Read("out.xml", xml); diags.Has(diag.Error) {
		for _, d := range diags.All {
			if d.Rule == "xml-not-well-formed" {
				t.Errorf("%s: %s\n%s", d.Rule, d.Message, xml)
			}
		}
	}
}

// A profile of a usual size, from text to XML.
func BenchmarkCompile(b *testing.B) {
	text, err := os.ReadFile("../testdata/compile/passes/in.yaml")
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		p, diags := Parse(source.NewFile("in.yaml", text), Options{})
		if diags.Has(diag.Error) {
			b.Fatal("the profile has errors")
		}
		if _, err := xmldoc.Write(p.Outputs[0].Answer); err != nil {
			b.Fatal(err)
		}
	}
}
