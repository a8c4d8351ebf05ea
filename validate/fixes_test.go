package validate

import (
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema/answer"
)

// span marks the first place of a text in a file.
func span(f *source.File, text string) source.Span {
	i := strings.Index(string(f.Text), text)
	return source.Span{File: f, Start: i, End: i + len(text)}
}

func apply(f *source.File, fix *diag.Fix) string {
	if fix == nil {
		return ""
	}
	text := string(f.Text)
	for i := len(fix.Edits) - 1; i >= 0; i-- {
		e := fix.Edits[i]
		text = text[:e.Span.Start] + e.Text + text[e.Span.End:]
	}
	return text
}

func TestAValueIsRewrittenWhereTheSourceShowsIt(t *testing.T) {
	for _, c := range []struct{ source, value, text, want string }{
		{"<a>True</a>", "True", "True", "<a>true</a>"},
		{"<a>\n True\n</a>", "\n True\n", "True", "<a>\n true\n</a>"},
		{"a: 'True'", "'True'", "True", "a: 'true'"},
		{`a: "True"`, `"True"`, "True", `a: "true"`},
		{"<a>&#84;rue</a>", "&#84;rue", "True", ""},
		{"<a><![CDATA[True]]></a>", "<![CDATA[True]]>", "True", ""},
		{`a: "\x54rue"`, `"\x54rue"`, "True", ""},
	} {
		f := source.NewFile("a", []byte(c.source))
		s := &answer.Setting{Name: "a", Text: c.text, Spans: answer.Spans{Value: span(f, c.value)}}
		d := &diag.Diagnostic{}
		rewrite(d, s, "true")
		if got := apply(f, d.Fix); got != c.want {
			t.Errorf("%s: got %q, want %q", c.source, got, c.want)
		}
	}
}

func TestAnElementIsRenamedAtBothEnds(t *testing.T) {
	for _, c := range []struct{ source, whole, name, want string }{
		{"<u><oobe>x</oobe></u>", "<oobe>x</oobe>", "oobe", "<u><OOBE>x</OOBE></u>"},
		{"<u><oobe/></u>", "<oobe/>", "oobe", "<u><OOBE/></u>"},
		{"<u><p:oobe >x</p:oobe\n></u>", "<p:oobe >x</p:oobe\n>", "p:oobe", "<u><p:OOBE >x</p:OOBE\n></u>"},
		{"oobe: {A: b}", "oobe: {A: b}", "oobe", "OOBE: {A: b}"},
		{"'oobe': x", "'oobe': x", "'oobe'", "'OOBE': x"},
		{"<u><oobe>x</obe></u>", "<oobe>x</obe>", "oobe", ""},
	} {
		f := source.NewFile("a", []byte(c.source))
		s := &answer.Setting{Name: "oobe", Spans: answer.Spans{Whole: span(f, c.whole), Name: span(f, c.name)}}
		d := &diag.Diagnostic{}
		rename(d, s, "OOBE")
		if got := apply(f, d.Fix); got != c.want {
			t.Errorf("%s: got %q, want %q", c.source, got, c.want)
		}
	}
}

func TestAPlaceFallsBackToTheNodeAbove(t *testing.T) {
	f := source.NewFile("a", []byte("<u><p><c><s>v</s><e></e></c></p></u>"))
	pass := &answer.Pass{Spans: answer.Spans{Name: span(f, "p")}}
	comp := &answer.Component{Spans: answer.Spans{Name: span(f, "c")}}
	s := &answer.Setting{Spans: answer.Spans{Name: span(f, "s"), Value: span(f, "v")}}
	empty := &answer.Setting{Spans: answer.Spans{Name: span(f, "e"), Value: source.Span{File: f, Start: 20, End: 20}}}
	nowhere := &answer.Setting{}
	file := &answer.File{Source: f, RootSpans: answer.Spans{Name: span(f, "u")}}
	for _, c := range []struct {
		n    node
		want string
	}{
		{node{}, "u"},
		{node{pass: pass}, "p"},
		{node{pass: &answer.Pass{}}, "u"},
		{node{pass: pass, component: comp}, "c"},
		{node{pass: pass, component: &answer.Component{}}, "p"},
		{node{pass: pass, component: comp, chain: []*answer.Setting{s}}, "v"},
		{node{pass: pass, component: comp, chain: []*answer.Setting{empty}}, "e"},
		{node{pass: pass, component: comp, chain: []*answer.Setting{s, nowhere}}, "v"},
		{node{pass: pass, component: comp, chain: []*answer.Setting{nowhere}}, "c"},
	} {
		if got := c.n.place(file).Text(); got != c.want {
			t.Errorf("%+v: got %q, want %q", c.n, got, c.want)
		}
	}
	if got := (node{}).place(&answer.File{Source: f}); got.File != f {
		t.Errorf("a finding without any place must still name the file: %+v", got)
	}
}
