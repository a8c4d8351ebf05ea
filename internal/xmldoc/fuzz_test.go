package xmldoc

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema/answer"
)

// seeds are texts that reach each part of the reader.
func seeds(f *testing.F) {
	for _, content := range []string{
		"<A>1 &amp; &#228; <![CDATA[x]]></A>", "<A b='1'c=\"2\" d=3/>", "<A><B>1</A></C>", "<A>1<A>", "<A>a&b &x; &#0;</A>", "<!-- a -- b -->", "<?a b?>x<B/>y",
		"<A xmlns='' x:b='1'/>", "<x:A xmlns:x='urn:x' x:y='&#10;&lt;'><A/></x:A>", "<A><%= x %></A>", "<A wcm:action='add' wcm:keyValue='1'>\r\n</A>", "<OOBE>\r\n</OOBE>",
		"<A>Zoë&#13;\r</A>", "<A><!--c--><?d?></A>", "<u:A xmlns:u='urn:schemas-microsoft-com:unattend' xmlns:v='urn:v' v:w=''><v:u xmlns:v='urn:w'/></u:A>",
	} {
		f.Add([]byte(document(content)))
	}
	for _, text := range []string{
		"", "x", "<a/>", "<a></a><b/>", "<!DOCTYPE html><html>", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", " <?xml version='1.0'?><a/>", "PK\x03\x04", "\xff\xfe<\x00a\x00/\x00>\x00",
		"<?xml version='1.0' encoding='windows-1252'?><a>\x80</a>", "<unattend><servicing><package/></servicing><settings/></unattend><?x?>", "<a><b c='1></b><d e='2'/></a>", "<!&>", "<a xmlns=\"x\ny\"/>",
	} {
		f.Add([]byte(text))
	}
}

func FuzzRead(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		a, diags := Read("a.xml", data)
		for _, d := range diags.All {
			if d.Span.File != a.Source || d.Span.Start < 0 || d.Span.Start > d.Span.End || d.Span.End > len(a.Source.Text) {
				t.Fatalf("%s: span %d-%d of %d bytes", d.Message, d.Span.Start, d.Span.End, len(a.Source.Text))
			}
		}
		if !utf8.Valid(a.Source.Text) {
			t.Fatal("the decoded text is not UTF-8")
		}
		checkSpans(t, a)
		p, doc := parsed(data)
		want, err := byStandard([]byte(p.text))
		switch {
		case err == nil && p.text != "" && !p.stopped:
			if message := acceptedByStandard(p.diags); message != "" {
				t.Fatalf("encoding/xml accepts the text, we say: %s", message)
			}
		case err != nil && len(p.diags.All) == 0 && isASCII([]byte(p.text)):
			t.Fatalf("we accept the text, encoding/xml says: %v", err)
		}
		if err == nil && len(p.diags.All) == 0 {
			if diff := firstDifference(byUs(p, doc), want); diff != "" {
				t.Fatal(diff)
			}
		}
	})
}

func checkSpans(t *testing.T, a *answer.File) {
	for _, p := range a.Passes {
		for _, c := range p.Components {
			for _, s := range c.Settings {
				checkSpan(t, c.Whole, s)
			}
		}
	}
}

func checkSpan(t *testing.T, outer source.Span, s *answer.Setting) {
	for _, inner := range []source.Span{s.Whole, s.Spans.Name, s.Spans.Value} {
		if inner.Known() && (inner.Start < outer.Start || inner.End > outer.End || inner.Start > inner.End) {
			t.Fatalf("%s: %d-%d is outside of %d-%d", s.Name, inner.Start, inner.End, outer.Start, outer.End)
		}
	}
	for _, child := range s.Children {
		checkSpan(t, s.Whole, child)
	}
}

func FuzzReadFragment(f *testing.F) {
	for _, text := range []string{"", "x", "<A/>", "<settings><component/></settings>", "a<B/>c<!--d-->", "<A", "</A>", "<?xml version='1.0'?>", "<A>&</A><servicing/>"} {
		f.Add(byte(0), text)
		f.Add(byte(2), text)
	}
	f.Fuzz(func(t *testing.T, where byte, text string) {
		file := source.NewFile("p.yaml", []byte(text))
		fragment, diags := ReadFragmentAt(Place(where%3), text, func(start, end int) source.Span {
			return source.Span{File: file, Start: start, End: end}
		})
		if fragment == nil {
			t.Fatal("no fragment")
		}
		for _, d := range diags.All {
			if utf8.ValidString(text) && d.Span.End > len(text) {
				t.Fatalf("%s: ends at %d of %d bytes", d.Message, d.Span.End, len(text))
			}
		}
	})
}

func FuzzWrite(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		a, diags := Read("a.xml", data)
		if diags.Has(diag.Error) {
			t.Skip()
		}
		out, err := Write(a)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := byStandard(out); err != nil && isASCII(out) {
			t.Fatalf("%v in\n%s", err, out)
		}
		if strings.Contains(string(out), "\r") || !utf8.Valid(out) {
			t.Fatalf("a CR or another encoding in\n%s", out)
		}
		back, diags := Read("b.xml", out)
		if diags.Has(diag.Error) {
			t.Fatalf("%v in\n%s", messages(diags), out)
		}
		if diff := answer.Equal(a, back); diff != "" {
			t.Fatalf("%s\n%s", diff, out)
		}
		again, err := Write(back)
		if err != nil || string(again) != string(out) {
			t.Fatalf("second writing: %v\n%s\nfirst:\n%s", err, again, out)
		}
	})
}
