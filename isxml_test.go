package reseal_test

import (
	"slices"
	"testing"

	"github.com/reseal/reseal"
)

func TestAnswerFilesAreToldFromProfiles(t *testing.T) {
	for text, want := range map[string]bool{
		"<unattend/>":                                                        true,
		"\ufeff \r\n<?xml version='1.0'?><a/>":                               true,
		"```xml\n<?xml version='1.0'?><a/>":                                  true,
		"hello <unattend/>":                                                  true,
		"To: C:\\Sysprep\n# x\n<?xml version='1.0'?>":                        true,
		"copy it to C:\\Sysprep\r\n\r\n<unattend/>":                          true,
		"verbatim:\n- xml: |\n    <?xml version='1.0'?>\n":                   false,
		"version: reseal/v1\nverbatim: [{in: root, xml: \"\n<unattend/>\"}]": false,
		"version: reseal/v1\nx: <unattend/>":                                 false,
		"# <?xml version='1.0'?>\nversion: a\n":                              false,
		"- <?xml":                                                            false,
		"":                                                                   false,
	} {
		if got := reseal.IsXML([]byte(text)); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestWhatStandsBeforeAnAnswerFileIsShown(t *testing.T) {
	l := reseal.Load("a.xml", []byte("```xml\n<?xml version=\"1.0\"?>\n<unattend xmlns=\"urn:schemas-microsoft-com:unattend\"/>\n```\n"), reseal.Options{})
	var got []string
	for _, d := range l.Form.All {
		got = append(got, d.Rule+" "+d.Span.String())
	}
	for _, want := range []string{"xml-not-well-formed a.xml:1", "xml-not-well-formed a.xml:4", "xml-declaration-not-first a.xml:2"} {
		if !slices.Contains(got, want) {
			t.Errorf("%q lacks %s", got, want)
		}
	}
}
