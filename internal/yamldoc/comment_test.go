package yamldoc

import "testing"

// TestCommentsStayWhereTheyBelong reads comments in unusual places and writes
// them in the canonical layout, which shows what they were attached to.
func TestCommentsStayWhereTheyBelong(t *testing.T) {
	cases := []struct{ name, text, want string }{
		{"behind closed braces", "{a: 1} # c\n", "a: 1\n# c\n"},
		{"below closed braces", "{a: 1, b: 2}\n# c\n", "a: 1\nb: 2\n# c\n"},
		{"below nested brackets", "[[a], [b]]\n\n# c\n", "- [a]\n- [b]\n\n# c\n"},
		{"behind brackets over lines", "a: [\n  1\n] # c\nb: 2\n", "a: [1] # c\nb: 2\n"},
		{"two behind one value", "a: [ # one\n  1] # two\n", "a: # one # two\n  - 1\n"},
		{"behind a key with its value below", "a: # c\n  one\nb: 2\n", "a: one # c\nb: 2\n"},
		{"between a key and its value", "a:\n  # c\n  one\nb: 2\n", "# c\na: one\nb: 2\n"},
		{"between a key and its brackets", "a:\n  # c\n  [1]\nb: 2\n", "# c\na: [1]\nb: 2\n"},
		{"between a key and its tagged mapping", "a:\n  # c\n  !t\n  b: 1\n", "# c\na: !t\n  b: 1\n"},
		{"between a dash and its value", "-\n  # c\n  one\n- two\n", "# c\n- one\n- two\n"},
		{"an empty line behind the first dash", "- \n\n#\n 0", "#\n- 0\n"},
		{"behind a dash", "- # c\n  a: 1\n", "- # c\n  a: 1\n"},
		{"behind a block's indicator", "a: | # c\n  one # text\n  # text\n", "a: | # c\n  one # text\n  # text\n"},
		{"below a block", "a: |\n  one\n# c\nb: 2\n", "a: |\n  one\n# c\nb: 2\n"},
		{"indented deeper than what follows", "a:\n  b: 1\n  # c\nd: 2\n", "a:\n  b: 1\n  # c\nd: 2\n"},
		{"two levels end", "a:\n  b:\n    c: 1\n    # of c\n  # of b\nd: 2\n", "a:\n  b:\n    c: 1\n    # of c\n  # of b\nd: 2\n"},
		{"indented between two levels", "a:\n    b: 1\n  # c\nd: 2\n", "a:\n  b: 1\n# c\nd: 2\n"},
		{"deeper than the first part below", "a:\n      # c\n  b: 1\n", "a:\n  # c\n  b: 1\n"},
		{"indented at the end", "a:\n  b: 1\n  # c\n", "a:\n  b: 1\n  # c\n"},
		{"not indented at the end", "a:\n  b: 1\n# c\n", "a:\n  b: 1\n# c\n"},
		{"lists at their key's column", "a:\n- 1\n# c\n- 2\n# d\nb: 3\n", "a:\n  - 1\n  # c\n  - 2\n# d\nb: 3\n"},
		{"in empty brackets", "a: [\n  # c\n]\nb: 1\n", "a: []\n# c\nb: 1\n"},
		{"last in brackets", "a: [1,\n  # c\n]\nb: 1\n", "a:\n  - 1\n  # c\nb: 1\n"},
		{"first in brackets", "a: [\n  # c\n  1]\n", "a:\n  # c\n  - 1\n"},
		{"behind an alias", "a: &x [1]\nb: *x # c\n", "a: [1]\nb: [1] # c\n"},
		{"above a merge", "a: &x {b: 1}\nc:\n  # c\n  <<: *x\n", "a: { b: 1 }\nc:\n  # c\n  b: 1\n"},
		{"behind an item in braces", "- {a: 1}   # c\n- # d\n  [2]\n-\n  # e\n  [3]\n", "- { a: 1 } # c\n- [2] # d\n# e\n- [3]\n"},
		{"around braces", "a:\n  # h\n  b: {c: 1} # l\n  # f\n# g\nd: [{e: f}]\n  # z\n", "a:\n  # h\n  b: { c: 1 } # l\n  # f\n# g\nd: [{ e: f }]\n# z\n"},
		{"in one of many brackets", "a: {b: [1, 2], c: [ # c\n 3], d: {e: 4}}\n", "a:\n  b: [1, 2]\n  c: # c\n    - 3\n  d: { e: 4 }\n"},
		{"an empty line in brackets", "a: [1,\n\n2]\n", "a:\n  - 1\n\n  - 2\n"},
		{"around a scalar document", "# one\ntext # two\n# three\n", "# one\ntext # two\n# three\n"},
		{"around an empty document", "# one\n{}\n\n# two\n", "# one\n{}\n\n# two\n"},
		{"behind a document's start", "--- # c\na: 1\n", "# c\na: 1\n"},
		{"between documents", "a: 1\n# of a\n---\n# of b\nb: 2\n", "a: 1\n# of a\n---\n# of b\nb: 2\n"},
		{"empty lines", "\n\na: 1\n\n\n\nb:\n\n  c: 2\n\n", "a: 1\n\nb:\n\n  c: 2\n"},
		{"empty lines around a key", "a: 1\n\nb:\n\n  # c\n  one\n", "a: 1\n\n# c\nb: one\n"},
		{"paragraphs", "# one\n#\n# two\n\n# three\n\na: 1\n", "# one\n#\n# two\n\n# three\n\na: 1\n"},
		{"signs of its own", "#one\n##two\n###\n#  three\n#!four\na: 1 #five\n", "# one\n##two\n###\n#  three\n# !four\na: 1 # five\n"},
		{"no comment at all", "a: b#c\nd: '# e'\nf: \"#\"\ng: http://h/#i\n", "a: b#c\nd: '# e'\nf: '#'\ng: http://h/#i\n"},
	}
	for _, c := range cases {
		got := write(t, parse(t, c.text)...)
		if got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
			continue
		}
		if again := write(t, parse(t, got)...); again != got {
			t.Errorf("%s: the second time\n%s", c.name, again)
		}
	}
}
