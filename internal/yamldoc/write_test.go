package yamldoc

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/source"
)

// same tells whether two nodes mean the same: kinds, texts, tags and comments.
// Where they differ it returns the path and what differs.
func differ(a, b *Node, path string) string {
	switch {
	case a.Kind != b.Kind:
		return path + ": kind"
	case a.Text != b.Text || a.Empty != b.Empty:
		return path + ": text"
	case a.Tag != b.Tag:
		return path + ": tag"
	case a.Comment.Line != b.Comment.Line:
		return path + ": line comment"
	case strings.Join(a.Comment.Head, "|") != strings.Join(b.Comment.Head, "|"):
		return path + ": head comment"
	case strings.Join(a.Comment.Foot, "|") != strings.Join(b.Comment.Foot, "|"):
		return path + ": foot comment"
	case len(a.Pairs) != len(b.Pairs) || len(a.Items) != len(b.Items):
		return path + ": length"
	}
	for i := range a.Pairs {
		name := path + "." + a.Pairs[i].Key.Text
		if d := differ(a.Pairs[i].Key, b.Pairs[i].Key, name+" (key)"); d != "" {
			return d
		}
		if d := differ(a.Pairs[i].Value, b.Pairs[i].Value, name); d != "" {
			return d
		}
	}
	for i := range a.Items {
		if d := differ(a.Items[i], b.Items[i], path+"[]"); d != "" {
			return d
		}
	}
	return ""
}

func write(t *testing.T, docs ...*Node) string {
	t.Helper()
	var b strings.Builder
	if err := Write(&b, docs...); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestCanonicalLayout writes each testdata/parse/*.yaml anew.
func TestCanonicalLayout(t *testing.T) {
	names, err := filepath.Glob("testdata/parse/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatalf("no test files: %v", err)
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, strings.TrimSuffix(name, ".yaml")+".canonical", write(t, parse(t, string(text))...))
		})
	}
}

func TestNodesMadeInCode(t *testing.T) {
	commands := NewSequence(
		NewMapping().Set("CommandLine", NewScalar("cmd /c echo ready")).Set("Description", NewScalar("Say: ready")),
		NewMapping(), NewSequence(), NewSequence(NewPlain("1"), NewSequence(NewScalar("1"))))
	commands.Items[0].Comment = Comment{Head: []string{"first", Blank, "#### rule"}, Line: "behind", Foot: []string{"foot"}}
	doc := NewMapping().Set("version", NewScalar("reseal/v1")).Set("empty", &Node{Empty: true})
	doc.Set("commands", commands).Set("empty", NewMapping())
	doc.Comment = Comment{Head: []string{Blank, "one\r\ntwo \x02"}, Line: "line\nof text", Foot: []string{Blank, "end"}}
	doc.Pairs[2].Key.Comment.Line = "key"
	doc.Pairs[2].Value.Comment.Line = "value"
	doc.Pairs[1].Value.Tag = "!replace"
	want := `# one
# two \x02
# line of text
version: reseal/v1
empty: !replace {}
commands: # key # value
  # first

  ##### rule
  - # behind
    CommandLine: cmd /c echo ready
    Description: 'Say: ready'
  # foot
  - {}
  - []
  - - 1
    - - '1'

# end
`
	if got := write(t, doc); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if again := write(t, parse(t, want)...); again != want {
		t.Errorf("read and written again\n%s", again)
	}
}

func TestRootsOfEveryKind(t *testing.T) {
	tagged := NewMapping().Set("a", NewPlain("1"))
	tagged.Tag = "!t"
	list := NewSequence(NewScalar("x\ny\n"))
	list.Tag = "tag:example.com,2026:a b!"
	commented := NewScalar("x")
	commented.Comment = Comment{Head: []string{"head"}, Line: "line", Foot: []string{"foot"}}
	want := "!t\na: 1\n---\n!<tag:example.com%2C2026:a%20b!>\n- |\n  x\n  y\n---\n# head\nx # line\n# foot\n---\n[]\n---\n|-\n  a\n  b\n"
	got := write(t, tagged, list, commented, NewSequence(), NewScalar("a\nb"))
	if got != want {
		t.Fatalf("got\n%s\nwant\n%s", got, want)
	}
	docs := parse(t, got)
	for i, made := range []*Node{tagged, list, commented, NewSequence(), NewScalar("a\nb")} {
		if d := differ(made, docs[i], "$"); d != "" {
			t.Errorf("document %d differs at %s", i, d)
		}
	}
}

func TestLongKeys(t *testing.T) {
	key := strings.Repeat("ä", longestKey+1)
	doc := NewMapping().Set(key, NewMapping().Set(key[:100], NewScalar("x"))).Set("k", NewScalar("y"))
	out := write(t, doc)
	if !strings.HasPrefix(out, "? ") {
		t.Errorf("no question mark before a key of %d characters", longestKey+1)
	}
	if d := differ(doc, parse(t, out)[0], "$"); d != "" {
		t.Error("differs at " + d)
	}
}

func TestTextThatIsNotUTF8IsRefused(t *testing.T) {
	for _, doc := range []*Node{NewScalar("a\xff"), NewMapping().Set("\xff", NewScalar("a")), NewSequence(NewPlain("a\n\xff\nb"))} {
		var b strings.Builder
		if err := Write(&b, doc); err == nil || b.Len() > 0 {
			t.Errorf("error %v, %d bytes written", err, b.Len())
		}
	}
}

// FuzzWriteRoundTrip holds that what Write writes reads back as the same, and
// that writing it again changes no byte.
func FuzzWriteRoundTrip(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		docs, diags := Parse(source.NewFile("in.yaml", []byte(text)))
		if len(diags.All) > 0 {
			return
		}
		out := write(t, docs...)
		again, diags := Parse(source.NewFile("out.yaml", []byte(out)))
		if len(diags.All) > 0 {
			t.Fatalf("%q is written as\n%s\nand refused: %v %s", text, out, diags.All[0].Span.Position(), diags.All[0].Message)
		}
		if len(again) != len(docs) {
			t.Fatalf("%d documents, want %d:\n%s", len(again), len(docs), out)
		}
		for i := range docs {
			if d := differ(docs[i], again[i], "$"); d != "" {
				t.Fatalf("%q is written as\n%s\nand differs at %s\n%s\n%s", text, out, d, outline(docs[i]), outline(again[i]))
			}
		}
		if second := write(t, again...); second != out {
			t.Fatalf("written again, %q becomes %q", out, second)
		}
	})
}
