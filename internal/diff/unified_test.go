package diff

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/source"
)

func unifiedOf(t testing.TB, a, b string) string {
	t.Helper()
	var out strings.Builder
	if err := Unified(&out, source.NewFile("a", []byte(a)), source.NewFile("b", []byte(b)), false); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestUnifiedShowsLinesThatDifferWithThoseAround(t *testing.T) {
	numbers := func(from, to int) string {
		var b strings.Builder
		for i := from; i <= to; i++ {
			fmt.Fprintln(&b, i)
		}
		return b.String()
	}
	cases := []struct{ name, a, b, want string }{
		{"the same", "a\n", "a\n", ""},
		{"one line", "a\nb\nc\n", "a\nB\nc\n", "--- a\n+++ b\n@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n"},
		{"from nothing", "", "a\n", "--- a\n+++ b\n@@ -0,0 +1 @@\n+a\n"},
		{"to nothing", "a\nb\n", "", "--- a\n+++ b\n@@ -1,2 +0,0 @@\n-a\n-b\n"},
		{"the last line end", "a", "a\n", "--- a\n+++ b\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n"},
		{"other line ends", "a\r\n", "a\n", "--- a\n+++ b\n@@ -1 +1 @@\n-a\n+a\n"},
		{"two hunks", numbers(1, 20), "0\n" + numbers(1, 19), "--- a\n+++ b\n@@ -1,3 +1,4 @@\n+0\n 1\n 2\n 3\n@@ -17,4 +18,3 @@\n 17\n 18\n 19\n-20\n"},
		{"near ones are one hunk", numbers(1, 8), "0\n" + numbers(1, 6) + "8\n", "--- a\n+++ b\n@@ -1,8 +1,8 @@\n+0\n 1\n 2\n 3\n 4\n 5\n 6\n-7\n 8\n"},
		{"signs that repaint a terminal", "a\tb\x1b\n", "", "--- a\n+++ b\n@@ -1 +0,0 @@\n-a\tb\uFFFD\n"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := unifiedOf(t, c.a, c.b); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// The time grows with the lines, however many hunks there are.
func TestUnifiedOfManyHunks(t *testing.T) {
	var a, b strings.Builder
	for i := range 200_000 {
		fmt.Fprintln(&a, i)
		if i%20 == 0 {
			fmt.Fprint(&b, "x")
		}
		fmt.Fprintln(&b, i)
	}
	if got := strings.Count(unifiedOf(t, a.String(), b.String()), "@@ -"); got != 10_000 {
		t.Errorf("%d hunks", got)
	}
}

func TestUnifiedKeepsWhatIsHidden(t *testing.T) {
	a, b := source.NewFile("a", []byte("key: hush\n")), source.NewFile("b", []byte("key:   hush\n"))
	source.Span{File: a, Start: 5, End: 9}.Hide()
	source.Span{File: b, Start: 7, End: 11}.Hide()
	var out strings.Builder
	if err := Unified(&out, a, b, true); err != nil || strings.Contains(out.String(), "hush") || !strings.Contains(out.String(), "\x1b[32m+key:   ****") {
		t.Errorf("%v\n%s", err, out.String())
	}
}

// What patch makes of a diff is the second text.
func TestUnifiedIsAPatch(t *testing.T) {
	patch, err := exec.LookPath("patch")
	if err != nil {
		t.Skip("there is no patch")
	}
	random := rand.New(rand.NewPCG(1, 2))
	text := func() string {
		var b strings.Builder
		for range random.IntN(40) {
			fmt.Fprintln(&b, strings.Repeat("x", random.IntN(4)))
		}
		return b.String()
	}
	for range 40 {
		a, b := text(), text()
		name := filepath.Join(t.TempDir(), "a")
		if err := os.WriteFile(name, []byte(a), 0o644); err != nil {
			t.Fatal(err)
		}
		diff := unifiedOf(t, a, b)
		if diff == "" {
			continue
		}
		cmd := exec.Command(patch, "-s", name)
		cmd.Stdin = strings.NewReader(diff)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s\n%s", err, out, diff)
		}
		if got, err := os.ReadFile(name); string(got) != b && !(os.IsNotExist(err) && b == "") {
			t.Fatalf("got\n%s\nwant\n%s\ndiff\n%s", got, b, diff)
		}
	}
}
