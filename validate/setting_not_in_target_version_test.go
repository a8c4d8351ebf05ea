package validate_test

import (
	"fmt"
	"strings"
	"testing"
)

// Doubt about what became of a setting later is none about its beginning.
func TestDoubtLowersOnlyWhatIsDoubtful(t *testing.T) {
	const profile = `version: reseal/v1
target: {windows: %s, architecture: amd64}
passes:
  specialize:
    Microsoft-Windows-Shell-Setup:
      %s
`
	for _, c := range []struct{ release, setting, want string }{
		{"10-1511", "StartTiles: {RegionalOverrides: [{SquareTiles: {SquareOrDesktopTile10: {AppIdOrPath: a}}}]}", "error setting-not-in-target-version"},
		{"10-1809", "ConfigureChatAutoInstall: true", "warning setting-not-in-target-version"},
		{"10-1511", "OEMInformation: {SupportProvider: a}", "error setting-not-in-target-version"},
	} {
		got := lines(check(t, "profile.yaml", fmt.Appendf(nil, profile, c.release, c.setting)))
		if !strings.Contains(got, c.want) {
			t.Errorf("%s on %s: got %s", c.setting, c.release, got)
		}
	}
}
