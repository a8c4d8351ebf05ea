package xmldoc

import (
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema/answer"
)

const ns = ` xmlns="urn:schemas-microsoft-com:unattend"`
const wcm = ` xmlns:wcm="http://schemas.microsoft.com/WMIConfig/2002/State"`

// clean reads XML that must give no diagnostic.
func clean(t *testing.T, text string) *answer.File {
	t.Helper()
	a, diags := Read("a.xml", []byte(text))
	for _, d := range diags.All {
		t.Fatalf("%v: %s [%s]", d.Span.Position(), d.Message, d.Rule)
	}
	return a
}

// settings reads the content of one component.
func settings(t *testing.T, content string) *answer.Component {
	t.Helper()
	a := clean(t, `<unattend`+ns+wcm+`><settings pass="specialize"><component name="Microsoft-Windows-Shell-Setup" processorArchitecture="amd64">`+content+`</component></settings></unattend>`)
	return a.Passes[0].Components[0]
}

func TestReadTellsTheEnvelope(t *testing.T) {
	a := clean(t, `<?xml version="1.0" encoding="utf-8"?>
<!-- before -->
<?note here?>
<unattend`+ns+wcm+` xml:lang="en">
  <!-- servicing -->
  <servicing><package action="install"><assemblyIdentity name="P"/></package><!-- s --></servicing>
  <settings pass="specialize" wasPassProcessed="true">
    <component name="A" processorArchitecture="amd64" language="neutral"/>
    <!-- x86 -->
    <component Name="A" ProcessorArchitecture="x86"/>
  </settings>
  <settings Pass="oobeSystem"/>
  <cpi:offlineImage xmlns:cpi="urn:schemas-microsoft-com:cpi" cpi:source="wim:x"/>
</unattend>
<!-- behind -->
`)
	if a.Root != "unattend" || a.Namespace != "" || len(a.Attributes) != 1 || a.Attributes[0].Space != answer.XMLNamespace {
		t.Errorf("root %q %q %+v", a.Root, a.Namespace, a.Attributes)
	}
	if len(a.Prolog) != 2 || a.Prolog[1].Text != "note here" || len(a.Epilog) != 1 || a.Epilog[0].Text != " behind " {
		t.Errorf("prolog %+v, epilog %+v", a.Prolog, a.Epilog)
	}
	if a.Servicing == nil || len(a.Servicing.Extra) != 1 || len(a.Packages) != 1 || a.Packages[0].Children[0].Name != "assemblyIdentity" {
		t.Errorf("servicing %+v", a.Servicing)
	}
	if len(a.Passes) != 2 {
		t.Fatalf("%d passes", len(a.Passes))
	}
	p := a.Passes[0]
	if p.Name != "specialize" || len(p.Attributes) != 1 || p.Attributes[0].Name != "wasPassProcessed" || p.Spans.Value.Text() != "specialize" {
		t.Errorf("pass %+v", p)
	}
	if len(p.Components) != 2 || p.Components[1].Name != "A" || p.Components[1].Architecture != "x86" || p.Extra[0].Index != 1 {
		t.Errorf("components %+v, extras %+v", p.Components, p.Extra)
	}
	if a.Passes[1].Name != "oobeSystem" || a.Passes[1].Attributes[0].Name != "Pass" {
		t.Errorf("the case of an attribute is lost: %+v", a.Passes[1])
	}
	last := a.Extra[len(a.Extra)-1]
	if last.Kind != answer.Element || last.Index != 2 || last.Element.Space != "urn:schemas-microsoft-com:cpi" || last.Element.Attributes[0].Prefix != "cpi" {
		t.Errorf("foreign element %+v", last)
	}
	if a.Extra[0].Kind != answer.Comment || a.Extra[0].Index != 0 {
		t.Errorf("first comment %+v", a.Extra[0])
	}
}

func TestReadDecodesValues(t *testing.T) {
	cases := []struct {
		name, xml, text, raw string
		style                answer.Style
	}{
		{"plain", "PC1", "PC1", "", answer.XMLText},
		{"empty", "", "", "", answer.XMLText},
		{"white space", " \t ", " \t ", "", answer.XMLText},
		{"entities", "&lt;&amp;&gt;&apos;&quot;", `<&>'"`, "&lt;&amp;&gt;&apos;&quot;", answer.XMLText},
		{"numbers", "&#228;&#xE4;&#x1F600;", "ää😀", "&#228;&#xE4;&#x1F600;", answer.XMLText},
		{"line ends", "a\r\nb\rc\nd", "a\nb\nc\nd", "a\r\nb\rc\nd", answer.XMLText},
		{"kept CR", "a&#13;\nb", "a\r\nb", "a&#13;\nb", answer.XMLText},
		{"CDATA", "<![CDATA[a && <b>]]>", "a && <b>", "<![CDATA[a && <b>]]>", answer.XMLCData},
		{"CDATA between text", "a<![CDATA[\r\n]]>&lt;", "a\n<", "a<![CDATA[\r\n]]>&lt;", answer.XMLCData},
		{"comment inside", "a<!-- x -->b", "ab", "a<!-- x -->b", answer.XMLText},
		{"non-ASCII", "Zoë", "Zoë", "", answer.XMLText},
		{"brackets", "a]]b]", "a]]b]", "", answer.XMLText},
	}
	for _, c := range cases {
		s := settings(t, "<ComputerName>"+c.xml+"</ComputerName>").Settings[0]
		if s.Text != c.text || s.Raw != c.raw || s.Style != c.style {
			t.Errorf("%s: text %q, raw %q, style %d", c.name, s.Text, s.Raw, s.Style)
		}
		if got := s.Spans.Value.Text(); got != c.xml {
			t.Errorf("%s: value span %q, want %q", c.name, got, c.xml)
		}
	}
}

func TestReadDropsWhiteSpaceOfContainers(t *testing.T) {
	c := settings(t, "\n <OOBE>\n </OOBE>\n <AutoLogon> <Enabled> </Enabled>\n</AutoLogon> <Unknown> </Unknown>")
	if len(c.Extra) != 0 || c.Settings[0].Text != "" || c.Settings[0].Spans.Value.Known() || c.Settings[1].Text != "" {
		t.Errorf("white space is left: %+v %+v", c.Settings[0], c.Settings[1])
	}
	if c.Settings[1].Children[0].Text != " " || c.Settings[2].Text != " " {
		t.Error("white space that may be a value is gone")
	}
}

func TestReadKeepsMixedContent(t *testing.T) {
	s := settings(t, "<AutoLogon>one <Enabled>true</Enabled> two<!-- c --> three<?go now?> four </AutoLogon>").Settings[0]
	if s.Text != "one " || len(s.Extra) != 4 {
		t.Fatalf("text %q, extras %+v", s.Text, s.Extra)
	}
	if s.Extra[0].Kind != answer.Comment || s.Extra[1].Text != " two three" || s.Extra[2].Text != "go now" || s.Extra[3].Text != " four " || s.Extra[3].Index != 1 {
		t.Errorf("extras %+v", s.Extra)
	}
	if c := settings(t, "stray<OOBE/>"); c.Extra[0].Kind != answer.Text || c.Extra[0].Text != "stray" {
		t.Errorf("text in a component: %+v", c.Extra)
	}
}

func TestReadNormalisesAttributes(t *testing.T) {
	s := settings(t, "<X a = 'one\r\ntwo\tthree' b=\"&lt;&#10;&quot;'>\" wcm:keyValue='1' />").Settings[0]
	want := []string{"one two three", "<\n\"'>", "1"}
	for i, a := range s.Attributes {
		if a.Value != want[i] {
			t.Errorf("attribute %s = %q, want %q", a.Name, a.Value, want[i])
		}
	}
	if key, ok := s.KeyValue(); !ok || key != "1" {
		t.Errorf("KeyValue() = %q, %v", key, ok)
	}
	a := s.Attributes[0]
	if a.Spans.Name.Text() != "a" || a.Spans.Value.Text() != "one\r\ntwo\tthree" || a.Whole.Text() != "a = 'one\r\ntwo\tthree'" {
		t.Errorf("spans %q %q %q", a.Spans.Name.Text(), a.Spans.Value.Text(), a.Whole.Text())
	}
}

func TestReadUnderstandsNamespacesByMeaning(t *testing.T) {
	a := clean(t, `<u:unattend xmlns:u="urn:schemas-microsoft-com:unattend" xmlns:k="http://schemas.microsoft.com/WMIConfig/2002/State"><u:settings pass="specialize"><u:component name="A" processorArchitecture="x86"><u:X k:action="add"/><X xmlns="urn:schemas-microsoft-com:unattend"/></u:component></u:settings></u:unattend>`)
	c := a.Passes[0].Components[0]
	x := c.Settings[0]
	if x.Space != "" || x.Prefix != "u" || x.Name != "X" || x.Action() != "add" || x.Spans.Name.Text() != "X" || x.Whole.Text() != `<u:X k:action="add"/>` {
		t.Errorf("%+v", x)
	}
	if c.Settings[1].Space != "" || c.Settings[1].Prefix != "" {
		t.Errorf("%+v", c.Settings[1])
	}
}

func TestEverySpanIsInsideItsParents(t *testing.T) {
	a := clean(t, string(sample()))
	var check func(outer source.Span, s *answer.Setting)
	inside := func(outer, inner source.Span, what string) {
		if inner.Known() && (inner.Start < outer.Start || inner.End > outer.End || inner.Start > inner.End) {
			t.Errorf("%s %v is outside of %v", what, inner.Text(), outer.Text())
		}
	}
	check = func(outer source.Span, s *answer.Setting) {
		inside(outer, s.Whole, "element")
		inside(s.Whole, s.Spans.Name, "name")
		inside(s.Whole, s.Spans.Value, "value")
		if s.Spans.Name.Text() != s.Name || !strings.HasPrefix(s.Whole.Text(), "<"+s.Name) || !strings.HasSuffix(s.Whole.Text(), ">") {
			t.Errorf("%s: name %q, whole %q", s.Name, s.Spans.Name.Text(), s.Whole.Text())
		}
		for _, child := range s.Children {
			check(s.Whole, child)
		}
	}
	for _, p := range a.Passes {
		inside(a.RootSpans.Whole, p.Whole, "pass")
		for _, c := range p.Components {
			inside(p.Whole, c.Whole, "component")
			for _, s := range c.Settings {
				check(c.Whole, s)
			}
		}
	}
}

func settingsOf(text string, at func(start, end int) source.Span) ([]*answer.Setting, []answer.Extra, *diag.List) {
	f, diags := ReadFragmentAt(InSetting, text, at)
	return f.Settings, f.Extra, diags
}

func TestReadFragmentMapsSpansAndDeclaresPrefixes(t *testing.T) {
	f := source.NewFile("p.yaml", []byte("xml: <A wcm:action='add'>1</A>"))
	at := func(start, end int) source.Span { return source.Span{File: f, Start: start + 5, End: end + 5} }
	got, extra, diags := settingsOf("<A wcm:action='add'>1</A>", at)
	if len(diags.All) != 0 || len(extra) != 0 || len(got) != 1 || got[0].Space != "" || got[0].Action() != "add" || got[0].Spans.Value.Text() != "1" {
		t.Errorf("%+v %+v %+v", got, extra, diags.All)
	}
	got, extra, diags = settingsOf(" one <B/> two <!-- c --><x:C xmlns:x='urn:x'/>", at)
	if len(got) != 2 || got[1].Space != "urn:x" || len(extra) != 3 || extra[0].Text != " one " || extra[1].Kind != answer.Comment || extra[2].Text != " two " {
		t.Errorf("%+v %+v", got, extra)
	}
	if len(diags.All) != 1 || diags.All[0].Rule != "foreign-namespace-in-component" {
		t.Errorf("%+v", diags.All)
	}
}

func TestReadFragmentAtGivesNodesForThePlace(t *testing.T) {
	at := func(int, int) source.Span { return source.Span{} }
	f, diags := ReadFragmentAt(InRoot, `<!-- c --><servicing><package/></servicing><settings pass="generalize"><component name="A" processorArchitecture="x86"/></settings><x:Extensions xmlns:x="urn:x"><File/></x:Extensions>`, at)
	if len(diags.All) != 0 || len(f.Passes) != 1 || f.Passes[0].Name != "generalize" || len(f.Servicing.Children) != 1 || len(f.Extra) != 2 || f.Extra[1].Index != 1 {
		t.Errorf("%+v %v", f, diags.All)
	}
	if e := f.Extra[1].Element; e.Space != "urn:x" || e.Children[0].Space != "" {
		t.Errorf("%+v", e)
	}
	f, diags = ReadFragmentAt(InPass, `<component name="A" processorArchitecture="x86"><B/></component><x:y xmlns:x="urn:x"/>text`, at)
	if len(diags.All) != 0 || len(f.Components) != 1 || f.Components[0].Architecture != "x86" || len(f.Extra) != 2 || f.Extra[1].Text != "text" {
		t.Errorf("%+v %v", f, diags.All)
	}
}

func TestReadFragmentReportsMistakes(t *testing.T) {
	at := func(int, int) source.Span { return source.Span{} }
	for text, want := range map[string]string{
		"<A>":                           "the text ends inside of the element <A>",
		"<A>1 & 2</A>":                  "a bare \"&\" stands in a value",
		"<?xml version='1.0'?><A/>":     "an XML declaration has no place",
		"<!DOCTYPE a><A/>":              "document type declaration",
		"</A>":                          "closes nothing",
		"<y:A/>":                        "the namespace prefix y is not declared",
		"<A xmlns=''/>":                 "the element <A> is in no namespace",
		strings.Repeat("<A>", 1002):     "nest deeper than 256",
		"<A b='1' b='2'/>":              "stands twice",
		"<A>\xff</A><B>&#0;</B>":        "does not allow",
		"<A><![CDATA[x</A>":             "CDATA section has no end",
		"<A/><B x=1/>":                  "not in quotes",
		"<A/><wcm:B/>":                  "is in the namespace",
		"<A><!-- a -- b --></A>":        "holds \"--\"",
		"<A xmlns:wcm='urn:x'></A>":     "bound to a namespace other than",
		"<A/>" + strings.Repeat("&", 3): "3 bare",
	} {
		_, diags := ReadFragmentAt(InSetting, text, at)
		if len(diags.All) == 0 || !strings.Contains(diags.All[0].Message, want) {
			t.Errorf("%.30q: %v, want %q", text, messages(diags), want)
		}
	}
}

func messages(l *diag.List) (out []string) {
	for _, d := range l.All {
		out = append(out, d.Rule+": "+d.Message)
	}
	return out
}

func TestTemplatesAreReadWhenPlaceholdersAreAllowed(t *testing.T) {
	text := "<unattend" + ns + `><settings pass="specialize"><% if x %><component name="<%= name %>">` +
		"<A><%= a < b %></A><B><# b #>&amp;</B></component><% end %></settings></unattend>"
	if _, diags := Read("a.xml", []byte(text)); len(diags.All) != 1 || diags.All[0].Rule != "xml-not-well-formed" || len(diags.All[0].Related) != 4 {
		t.Errorf("as a file: %v", messages(diags))
	}
	a, diags := ReadTemplate("a.xml", []byte(text))
	if len(diags.All) > 0 {
		t.Fatalf("as a template: %v", messages(diags))
	}
	c := a.Passes[0].Components[0]
	if c.Name != "<%= name %>" || c.Settings[0].Text != "<%= a < b %>" || c.Settings[1].Text != "<# b #>&" {
		t.Errorf("read as %q, %q, %q", c.Name, c.Settings[0].Text, c.Settings[1].Text)
	}
	if _, diags := ReadTemplate("a.xml", []byte("<unattend"+ns+"><% a < b</unattend>")); !diags.Has(diag.Error) {
		t.Error("a placeholder without an end is a mistake")
	}
}
