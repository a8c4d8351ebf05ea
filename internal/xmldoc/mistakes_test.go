package xmldoc

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/source"
)

// fixed applies the fixes of all diagnostics that are safe.
func fixed(text string, l *diag.List) string {
	var edits []diag.Edit
	for _, d := range l.All {
		if d.Fix != nil && d.Fix.Safe {
			edits = append(edits, d.Fix.Edits...)
		}
	}
	slices.SortStableFunc(edits, func(a, b diag.Edit) int { return b.Span.Start - a.Span.Start })
	for _, e := range edits {
		text = text[:e.Span.Start] + e.Text + text[e.Span.End:]
	}
	return text
}

// document wraps the content of a component, on line 2 from column 1.
func document(content string) string {
	return "<unattend" + ns + wcm + "><settings pass='specialize'><component name='A' processorArchitecture='x86'>\n" + content + "\n</component></settings></unattend>"
}

func TestMistakesAreNamedAtTheirPlace(t *testing.T) {
	cases := []struct {
		name, content string
		want          []string // "line:column message", in order of place
		fix           string   // the content after the safe fixes; "" = none is safe
	}{
		{"bare ampersand", "<A>Fish&Chips</A>", []string{`2:8 a bare "&" stands in a value`}, "<A>Fish&amp;Chips</A>"},
		{"several ampersands", "<A>a && b &amp; c & d</A>", []string{`2:6 3 bare "&" stand in a value`}, "<A>a &amp;&amp; b &amp; c &amp; d</A>"},
		{"ampersand in an attribute", "<A b='x&y'/>", []string{`2:8 a bare "&" stands in a value`}, "<A b='x&amp;y'/>"},
		{"bare less-than", "<A>1 < 2</A>", []string{`2:6 a bare "<" stands in a value`}, "<A>1 &lt; 2</A>"},
		{"less-than before a letter", "<A>Pa<ss</A>", []string{`2:6 a bare "<" stands in a value`}, "<A>Pa&lt;ss</A>"},
		{"less-than in an attribute", "<A b='1 < 2'/>", []string{`2:9 a bare "<" stands in a value`}, "<A b='1 &lt; 2'/>"},
		{"end of CDATA", "<A>a]]>b</A>", []string{`2:5 the text holds "]]>", which ends a CDATA section that was never begun`}, "<A>a]]&gt;b</A>"},
		{"unknown entity", "<A>&nbsp;</A>", []string{`2:4 the reference names an entity that is not defined`}, ""},
		{"no semicolon", "<A>a &amp b</A>", []string{`2:6 the reference &amp lacks its semicolon`}, ""},
		{"number without an end", "<A>&#12</A>", []string{`2:4 the ampersand begins a numeric reference that is not complete`}, ""},
		{"forbidden number", "<A>&#0;&#xFFFF;&#x110000;&#99999999999;</A>", []string{"2:4 the numeric reference names", "2:8 the numeric reference names", "2:16 the numeric reference names", "2:26 the numeric reference names"}, ""},
		{"control character", "<A>a\x01b</A>", []string{"2:5 the control character U+0001 is not allowed in XML"}, ""},
		{"non-character", "<A>\ufffe</A>", []string{"2:4 the character U+FFFE is not allowed in XML"}, ""},
		{"control character in a comment", "<!-- \x02 -->", []string{"2:6 the character U+0002 is not allowed in XML"}, ""},
		{"missing blank", "<A b='1'c='2'/>", []string{"2:9 a blank is missing in front of the attribute c"}, "<A b='1' c='2'/>"},
		{"no quotes", "<A b=1/>", []string{"2:6 the value of the attribute b is not in quotes"}, `<A b="1"/>`},
		{"no value", "<A b/>", []string{"2:4 the attribute b has no value"}, ""},
		{"junk in a tag", "<A 'x'/>", []string{"2:4 a tag holds something that is no attribute"}, ""},
		{"missing closing quote", "<A b='1>x</A>\n<B c='2'/>", []string{"2:6 the value of the attribute b has no closing quote"}, ""},
		{"attribute twice", "<A b='1' b='2'/>", []string{"2:10 the attribute b stands twice on the element <A>"}, ""},
		{"declaration twice", "<A xmlns:b='urn:1' xmlns:b='urn:2'/>", []string{"2:20 the declaration xmlns:b stands twice on one element"}, ""},
		{"undeclared prefix", "<A x:b='1'/><x:C/>", []string{"2:4 the namespace prefix x is not declared"}, ""},
		{"bad colon", "<A a:b:c='1'/>", []string{"2:4 a name has its colon in the wrong place"}, ""},
		{"tag without end", "<A\n<B/>", []string{"2:1 the tag is not closed before the next one begins", "4:1 the end tag </component> stands where </A> is due"}, ""},
		{"element not closed", "<A><B>1</A>", []string{"2:8 the end tag </A> stands where </B> is due"}, ""},
		{"opened twice", "<A>1<A>", []string{"3:1 the end tag </component> stands where </A> is due"}, ""},
		{"end tag without its sign", "<A><B>1/B></A>", []string{`2:8 the end tag </B> lacks its "<"`}, "<A><B>1</B></A>"},
		{"end tags without their signs", "<A><B>1 &amp; 2/B>\n</A>\n<C>/C>", []string{`2:16 the end tag </B> lacks its "<"`, `4:4 the end tag </C> lacks its "<"`}, "<A><B>1 &amp; 2</B>\n</A>\n<C></C>"},
		{"end tag without its sign before another element", "<A><B>1/B><C>2</C></A>", []string{`2:8 the end tag </B> lacks its "<"`}, "<A><B>1</B><C>2</C></A>"},
		{"end tags without their signs in a row", "<A><B>1/B>\n<C>2/C><!-- d --><D>3</D>x</A>", []string{`2:8 the end tag </B> lacks its "<"`, `3:5 the end tag </C> lacks its "<"`}, "<A><B>1</B>\n<C>2</C><!-- d --><D>3</D>x</A>"},
		{"end tag of a container without its sign", "<A><B><C>1</C><!-- c -->/B><!-- d --><D>2</D></A>", []string{`2:25 the end tag </B> lacks its "<"`}, "<A><B><C>1</C><!-- c --></B><!-- d --><D>2</D></A>"},
		{"slash at the end of a value", "<A><B>1/B</A>", []string{"2:10 the end tag </A> stands where </B> is due"}, ""},
		{"misspelt end tag", "<Order>1</Ordr>", []string{"2:9 the end tag </Ordr> closes nothing: the innermost open element is <Order>"}, ""},
		{"case of an end tag", "<Order>1</order>", []string{"2:9 the end tag </order> closes nothing: the innermost open element is <Order>"}, ""},
		{"stray end tag", "<A>1</A></B>", []string{"2:9 the end tag </B> closes nothing: the innermost open element is <component>"}, ""},
		{"end tag without a name", "<A>1</>", []string{"2:5 the end tag has no name"}, ""},
		{"end tag with a blank", "<A>1</ A>", []string{`2:7 blanks stand between "</" and the name`}, "<A>1</A>"},
		{"end tag with attributes", "<A>1</A b='1'>", []string{"2:9 an end tag holds more than a name"}, ""},
		{"end tag not closed", "<A>1</A\n<B/>", []string{"2:5 the end tag is not closed"}, "<A>1</A>\n<B/>"},
		{"comment with hyphens", "<!-- a --b -->", []string{`2:8 a comment holds "--" or ends with "-"`}, ""},
		{"comment with a hyphen last", "<!-- a --->", []string{`2:8 a comment holds "--" or ends with "-"`}, ""},
		{"comment without end", "<!-- a", []string{"2:1 the comment has no end"}, ""},
		{"CDATA without end", "<A><![CDATA[a</A>", []string{"2:4 the CDATA section has no end"}, ""},
		{"instruction without end", "<?a", []string{"2:1 the processing instruction has no end"}, ""},
		{"script in place of an instruction", "<A><?= $x ?></A>", []string{`2:4 "<?" begins no processing instruction`}, ""},
		{"reserved instruction", "<?XML x?>", []string{"2:3 the name of the processing instruction is not allowed"}, ""},
		{"comment with a dash", "<A>1</A><!— a <b> -->", []string{"2:11 a comment begins with a dash in place of two hyphens"}, "<A>1</A><!-- a <b> -->"},
		{"comment with a short dash", "<!– a -->", []string{"2:3 a comment begins with a dash in place of two hyphens"}, "<!-- a -->"},
		{"dash without the end of a comment", "<A><!— a</A>", []string{`2:4 "<!" begins neither a comment nor a CDATA section`}, ""},
		{"typographic quotes", "<A b=”1 2” c='3'/>", []string{"2:6 the value of the attribute b is in typographic quotes"}, `<A b="1 2" c='3'/>`},
		{"German quotes", "<A b=„1“/>", []string{"2:6 the value of the attribute b is in typographic quotes"}, `<A b="1"/>`},
		{"typographic quotes around an apostrophe", "<A b=“Bob’s PC”/><A c=‘2 «x»’/>", []string{"2:6 the value of the attribute b is in typographic quotes", "2:23 the value of the attribute c is in typographic quotes"}, `<A b="Bob’s PC"/><A c="2 «x»"/>`},
		{"one typographic quote", "<A b=“1 c='2'/>", []string{"2:6 the value of the attribute b is not in quotes"}, ""},
		{"unknown markup", "<A><!x></A>", []string{`2:4 "<!" begins neither a comment nor a CDATA section`}, ""},
		{"declaration inside", "<?xml version='1.0'?><A/>", []string{"2:1 a second XML document begins inside the file"}, ""},
		{"template", "<A><%= a %></A><B><%= b %></B>", []string{"2:4 2 template placeholders such as <% … %> stand where XML allows no \"<\""}, ""},
		{"wrong wcm", "<A xmlns:wcm='http://schemas.microsoft.com/WMIConfig/2002' wcm:action='add'/>", []string{"2:15 the prefix wcm is bound to a namespace other than that of list items"}, "<A xmlns:wcm='http://schemas.microsoft.com/WMIConfig/2002/State' wcm:action='add'/>"},
		{"wrong wcm further out", "<A xmlns:wcm='urn:x'><A xmlns:wcm='urn:x'><B wcm:action='add'/></A></A>", []string{"2:15 the prefix wcm", "2:36 the prefix wcm"}, "<A xmlns:wcm='http://schemas.microsoft.com/WMIConfig/2002/State'><A xmlns:wcm='http://schemas.microsoft.com/WMIConfig/2002/State'><B wcm:action='add'/></A></A>"},
		{"wrong list attribute", "<A xmlns:w='http://schemas.microsoft.com/wmiconfig/2002' w:action='add'/>", []string{"2:60 the attribute action is in a namespace other than that of list items"}, ""},
		{"no namespace", "<A xmlns=''><B/></A>", []string{"2:2 the element <A> is in no namespace"}, ""},
		{"misspelt namespace", "<A xmlns='http://schemas.microsoft.com/unattend'/>", []string{`2:2 the element <A> is in the namespace "http://schemas.microsoft.com/unattend", not in that of answer files`}, ""},
		{"two mistakes", "<A>1 & 2</A>\n<B c=1/>\n<C>3 < 4</C>", []string{`2:6 a bare "&"`, "3:6 the value of the attribute c", `4:6 a bare "<"`}, "<A>1 &amp; 2</A>\n<B c=\"1\"/>\n<C>3 &lt; 4</C>"},
	}
	for _, c := range cases {
		text := document(c.content)
		_, diags := Read("a.xml", []byte(text))
		diags.Sort()
		compareMessages(t, c.name, diags, c.want)
		if c.fix == "" {
			if got := fixed(text, diags); got != text {
				t.Errorf("%s: a fix is called safe: %s", c.name, got)
			}
			continue
		}
		if got, want := fixed(text, diags), document(c.fix); got != want {
			t.Errorf("%s: fixed to %q, want %q", c.name, got, want)
		}
		if _, diags := Read("a.xml", []byte(document(c.fix))); len(diags.All) != 0 {
			t.Errorf("%s: after the fix: %v", c.name, messages(diags))
		}
	}
}

func compareMessages(t *testing.T, name string, diags *diag.List, want []string) {
	t.Helper()
	var got []string
	for _, d := range diags.All {
		p := d.Span.Position()
		got = append(got, fmt.Sprintf("%d:%d %s", p.Line, p.Column, d.Message))
	}
	same := len(got) == len(want)
	for i := range min(len(got), len(want)) {
		same = same && strings.HasPrefix(got[i], want[i])
	}
	if !same {
		t.Errorf("%s:\n got %s\nwant %s", name, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}

func TestMistakesOutsideOfTheRoot(t *testing.T) {
	root := "<unattend" + ns + "/>"
	cases := []struct {
		name, text string
		want       []string
	}{
		{"empty", "", []string{"1:1 the file is empty"}},
		{"blank", " \n\n", []string{"1:1 the file is empty"}},
		{"no element", "<!-- c -->", []string{"1:11 the file holds no element"}},
		{"no XML", "version: reseal/v1\n", []string{"1:1 this is no XML"}},
		{"text before", "xml\n" + root, []string{"1:1 text stands before the root element"}},
		{"text between", "<!-- c -->\n rubbish " + root, []string{"2:2 text stands before the root element"}},
		{"text behind", root + "\nrubbish\n", []string{"2:1 text stands behind the end of the root element <unattend>"}},
		{"text before and behind", "xml\n" + root + "\nrubbish\nrubbish", []string{"1:1 text stands before the root element", "3:1 text stands behind the end of the root element <unattend>"}},
		{"element behind", root + "\n<settings pass='specialize'/><settings/>", []string{"2:1 the element <settings> stands behind the end of the root element <unattend>"}},
		{"second root", root + "\n" + root, []string{"2:1 the element <unattend> stands behind"}},
		{"end tag behind", root + "</unattend>", []string{"1:55 the end tag </unattend> closes nothing: no element is open"}},
		{"CDATA outside", root + "<![CDATA[x]]>", []string{"1:55 a CDATA section stands outside of the root element"}},
		{"cut off", "<unattend" + ns + ">\n<settings pass='specialize'>\n", []string{"2:29 the file ends inside of the element <settings>"}},
		{"cut off in a tag", "<unattend" + ns + "><settings pass", []string{"1:54 the tag has no end"}},
		{"comment before the declaration", "<!-- c -->\n<?xml version='1.0'?>\n" + root, []string{"2:1 the XML declaration does not stand at the start of the file"}},
		{"two declarations", "<?xml version='1.0'?><?xml version='1.0'?>" + root, []string{"1:22 a second XML document begins inside the file"}},
		{"declaration without version", "<?xml encoding='utf-8'?>" + root, []string{"1:1 the XML declaration is not well-formed: the version is missing"}},
		{"declaration out of order", "<?xml encoding='utf-8' version='1.0'?>" + root, []string{"1:1 the XML declaration is not well-formed: it holds version, encoding and standalone, in this order"}},
		{"version 2", "<?xml version='2.0'?>" + root, []string{"1:1 the XML declaration is not well-formed: the version is not 1.0"}},
		{"version with a control character", "<?xml version='1.\x1f0'?>" + root, []string{"1:1 the XML declaration is not well-formed: the version is not 1.0"}},
		{"empty encoding", "<?xml version='1.0' encoding=''?>" + root, []string{"1:1 the XML declaration is not well-formed: the encoding has no name"}},
		{"standalone", "<?xml version='1.0' standalone='maybe'?>" + root, []string{"1:1 the XML declaration is not well-formed: standalone is neither yes nor no"}},
		{"declaration without quotes", "<?xml version=1.0?>" + root, []string{"1:1 the XML declaration is not well-formed: its parts are written"}},
		{"doctype", "<!DOCTYPE unattend [<!ENTITY a \"]>\"><!-- ' -->]>" + root, []string{"1:1 the file has a document type declaration"}},
		{"entity of a doctype", "<!DOCTYPE unattend SYSTEM 'x.dtd'><unattend" + ns + ">&x;</unattend>", []string{"1:1 the file has a document type declaration", "1:88 the reference names an entity"}},
		{"doctype without end", "<!DOCTYPE unattend [ <x>" + root, []string{"1:1 the file has a document type declaration", "1:1 the document type declaration has no end"}},
		{"other root", "<Unattended" + ns + "/>", []string{"1:2 the root element is <Unattended>, not <unattend>"}},
		{"case of the root", "<Unattend" + ns + "/>", []string{"1:2 the root element is <Unattend>, not <unattend>: the case of the letters matters"}},
		{"no namespace", "<unattend><settings pass='specialize'/></unattend>", []string{"1:2 the root element is in no namespace"}},
		{"other namespace", "<unattend xmlns='urn:x'><settings pass='specialize'/></unattend>", []string{`1:2 the root element is in the namespace "urn:x"`}},
		{"web page", "<!DOCTYPE html><html><head><meta a><title>x & y</title></html>", []string{"1:17 the file is a web page, not an answer file"}},
		{"XHTML", "<html xmlns='http://www.w3.org/1999/xhtml'/>", []string{"1:2 the file is a web page, not an answer file"}},
		{"unknown child", "<unattend" + ns + "><Settings/><component/><servicing/><servicing/></unattend>", []string{
			"1:55 the element <Settings> does not belong here; did you mean <settings>?", "1:66 the element <component> does not belong here", "1:90 a second element <servicing> does not belong here"}},
		{"child without a namespace", "<unattend" + ns + "><settings xmlns=''/><x xmlns=''/></unattend>", []string{"1:55 the element <settings> is in no namespace", "1:75 the element <x> does not belong here"}},
		{"unknown child of a pass", "<unattend" + ns + "><settings pass='specialize'><Component/></settings></unattend>", []string{"1:83 the element <Component> does not belong here; did you mean <component>?"}},
	}
	for _, c := range cases {
		a, diags := Read("a.xml", []byte(c.text))
		if a == nil || a.Source == nil {
			t.Errorf("%s: no file", c.name)
		}
		diags.Sort()
		compareMessages(t, c.name, diags, c.want)
	}
}

func TestMistakesPointToTheirOtherPlace(t *testing.T) {
	for content, want := range map[string][]string{
		"<A>\n<B>1\n</A>":  {"3:1 <B> was opened here and is not closed"},
		"<A>1<A>":          {"2:5 <A> was opened here and is not closed", "2:1 <A> was opened here and is not closed"},
		"<A b='1' b='2'/>": {"2:4 the first one"},
		"<Order>1</Oder>":  {"2:1 <Order> was opened here"},
	} {
		_, diags := Read("a.xml", []byte(document(content)))
		var got []string
		for _, r := range diags.All[0].Related {
			p := r.Span.Position()
			got = append(got, fmt.Sprintf("%d:%d %s", p.Line, p.Column, r.Message))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", content, got, want)
		}
	}
}

// TestReadingGoesOnBehindMistakes reads what is right although something else
// is not.
func TestReadingGoesOnBehindMistakes(t *testing.T) {
	for _, content := range []string{
		"<A>1 & 2</A><Z>1</Z>", "<A b=1 c='2'd='3'/><Z>1</Z>", "<A><B>1</A><Z>1</Z>", "<A>1</B></A><Z>1</Z>", "<A>1</AB><Z>1</Z>",
		"<A b='1>x</A><Z>1</Z>", "<A><%= x %></A><Z>1</Z>", "<A>1</ A><Z>1</Z>", "<A>1<A></Q><Z>1</Z></A></A>", "<A>1<b</A><Z>1</Z>", "<y:A/><Z>1</Z>",
	} {
		a, diags := Read("a.xml", []byte(document(content)))
		if !diags.Has(diag.Error) {
			t.Errorf("%s: no error", content)
		}
		found := false
		for _, s := range a.Passes[0].Components[0].Settings {
			found = found || s.Name == "Z" && s.Text == "1"
			for _, inner := range s.Children {
				for _, inmost := range inner.Children {
					found = found || inmost.Name == "Z"
				}
			}
		}
		if !found {
			t.Errorf("%s: <Z> was lost", content)
		}
	}
	a, _ := Read("a.xml", []byte("<unattend"+ns+"><settings pass='specialize'/></unattend><settings pass='oobeSystem'/></unattend>"))
	if len(a.Passes) != 2 || a.Passes[1].Name != "oobeSystem" || a.RootSpans.Whole.Start != 0 {
		t.Errorf("%d passes after a root that was closed too early", len(a.Passes))
	}
}

func TestMessagesNameNoValue(t *testing.T) {
	for _, content := range []string{"<Value>s3cret&s3cret;</Value>", "<Value>s3cret<s3cret</Value>", "<Value>s3cret &amp</Value>", "<Value x=s3cret/>", "<Value>s3cret\x01</Value>", "s3cret</component>"} {
		_, diags := Read("a.xml", []byte(document(content)))
		for _, d := range diags.All {
			if strings.Contains(d.Message+d.Help, "s3cret") {
				t.Errorf("%s: %s", content, d.Message)
			}
		}
		if len(diags.All) == 0 {
			t.Errorf("%s: nothing was found", content)
		}
	}
}

func TestDiagnosticsHaveAPlace(t *testing.T) {
	_, diags := Read("a.xml", []byte("<unattend><A b=1><C></unattend>x<y>"))
	for _, d := range diags.All {
		if (d.Span == source.Span{}) || d.Why == "" || d.Help == "" {
			t.Errorf("%s: span %v, why %q, help %q", d.Message, d.Span, d.Why, d.Help)
		}
	}
}
