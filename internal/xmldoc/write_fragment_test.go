package xmldoc

import (
	"testing"

	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema/answer"
)

func nowhere(int, int) source.Span { return source.Span{} }

// What WriteFragment writes is what ReadFragmentIn reads, in as few words as
// its declarations allow.
func TestFragmentsComeBack(t *testing.T) {
	cases := []struct {
		name, own string
		where     Place
		in, want  string // want "": the same
	}{
		{"leaf", answer.Namespace, InSetting, "<TimeZone>UTC</TimeZone>", ""},
		{"two elements on lines of their own", answer.Namespace, InSetting, "<a>1</a><b/>", "<a>1</a>\n<b/>"},
		{"children are indented", answer.Namespace, InSetting, "<a><b><c>1</c></b></a>", "<a>\n  <b>\n    <c>1</c>\n  </b>\n</a>"},
		{"known prefixes need no declaration", answer.Namespace, InSetting, `<a wcm:action="add" xsi:type="t" xml:lang="en"/>`, ""},
		{"other prefixes are declared", answer.Namespace, InRoot, `<x:a xmlns:x="urn:x" x:b="1"><x:c/></x:a>`, "<x:a x:b=\"1\" xmlns:x=\"urn:x\">\n  <x:c/>\n</x:a>"},
		{"no namespace among those of the file", answer.Namespace, InSetting, `<a xmlns="">x</a>`, ""},
		{"no namespace where the file has none", "", InSetting, `<a><b>x</b></a>`, "<a>\n  <b>x</b>\n</a>"},
		{"the usual namespace in a file of another one", "urn:x", InSetting, `<a xmlns="urn:schemas-microsoft-com:unattend"/>`, ""},
		{"comments and instructions", answer.Namespace, InSetting, "<!-- one --><?two three?><a/><!-- four -->", "<!-- one -->\n<?two three?>\n<a/>\n<!-- four -->"},
		{"instruction behind text", answer.Namespace, InSetting, "<a><b/>x<?p i?>y</a>", ""},
		{"text keeps every blank around it", answer.Namespace, InSetting, " x <a><b/></a> y ", " x <a><b/></a> y "},
		{"characters beyond ASCII", answer.Namespace, InSetting, "<a b=\"\u00df\">\u00e4 &amp; &#13;</a>", "<a b=\"\u00df\">\u00e4 &amp; &#xD;</a>"},
		{"CDATA", answer.Namespace, InSetting, "<a><![CDATA[if (a < b) {\n}]]></a>", ""},
		{"CDATA that ends a section inside itself", answer.Namespace, InSetting, "<a><![CDATA[a]]]]><![CDATA[>b]]></a>", "<a>a]]&gt;b</a>"},
		{"component", answer.Namespace, InPass, `<component name="A" language="neutral"><B>c</B></component>`, "<component name=\"A\" language=\"neutral\">\n  <B>c</B>\n</component>"},
		{"pass", answer.Namespace, InRoot, `<settings pass="x"><component name="A"/></settings>`, "<settings pass=\"x\">\n  <component name=\"A\"/>\n</settings>"},
		{"pass with an empty name", answer.Namespace, InRoot, `<settings pass=""/>`, ""},
		{"pass without a name", answer.Namespace, InRoot, `<settings/>`, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			f, _ := ReadFragmentIn(c.own, c.where, c.in, nowhere)
			got, err := WriteFragment(c.own, f)
			if err != nil {
				t.Fatal(err)
			}
			want := c.want
			if want == "" {
				want = c.in
			}
			if got != want {
				t.Errorf("got  %q\nwant %q", got, want)
			}
			again, _ := ReadFragmentIn(c.own, c.where, got, nowhere)
			if back, err := WriteFragment(c.own, again); err != nil || back != got {
				t.Errorf("a second time %q, %v", back, err)
			}
		})
	}
}
