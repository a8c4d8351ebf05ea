package compiler

import (
	"slices"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/diag"
)

func TestVerbatimStandsAtItsPlace(t *testing.T) {
	const base = head + `passes:
  windowsPE:
    Microsoft-Windows-Setup:
      DiskConfiguration:
        Disk:
          - {DiskID: 0, WillWipeDisk: true}
          - {DiskID: 1}
  specialize:
    Microsoft-Windows-Shell-Setup: {CopyProfile: true, TimeZone: UTC}
verbatim:
`
	const disks = `<Disk wcm:action="add"><DiskID>0</DiskID><WillWipeDisk>true</WillWipeDisk>`
	cases := []struct{ name, entry, want string }{
		{"foreign element at the root", "{in: root, xml: '<x:Extra xmlns:x=\"urn:x\"><x:A/></x:Extra>'}", `</settings><x:Extra xmlns:x="urn:x"><x:A/></x:Extra></unattend>`},
		{"comment at the root, first", "{in: root, index: 0, xml: '<!-- note -->'}", `<!-- note --><settings pass="windowsPE">`},
		{"component in a pass", "{in: specialize, xml: '<component name=\"A\"/>'}", `<settings pass="specialize"><component name="A"/>`},
		{"setting, last", "{in: specialize/Microsoft-Windows-Shell-Setup, xml: <Novelty/>}", `<TimeZone>UTC</TimeZone><Novelty/></component>`},
		{"setting, first", "{in: specialize/Microsoft-Windows-Shell-Setup, index: 0, xml: <Novelty/>}", `<Novelty/><CopyProfile>`},
		{"setting, between", "{in: specialize/Microsoft-Windows-Shell-Setup@amd64, index: 1, xml: <Novelty/>}", `</CopyProfile><Novelty/><TimeZone>`},
		{"below a setting", "{in: specialize/microsoft-windows-shell-setup/TimeZone, xml: <Novelty/>}", `<TimeZone>UTC<Novelty/></TimeZone>`},
		{"below the second of a name", "{in: 'windowsPE/Microsoft-Windows-Setup/DiskConfiguration/Disk[2]', xml: <Novelty/>}",
			disks + `</Disk><Disk wcm:action="add"><DiskID>1</DiskID><Novelty/></Disk>`},
		{"below the first of a name", "{in: windowsPE/Microsoft-Windows-Setup/DiskConfiguration/Disk, xml: <Novelty/>}", disks + `<Novelty/></Disk>`},
		{"instruction", "{in: specialize/Microsoft-Windows-Shell-Setup, index: 1, xml: '<?mark me?>'}", `</CopyProfile><?mark me?><TimeZone>`},
		{"loose text", "{in: specialize/Microsoft-Windows-Shell-Setup, index: 1, xml: loose}", `</CopyProfile>loose<TimeZone>`},
		{"before the root", "{in: prolog, xml: '<?style sheet?><!-- note -->'}", `<?style sheet?><!-- note --><unattend `},
		{"behind the root", "{in: epilog, xml: '<?the end?>'}", `</unattend><?the end?>`},
		{"in servicing", "{in: servicing, xml: <package><a/></package>}", `<servicing><package><a/></package></servicing>`},
		{"servicing, at the root", "{in: root, xml: <servicing><package/></servicing>}", `<servicing><package/></servicing><settings`},
		{"in a pass that is not there", "{in: auditUser/Microsoft-Windows-Deployment, xml: <Novelty/>}",
			`<settings pass="auditUser"><component name="Microsoft-Windows-Deployment" processorArchitecture="amd64" publicKeyToken="31bf3856ad364e35" language="neutral" versionScope="nonSxS"><Novelty/></component>`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p, _ := parse(base+"  - "+c.entry+"\n", Options{})
			if xml := unspaced(written(t, p.Outputs[0].Answer)); !strings.Contains(xml, c.want) {
				t.Errorf("%s is missing in\n%s", c.want, xml)
			}
		})
	}
}

// unspaced drops the white space between elements.
func unspaced(xml string) string {
	var b strings.Builder
	for l := range strings.SplitSeq(xml, "\n") {
		b.WriteString(strings.TrimSpace(l))
	}
	return b.String()
}

func TestVerbatimBecomesTheSameNodes(t *testing.T) {
	a := lowered(t, head+"verbatim:\n  - in: specialize/Microsoft-Windows-Shell-Setup\n    xml: |\n      <CopyProfile>true</CopyProfile>\n      <TimeZone>$${vars.x}UTC</TimeZone>\n")
	settings := a.Passes[0].Components[0].Settings
	if len(settings) != 2 || settings[1].Text != "${vars.x}UTC" {
		t.Fatalf("got %d settings", len(settings))
	}
	for i, want := range []string{"6:20 true", "7:17 $${vars.x}UTC"} {
		at := settings[i].Value
		if got := line0(at.Position().Line, at.Position().Column) + " " + at.Text(); got != want {
			t.Errorf("value %d stands at %s, want %s", i, got, want)
		}
	}
}

func TestVerbatimInEveryArchitecture(t *testing.T) {
	p, _ := parse("version: reseal/v1\ntarget: {architecture: [amd64, arm64], output: combined}\n"+
		"verbatim: [{in: specialize/Microsoft-Windows-Shell-Setup, xml: <CopyProfile>true</CopyProfile>}]\n", Options{})
	got := settingsOf(p.Outputs[0].Answer)
	want := []string{"specialize Shell-Setup@amd64 CopyProfile = true", "specialize Shell-Setup@arm64 CopyProfile = true"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestVerbatimKeepsTheOrderOfItsPieces(t *testing.T) {
	a := lowered(t, head+`passes: {specialize: {Microsoft-Windows-Shell-Setup: {CopyProfile: true}}}
verbatim:
  - {in: specialize/Microsoft-Windows-Shell-Setup, index: 0, xml: '<!-- one --><TimeZone>UTC</TimeZone><!-- two -->'}
  - {in: specialize/Microsoft-Windows-Shell-Setup, index: 1, xml: '<!-- three --><RegisteredOwner>me</RegisteredOwner>'}
`)
	want := "<!-- one -->\n<TimeZone>UTC</TimeZone>\n<!-- two -->\n<!-- three -->\n<RegisteredOwner>me</RegisteredOwner>\n<CopyProfile>true</CopyProfile>"
	if got := componentBody(t, written(t, a)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestServicingComesVerbatim(t *testing.T) {
	a := lowered(t, head+`verbatim:
  - in: root
    xml: |-
      <servicing>
        <package action="install"><assemblyIdentity name="A"/></package>
      </servicing>
`)
	if xml := written(t, a); len(a.Packages) != 1 || strings.Count(xml, "<servicing>") != 1 || !strings.Contains(xml, `<assemblyIdentity name="A"`) {
		t.Errorf("got\n%s", xml)
	}
}

func TestVerbatimBelowVerbatim(t *testing.T) {
	xml := unspaced(written(t, lowered(t, head+`verbatim:
  - {in: servicing, xml: <package/><package><selection/></package>}
  - {in: 'servicing/package[2]', index: 0, xml: <first/>}
  - {in: root, xml: <servicing><second/></servicing>}
`)))
	want := `<servicing><package/><package><first/><selection/></package></servicing><servicing><second/></servicing></unattend>`
	if !strings.Contains(xml, want) {
		t.Errorf("%s is missing in\n%s", want, xml)
	}
}

func TestRootOfAnotherNameAndNamespace(t *testing.T) {
	cases := []struct{ passes, verbatim, want string }{
		{"$name: Unattend", "<x/>", `<Unattend xmlns="urn:schemas-microsoft-com:unattend"><settings pass="generalize"/><x/></Unattend>`},
		{"$attr: {xmlns: ''}", "<x/>", `<unattend><settings pass="generalize"/><x/></unattend>`},
		{"$attr: {xmlns: 'urn:x', a: b}", "<x/><x xmlns='urn:schemas-microsoft-com:unattend'/>",
			`<unattend xmlns="urn:x" a="b"><settings pass="generalize"/><x/><x xmlns="urn:schemas-microsoft-com:unattend"/></unattend>`},
		{"$attr: {xmlns: 'urn:schemas-microsoft-com:unattend'}", "<x/>", `<unattend xmlns="urn:schemas-microsoft-com:unattend"><settings pass="generalize"/><x/></unattend>`},
	}
	for _, c := range cases {
		p, diags := parse(head+"passes: {"+c.passes+", generalize: ''}\nverbatim: [{in: root, xml: \""+c.verbatim+"\"}]\n", Options{})
		if diags.Has(diag.Error) {
			t.Errorf("%s: %s", c.passes, line(diags.All[0]))
		}
		if xml := unspaced(written(t, p.Outputs[0].Answer)); !strings.HasSuffix(xml, c.want) {
			t.Errorf("%s: got\n%s\nwant\n%s", c.passes, xml, c.want)
		}
		if usual := strings.Contains(c.want, `<unattend xmlns="urn:schemas-microsoft-com:unattend"`); p.Findings.Has(diag.Error) == usual {
			t.Errorf("%s: %d findings", c.passes, len(p.Findings.All))
		}
	}
}

// An element of the wrong namespace is what verbatim is for: a finding, but
// none that keeps the file from being written.
func TestFindingsOfRulesOnVerbatim(t *testing.T) {
	for xml, want := range map[string]string{
		"<A xmlns=''/>": "3:65 warning unattend-namespace-wrong: ", "<A xmlns:wcm='urn:x' wcm:action='add'/>": "3:78 error wcm-namespace-wrong: ",
	} {
		p, diags := parse(head+"verbatim: [{in: specialize/Microsoft-Windows-Shell-Setup, xml: "+xml+"}]\n", Options{})
		if len(diags.All) > 0 || len(p.Findings.All) != 1 {
			t.Fatalf("%s: %d findings of the language, %d of rules", xml, len(diags.All), len(p.Findings.All))
		}
		if got := line(p.Findings.All[0]); !strings.HasPrefix(got, want) {
			t.Error(got)
		}
	}
}

func TestFindingsOfVerbatim(t *testing.T) {
	cases := []struct {
		name, entry string
		want        []string
	}{
		{"no such setting", "{in: specialize/Microsoft-Windows-Shell-Setup/Nowhere, xml: <a/>}", []string{"4:10 error verbatim-place: there is no Nowhere here"}},
		{"no second one", "{in: 'specialize/Microsoft-Windows-Shell-Setup/TimeZone[2]', xml: <a/>}", []string{"4:10 error verbatim-place: there is no TimeZone[2] here"}},
		{"below the root", "{in: root/x, xml: <a/>}", []string{"4:10 error verbatim-place: root has nothing below it but passes, which are named directly"}},
		{"an element before the root", "{in: prolog, xml: text}", []string{"4:23 error verbatim-place: the prolog takes comments and processing instructions alone"}},
		{"below the prolog", "{in: prolog/a, xml: <a/>}", []string{"4:10 error verbatim-place: prolog has nothing below it"}},
		{"no such package", "{in: servicing/package, xml: <a/>}", []string{"4:10 error verbatim-place: there is no package here"}},
		{"index too high", "{in: specialize/Microsoft-Windows-Shell-Setup, index: 2, xml: <a/>}",
			[]string{"4:59 error verbatim-place: the index goes from 0 to 1 here"}},
		{"not well-formed", "{in: specialize/Microsoft-Windows-Shell-Setup, xml: '<TimeZone>'}", []string{"4:68 error xml-not-well-formed"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := findings(head+"verbatim:\n  - "+c.entry+"\npasses: {specialize: {Microsoft-Windows-Shell-Setup: {TimeZone: UTC}}}\n", Options{})
			if len(got) != len(c.want) || len(got) > 0 && !strings.HasPrefix(got[0], c.want[0]) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
