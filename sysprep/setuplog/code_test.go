package setuplog

import (
	"fmt"
	"strings"
	"testing"
)

func TestParseCodeTakesEverySpelling(t *testing.T) {
	cases := []struct{ text, want string }{
		{"0x80073cf2", "0x80073CF2"}, {"0X80073CF2", "0x80073CF2"}, {"80073cf2", "0x80073CF2"}, {"80073CF2h", "0x80073CF2"},
		{"-2147009294", "0x80073CF2"}, {"2147958002", "0x80073CF2"}, {"0x3cf2", "0x80073CF2"}, {"15602", "0x80073CF2"},
		{"-1073425657", "0xC004D307"}, {"0xc004d307", "0xC004D307"}, {"31", "0x8007001F"}, {"1f", "0x8007001F"}, {"0x1f", "0x8007001F"},
		{"80220005", "0x80220005"}, {"2", "0x80070002"}, {"0x800F0975", "0x800F0975"}, {"0x975", "0x80070975"}, {" 0x5 ", "0x80070005"},
		{"0", "0x00000000"},
	}
	for _, c := range cases {
		code, ok := ParseCode(c.text)
		if !ok || code.String() != c.want || code.Original != c.text {
			t.Errorf("ParseCode(%q) = %v, %v, want %s", c.text, code, ok, c.want)
		}
	}
	for _, text := range []string{"", "0x", "x", "F01", "zz", "bed", "added", "0x123456789", "99999999999", "-99999999999", "a", "bitlocker", "--", "0x-1"} {
		if code, ok := ParseCode(text); ok {
			t.Errorf("ParseCode(%q) = %v", text, code)
		}
	}
}

func TestDescribeKnowsTheCodeOrItsKind(t *testing.T) {
	for text, want := range map[string]string{
		"0x80070422": "a service is disabled (ERROR_SERVICE_DISABLED)",
		"0x800f0975": "reserved storage is in use by an update or a feature",
		"0x80071234": "Win32 error 4660",
		"0x80090001": "an HRESULT of facility 0x9",
		"0xc0111111": "an NTSTATUS or licensing code of facility 0x11",
		"0x10000000": "no error code of Windows is known by this number",
	} {
		code, ok := ParseCode(text)
		if got := code.Describe(); !ok || got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// Text and code of one failure often stand on different lines, and Sysprep
// cuts a code to its low word and wraps that anew.
func TestFailureCodeIsTheOneThatHappened(t *testing.T) {
	cases := []struct {
		lines []string
		want  string
	}{
		{[]string{"x; hr = 0x80080005", "y; dwRet = 0x5", "z; hr = 0x80070005"}, "0x80080005"},
		{[]string{"x", "y; dwRet = 0x975", "z (0x800F0975)", "w; hr = 0x80070975"}, "0x800F0975"},
		{[]string{"y; dwRet = 0x3cf2", "z; hr = 0x80073cf2"}, "0x80073CF2"},
		{[]string{"returned error code -1073425657", "hr = 0xc004d307"}, "0xC004D307"},
		{[]string{"either the machine is in an invalid state, dwRet= 1f ", "hr = 0x8007001f"}, "0x8007001F"},
		{[]string{"returned error code 2", "dwRet = 2", "hr = 0x80070002"}, "0x80070002"},
		{[]string{"dwRet = 0x80310039"}, "0x80310039"},
		{[]string{"hr = 0x0", "exit code [0x1f]"}, "0x8007001F"},
		{[]string{"hr = 0x1, hrResult = 0x80220005"}, "0x80220005"},
		{[]string{"no code"}, ""},
	}
	for _, c := range cases {
		got := ""
		if code, ok := failureCode(c.lines); ok {
			got = code.String()
		}
		if got != c.want {
			t.Errorf("%q: %s, want %s", c.lines, got, c.want)
		}
	}
}

func TestWhatComesWithACode(t *testing.T) {
	for text, want := range map[string]string{
		"0x80220005": "F54 alone",                        // and nothing of access that is denied
		"0x800F0975": "F11, F12",                         // itself
		"0x80070975": "F11 of 800F0975, F12 of 800F0975", // wrapped anew
		"0x80070005": "F35, F48, F13 of 80080005",
		"0xc0000005": "F80",
		"0x8007139f": "F46 alone",
		"0x80073cf2": "F01",
	} {
		code, _ := ParseCode(text)
		var got []string
		for _, g := range ByCode(code) {
			line := g.ID
			if g.Alone {
				line += " alone"
			}
			if g.Cut != 0 {
				line += fmt.Sprintf(" of %X", g.Cut)
			}
			got = append(got, line)
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%s: %v, want %s", text, got, want)
		}
	}
}
