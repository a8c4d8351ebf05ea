package setuplog

import (
	"strings"
	"testing"
)

// The marks are taken out as the replacer of the standard library would, which
// takes several times as long.
func TestMarksAreTakenOutAsAReplacerWould(t *testing.T) {
	var pairs []string
	for _, m := range webMarks {
		pairs = append(pairs, m.mark, m.plain)
	}
	plain := strings.NewReplacer(pairs...)
	texts := []string{"", "&", "*", "\u00a0", "a\xc2", "\xe2\x80", "***x**", "&amp;lt;", "&lt;&gt;&quot", "\u2018it\u2019s\u201d \u20ac \u00e2", "&&amp;&"}
	for _, m := range webMarks {
		texts = append(texts, m.mark+m.mark, "x"+m.mark[:len(m.mark)-1], m.mark[1:]+m.mark+"y")
	}
	for _, text := range texts {
		if got, want := string(unmarked([]byte(text))), plain.Replace(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
