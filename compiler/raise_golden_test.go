package compiler

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/xmldoc"
)

// TestDecompileGoldens decompiles every testdata/decompile/NAME/in.xml and
// compares the profile with want.yaml.
func TestDecompileGoldens(t *testing.T) {
	inputs, err := filepath.Glob("../testdata/decompile/*/in.xml")
	if err != nil || len(inputs) == 0 {
		t.Fatalf("no golden inputs: %v", err)
	}
	for _, input := range inputs {
		folder := filepath.Dir(input)
		t.Run(filepath.Base(folder), func(t *testing.T) {
			data, err := os.ReadFile(input)
			if err != nil {
				t.Fatal(err)
			}
			a, _ := xmldoc.Read("in.xml", data)
			got, _, diags := Decompile(a)
			if diags.Has(diag.Error) {
				t.Fatal(diags.All[0].Message)
			}
			path := filepath.Join(folder, "want.yaml")
			if *update {
				if err := os.WriteFile(path, got, 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if want := strings.ReplaceAll(string(want), "\r\n", "\n"); string(got) != want {
				t.Errorf("%s differs (run with -update to accept):\n%s", path, firstDifference(string(got), want))
			}
		})
	}
}
