package nearest

import (
	"strings"
	"testing"
)

func TestWord(t *testing.T) {
	for _, tc := range []struct {
		word, candidates, want string
	}{
		{"ComputerNmae", "ComputerName TimeZone", "ComputerName"},
		{"computername", "TimeZone ComputerName", "ComputerName"},
		{"Registeredowner", "RegisteredOrganization RegisteredOwner", "RegisteredOwner"},
		{"oobeSytem", "oobeSystem auditSystem", "oobeSystem"},
		{"AutLogon", "AutoLogon", "AutoLogon"},
		{"AutoLoggon", "AutoLogon", "AutoLogon"},
		{"Microsoft-Windows-Shell-Setpu", "Microsoft-Windows-Setup Microsoft-Windows-Shell-Setup", "Microsoft-Windows-Shell-Setup"},
		{"ComputerNameComputerName", "ComputerName", ""},
		{"aaab", "aab", "aab"},
		{"Quite different", "ComputerName TimeZone", ""},
		{"ab", "ba", "ba"},
		{"x", "abc y", ""},
		{"4", "1 2 3", ""},
		{"10", "11 12", ""},
		{"1", "2 1", "1"},
		{"", "abc", ""},
		{"abc", "", ""},
		{"adc", "abc aec", "abc"}, // equally near: the first
	} {
		if got := Word(tc.word, strings.Fields(tc.candidates)); got != tc.want {
			t.Errorf("Word(%q, %s) = %q, want %q", tc.word, tc.candidates, got, tc.want)
		}
	}
}

func TestEditDistance(t *testing.T) {
	for _, tc := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"a", "", 1}, {"", "ab", 2}, {"abc", "ABC", 0}, {"kitten", "sitting", 3}, {"ab", "ba", 1}, {"abcd", "acbd", 1},
	} {
		if got := editDistance(tc.a, tc.b, 99); got != tc.want {
			t.Errorf("%q %q: got %d, want %d", tc.a, tc.b, got, tc.want)
		}
		if got := editDistance(tc.b, tc.a, 99); got != tc.want {
			t.Errorf("%q %q the other way: got %d, want %d", tc.a, tc.b, got, tc.want)
		}
	}
	if got := editDistance("abcdefgh", "zzzzzzzz", 3); got != 3 {
		t.Errorf("does not give up at its limit: %d", got)
	}
}

func FuzzWord(f *testing.F) {
	f.Add("ComputerNam", "ComputerName TimeZone")
	f.Add("\xff", "ä ö")
	f.Fuzz(func(t *testing.T, word, list string) {
		candidates := strings.Fields(list)
		got := Word(word, candidates)
		if got != "" && !strings.Contains(list, got) {
			t.Fatalf("%q is no candidate of %q", got, list)
		}
		for _, c := range candidates {
			if c == word && editDistance(got, word, 1<<20) != 0 {
				t.Fatalf("%q stands in %q, got %q", word, list, got)
			}
		}
	})
}
