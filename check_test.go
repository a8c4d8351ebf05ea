package reseal_test

import (
	"strings"
	"testing"

	"github.com/reseal/reseal"
)

// What is no XML between settings is text there for the reader, and told once.
func TestMarkupThatIsBrokenIsToldOnce(t *testing.T) {
	for _, broken := range []string{"<", "&", "&bogus;", "]]>", "<!x>", "<OEMInformation> < </OEMInformation>", "<OEMInformation>&#0;</OEMInformation>"} {
		text := strings.Replace(smallAnswerFile, "<CopyProfile>true</CopyProfile><CopyProfile>false</CopyProfile>", broken, 1)
		all := reseal.Load("a.xml", []byte(text), reseal.Options{}).Check().All
		if len(all) != 1 || all[0].Rule != "xml-not-well-formed" {
			for _, d := range all {
				t.Errorf("%s: %s at %s: %s", broken, d.Rule, d.Span, d.Message)
			}
		}
	}
	apart := strings.Replace(smallAnswerFile, "<CopyProfile>true</CopyProfile><CopyProfile>false</CopyProfile>", "words & more", 1)
	if all := reseal.Load("a.xml", []byte(apart), reseal.Options{}).Check().All; len(all) != 2 {
		t.Errorf("the text at another place: %d findings", len(all))
	}
}
