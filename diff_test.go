package reseal

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// compared loads and compares two texts.
func compared(t *testing.T, a, b string) *Difference {
	t.Helper()
	d, problems := Diff("a", Load("a", []byte(a), Options{}), "b", Load("b", []byte(b), Options{}))
	if d == nil {
		t.Fatalf("no comparison: %s", problems.All[0].Message)
	}
	return d
}

// Every golden and template means the same as what it compiles to.
func TestProfilesMeanWhatTheyCompileTo(t *testing.T) {
	var names []string
	for _, pattern := range []string{"testdata/compile/*/in.yaml", "templates/*.yaml"} {
		found, err := filepath.Glob(pattern)
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		names = append(names, found...)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		l := Load(name, text, Options{})
		compiled, problems, err := l.Compile(nil)
		if err != nil || compiled == nil {
			t.Errorf("%s: %v, %d problems", name, err, len(problems.All))
			continue
		}
		for i, c := range compiled {
			one := &Loaded{Form: &Diagnostics{}, Profile: true, Outputs: []Output{{Answer: l.Outputs[i].Answer}}}
			d, _ := Diff(name, one, "compiled", Load("compiled", c.XML, Options{}))
			if d == nil || len(d.Outputs) != 1 {
				t.Fatalf("%s%s: no comparison", name, c.Suffix)
			}
			for _, change := range d.Outputs[0].Changes {
				_, named := l.Outputs[i].Answer.Holds()
				if !named || !strings.HasPrefix(change.A+change.B, "[secret ") && !strings.Contains(change.Setting, "Password") { // the XML holds a text that stands for the secret
					t.Errorf("%s%s: %s %s %s/%s", name, c.Suffix, change.Kind, change.Pass, change.Component, change.Setting)
				}
			}
		}
	}
}

func TestOutputsAreMatchedBySuffixAndTarget(t *testing.T) {
	profile := func(target string) string { return "version: reseal/v1\ntarget: {" + target + "}\ntimeZone: UTC\n" }
	xml := `<unattend xmlns="urn:schemas-microsoft-com:unattend"><settings pass="specialize"><component name="Microsoft-Windows-Shell-Setup" processorArchitecture="arm64" ` +
		`publicKeyToken="31bf3856ad364e35" language="neutral" versionScope="nonSxS"><TimeZone>UTC</TimeZone></component></settings></unattend>`
	cases := []struct{ name, a, b, want string }{
		{"single ones", profile("windows: 11-24h2"), profile("windows: 10-22h2"), "="},
		{"the same architectures", profile("windows: 11-24h2, architecture: [amd64, arm64]"), profile("windows: 11-24h2, architecture: [arm64, amd64]"), "-amd64= -arm64="},
		{"one is missing", profile("windows: 11-24h2, architecture: [amd64, arm64]"), profile("windows: 11-24h2, architecture: arm64"), "-amd64< -arm64="},
		{"one is new", profile("windows: 11-24h2, architecture: arm64"), profile("windows: 11-24h2, architecture: [amd64, arm64]"), "-arm64= -amd64>"},
		{"XML has the architecture of its components", profile("windows: 11-24h2, architecture: [amd64, arm64]"), xml, "-amd64< -arm64="},
		{"releases", profile("windows: [11-24h2, 10-22h2], architecture: amd64"), profile("windows: 10-22h2, architecture: amd64"), "-11-24h2< -10-22h2="},
		{"nothing in common", profile("windows: [11-24h2, 10-22h2], architecture: amd64"), profile("windows: 11-24h2, architecture: [amd64, arm64]"), "-11-24h2< -10-22h2< -amd64> -arm64>"},
	}
	for _, c := range cases {
		var got []string
		for _, out := range compared(t, c.a, c.b).Outputs {
			sign := "="
			switch {
			case out.OnlyA:
				sign = "<"
			case out.OnlyB:
				sign = ">"
			case len(out.Changes) > 0:
				sign = "!"
			}
			got = append(got, out.Suffix+sign)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: %s, want %s", c.name, s, c.want)
		}
	}
}

func TestTextsThatCannotBeReadAreNotCompared(t *testing.T) {
	good := "<unattend xmlns=\"urn:schemas-microsoft-com:unattend\"/>"
	for _, bad := range []string{"<unattend>", "a: [", "", "version: reseal/v1\nunknown: 1\n", "<html/>"} {
		for _, pair := range [][2]string{{good, bad}, {bad, good}} {
			d, problems := Diff("a", Load("a", []byte(pair[0]), Options{}), "b", Load("b", []byte(pair[1]), Options{}))
			if d != nil || !problems.Has(Error) {
				t.Errorf("%q is compared", bad)
			}
		}
	}
}
