package yamldoc

import (
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
