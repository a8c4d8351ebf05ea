package sysprep

import (
	"strings"
	"testing"

	"github.com/reseal/reseal/schema"
)

func TestAnUnnamedArchitectureIsThatOfTheComponents(t *testing.T) {
	const zone, owner = "specialize Microsoft-Windows-Shell-Setup@", "oobeSystem Microsoft-Windows-Shell-Setup@"
	file := func(arches ...string) []string {
		return []string{zone + arches[0] + " TimeZone = UTC", owner + arches[len(arches)-1] + " RegisteredOwner = ann"}
	}
	given := func(m *Machine) { m.Architecture = GivenAs("amd64") }
	cases := []struct {
		name   string
		lines  []string
		target string
		more   func(*Machine)
		want   string
	}{
		{"all agree", file("arm64"), "", nil, "arm64"},
		{"in other letters", file("X86"), "", nil, "x86"},
		{"they differ", file("arm64", "x86"), "", nil, "amd64"},
		{"a placeholder", file("%ARCH%"), "", nil, "amd64"},
		{"none", nil, "", nil, "amd64"},
		{"the target names one", file("arm64"), "amd64", nil, "amd64"},
		{"the machine has one", file("arm64"), "", given, "amd64"},
	}
	for _, c := range cases {
		for _, use := range []string{"sysprep", "media"} {
			f := answerFile(t, generalizeOOBE, c.lines...)
			f.Target.Architecture = c.target
			if use == "media" {
				f.Invocation, f.Target.Use = nil, use
			}
			m := freshFor(schema.Target{Windows: "11-24h2"})
			if c.more != nil {
				c.more(m)
			}
			record := rehearse(t, f, m).Record
			noted := strings.Contains(strings.Join(record.Notes, "\n"), "taken to be "+c.want)
			if record.Target.Architecture != c.want || noted != (c.want != "amd64") {
				t.Errorf("%s, %s: %s\n%q", c.name, use, record.Target.Architecture, record.Notes)
			}
		}
	}
}
