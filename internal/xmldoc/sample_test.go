package xmldoc

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema/answer"
)

var update = flag.Bool("update", false, "write the expected files anew")

// golden compares got with the file, or writes it with -update.
func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got == string(want) {
		return
	}
	a, b := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range max(len(a), len(b)) {
		if i >= len(a) || i >= len(b) || a[i] != b[i] {
			t.Errorf("%s:%d\n got %s\nwant %s", name, i+1, strings.Join(a[min(i, len(a)):min(i+1, len(a))], ""), strings.Join(b[min(i, len(b)):min(i+1, len(b))], ""))
			return
		}
	}
}

func samples(t *testing.T, folder string) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob("testdata/" + folder + "/*.xml")
	if err != nil || len(names) == 0 {
		t.Fatalf("no samples: %v", err)
	}
	all := map[string][]byte{}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(name, ".canonical.xml") {
			all[strings.TrimSuffix(name, ".xml")] = data
		}
	}
	return all
}

// TestSamplesAreReadAndWritten compares the tree with its places, the canonical
// XML, and the tree of encoding/xml.
func TestSamplesAreReadAndWritten(t *testing.T) {
	for name, data := range samples(t, "well-formed") {
		a, diags := Read(filepath.ToSlash(name), data)
		if len(diags.All) > 0 {
			t.Errorf("%s: %v", name, messages(diags))
		}
		golden(t, name+".tree", outline(a))
		out := written(t, a)
		golden(t, name+".canonical.xml", out)
		back, _ := Read(name, []byte(out))
		if diff := answer.Equal(a, back); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		p, doc := parsed(data)
		want, err := byStandard(data)
		if err != nil {
			t.Fatal(err)
		}
		if diff := firstDifference(byUs(p, doc), want); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestBrokenSamplesTellAllThatIsWrong compares all diagnostics of one reading,
// and what was read in spite of them.
func TestBrokenSamplesTellAllThatIsWrong(t *testing.T) {
	for name, data := range samples(t, "broken") {
		a, diags := Read(filepath.ToSlash(name), data)
		diags.Sort()
		var b strings.Builder
		for _, d := range diags.All {
			fmt.Fprintf(&b, "%s %s: %s [%s]\n", at(d.Span), d.Severity, d.Message, d.Rule)
			for _, r := range d.Related {
				fmt.Fprintf(&b, "    %s %s\n", at(r.Span), r.Message)
			}
		}
		golden(t, name+".txt", b.String()+"\n"+outline(a))
		if !diags.Has(diag.Error) {
			t.Errorf("%s: no error", name)
		}
	}
}

func at(s source.Span) string {
	if !s.Known() {
		return "-"
	}
	from, to := s.Position(), s.EndPosition()
	return fmt.Sprintf("%d:%d-%d:%d", from.Line, from.Column, to.Line, to.Column)
}

// outline shows an answer file with its places, one node a line.
func outline(a *answer.File) string {
	o := &outliner{}
	o.line(0, "<%s> %s namespace %q", a.Root, at(a.RootSpans.Whole), a.Namespace)
	o.attributes(1, a.Attributes)
	o.extras(0, "prolog ", a.Prolog)
	if a.Servicing != nil {
		o.setting(1, a.Servicing)
	}
	for _, p := range a.Passes {
		o.line(1, "pass %q %s", p.Name, at(p.Spans.Value))
		o.attributes(2, p.Attributes)
		for _, c := range p.Components {
			o.line(2, "component %q %q %s", c.Name, c.Architecture, at(c.Spans.Value))
			o.attributes(3, c.Attributes)
			for _, s := range c.Settings {
				o.setting(3, s)
			}
			o.extras(3, "", c.Extra)
		}
		o.extras(2, "", p.Extra)
	}
	o.extras(1, "", a.Extra)
	o.extras(0, "epilog ", a.Epilog)
	return o.String()
}

type outliner struct{ strings.Builder }

func (o *outliner) line(depth int, format string, args ...any) {
	fmt.Fprintf(o, strings.Repeat("  ", depth)+format+"\n", args...)
}

func (o *outliner) attributes(depth int, attributes []answer.Attribute) {
	for _, a := range attributes {
		o.line(depth, "@%s %q %q %s", a.Name, a.Space, a.Value, at(a.Spans.Value))
	}
}

func (o *outliner) setting(depth int, s *answer.Setting) {
	o.line(depth, "%s %s = %q %s raw %q style %d space %q", s.Name, at(s.Spans.Name), s.Text, at(s.Spans.Value), s.Raw, s.Style, s.Space)
	o.attributes(depth+1, s.Attributes)
	for _, child := range s.Children {
		o.setting(depth+1, child)
	}
	o.extras(depth+1, "", s.Extra)
}

func (o *outliner) extras(depth int, what string, extra []answer.Extra) {
	for _, e := range extra {
		if e.Kind == answer.Element {
			o.line(depth, "%selement before %d", what, e.Index)
			o.setting(depth+1, e.Element)
			continue
		}
		o.line(depth, "%s%s before %d %q %s", what, [...]string{"comment", "instruction", "text"}[e.Kind], e.Index, e.Text, at(e.Span))
	}
}
