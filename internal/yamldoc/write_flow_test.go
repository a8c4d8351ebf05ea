package yamldoc

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// TestFlowStyleStays writes what stands in braces and brackets anew: in flow
// style where one line can hold it.
func TestFlowStyleStays(t *testing.T) {
	cases := []struct{ name, text, want string }{
		{"blanks", "a: {b: 1,c: [ 2,3 ],}\n", "a: { b: 1, c: [2, 3] }\n"},
		{"as items", "- {a: 1}\n-   [b]\n- - [c]\n  - {}\n", "- { a: 1 }\n- [b]\n- - [c]\n  - {}\n"},
		{"nothing between brackets", "a: { }\nb: [ ]\nc: [{ }, [ ]]\n", "a: {}\nb: []\nc: [{}, []]\n"},
		{"over lines", "a: {\n  b: 1,\n  c: one\n    two\n}\n", "a: { b: 1, c: one two }\n"},
		{"pairs in brackets", "a: [b: c, ? d : e]\n", "a: [{ b: c }, { d: e }]\n"},
		{"documents", "{a: 1}\n---\n!t [b, c]\n", "{ a: 1 }\n---\n!t [b, c]\n"},
		{"tags", "a: !replace {b: !t c, !t d: !remove []}\n", "a: !replace { b: !t c, !t d: !remove [] }\n"},
		{"values left out", "a: {b, c: , d: 'e', f: }\n", "a: { b: , c: , d: e, f: }\n"},
		{"a value left out with a tag", "a: {b: !t , c: d}\n", "a:\n  b: !t\n  c: d\n"},
		{"an item left out", "a: [!t , b]\n", "a:\n  - !t\n  - b\n"},
		{"aliases written out", "a: &x {b: 1}\nc: [*x, {<<: *x, d: 2}]\n", "a: { b: 1 }\nc: [{ b: 1 }, { d: 2, b: 1 }]\n"},
		{"several lines of text", "a: {b: \"c\\nd\"}\n", "a:\n  b: |-\n    c\n    d\n"},
		{"a line break that is text", "a: [\"\\n\", [b]]\n", "a:\n  - \"\\n\"\n  - [b]\n"},
		{"a key with a line break", "a: {\"b\\nc\": d}\n", "a:\n  \"b\\nc\": d\n"},
		{"block style", "a:\n  b:\n    - 1\n", "a:\n  b:\n    - 1\n"},
		{"braces in block style", "a:\n  - b: {c: 1}\n    d: 2\n", "a:\n  - b: { c: 1 }\n    d: 2\n"},
	}
	for _, c := range cases {
		docs := parse(t, c.text)
		got := write(t, docs...)
		if got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
			continue
		}
		again := parse(t, got)
		for i := range docs {
			if d := differ(docs[i], again[i], "$"); d != "" {
				t.Errorf("%s: read again, it differs at %s", c.name, d)
			}
		}
		if second := write(t, again...); second != got {
			t.Errorf("%s: the second time\n%s", c.name, second)
		}
	}
}

func TestQuotesInFlowStyle(t *testing.T) {
	for text, want := range map[string]string{
		"word":          "word",
		"two words":     "two words",
		"a, b":          "'a, b'",
		"a,b":           "'a,b'",
		"[x]":           "'[x]'",
		"x]":            "'x]'",
		"a{b":           "'a{b'",
		"a}":            "'a}'",
		"really?":       "'really?'",
		"?x":            "'?x'",
		":x":            "':x'",
		"a:b":           "a:b",
		"C:\\Windows":   "C:\\Windows",
		"http://h/p#q":  "http://h/p#q",
		"-x":            "-x",
		"a: b":          "'a: b'",
		"true":          "'true'",
		"it's, {here}":  "'it''s, {here}'",
		"":              "''",
		"a\r,b":         `"a\r,b"`,
		"%TEMP%":        "'%TEMP%'",
		"0409:00000409": "0409:00000409",
	} {
		doc := NewMapping().Set("k", NewSequence(NewScalar(text), NewMapping().Set(text, NewScalar(text))))
		doc.Get("k").Flow = true
		got := write(t, doc)
		if want := "k: [" + want + ", { " + want + ": " + want + " }]\n"; got != want {
			t.Errorf("%q is written\n%swant\n%s", text, got, want)
		}
		if d := differ(doc, parse(t, got)[0], "$"); d != "" {
			t.Errorf("%q differs at %s", text, d)
		}
	}
}

// TestFlowStyleEndsWhereTheLineIsFull counts characters, not bytes, and the
// comment behind the bracket not at all.
func TestFlowStyleEndsWhereTheLineIsFull(t *testing.T) {
	for _, before := range []string{"k: ", "k: !tag ", "- ", "k:\n  - ", "k:\n  - !tag ", ""} {
		line := utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])
		fits := before + "[" + strings.Repeat("ä", widest-line-len("[, x]")) + ", x]"
		for _, text := range []string{fits + "\n", fits + " # comment\n"} {
			if before == "" && strings.Contains(text, "#") {
				continue // a comment of the document
			}
			if got := write(t, parse(t, text)...); got != text {
				t.Errorf("%d columns are written\n%s", widest, got)
			}
		}
		long := strings.Replace(fits, "x]", "xx]", 1) + "\n"
		got := write(t, parse(t, long)...)
		if !strings.Contains(got, "- xx\n") || strings.ContainsAny(got, "[]") {
			t.Errorf("%d columns are written\n%s", widest+1, got)
		}
		if again := write(t, parse(t, got)...); again != got {
			t.Errorf("and again\n%s", again)
		}
	}
}

func TestPartsOfWhatIsTooLongStayInFlowStyle(t *testing.T) {
	long := strings.Repeat("x", widest)
	want := "a:\n  b: [1, 2]\n  c:\n    - d\n    - " + long + "\n    - { e: f }\n"
	if got := write(t, parse(t, "a: {b: [1, 2], c: [d, "+long+", {e: f}]}\n")...); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestFlowStyleOfNodesMadeInCode(t *testing.T) {
	disk := NewMapping().Set("Order", NewPlain("1")).Set("Label", NewScalar("System, boot"))
	disk.Flow = true
	commented := NewSequence(NewPlain("1"))
	commented.Flow = true
	commented.Items[0].Comment.Line = "one"
	inner := NewSequence(NewMapping().Set("a", NewSequence(NewScalar("b"))))
	inner.Flow = true
	doc := NewMapping().Set("disks", NewSequence(disk, commented)).Set("inner", inner).Set("none", NewMapping())
	want := "disks:\n  - { Order: 1, Label: 'System, boot' }\n  - - 1 # one\ninner: [{ a: [b] }]\nnone: {}\n"
	got := write(t, doc)
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if again := parse(t, got)[0]; !again.Get("disks").Items[0].Flow || again.Get("disks").Flow || again.Flow || !again.Get("inner").Flow {
		t.Error("Parse tells flow style wrongly")
	}
}

func TestATextThatIsNotUTF8IsRefusedInFlowStyle(t *testing.T) {
	for _, doc := range []*Node{NewSequence(NewScalar("a\xff")), NewMapping().Set("\xff", NewScalar("a"))} {
		doc.Flow = true
		var b strings.Builder
		if err := Write(&b, doc); err == nil || b.Len() > 0 {
			t.Errorf("error %v, %d bytes written", err, b.Len())
		}
	}
}

// BenchmarkWriteNestedFlow holds deep brackets that no line can take: every
// level asks anew whether it fits.
func BenchmarkWriteNestedFlow(b *testing.B) {
	n := NewScalar(strings.Repeat("x", widest))
	for range 900 {
		n = NewSequence(n, NewScalar("y"))
		n.Flow = true
	}
	for b.Loop() {
		if err := Write(&strings.Builder{}, n); err != nil {
			b.Fatal(err)
		}
	}
}
