package compiler

import (
	"testing"

	"github.com/reseal/reseal/schema/answer"
)

const windowsSetup = "Microsoft-Windows-Setup"

// misread lowers a body with mistakes and returns the settings of the only
// component, whatever was found.
func misread(pass, component, body string) []*answer.Setting {
	p, _ := parse(inComponent(pass, component, body), Options{})
	return p.Outputs[0].Answer.Passes[0].Components[0].Settings
}

// An entry of a list stands for itself where its name is right, and for the
// name where that is wrong: so a finding about the name points to it.
func TestEntriesOfAWrongNamePointToIt(t *testing.T) {
	for body, want := range map[string]string{
		"DiskConfiguration: {Disk: [{DiskID: 0}]}": "{DiskID: 0}",
		"DiskConfiguration: {DISK: [{DiskID: 0}]}": "DISK",
		"DiskConfiguration: {Dsik: [{DiskID: 0}]}": "Dsik",
	} {
		disk := misread("windowsPE", windowsSetup, body)[0].Children[0]
		if got := disk.NamePlace().Text(); got != want {
			t.Errorf("%s: the name stands at %q", body, got)
		}
	}
}

// A component has no value, whatever stands there, so that findings about it
// point to its name.
func TestComponentsPointToTheirName(t *testing.T) {
	for _, value := range []string{"''", "text", "[a]", "{OOBE: ''}"} {
		p, _ := parse(head+"passes: {oobeSystem: {Contoso-Agent: "+value+"}}", Options{})
		c := p.Outputs[0].Answer.Passes[0].Components[0]
		if at := c.Attributes[0].NamePlace(); c.Place().Text() != "Contoso-Agent" || at.Text() != "Contoso-Agent" || c.Attributes[0].Spans.Value.Known() {
			t.Errorf("%s: component at %q, its name at %q", value, c.Place().Text(), at.Text())
		}
	}
}

// What could not be read is kept as such, so that no check takes it for empty.
func TestValuesOfAWrongFormAreMarked(t *testing.T) {
	for body, want := range map[string]bool{
		"TimeZone: {a: b, c: d}": true, "TimeZone: [UTC]": true, "TimeZone: {$text: [UTC]}": true,
		"ProductKey: {vault: x}": true, "ProductKey: {env: ''}": true,
		"OOBE: text": true, "OOBE: [text]": true, "FirstLogonCommands: text": true,
		"TimeZone: UTC": false, "TimeZone: ''": false, "TimeZone:": false, "TimeZone: {}": false,
		"ProductKey: {env: KEY}": false, "OOBE: {HideEULAPage: true}": false, "OOBE: ''": false,
	} {
		if got := misread("oobeSystem", "Microsoft-Windows-Shell-Setup", body)[0].Unread; got != want {
			t.Errorf("%s: marked as unread: %v", body, got)
		}
	}
	entry := misread("oobeSystem", "Microsoft-Windows-Shell-Setup", "FirstLogonCommands: [text]")[0].Children[0]
	single := misread("windowsPE", windowsSetup, "DiskConfiguration: {Disk: {DiskID: 0}}")[0].Children
	text := misread("specialize", "Microsoft-Windows-DNS-Client", "DNSSuffixSearchOrder: [{a: b, c: d}]")[0].Children[0]
	if !entry.Unread || len(single) != 1 || !single[0].Unread || !text.Unread {
		t.Errorf("entries: %+v, %+v, %+v", entry, single, text)
	}
}
