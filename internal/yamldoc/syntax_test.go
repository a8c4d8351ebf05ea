package yamldoc

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/source"
)

// refused are texts with what is said about them, a line a diagnostic:
// "LINE:COLUMN RULE: message", and the text of the place in ⟦ ⟧.
var refused = []struct{ text, want string }{
	{"", "1:1 yaml-syntax: the file is empty ⟦⟧"},
	{"# c\n", "1:1 yaml-syntax: the file holds nothing but blanks, comments and document marks ⟦⟧"},
	{"---\n---\n", "1:1 yaml-syntax: the file holds nothing but blanks, comments and document marks ⟦⟧"},

	{"a: [1, 2\nb: 3\n", "1:4 yaml-syntax: the bracket [ is not closed, or a comma is missing behind it ⟦[⟧"},
	{"x: 1\na: {b: 1", "2:4 yaml-syntax: the bracket { is not closed, or a comma is missing behind it ⟦{⟧"},
	{"a: [\n", "1:4 yaml-syntax: the bracket [ is not closed, or a comma is missing behind it ⟦[⟧"},
	{"a: ['x' 'y']\n", "1:4 yaml-syntax: the bracket [ is not closed, or a comma is missing behind it ⟦[⟧"},
	{"a: [x, , y]\n", "1:8 yaml-syntax: a value is missing before the , ⟦,⟧"},
	{"a: ]\n", "1:4 yaml-syntax: a value is missing before the ] ⟦]⟧"},
	{"a: {{ x }}\n", "1:5 yaml-syntax: a mapping cannot be a key ⟦{ x }⟧"},
	{"? [a]\n: b\n", "1:3 yaml-syntax: a list cannot be a key ⟦[a]⟧"},

	{"a: 1\n  b: 2\n", "2:3 yaml-syntax: the line is indented as if it belonged to the value above, which is complete ⟦b: 2⟧"},
	{"a:\n    b: 1\n  c: 2\nd: 1\n", "3:3 yaml-syntax: the line is indented by 2, which none of the lines above it is that it could stand beside ⟦c: 2⟧"},
	{"- a\n- b\nc: 1\n", "3:1 yaml-syntax: the line stands in a list but does not start with a dash ⟦c: 1⟧"},
	{"a:\n  - b\n c: 1\n", "3:2 yaml-syntax: the line is indented by 1, which none of the lines above it is that it could stand beside ⟦c: 1⟧"},
	{"a: 1\n- b\n", "2:1 yaml-syntax: a list item stands where the mapping above needs a key ⟦- b⟧"},
	{"a: 1\n# c\n\nfoo\nb: 2\n", "4:1 yaml-syntax: the line has no key with a colon and a blank behind it ⟦foo⟧"},
	{": b\n", "1:1 yaml-syntax: the key before the colon is missing ⟦:⟧"},
	{"a: {: b}\n", "1:4 yaml-syntax: the bracket { is not closed, or a comma is missing behind it ⟦{⟧"},
	{"a: - b\n", "1:4 yaml-syntax: a list cannot start on the line of its key ⟦-⟧"},
	{"{a: 1}\nb: 2\n", "2:1 yaml-syntax: text stands behind the end of the document ⟦b: 2⟧"},
	{"a: &x 1\nb: *x foo\n", "2:1 yaml-syntax: text stands behind a value that is complete, or a key is missing ⟦b: *x foo⟧"},
	{"%FOO\n---\na: 1\n", "1:1 yaml-syntax: the line cannot be read as YAML (found unknown directive name) ⟦%FOO⟧"},
	{"a: &a [*a]\n", "1:8 yaml-syntax: the alias *a stands inside the value that it stands for ⟦*a⟧"},
	{"<<: x\n", "1:5 yaml-syntax: the merge key << takes a mapping or a list of mappings, not a scalar ⟦x⟧"},
	{"x: &x {a: 1}\n<<: *x\n<<: *x\n", "3:1 yaml-duplicate-key: the merge key << stands a second time in this mapping ⟦<<⟧"},
	{"a: 1\nb: {c: 1, c: 2}\na: 2\n", "2:11 yaml-duplicate-key: the key \"c\" stands a second time in this mapping ⟦c⟧\n3:1 yaml-duplicate-key: the key \"a\" stands a second time in this mapping ⟦a⟧"},
	{"a: 1\nA: 1\n'b': 1\nb: 2\n", "4:1 yaml-duplicate-key: the key \"b\" stands a second time in this mapping ⟦b⟧"},

	{"a: 'b': c\n", "1:7 yaml-syntax: the colon starts a value where none can stand ⟦:⟧"},
	{"'a' : b : c\n", "1:7 yaml-unquoted-special: the value holds a colon and a blank, which YAML takes for another key ⟦b : c⟧"},
	{"x: 1\n- a: b\n", "2:1 yaml-syntax: a list item stands where the mapping above needs a key ⟦- a: b⟧"},
	{"- 'a' b\n- c\n", "1:7 yaml-syntax: text stands behind the closing quote ⟦b⟧"},
	{"a:\n  - 1\n  b\nc: 1\n", "3:3 yaml-syntax: the line has no key with a colon and a blank behind it ⟦b⟧"},
	{"a: x\n\ty\n", "2:1 yaml-tab-indentation: a tab stands where YAML counts blanks ⟦\t⟧"},
	{"a:\n  x\n\ty\n", "3:1 yaml-tab-indentation: a tab stands where YAML counts blanks ⟦\t⟧"},
	{"a: |0\n x\n", "1:4 yaml-unquoted-special: a value that starts with | is a block of lines to YAML, whose text starts on the next line ⟦|0⟧"},
	{"a: &b c: d\n", "1:4 yaml-unquoted-special: the value holds a colon and a blank, which YAML takes for another key ⟦&b c: d⟧"},
	{"'a\nb': c\n", "2:1 yaml-syntax: the line is indented as if it belonged to the value above, which is complete ⟦b': c⟧"},
	{"[a]: b\n", "1:1 yaml-syntax: a list cannot be a key ⟦[a]⟧"},
	{"a: 'b\n---\nc'\n", "1:4 yaml-syntax: the quote ' is not closed ⟦'⟧"},
	{"%YAML 1.1\n%YAML 1.1\n---\na\n", "2:1 yaml-syntax: the line cannot be read as YAML (found duplicate %YAML directive) ⟦%YAML 1.1⟧"},
	{"a: \"\\", "1:4 yaml-syntax: the quote \" is not closed ⟦\"⟧\n1:5 yaml-backslash-in-double-quotes: a backslash in double quotes starts no escape that YAML knows here ⟦\\⟧"},
	{"a: [b, {c: d]\n", "1:4 yaml-syntax: the bracket [ is not closed, or a comma is missing behind it ⟦[⟧"},

	{"a: 'it's'\n", "1:8 yaml-syntax: text stands behind the closing quote ⟦s'⟧"},
	{"a: \"x\" y\n", "1:8 yaml-syntax: text stands behind the closing quote ⟦y⟧"},
	{"a: \"x\nb: 1\n", "1:4 yaml-syntax: the quote \" is not closed ⟦\"⟧"},
	{"x: 'ok'\na: 'x\nb: 1\n", "2:4 yaml-syntax: the quote ' is not closed ⟦'⟧"},
	{"p: \"C:\\\"\nb: 1\n", "1:4 yaml-syntax: the quote \" is not closed ⟦\"⟧"},

	{"a: \x01b\x7f\n", "1:4 yaml-syntax: the character U+0001 may not stand in YAML ⟦\x01⟧\n1:6 yaml-syntax: the character U+007F may not stand in YAML ⟦\x7f⟧"},
	{"ä: \xffx\n", "1:4 yaml-encoding: the byte 0xFF is no UTF-8 ⟦\xff⟧"},
	{"PK\x03\x04\x14\x00", "1:1 not-text: the file is a ZIP archive, neither a profile nor an answer file ⟦⟧"},
	{"\x1f\x8b\x08\x00", "1:1 not-text: the file is a gzip archive, neither a profile nor an answer file ⟦⟧"},
	{"a\x00b: c", "1:2 not-text: the file is not a text: it holds a NUL byte ⟦\x00⟧"},
	{"\xff\xfea\x00:\x00", "1:1 yaml-encoding: the file is UTF-16 (little endian), but YAML must be UTF-8 here ⟦⟧"},
	{"\xfe\xff\x00a", "1:1 yaml-encoding: the file is UTF-16 (big endian), but YAML must be UTF-8 here ⟦⟧"},
	{"a\x00:\x00", "1:1 yaml-encoding: the file is UTF-16 (little endian), but YAML must be UTF-8 here ⟦⟧"},
	{"\x00a\x00:", "1:1 yaml-encoding: the file is UTF-16 (big endian), but YAML must be UTF-8 here ⟦⟧"},
	{"\xff\xfe\x00\x00a\x00\x00\x00", "1:1 yaml-encoding: the file is UTF-32, but YAML must be UTF-8 here ⟦⟧"},
}

func say(d *diag.Diagnostic) string {
	return fmt.Sprintf("%d:%d %s: %s ⟦%s⟧", d.Span.Position().Line, d.Span.Position().Column, d.Rule, d.Message, d.Span.Text())
}

func TestRefusedTextsAreExplained(t *testing.T) {
	for _, c := range refused {
		_, diags := Parse(source.NewFile("in.yaml", []byte(c.text)))
		var got []string
		for _, d := range diags.All {
			got = append(got, say(d))
			if d.Severity != diag.Error || d.Help == "" || d.Why == "" {
				t.Errorf("%q: severity %v, help %q", c.text, d.Severity, d.Help)
			}
		}
		if s := strings.Join(got, "\n"); s != c.want {
			t.Errorf("%q: got\n%s\nwant\n%s", c.text, s, c.want)
		}
	}
}

// mendable are texts whose errors do not hide what stands behind them: each is
// reported, the rest is read, and its fixes make the text readable.
var mendable = []struct{ text, want, fixed string }{
	{"a: @x # c\nb: `y\n", "1:4 yaml-unquoted-special: a value without quotes cannot start with @ ⟦@x⟧\n2:4 yaml-unquoted-special: a value without quotes cannot start with ` ⟦`y⟧", "a: '@x' # c\nb: '`y'\n"},
	{"a: %t\nb: [x, @y, z]\n", "1:4 yaml-unquoted-special: a value without quotes cannot start with % ⟦%t⟧\n2:8 yaml-unquoted-special: a value without quotes cannot start with @ ⟦@y⟧", "a: '%t'\nb: [x, '@y', z]\n"},
	{"computerName: *\nb: *it's\nc: *pw\n", "1:15 yaml-unquoted-special: a value that starts with * is an alias to YAML, and this is no valid one ⟦*⟧\n2:4 yaml-unquoted-special: a value that starts with * is an alias to YAML, and this is no valid one ⟦*it's⟧\n3:4 yaml-unquoted-special: a value that starts with * is an alias to YAML, and no anchor of that name stands above it ⟦*pw⟧", "computerName: '*'\nb: '*it''s'\nc: '*pw'\n"},
	{"a: & x\n", "1:4 yaml-unquoted-special: a value that starts with & is an anchor to YAML, and this is no valid one ⟦& x⟧", "a: '& x'\n"},
	{"a: !<x y\nb: !foo!bar x\n", "1:4 yaml-unquoted-special: a value that starts with ! is a tag to YAML, and this is no valid one ⟦!<x y⟧\n2:4 yaml-unquoted-special: a value that starts with ! is a tag to YAML, and this is no valid one ⟦!foo!bar x⟧", "a: '!<x y'\nb: '!foo!bar x'\n"},
	{"a: > foo\nb: |x\n", "1:4 yaml-unquoted-special: a value that starts with > is a block of lines to YAML, whose text starts on the next line ⟦> foo⟧\n2:4 yaml-unquoted-special: a value that starts with | is a block of lines to YAML, whose text starts on the next line ⟦|x⟧", "a: '> foo'\nb: '|x'\n"},
	{"a: [| x]\n", "1:5 yaml-unquoted-special: a value between brackets cannot start with | ⟦| x⟧", "a: ['| x']\n"},
	{"a: ? b\n", "1:4 yaml-unquoted-special: a value without quotes cannot start with a question mark and a blank ⟦? b⟧", "a: '? b'\n"},
	{"a: b: c # d\ne: f\n", "1:4 yaml-unquoted-special: the value holds a colon and a blank, which YAML takes for another key ⟦b: c⟧", "a: 'b: c' # d\ne: f\n"},
	{"p: \"C:\\Setup\\x\"\nq: \"\\d\\w's\"\n", "1:7 yaml-backslash-in-double-quotes: a backslash in double quotes starts no escape that YAML knows here ⟦\\S⟧\n2:5 yaml-backslash-in-double-quotes: a backslash in double quotes starts no escape that YAML knows here ⟦\\d⟧", "p: 'C:\\Setup\\x'\nq: '\\d\\w''s'\n"},
	{"p: \"\\xZZ\"\nq: \"\\ud800\"\n", "1:5 yaml-backslash-in-double-quotes: a backslash in double quotes starts no escape that YAML knows here ⟦\\x⟧\n2:5 yaml-backslash-in-double-quotes: a backslash in double quotes starts no escape that YAML knows here ⟦\\u⟧", "p: '\\xZZ'\nq: '\\ud800'\n"},
	{"p: \"run C:\\temp\\new now\"\nq: \"%windir%\\notepad\"\n", "1:11 yaml-backslash-in-double-quotes: the path's backslash is an escape to YAML in double quotes, so the value is no path ⟦\\t⟧\n2:13 yaml-backslash-in-double-quotes: the path's backslash is an escape to YAML in double quotes, so the value is no path ⟦\\n⟧", "p: 'run C:\\temp\\new now'\nq: '%windir%\\notepad'\n"},
	{"a:\n\tb: 1\n \tc: 2\n", "2:1 yaml-tab-indentation: a tab stands where YAML counts blanks ⟦\t⟧\n3:2 yaml-tab-indentation: a tab stands where YAML counts blanks ⟦\t⟧", "a:\n  b: 1\n   c: 2\n"},
	{"a:\n\t- 1\n\t- 2\n", "2:1 yaml-tab-indentation: a tab stands where YAML counts blanks ⟦\t⟧\n3:1 yaml-tab-indentation: a tab stands where YAML counts blanks ⟦\t⟧", "a:\n  - 1\n  - 2\n"},
	{"a: |\n\tx\nb: @\n", "2:1 yaml-tab-indentation: a tab stands where YAML counts blanks ⟦\t⟧", "a: |\n  x\nb: @\n"},
	{"-\ta: 1\n", "1:2 yaml-tab-indentation: a tab stands where YAML counts blanks ⟦\t⟧", "-  a: 1\n"},
}

func TestMendableErrorsAreAllReportedWithFixes(t *testing.T) {
	for _, c := range mendable {
		_, diags := Parse(source.NewFile("in.yaml", []byte(c.text)))
		var got []string
		fixed := c.text
		for i := len(diags.All) - 1; i >= 0; i-- {
			d := diags.All[i]
			got = append([]string{say(d)}, got...)
			if d.Fix == nil {
				t.Errorf("%q: no fix for %s", c.text, say(d))
				continue
			}
			for _, e := range slices.Backward(d.Fix.Edits) {
				fixed = fixed[:e.Span.Start] + e.Text + fixed[e.Span.End:]
			}
		}
		if s := strings.Join(got, "\n"); s != c.want {
			t.Errorf("%q: got\n%s\nwant\n%s", c.text, s, c.want)
		}
		if fixed != c.fixed {
			t.Errorf("%q: fixed to %q, want %q", c.text, fixed, c.fixed)
		}
	}
}

func TestMendedValuesKeepTheirText(t *testing.T) {
	docs, diags := Parse(source.NewFile("in.yaml", []byte("a: @x\nb: \"C:\\Setup\"\nc: *\nd: x: y\ne: 1\n")))
	if len(docs) != 1 || len(diags.All) != 4 {
		t.Fatalf("%d documents, %d problems", len(docs), len(diags.All))
	}
	for key, want := range map[string]string{"a": "@x", "b": `C:\Setup`, "c": "*", "d": "x: y", "e": "1"} {
		if got := docs[0].Get(key).Text; got != want {
			t.Errorf("%s: %q, want %q", key, got, want)
		}
	}
}

func TestIntendedEscapesPass(t *testing.T) {
	for _, text := range []string{`a: "one\ttwo\n"`, `a: "C:\\temp\\new"`, `a: "C:\\a.cmd\nC:\\b.cmd"`, `a: "\\\\server\\tools"`, `a: "say \"C:\\x\""`, `a: "100%\n"`} {
		if _, diags := Parse(source.NewFile("in.yaml", []byte(text))); len(diags.All) > 0 {
			t.Errorf("%s: %s", text, say(diags.All[0]))
		}
	}
}

func TestMessagesDoNotShowValues(t *testing.T) {
	for _, text := range []string{"Password: *hunter2\n", "Password: @hunter2\n", "Password: hunter2: x\n", "Password hunter2\nb: 1\n", "Password: \"\\hunter2\"\n", "Password: 'a'hunter2\n", "Password: !hunter2! y\n"} {
		_, diags := Parse(source.NewFile("in.yaml", []byte(text)))
		if len(diags.All) == 0 {
			t.Errorf("%q passes", text)
		}
		for _, d := range diags.All {
			said := d.Message + d.Help + d.Why
			if d.Fix != nil {
				for _, e := range d.Fix.Edits {
					said += e.Text
				}
			}
			if strings.Contains(said, "unter2") {
				t.Errorf("%q: shown in %q", text, said)
			}
		}
	}
}
