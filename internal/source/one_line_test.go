package source

import "testing"

func TestOneLineSteersNoTerminal(t *testing.T) {
	for text, want := range map[string]string{
		"net user Jörg\t/add":           "net user Jörg /add",
		"a\x1b[31m\u202eb\r\nc\xff":     "a [31m b  c\ufffd",
		"\x7f\u0085\u2028\u2067x\u061c": "    x ",
		"\U0001f5a5 日本 \u200d stays":    "\U0001f5a5 日本 \u200d stays",
	} {
		if got := OneLine(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}
