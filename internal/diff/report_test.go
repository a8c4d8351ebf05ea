package diff

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/source"
)

func TestTextIsATreeOfWhatDiffers(t *testing.T) {
	a, b := read("a.xml", sample()), read("b.xml", strings.NewReplacer(
		"<ComputerName>PC1", "<ComputerName>PC2",
		command("2", "b"), "",
		">v</Name>", ">w</Name>",
		"throw-away", "thrown",
		`path="p"`, `path="q"`,
		"<TimeZone>UTC</TimeZone>", "").Replace(sample()))
	text, _ := shown(t, &Report{A: "a.xml", B: "b.xml", Outputs: []Output{{Changes: Compare(a, b)}, {Suffix: "-x86", OnlyA: true}, {Suffix: "-arm64", OnlyB: true}}})
	const want = `output (single)
  Extensions
    File
~     @path: p -> q  (a.xml:1, b.xml:1)
  specialize
    Microsoft-Windows-Shell-Setup@amd64
~     ComputerName: PC1 -> PC2  (a.xml:1, b.xml:1)
    Microsoft-Windows-Shell-Setup@x86
-     TimeZone: UTC  (a.xml:1)
  oobeSystem
    Microsoft-Windows-Shell-Setup
      FirstLogonCommands
-       SynchronousCommand[2]
-         CommandLine: b  (a.xml:1)
      UserAccounts
        LocalAccounts
          LocalAccount[u]
            Password
~             Value: ******** (differs in a hidden part)  (a.xml:1, b.xml:1)
-         LocalAccount[v]
-           Name: v  (a.xml:1)
+         LocalAccount[w]
+           Name: w  (b.xml:1)
- output -x86: b.xml has none
+ output -arm64: a.xml has none
2 added, 4 removed, 3 changed
`
	if text != want {
		t.Errorf("got\n%s\nwant\n%s", text, want)
	}
}

func TestJSONHasTheSidesThatThereAre(t *testing.T) {
	a, b := read("a.xml", commands(command("1", "a"), command("2", "b"), command("3", "c"))), read("b.xml", commands(command("1", "c"), command("2", "a"), command("3", "b"), command("4", "")))
	_, doc := shown(t, &Report{A: "a.xml", B: "b.xml", Outputs: []Output{{Suffix: "-x", Changes: Compare(a, b)}, {OnlyB: true}}})
	for _, want := range []string{`"schema": "reseal/diff/v1"`, `"kind": "moved"`, `"a": "3"`, `"b": "1"`, `"output": "-x"`, `"atA": "a.xml:1:522"`, `"kind": "added",
      "output": "(single)",
      "pass": ""`} {
		if !strings.Contains(doc, want) {
			t.Errorf("%s is missing in\n%s", want, doc)
		}
	}
	if _, doc := shown(t, &Report{A: "a", B: "b", Outputs: []Output{{}}}); !strings.Contains(doc, `"changes": []`) {
		t.Errorf("no change is an empty list:\n%s", doc)
	}
}

func TestValuesAreShownOnOneLine(t *testing.T) {
	long := strings.Repeat("x", 200)
	cases := []struct {
		change Change
		want   string
	}{
		{Change{Kind: Changed, A: "", B: "a b"}, `: "" -> a b`},
		{Change{Kind: Changed, A: "a ", B: "a\n\x1b[2J"}, `: "a " -> "a\n\x1b[2J"`},
		{Change{Kind: Changed, A: long + "1", B: long + "2"}, ": …" + long[:30] + "1 -> …" + long[:30] + "2"},
		{Change{Kind: Added, B: long}, ": " + long[:100] + "…"},
		{Change{Kind: Removed}, ""},
	}
	for _, c := range cases {
		if got := values(c.change); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

func TestColorsAndQuiet(t *testing.T) {
	r := &Report{A: "a", B: "b", Outputs: []Output{{Changes: []Change{{Kind: Added, Pass: "specialize", trail: []string{"specialize"}, AtB: source.Span{}}}}}}
	var b strings.Builder
	if err := r.WriteText(&b, Style{Color: true, Quiet: true}); err != nil || b.String() != "\x1b[32m+\x1b[0m \x1b[32mspecialize\x1b[0m\n" {
		t.Errorf("got %q, %v", b.String(), err)
	}
	b.Reset()
	r = &Report{A: "a", B: "b", Outputs: []Output{{}}}
	if err := r.WriteText(&b, Style{}); err != nil || b.String() != "a and b mean the same\n" || !r.Same() {
		t.Errorf("got %q, %v", b.String(), err)
	}
	if err := r.WriteText(broken{}, Style{}); err == nil {
		t.Error("an error of the writer is lost")
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("full") }

// Long sequences have their limits, and still every item is accounted for.
func TestLongSequencesAreComparedInBoundedTime(t *testing.T) {
	items := func(n int, prefix string) (out []*node) {
		for i := range n {
			out = append(out, (&node{kind: settingNode, id: "x", value: prefix + place(i)}).seal())
		}
		return out
	}
	for _, n := range []int{40, 300, 5000} {
		a, b := append(items(n, "a"), items(2, "same")...), append(items(2, "same"), items(n+1, "b")...)
		seenA, seenB, moved := 0, 0, 0
		for _, s := range align(a, b, false) {
			if s.a >= 0 {
				seenA++
			}
			if s.b >= 0 {
				seenB++
			}
			if s.moved {
				moved++
			}
		}
		if seenA != len(a) || seenB != len(b) {
			t.Errorf("%d: %d of %d and %d of %d items", n, seenA, len(a), seenB, len(b))
		}
		if moved != 0 {
			t.Errorf("%d: what is the same in the same order moved", n)
		}
	}
}

// Sequences that are too long for a table are brought in line by what stands
// once in each: one item more in front moves none.
func TestLongSequencesAreBroughtInLine(t *testing.T) {
	items := func(texts ...string) (out []token) {
		for _, text := range texts {
			out = append(out, token{number: text})
		}
		return out
	}
	var a, b []string
	for i := range 9000 {
		text := place(i)
		if i%3 == 0 {
			text = "often"
		}
		a = append(a, text)
		if i == 4000 {
			b = append(b, "new", "often", "new")
		}
		if i != 7001 {
			b = append(b, text)
		}
	}
	b[0], b[len(b)-1] = "first", "last"
	same := common(items(a...), items(b...))
	if want := len(a) - 3; len(same) != want {
		t.Errorf("%d items of %d are the same", len(same), want)
	}
	for i, s := range same {
		if a[s.a] != b[s.b] || i > 0 && (s.a <= same[i-1].a || s.b <= same[i-1].b) {
			t.Fatalf("step %d: %v behind %v", i, s, same[max(0, i-1)])
		}
	}
	slices.Reverse(b)
	if n := len(common(items(a...), items(b...))); n == 0 {
		t.Error("nothing is the same when the order is the other way round")
	}
}

// A password on a command line is no secret to the catalogue.
func TestPasswordsOfCommandLinesAreMasked(t *testing.T) {
	a := read("a.xml", commands(command("1", "net user joe hunter2 /add"), command("2", "x /p:hunter2"), command("3", "echo a")))
	b := read("b.xml", commands(command("1", "net user joe hunter3 /add"), command("2", "y /p:hunter2"), command("3", "echo b")))
	text, doc := shown(t, &Report{A: "a.xml", B: "b.xml", Outputs: []Output{{Changes: Compare(a, b)}}})
	for _, want := range []string{
		"CommandLine: net user joe *** /add (differs in a hidden part)  (a.xml:1, b.xml:1)",
		"CommandLine: x /p:*** -> y /p:***  (", "CommandLine: echo a -> echo b  (", "3 changed",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
	if strings.Contains(text+doc, "hunter") || strings.Count(doc, `"hidden": true`) != 1 {
		t.Errorf("got\n%s\n%s", text, doc)
	}
}

// Somebody put a password into angle brackets.
func TestNamesThatMayBePasswordsAreMasked(t *testing.T) {
	a := read("a.xml", shell("<AutoLogon><Password><hunter2/><?hunter3?></Password></AutoLogon>"))
	text, doc := shown(t, &Report{A: "a.xml", B: "b.xml", Outputs: []Output{{Changes: Compare(a, read("b.xml", shell("")))}}})
	if strings.Contains(text+doc, "hunter") || !strings.Contains(doc, "AutoLogon/Password/********") {
		t.Errorf("got\n%s\n%s", text, doc)
	}
}
