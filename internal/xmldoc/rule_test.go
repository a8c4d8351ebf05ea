package xmldoc

import (
	"slices"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
)

// whole puts an example of the rule table where it can stand in a file.
func whole(example string) string {
	inComponent := func(s string) string {
		return "<unattend" + ns + wcm + `><settings pass="specialize"><component name="A">` + s + "</component></settings></unattend>"
	}
	switch {
	case strings.HasPrefix(example, "<!DOCTYPE"):
		return example + inComponent("")
	case strings.Contains(strings.ToLower(example), "<unattend"):
		return example
	case strings.HasPrefix(example, "<settings"):
		return "<unattend" + ns + ">" + example + "</unattend>"
	case strings.HasPrefix(example, "<component"):
		return "<unattend" + ns + `><settings pass="specialize">` + example + "</settings></unattend>"
	case strings.HasPrefix(example, "xmlns"):
		return inComponent("<A " + example + "/>")
	}
	return inComponent(example)
}

// TestExamplesOfTheRuleTable reads the examples that explain each rule. Three
// rules have examples that are no XML; other tests cover them.
func TestExamplesOfTheRuleTable(t *testing.T) {
	elsewhere := []string{"xml-encoding-mismatch", "xml-character-invalid", "xml-name-invalid"}
	for _, r := range rule.All() {
		if r.By != "xmldoc" || slices.Contains(elsewhere, r.ID) {
			continue
		}
		speaks := func(text string) bool {
			_, diags := Read("a.xml", []byte(text))
			return slices.ContainsFunc(diags.All, func(d *diag.Diagnostic) bool { return d.Rule == r.ID })
		}
		if !speaks(whole(r.Bad)) {
			t.Errorf("%s does not report its bad example: %s", r.ID, whole(r.Bad))
		}
		if _, diags := Read("a.xml", []byte(whole(r.Good))); len(diags.All) > 0 {
			t.Errorf("%s: the good example has findings: %v", r.ID, messages(diags))
		}
	}
}

func TestRootIsRenamedInBothTags(t *testing.T) {
	for text, want := range map[string]string{
		"<Unattend" + ns + "></Unattend >":        "<unattend" + ns + "></unattend >",
		"<u:UNATTEND xmlns:u='urn:x'/>":           "<u:unattend xmlns:u='urn:x'/>",
		"<Unattend" + ns + "><!-- </x> --><b:c/>": "<unattend" + ns + " ",
	} {
		_, diags := Read("a.xml", []byte(text))
		if got := fixed(text, diags); !strings.HasPrefix(got, strings.TrimSpace(want)) {
			t.Errorf("%s: fixed to %s", text, got)
		}
	}
}

// A wrong address is an error where a name has the prefix, and only there.
func TestWrongAddressOfWcmIsAnErrorWhereItIsUsed(t *testing.T) {
	for content, want := range map[string][]diag.Severity{
		"<A xmlns:wcm='urn:x'/>":                                         {diag.Info},
		"<A xmlns:wcm='urn:x' wcm:action='add'/>":                        {diag.Error},
		"<A xmlns:wcm='urn:x'><B><C wcm:keyValue='1'/></B></A>":          {diag.Error},
		"<A xmlns:wcm='urn:x'/><B wcm:action='add'/>":                    {diag.Info},
		"<A xmlns:wcm='urn:x'><B xmlns:wcm='urn:x' wcm:action='a'/></A>": {diag.Info, diag.Error},
	} {
		_, diags := Read("a.xml", []byte(document(content)))
		diags.Sort()
		var got []diag.Severity
		for _, d := range diags.All {
			if d.Rule == rule.WcmNamespaceWrong.ID {
				got = append(got, d.Severity)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", content, got, want)
		}
	}
}

// Below another root nothing stands at a place of ours, so one finding is all.
func TestOneFindingAboutAnotherRoot(t *testing.T) {
	for text, help := range map[string]string{
		"<settings" + ns + " pass='specialize'><component name='A'/><b/></settings>":  "inside of <unattend",
		"<settings pass='specialize'><component name='A'><B/></component></settings>": "inside of <unattend",
		"<catalog><servicing/><servicing/><Exploit><a/></Exploit></catalog>":          "in lower case",
	} {
		_, diags := Read("a.xml", []byte(text))
		if len(diags.All) != 1 || diags.All[0].Rule != rule.RootNotUnattend.ID || !strings.Contains(diags.All[0].Help, help) {
			t.Errorf("%s: %v", text, messages(diags))
		}
	}
}
