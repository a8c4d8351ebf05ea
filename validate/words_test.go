package validate

import (
	"slices"
	"testing"

	"github.com/reseal/reseal/schema"
)

func TestListsOfWordsRead(t *testing.T) {
	for _, c := range []struct {
		words []string
		want  string
	}{{nil, ""}, {[]string{"a"}, "a"}, {[]string{"a", "b"}, "a or b"}, {[]string{"a", "b", "c"}, "a, b or c"}} {
		if got := schema.AnyOf(c.words); got != c.want {
			t.Errorf("%v: got %q, want %q", c.words, got, c.want)
		}
	}
	if got := schema.AnyOf(passNames([]schema.Pass{schema.Specialize, schema.OobeSystem})); got != "specialize or oobeSystem" {
		t.Errorf("got %q", got)
	}
}

func TestEndsOfMessages(t *testing.T) {
	for got, want := range map[string]string{
		didYouMean(""):                               "",
		didYouMean("OOBE"):                           "; did you mean OOBE?",
		isDeprecated(""):                             "is deprecated",
		isDeprecated("No effect."):                   "is deprecated: No effect",
		isDeprecated("deprecated since Windows 10."): "is deprecated since Windows 10",
		goneSince(""):                                "was removed from Windows",
		goneSince("Windows 8.1"):                     "was removed in Windows 8.1",
		insteadOf("the setting", ""):                 "Remove the setting.",
		insteadOf("the setting", "Other/Thing"):      "Remove the setting, or use Other/Thing.",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestKeysCompareAsWindowsSeesThem(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{{"1", "01", true}, {" 1 ", "1", true}, {"Lab", "lAB", true}, {"1", "2", false}, {"0x1", "1", false}, {"-1", "1", false}, {"", "0", false}} {
		if got := folded(c.a) == folded(c.b); got != c.same {
			t.Errorf("%q and %q: got %v", c.a, c.b, got)
		}
	}
}

func TestFormsOfAProductKey(t *testing.T) {
	for key, want := range map[string]string{
		"VK7JG-NPHTM-C97JM-9MPGT-3V66T":       "",
		"00000-00000-00000-00000-00000":       "",
		"VK7JGNPHTMC97JM9MPGT3V66T":           "has no hyphens",
		"VK7JG-NPHTM":                         "is not five groups joined by hyphens",
		"VK7JG-NPHTM-C97JM-9MPGT-3V66":        "is not five groups of five letters and digits",
		"VK7JG-NPHTM-C97JM-9MPGT-3V6!T":       "is not five groups of five letters and digits",
		"vk7jg-NPHTM-C97JM-9MPGT-3V66T":       "is not in upper case",
		"VK7JG-NPHTM-C97JM-9MPGT-3V66T-AAAAA": "is not five groups joined by hyphens",
		"VK7JG-NPHTM-C97JM-9MPGT-3V66T\u00e4": "is not five groups of five letters and digits",
	} {
		if got := keyShape(key); got != want {
			t.Errorf("%s: got %q, want %q", key, got, want)
		}
	}
}

func TestCharactersThatAComputerNameRefuses(t *testing.T) {
	for name, want := range map[string][]string{
		"WEB01":        nil,
		"web-01_a":     nil,
		"web 01.x.y":   {"a blank", `"."`},
		"a\tb":         {"a control character"},
		"{a}":          {`"{"`, `"}"`},
		"\u00e4\u00f6": nil,
	} {
		if got := refusedIn(name); !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}

func TestOtherNamesOfArchitectures(t *testing.T) {
	for word, want := range map[string]string{"x64": "amd64", "AMD64": "amd64", "X86_64": "amd64", "i386": "x86", "aarch64": "arm64", "WOW64": "wow64", "riscv": ""} {
		if got := schema.ArchitectureMeant(word); got != want {
			t.Errorf("%s: got %q, want %q", word, got, want)
		}
	}
}

func TestTokens(t *testing.T) {
	for text, want := range map[string]bool{microsoftToken: true, "31BF3856AD364E35": true, "31bf": false, "31bf3856ad364e3g": false, "": false} {
		if got := isToken(text); got != want {
			t.Errorf("%q: got %v", text, got)
		}
	}
}
