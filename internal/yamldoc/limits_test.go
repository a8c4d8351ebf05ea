package yamldoc

import (
	"fmt"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/source"
)

func nested(levels int) string {
	return strings.Repeat("{a: ", levels) + "1" + strings.Repeat("}", levels)
}

func bomb() string {
	var b strings.Builder
	b.WriteString("a: &a [x, x, x, x, x, x, x, x, x]\n")
	for c := 'b'; c <= 'i'; c++ {
		fmt.Fprintf(&b, "%c: &%c [%s]\n", c, c, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*%c, ", c-1), 9), ", "))
	}
	return b.String()
}

func TestBeyondALimit(t *testing.T) {
	cases := []struct{ name, text, want string }{
		{"size", "a: " + strings.Repeat("x", MaxBytes), "1:1 input-limit: the file is larger than the limit of 16777216 bytes ⟦⟧"},
		{"maps", nested(10_000), "1:1025 input-limit: the value is nested deeper than the limit of 256 levels ⟦⟧"},
		{"one level too deep", nested(257), "1:1025 input-limit: the value is nested deeper than the limit of 256 levels ⟦⟧"},
		{"lists", strings.Repeat("- ", 100_000) + "a", "1:20005 input-limit: the value is nested deeper than the limit of 256 levels ⟦⟧"},
		{"depth through aliases", "a: &a " + nested(156) + "\nb: " + strings.Repeat("[", 100) + "*a" + strings.Repeat("]", 100), "2:104 input-limit: the value is nested deeper than the limit of 256 levels ⟦*a⟧"},
		{"alias bomb", bomb(), "7:8 input-limit: the file holds more than the limit of 1000000 values, counted with every alias expanded ⟦*f⟧"},
		{"values", strings.Repeat("- a\n", 1_000_001), "1:1 input-limit: the file holds more than the limit of 1000000 values, counted with every alias expanded ⟦⟧"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			docs, diags := Parse(source.NewFile("in.yaml", []byte(c.text)))
			if len(docs) != 0 || len(diags.All) != 1 || say(diags.All[0]) != c.want {
				t.Errorf("%d documents, got %s", len(docs), say(diags.All[0]))
			}
		})
	}
}

func TestWithinTheLimits(t *testing.T) {
	for _, text := range []string{nested(256), "a: &a " + nested(156) + "\nb: " + strings.Repeat("[", 99) + "*a" + strings.Repeat("]", 99), strings.Repeat("- a\n", 20_000)} {
		if docs := parse(t, text); len(docs) != 1 {
			t.Errorf("%d documents", len(docs))
		}
	}
}

func TestLimitsOfTheCaller(t *testing.T) {
	limits := Limits{Bytes: 60, Depth: 2, Nodes: 9, Problems: 2}
	for text, want := range map[string]string{
		"a: {b: c}":                   "",
		"a: {b: []}":                  "1:8 input-limit: the value is nested deeper than the limit of 2 levels ⟦⟧",
		"[1, 2, 3, 4, 5, 6, 7, 8]":    "",
		"[a: 1, b: 2, c: 3]":          "1:17 input-limit: the file holds more than the limit of 9 values, counted with every alias expanded ⟦⟧",
		strings.Repeat("x", 61):       "1:1 input-limit: the file is larger than the limit of 60 bytes ⟦⟧",
		"a: 1\na: 2\na: 3\n":          "3:1",
		"- @\n- @\n- @\n- @\n- @\n":   "",
		"a: &a [1, 2]\nb: [*a, *a]\n": "2:5 input-limit: the file holds more than the limit of 9 values, counted with every alias expanded ⟦*a⟧",
	} {
		_, diags := ParseWithin(source.NewFile("in.yaml", []byte(text)), limits)
		switch {
		case len(diags.All) > limits.Problems+1:
			t.Errorf("%q: %d problems", text, len(diags.All))
		case want == "" && diags.Count(2) > 0 && !strings.Contains(text, "@"):
			t.Errorf("%q: %s", text, say(diags.All[0]))
		case want != "" && !strings.HasPrefix(say(diags.All[len(diags.All)-1]), want):
			t.Errorf("%q: got %s", text, say(diags.All[len(diags.All)-1]))
		}
	}
}

func TestTooManyProblemsEndWithTheLimit(t *testing.T) {
	_, diags := ParseWithin(source.NewFile("in.yaml", []byte(strings.Repeat("a: 1\n", 9))), Limits{Bytes: 99, Depth: 9, Nodes: 99, Problems: 3})
	if len(diags.All) != 4 || diags.All[3].Rule != "input-limit" || !strings.Contains(diags.All[3].Message, "3 problems") {
		t.Errorf("%d problems, the last %s", len(diags.All), say(diags.All[len(diags.All)-1]))
	}
}

// What Write makes can be read again, or it is not made.
func TestWriteStopsAtTheSizeOfAFile(t *testing.T) {
	wide, deep := NewMapping(), NewScalar("x")
	for range 200 {
		above := NewMapping()
		above.Set("a", deep)
		deep = above
	}
	for i := range 20_000 {
		wide.Set(fmt.Sprint("k", i), deep) // 40 KB of blanks each
	}
	var out strings.Builder
	if err := Write(&out, wide); err == nil || !strings.Contains(err.Error(), "larger than the limit of 16777216 bytes") || out.Len() > 0 {
		t.Errorf("%d bytes, %v", out.Len(), err)
	}
	if err := Write(&out, deep); err != nil || len(parse(t, out.String())) != 1 {
		t.Errorf("%v", err)
	}
}
