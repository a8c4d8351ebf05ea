package reseal_test

import (
	"strings"
	"testing"

	"github.com/reseal/reseal"
)

// An edition that is in no table may be newer than the tables, or misspelt.
func TestAnEditionThatNobodyKnowsIsAWarning(t *testing.T) {
	const profile = "version: reseal/v1\ntarget: { windows: 11-24h2, architecture: amd64 }\ntimeZone: UTC\n"
	given := strings.Replace(profile, " }", ", edition: Profesional }", 1)
	misspelt, known := reseal.Target{Edition: "Profesional"}, reseal.Target{Edition: "Professional"}
	for _, c := range []struct {
		name, text string
		options    reseal.Options
		want       int
	}{
		{"a flag", profile, reseal.Options{Target: misspelt}, 1},
		{"the configuration", profile, reseal.Options{Default: misspelt}, 1},
		{"a flag for an answer file", smallAnswerFile, reseal.Options{Target: misspelt}, 1},
		{"the profile", given, reseal.Options{}, 1},
		{"the profile, and the configuration the same", given, reseal.Options{Default: misspelt}, 1},
		{"the profile wins over the configuration", strings.Replace(given, "Profes", "Profess", 1), reseal.Options{Default: misspelt}, 0},
		{"a flag wins over the profile", given, reseal.Options{Target: known}, 0},
		{"none", profile, reseal.Options{}, 0},
	} {
		var found []*reseal.Diagnostic
		for _, d := range reseal.Load("a", []byte(c.text), c.options).Check().All {
			if d.Rule == "target-unknown" {
				found = append(found, d)
			}
		}
		if len(found) != c.want {
			t.Errorf("%s: %d findings, want %d", c.name, len(found), c.want)
			continue
		}
		for _, d := range found {
			if d.Severity != reseal.Warning || !strings.HasSuffix(d.Message, `"Profesional" is no edition that Reseal knows; did you mean Professional?`) {
				t.Errorf("%s: %s: %s", c.name, d.Severity, d.Message)
			}
		}
	}
}
