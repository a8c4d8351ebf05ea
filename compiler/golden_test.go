package compiler

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/source"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestGoldens compiles every testdata/compile/NAME/in.yaml and compares the
// outputs with want.xml, or want-SUFFIX.xml where there are several.
func TestGoldens(t *testing.T) {
	inputs, err := filepath.Glob("../testdata/compile/*/in.yaml")
	if err != nil || len(inputs) == 0 {
		t.Fatalf("no golden inputs: %v", err)
	}
	for _, input := range inputs {
		folder := filepath.Dir(input)
		t.Run(filepath.Base(folder), func(t *testing.T) {
			text, err := os.ReadFile(input)
			if err != nil {
				t.Fatal(err)
			}
			p, diags := Parse(source.NewFile("in.yaml", text), Options{})
			for _, d := range diags.All {
				if d.Severity > diag.Info {
					t.Errorf("finding: %s", line(d))
				}
			}
			outputs := map[string]string{}
			for _, out := range p.Outputs {
				outputs["want"+out.Suffix+".xml"] = written(t, out.Answer)
			}
			compareGoldens(t, folder, outputs)
		})
	}
}

func compareGoldens(t *testing.T, folder string, outputs map[string]string) {
	t.Helper()
	for name, got := range outputs {
		path := filepath.Join(folder, name)
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Error(err)
			continue
		}
		if want := strings.ReplaceAll(string(want), "\r\n", "\n"); got != want {
			t.Errorf("%s differs (run with -update to accept):\n%s", name, firstDifference(got, want))
		}
	}
	kept, err := filepath.Glob(filepath.Join(folder, "want*.xml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range kept {
		if _, ok := outputs[filepath.Base(path)]; !ok {
			t.Errorf("%s is no output any more", path)
		}
	}
}

// firstDifference shows the first lines that differ.
func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		a, b := "(end)", "(end)"
		if i < len(g) {
			a = g[i]
		}
		if i < len(w) {
			b = w[i]
		}
		if a != b {
			return "got  " + a + "\nwant " + b
		}
	}
	return "no difference"
}
