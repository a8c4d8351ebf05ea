package reseal_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/reseal/reseal"
)

func repeatedSettings(n int, setting string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(setting, "#", fmt.Sprint(i)))
	}
	return strings.Replace(smallAnswerFile, "<CopyProfile>true</CopyProfile><CopyProfile>false</CopyProfile>", b.String(), 1)
}

// An answer file within the limits becomes a profile that compiles, or none
// with the name of the limit.
func TestWhatDecompilesCompilesAgain(t *testing.T) {
	for _, c := range []struct{ name, text, refused string }{
		{"many settings", repeatedSettings(190_000, "<a#/>"), ""},
		{"many attributes", repeatedSettings(90_000, "<a# b='c'/>"), ""},
		{"deep settings", repeatedSettings(3, strings.Repeat("<a#>", 253)+strings.Repeat("</a#>", 253)), ""},
		{"lists in lists", repeatedSettings(1, strings.Repeat("<a/><a>", 200)+strings.Repeat("</a>", 200)), ""},
		{"deep and wide", repeatedSettings(700, strings.Repeat("<a#>", 250)+strings.Repeat("</a#>", 250)), "larger than the limit of 16777216 bytes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := reseal.Load("a.xml", []byte(c.text), reseal.Options{})
			done, found := a.Decompile()
			if c.refused != "" {
				last := found.All[0]
				for _, d := range found.All {
					if d.Rule == "input-limit" {
						last = d
					}
				}
				if done != nil || last.Rule != "input-limit" || !strings.Contains(last.Message, c.refused) {
					t.Errorf("%s: %s; want %q", last.Rule, last.Message, c.refused)
				}
				return
			}
			if done == nil {
				t.Fatalf("refused: %s", found.All[len(found.All)-1].Message)
			}
			again, problems, err := reseal.Load("a.yaml", done.Profile, reseal.Options{}).Compile(nil)
			if err != nil || len(problems.All) > 0 || len(again) != 1 {
				t.Fatalf("%v, %d problems", err, len(problems.All))
			}
			if b := reseal.Load("b.xml", again[0].XML, reseal.Options{}); b.Form.Has(reseal.Error) {
				t.Errorf("the answer file cannot be read: %s", b.Form.All[0].Message)
			}
		})
	}
}

// A profile may hold more values than an answer file may have elements.
func TestCompileStopsBeforeAnAnswerFileThatCannotBeRead(t *testing.T) {
	var profile strings.Builder
	profile.WriteString("version: reseal/v1\ntarget: { architecture: amd64 }\npasses:\n  specialize:\n    C:\n")
	for i := range 200_000 {
		fmt.Fprintf(&profile, "      a%d: x\n", i)
	}
	outputs, problems, err := reseal.Load("a.yaml", []byte(profile.String()), reseal.Options{}).Compile(nil)
	if err != nil || outputs != nil || len(problems.All) != 1 || problems.All[0].Rule != "input-limit" || !strings.Contains(problems.All[0].Message, "200000") {
		t.Errorf("%d outputs, %d problems, %v", len(outputs), len(problems.All), err)
	}
	if d := problems.All[0]; d.Span.File == nil || d.Span.File.Name != "a.yaml" {
		t.Errorf("at %q", d.Span)
	}
}
