package xmldoc

import (
	"strings"
	"testing"
)

// A password in angle brackets is a name to XML.
func TestNamesInsideOfASecretAreNotRepeated(t *testing.T) {
	before := "<unattend" + ns + "><settings pass='oobeSystem'><component name='Microsoft-Windows-Shell-Setup'>"
	for text, want := range map[string]string{
		"<AutoLogon><Password><Value><hunter2></Value>":      "the end tag </Value> stands where </…> is due",
		"<AutoLogon><Password></hunter2></Password>":         "the end tag </…> closes nothing: the innermost open element is <Password>",
		"<AutoLogon><Password><Value><hunter2:x/></Value>":   "the namespace prefix … is not declared",
		"<AutoLogon><Password hunter2></Password>":           "the attribute … has no value",
		"<AutoLogon><Password><Value hunter2=x>a</Value>":    "the value of the attribute … is not in quotes",
		"<AutoLogon><Password><hunter2 b='' b=''/>":          "the attribute … stands twice on the element <…>",
		"<AutoLogon><Password><Value>":                       "the file ends inside of the element <Value>",
		"<AutoLogon><Password><Value>x</Value></AutoLogon>":  "the end tag </AutoLogon> stands where </Password> is due",
		"<AutoLogon><Password><Value>x</Plaintext></Value>":  "the end tag </Plaintext> closes nothing: the innermost open element is <Value>",
		"<FirstLogonCommands><hunt></FirstLogonCommands>":    "the end tag </FirstLogonCommands> stands where </hunt> is due",
		"<MyPassword></MyPassword x>":                        "an end tag holds more than a name",
		"<AutoLogon><Password><Value>hunter2</Value><b></b>": "the file ends inside of the element <Password>",
	} {
		a, diags := Read("a.xml", []byte(before+text))
		var said []string
		for _, d := range diags.All {
			said = append(said, d.Message, d.Help, d.Span.File.Line(1).Shown())
			for _, r := range d.Related {
				said = append(said, r.Message)
			}
			if d.Fix != nil {
				for _, e := range d.Fix.Edits {
					said = append(said, e.Text)
				}
			}
		}
		all := strings.Join(said, "\n")
		if !strings.Contains(all, want) || strings.Contains(all, "hunter2") {
			t.Errorf("%s: want %q in\n%s", text, want, all)
		}
		if a.Source == nil {
			t.Errorf("%s: no source", text)
		}
	}
}
