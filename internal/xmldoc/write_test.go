package xmldoc

import (
	"errors"
	"strings"
	"testing"

	"github.com/reseal/reseal/schema/answer"
)

func component(name, arch string, settings ...*answer.Setting) *answer.Component {
	return &answer.Component{Name: name, Architecture: arch, Settings: settings, Attributes: []answer.Attribute{
		{Name: "versionScope", Value: "nonSxS"},
		{Name: "language", Value: "neutral"},
		{Name: "name", Value: name},
		{Name: "publicKeyToken", Value: "31bf3856ad364e35"},
		{Name: "processorArchitecture", Value: arch},
	}}
}

func leaf(name, text string) *answer.Setting { return &answer.Setting{Name: name, Text: text} }

func group(name string, children ...*answer.Setting) *answer.Setting {
	return &answer.Setting{Name: name, Children: children}
}

func item(name string, children ...*answer.Setting) *answer.Setting {
	return &answer.Setting{Name: name, Children: children, Attributes: []answer.Attribute{
		{Space: answer.WCMNamespace, Prefix: "w", Name: "action", Value: "add"},
	}}
}

func comment(index int, text string) answer.Extra {
	return answer.Extra{Kind: answer.Comment, Index: index, Text: text}
}

func inPass(pass string, components ...*answer.Component) *answer.File {
	return &answer.File{Passes: []*answer.Pass{{Name: pass, Components: components}}}
}

func written(t *testing.T, a *answer.File) string {
	t.Helper()
	out, err := Write(a)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestWriteGivesCanonicalXML(t *testing.T) {
	a := &answer.File{Passes: []*answer.Pass{
		{Name: "oobeSystem", Components: []*answer.Component{
			component("Microsoft-Windows-Shell-Setup", "x86"),
			component("Microsoft-Windows-Shell-Setup", "amd64",
				group("OOBE", leaf("HideEULAPage", "true")),
				group("FirstLogonCommands", item("SynchronousCommand", leaf("Order", "1"), leaf("CommandLine", `cmd /c echo "a" > b & c`))),
				group("UserAccounts", group("AdministratorPassword", &answer.Setting{Name: "Value", Text: "a", Hide: "AdministratorPassword"}, leaf("PlainText", "false"))),
				leaf("RegisteredOwner", "Zoë\r\nß\t𝄞"), leaf("Blank", "  "), leaf("Empty", ""),
			),
		}},
		{Name: "specialize"},
	}}
	want := `<?xml version="1.0" encoding="utf-8"?>
<unattend xmlns="urn:schemas-microsoft-com:unattend" xmlns:wcm="http://schemas.microsoft.com/WMIConfig/2002/State">
  <settings pass="specialize"/>
  <settings pass="oobeSystem">
    <component name="Microsoft-Windows-Shell-Setup" processorArchitecture="amd64" publicKeyToken="31bf3856ad364e35" language="neutral" versionScope="nonSxS">
      <OOBE>
        <HideEULAPage>true</HideEULAPage>
      </OOBE>
      <FirstLogonCommands>
        <SynchronousCommand wcm:action="add">
          <Order>1</Order>
          <CommandLine>cmd /c echo "a" &gt; b &amp; c</CommandLine>
        </SynchronousCommand>
      </FirstLogonCommands>
      <UserAccounts>
        <AdministratorPassword>
          <Value>YQBBAGQAbQBpAG4AaQBzAHQAcgBhAHQAbwByAFAAYQBzAHMAdwBvAHIAZAA=</Value>
          <PlainText>false</PlainText>
        </AdministratorPassword>
      </UserAccounts>
      <RegisteredOwner>Zo&#235;&#13;
&#223;	&#119070;</RegisteredOwner>
      <Blank>  </Blank>
      <Empty/>
    </component>
    <component name="Microsoft-Windows-Shell-Setup" processorArchitecture="x86" publicKeyToken="31bf3856ad364e35" language="neutral" versionScope="nonSxS"/>
  </settings>
</unattend>
`
	if got := written(t, a); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestWriteKeepsWhatIsNoSetting(t *testing.T) {
	a := &answer.File{
		Prolog:   []answer.Extra{comment(0, " Zoë "), {Kind: answer.Instruction, Text: "style x='ß'"}},
		Epilog:   []answer.Extra{comment(0, " end ")},
		Packages: []*answer.Setting{{Name: "package", Attributes: []answer.Attribute{{Name: "action", Value: "install"}}}},
		Passes: []*answer.Pass{{Name: "generalize", Attributes: []answer.Attribute{{Name: "wasPassProcessed", Value: "true"}},
			Components: []*answer.Component{component("A", "amd64",
				&answer.Setting{Name: "Script", Text: "a < b && ß", Style: answer.XMLCData},
				&answer.Setting{Name: "Mixed", Text: "before ", Children: []*answer.Setting{leaf("B", "1")}, Extra: []answer.Extra{{Kind: answer.Text, Index: 1, Text: " behind"}}},
				&answer.Setting{Name: "Lone", Extra: []answer.Extra{comment(0, "c")}},
			)},
			Extra: []answer.Extra{comment(0, " first "), comment(7, " last ")}}},
		Extra: []answer.Extra{{Kind: answer.Element, Index: 1, Element: &answer.Setting{Name: "offlineImage", Prefix: "cpi", Space: "urn:schemas-microsoft-com:cpi",
			Attributes: []answer.Attribute{{Space: "urn:schemas-microsoft-com:cpi", Prefix: "cpi", Name: "source", Value: "wim:\"\t<é>"}}}}},
	}
	want := `<?xml version="1.0" encoding="utf-8"?>
<!-- Zoë -->
<?style x='ß'?>
<unattend xmlns="urn:schemas-microsoft-com:unattend">
  <servicing>
    <package action="install"/>
  </servicing>
  <settings pass="generalize" wasPassProcessed="true">
    <!-- first -->
    <component name="A" processorArchitecture="amd64" publicKeyToken="31bf3856ad364e35" language="neutral" versionScope="nonSxS">
      <Script><![CDATA[a < b && ß]]></Script>
      <Mixed>before <B>1</B> behind</Mixed>
      <Lone><!--c--></Lone>
    </component>
    <!-- last -->
  </settings>
  <cpi:offlineImage cpi:source="wim:&quot;&#9;&lt;&#233;>" xmlns:cpi="urn:schemas-microsoft-com:cpi"/>
</unattend>
<!-- end -->
`
	if got := written(t, a); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestWriteRefusesWhatXMLCannotCarry(t *testing.T) {
	cases := []struct {
		name    string
		setting *answer.Setting
		rule    string
		path    string
	}{
		{"control character", group("G", leaf("A", "a\x07")), "xml-character-invalid", "G/A"},
		{"lone byte", leaf("A", "a\xff"), "xml-character-invalid", "A"},
		{"non-character", leaf("A", "\uffff"), "xml-character-invalid", "A"},
		{"attribute", &answer.Setting{Name: "A", Attributes: []answer.Attribute{{Name: "b", Value: "\x00"}}}, "xml-character-invalid", "A"},
		{"comment", &answer.Setting{Name: "A", Extra: []answer.Extra{comment(0, "\x01")}}, "xml-character-invalid", "A"},
		{"name with a blank", leaf("A B", ""), "xml-name-invalid", "A B"},
		{"name with a colon", leaf("a:b", ""), "xml-name-invalid", "a:b"},
		{"empty name", leaf("", ""), "xml-name-invalid", ""},
		{"attribute name", &answer.Setting{Name: "A", Attributes: []answer.Attribute{{Name: "1"}}}, "xml-name-invalid", "A"},
	}
	for _, c := range cases {
		out, err := Write(inPass("specialize", component("C", "amd64", c.setting)))
		var refused *Unwritable
		if !errors.As(err, &refused) || out != nil {
			t.Errorf("%s: error %v, %d bytes", c.name, err, len(out))
			continue
		}
		d := refused.Diags.All[0]
		if d.Rule != c.rule || d.Pass != "specialize" || d.Component != "C" || d.Setting != c.path || err.Error() != d.Message {
			t.Errorf("%s: %s at %s/%s/%s: %v", c.name, d.Rule, d.Pass, d.Component, d.Setting, err)
		}
	}
}

// TestNamespacesSurviveTheRoundTrip writes names whose prefixes are in each
// other's way and reads them back.
func TestNamespacesSurviveTheRoundTrip(t *testing.T) {
	attr := func(space, prefix, name string) answer.Attribute {
		return answer.Attribute{Space: space, Prefix: prefix, Name: name, Value: "1"}
	}
	cases := []struct {
		name    string
		setting *answer.Setting
		want    string
	}{
		{"other prefix for list attributes", &answer.Setting{Name: "A", Attributes: []answer.Attribute{attr(answer.WCMNamespace, "k", "action")}}, `<A wcm:action="1"/>`},
		{"xsi and xml", &answer.Setting{Name: "A", Attributes: []answer.Attribute{attr(answer.XSINamespace, "", "nil"), attr(answer.XMLNamespace, "xml", "lang")}}, `<A xsi:nil="1" xml:lang="1"/>`},
		{"no namespace", &answer.Setting{Name: "A", Space: answer.NoNamespace, Children: []*answer.Setting{{Name: "B", Space: answer.NoNamespace}, {Name: "C"}}},
			"<A xmlns=\"\">\n        <B/>\n        <C xmlns=\"urn:schemas-microsoft-com:unattend\"/>\n      </A>"},
		{"foreign default", &answer.Setting{Name: "A", Space: "urn:x", Children: []*answer.Setting{{Name: "B", Space: "urn:x"}}}, "<A xmlns=\"urn:x\">\n        <B/>\n      </A>"},
		{"stolen prefix", &answer.Setting{Name: "A", Space: "urn:x", Prefix: "wcm"}, `<A xmlns="urn:x"/>`},
		{"one prefix for two namespaces", &answer.Setting{Name: "A", Space: "urn:x", Prefix: "p", Attributes: []answer.Attribute{attr("urn:y", "p", "a"), attr("urn:x", "q", "b")}},
			`<p:A ns1:a="1" q:b="1" xmlns:ns1="urn:y" xmlns:q="urn:x" xmlns:p="urn:x"/>`},
		{"attribute without a prefix", &answer.Setting{Name: "A", Attributes: []answer.Attribute{attr("urn:y", "", "a"), attr("urn:z", "", "a")}},
			`<A ns1:a="1" ns2:a="1" xmlns:ns1="urn:y" xmlns:ns2="urn:z"/>`},
		{"prefix of the file's own", &answer.Setting{Name: "A", Prefix: "u"}, `<A/>`},
	}
	for _, c := range cases {
		a := inPass("specialize", component("C", "amd64", c.setting))
		out := written(t, a)
		if !strings.Contains(out, c.want) {
			t.Errorf("%s: want %s in\n%s", c.name, c.want, out)
		}
		back, _ := Read("a.xml", []byte(out))
		if diff := answer.Equal(a, back); diff != "" {
			t.Errorf("%s: %s\n%s", c.name, diff, out)
		}
	}
}

func TestFilesInAWrongNamespaceSurviveTheRoundTrip(t *testing.T) {
	for _, text := range []string{
		`<unattend><settings pass="specialize"><component name="A"><B xmlns="urn:schemas-microsoft-com:unattend"/></component></settings></unattend>`,
		`<Unattend xmlns="urn:x"><settings pass="specialize"><component name="A"><B xmlns=""/><C/></component></settings></Unattend>`,
	} {
		a, _ := Read("a.xml", []byte(text))
		out := written(t, a)
		back, _ := Read("b.xml", []byte(out))
		if diff := answer.Equal(a, back); diff != "" {
			t.Errorf("%s\n%s", diff, out)
		}
		if a.Namespace == "" || len(a.Passes) != 1 || len(a.Passes[0].Components[0].Settings) == 0 || back.Namespace != a.Namespace {
			t.Errorf("namespace %q, passes %+v", a.Namespace, a.Passes)
		}
	}
}

func TestWriteIsTheSameEveryTime(t *testing.T) {
	a, _ := Read("a.xml", sample())
	first := written(t, a)
	for range 20 {
		if again := written(t, a); again != first {
			t.Fatal("the bytes changed")
		}
	}
}

func TestToASCIITouchesTextAndValuesAlone(t *testing.T) {
	in := "<?p é?><!-- é &#xD; --><é é=\"é>&#x9;'é\">é&#xD;&amp;#x<![CDATA[é&#xD;]]></é>é"
	want := "<?p é?><!-- é &#xD; --><é é=\"&#233;>&#9;'&#233;\">&#233;&#13;&amp;#x<![CDATA[é&#xD;]]></é>&#233;"
	if got := string(toASCII([]byte(in))); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
