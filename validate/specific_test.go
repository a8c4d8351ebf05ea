package validate_test

import (
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/xmldoc"
	"github.com/reseal/reseal/validate"
)

// Of two rules that see the same mistake the more specific one speaks.
func TestThe32BitLayerIsNoOtherArchitecture(t *testing.T) {
	shell := string(wrap(`<TimeZone>UTC</TimeZone>`))
	wow64 := strings.ReplaceAll(shell, "amd64", "wow64")
	both := strings.Replace(wow64, "<component", `<component name="Microsoft-Windows-PowerCPL" processorArchitecture="x86"/><component`, 1)
	for _, c := range []struct{ text, target, want string }{
		{wow64, "amd64", "component-architecture-wow64"},
		{wow64, "arm64", "component-architecture-wow64"},
		{wow64, "x86", "target-architecture-mismatch component-architecture-wow64"},
		{strings.ReplaceAll(shell, "amd64", "x86"), "amd64", "target-architecture-mismatch"},
		{both, "amd64", "target-architecture-mismatch component-architecture-wow64"},
	} {
		a, _ := xmldoc.Read("a.xml", []byte(c.text))
		a.Target.Architecture = c.target
		var got []string
		for _, d := range validate.Check(a, validate.Options{}).All {
			if strings.Contains(d.Rule, "architecture") && d.Rule != "mixed-architectures" {
				got = append(got, d.Rule)
			}
		}
		if rules := strings.Join(got, " "); rules != c.want {
			t.Errorf("target %s: %s, want %s", c.target, rules, c.want)
		}
	}
}

func TestSeveralTimeZonesAreOffered(t *testing.T) {
	found := lines(check(t, "a.xml", wrap(`<TimeZone>Europe Standard Time</TimeZone>`)))
	if want := "did you mean Central Europe Standard Time, E. Europe Standard Time or W. Europe Standard Time?"; !strings.Contains(found, want) {
		t.Errorf("%s: want %q", found, want)
	}
}

// Nothing of a pass that is switched off is ever applied.
func TestAPassThatIsSwitchedOffIsOneFinding(t *testing.T) {
	text := strings.NewReplacer(`"oobeSystem"`, `"disabled"`, "amd64", "x86", "</settings>", "stray</settings>").Replace(string(wrap(`<TimeZone>Nowhere</TimeZone><Novelty/>`)))
	a, _ := xmldoc.Read("a.xml", []byte(text))
	a.Target.Architecture = "amd64"
	if all := validate.Check(a, validate.Options{Strict: true}); len(all.All) != 1 || all.All[0].Rule != "unknown-pass" || all.All[0].Severity != diag.Info {
		t.Errorf("got\n%s", lines(all))
	}
}
