package reseal_test

import (
	"strings"
	"testing"

	"github.com/reseal/reseal"
)

const smallAnswerFile = `<unattend xmlns="urn:schemas-microsoft-com:unattend">
<settings pass="specialize"><component name="Microsoft-Windows-Shell-Setup" processorArchitecture="amd64" publicKeyToken="31bf3856ad364e35" language="neutral" versionScope="nonSxS">
<CopyProfile>true</CopyProfile><CopyProfile>false</CopyProfile></component></settings></unattend>`

func TestDecompileTellsWhatStandsUnderVerbatim(t *testing.T) {
	done, found := reseal.Load("a.xml", []byte(smallAnswerFile), reseal.Options{}).Decompile()
	if done == nil || len(done.Verbatim) != 1 || len(found.All) != 1 || done.Sensitive {
		t.Fatalf("%+v, %d findings", done, len(found.All))
	}
	d, p := found.All[0], done.Verbatim[0]
	if d.Rule != "decompile-verbatim" || d.Severity != reseal.Info || d.Span != p.Span || !strings.Contains(d.Message, string(p.Reason)) {
		t.Errorf("%s: %s at %v", d.Rule, d.Message, d.Span)
	}
	if at := p.Span.Position(); at.Line != 3 || at.Column != 32 || p.In != "specialize/Microsoft-Windows-Shell-Setup" {
		t.Errorf("%s at %d:%d", p.In, at.Line, at.Column)
	}
}

func TestDecompileRefusesWhatWasNotReadWhole(t *testing.T) {
	for text, rule := range map[string]string{
		"<unattend": "xml-not-well-formed", "<html/>": "root-not-unattend", "<a/>": "root-not-unattend",
		"<!DOCTYPE a><unattend/>": "xml-doctype-present", "version: reseal/v1": "", "": "",
	} {
		done, found := reseal.Load("a.xml", []byte(text), reseal.Options{}).Decompile()
		if done != nil {
			t.Errorf("%q: %s", text, done.Profile)
		}
		told := rule == ""
		for _, d := range found.All {
			told = told || d.Rule == rule && d.Severity == reseal.Error
		}
		if !told {
			t.Errorf("%q: no finding of %s among %d", text, rule, len(found.All))
		}
	}
}

// The text of a finding shows the line that it is about, and the line of an
// answer file may hold a password.
func TestDecompileMasksSecretsInTheAnswerFile(t *testing.T) {
	xml := strings.Replace(smallAnswerFile, "<CopyProfile>false</CopyProfile>", "<AutoLogon><Password><Value>hush</Value></Password></AutoLogon><AutoLogon><Password><Value>hush</Value></Password></AutoLogon>", 1)
	done, found := reseal.Load("a.xml", []byte(xml), reseal.Options{}).Decompile()
	if done == nil || !done.Sensitive || len(found.All) != 1 {
		t.Fatalf("%+v, %d findings", done, len(found.All))
	}
	if shown := found.All[0].Span.File.Line(3).Shown(); strings.Contains(shown, "hush") {
		t.Errorf("shown is %s", shown)
	}
}

func TestCompileTellsLinesOnlyWhenAsked(t *testing.T) {
	const profile = "version: reseal/v1\ntarget: { architecture: amd64 }\ntimeZone: UTC\n"
	for _, ask := range []bool{false, true} {
		outputs, _, err := reseal.Load("a.yaml", []byte(profile), reseal.Options{Lines: ask}).Compile(nil)
		if err != nil || len(outputs) != 1 {
			t.Fatalf("%d outputs, %v", len(outputs), err)
		}
		lines := outputs[0].Lines
		if (len(lines) > 0) != ask || ask && lines[4].Position().Line != 3 {
			t.Errorf("asked %v: %v", ask, lines)
		}
	}
}
