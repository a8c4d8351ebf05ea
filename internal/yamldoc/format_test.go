package yamldoc

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/source"
)

func TestFormatGivesTheCanonicalLayoutAndKeepsWhatWasTyped(t *testing.T) {
	cases := []struct{ name, in, want string }{
		{"indentation and blanks", "a:\n    b:   1   # one\n    c:\n    - x\n    -   y: z\n        w: v\n", "a:\n  b: 1 # one\n  c:\n    - x\n    - y: z\n      w: v\n"},
		{"flow style", "a: {b: 1, c: [2, 3]}\n", "a: { b: 1, c: [2, 3] }\n"},
		{"quotes that are not needed", "a: \"b\"\nc: 'no'\nd: no\n\"e\": ''\n", "a: b\nc: 'no'\nd: no\ne: ''\n"},
		{"anchors and aliases", "a: &x {b: 1}\nc: *x\nd:   [*x, &y  z, *y ]\n", "a: &x { b: 1 }\nc: *x\nd: [*x, &y z, *y]\n"},
		{"merge keys", "a: &x {b: 1}\nc:\n  # of the merge\n  <<: *x # one\n  d: 2\ne: {'<<': 3}\nf:\n    <<: [*x, {g: 4}]\n", "a: &x { b: 1 }\nc:\n  # of the merge\n  <<: *x # one\n  d: 2\ne: { '<<': 3 }\nf:\n  <<: [*x, { g: 4 }]\n"},
		{"alias as a key", "a: &x b\n*x : c\n", "a: &x b\n*x : c\n"},
		{"anchor of a list's mapping", "- &x\n   a: 1\n- *x\n", "- &x\n  a: 1\n- *x\n"},
		{"anchor and tag", "a: !replace   &x [1]\nb: &y !t c\nc: &z\n", "a: &x !replace [1]\nb: &y !t c\nc: &z\n"},
		{"documents", "---\na: 1\n...\n---\nb: 2\n", "a: 1\n---\nb: 2\n"},
		{"comments", "#head\n\n\na: 1\n#of b\nb: 2\n\n# end", "# head\n\na: 1\n# of b\nb: 2\n\n# end\n"},
		{"line ends and the byte order mark", "\uFEFFa: 1\r\nb: |\r\n    x\r\n    y\r\n", "a: 1\nb: |\n  x\n  y\n"},
		{"folded lines", "a: >-\n      one\n      two\n\n      three\nb: >   # c\n   x\n   y\n", "a: >-\n  one\n  two\n\n  three\nb: > # c\n  x\n  y\n"},
		{"folded lines that mean more", "a: >+\n x\n\nb: >\n x\n  y\n", "a: \"x\\n\\n\"\nb: |\n  x\n   y\n"},
		{"lines of a plain scalar", "a: one\n   two\nb: \"x\\ty\"\n", "a: one two\nb: 'x\ty'\n"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, diags := Format(source.NewFile("a.yaml", []byte(c.in)))
			if string(got) != c.want {
				t.Errorf("got\n%s\nwant\n%s\n%v", got, c.want, diags.All)
			}
		})
	}
}

func TestFormatLeavesAloneWhatItCannotSay(t *testing.T) {
	for in, want := range map[string]string{
		"%YAML 1.1\n---\na: 1\n":    "format-kept",
		"a: 1\n---\n# nobody's\n":   "format-kept",
		"a: 1\na: 2\n":              "yaml-duplicate-key",
		"a: [1\n":                   "yaml-syntax",
		"":                          "yaml-syntax",
		"a\x00":                     "not-text",
		"a: &x [1]\n<<: *x\nb: 1\n": "yaml-syntax",
	} {
		got, diags := Format(source.NewFile("a.yaml", []byte(in)))
		if got != nil || len(diags.All) == 0 || diags.All[len(diags.All)-1].Rule != want {
			t.Errorf("%q: %q and %v, want nothing and %s", in, got, diags.All, want)
		}
	}
}

func TestWhatWriteWritesIsFormatted(t *testing.T) {
	for _, s := range seeds {
		docs, diags := Parse(source.NewFile("a.yaml", []byte(s)))
		if diags.Has(diag.Error) {
			continue
		}
		written := write(t, docs...)
		if got, _ := Format(source.NewFile("b.yaml", []byte(written))); string(got) != written {
			t.Errorf("%q is written as\n%s\nand formatted as\n%s", s, written, got)
		}
	}
}

// TestTemplatesAreFormatted holds the starter profiles to the layout that
// authors are asked to keep.
func TestTemplatesAreFormatted(t *testing.T) {
	eachProfile(t, "../../templates/*.yaml", 3, func(name string, text []byte) {
		if got, diags := Format(source.NewFile(name, text)); !bytes.Equal(got, text) {
			t.Errorf("%s is not in the canonical layout, which is\n%s%v", name, got, diags.All)
		}
	})
}

func TestProfilesOfTheRepositoryAreFormatted(t *testing.T) {
	eachProfile(t, "../../testdata/compile/*/in.yaml", 10, func(name string, text []byte) {
		got, diags := Format(source.NewFile(name, text))
		if got == nil {
			t.Errorf("%s: %s", name, diags.All[0].Message)
		}
		if strings.Count(string(got), "*") < strings.Count(string(text), "*") || strings.Count(string(got), "#") < strings.Count(string(text), "#") {
			t.Errorf("%s: an alias or a comment is gone:\n%s", name, got)
		}
	})
}

// eachProfile reads the files of a pattern, of which there must be some.
func eachProfile(t *testing.T, pattern string, least int, do func(name string, text []byte)) {
	t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) < least {
		t.Fatalf("only %d profiles: %v", len(names), err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		do(name, text)
	}
}

// byStandard is the documents as yaml.v3 decodes them, without empty ones.
func byStandard(text string) string {
	var b strings.Builder
	decoder := yaml.NewDecoder(strings.NewReader(text))
	for {
		var doc any
		if err := decoder.Decode(&doc); err == io.EOF {
			return b.String()
		} else if err != nil {
			return "refused" // such as !!int on a word: Parse does not decode
		}
		if doc != nil {
			fmt.Fprintf(&b, "%#v\n", doc)
		}
	}
}

// FuzzFormat holds that formatting keeps the meaning, and that formatting again
// changes nothing. What Format leaves alone must be told.
func FuzzFormat(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Add("a: &x {b: 1}\nc: {<<: *x, d: [*x]}\n*x : >\n  e\n  f\n")
	f.Fuzz(func(t *testing.T, text string) {
		in := source.NewFile("a.yaml", []byte(text))
		out, diags := Format(in)
		if out == nil {
			if len(diags.All) == 0 {
				t.Fatal("left alone without a word")
			}
			return
		}
		before, _ := Parse(in)
		after, diags := Parse(source.NewFile("b.yaml", out))
		if diags.Has(diag.Error) || len(before) != len(after) {
			t.Fatalf("%q is formatted as\n%s", text, out)
		}
		if want, got := byStandard(text), byStandard(string(out)); got != want {
			t.Fatalf("%q is formatted as\n%s\nwhich means\n%s\nnot\n%s", text, out, got, want)
		}
		if again, _ := Format(source.NewFile("c.yaml", out)); !bytes.Equal(again, out) {
			t.Fatalf("%q is formatted as\n%s\nand again as\n%s", text, out, again)
		}
	})
}
