package xmldoc

import (
	"strings"
	"testing"
)

func TestLimitsAreNamed(t *testing.T) {
	open := "<unattend" + ns + ">"
	var attributes strings.Builder
	for i := range 1_000_000 {
		attributes.WriteString(" a")
		attributes.WriteString(strings.Repeat("b", i%7))
		attributes.WriteString("='1'")
	}
	var prefixes strings.Builder
	for i := range 200 {
		prefixes.WriteString(" xmlns:p" + strings.Repeat("x", i) + "='urn:x'")
	}
	cases := []struct{ name, text, want string }{
		{"size", strings.Repeat(" ", MaxSize+1), "the file is larger than 16 MiB"},
		{"depth", open + strings.Repeat("<a>", 100_000), "elements nest deeper than 256 levels"},
		{"attributes", open + "<a" + attributes.String() + "/></unattend>", "an element has more than 1000 attributes"},
		{"prefixes", open + "<a" + prefixes.String() + "/></unattend>", "more than 100 namespace declarations are in force at one place"},
		{"nodes", open + strings.Repeat("<!---->", 200_001) + "</unattend>", "the file has more than 200000 elements, attributes"},
		{"attributes of many elements", open + strings.Repeat("<a b='' c='' d=''/>", 50_001) + "</unattend>", "the file has more than 200000 elements, attributes"},
		{"strangers", open + strings.Repeat("<a/>", 5000) + "</unattend>", "more than 1000 elements do not belong where they stand"},
		{"mistakes", open + strings.Repeat("<a b/>", 5000) + "</unattend>", "more than 1000 mistakes were found"},
	}
	for _, c := range cases {
		_, diags := Read("a.xml", []byte(c.text))
		n := 0
		for _, d := range diags.All {
			if d.Rule == "input-limit" && strings.HasPrefix(d.Message, c.want) {
				n++
			}
		}
		if n != 1 || len(diags.All) > 2*(maxProblems+1) {
			t.Errorf("%s: %d times among %d diagnostics", c.name, n, len(diags.All))
		}
	}
}

// A layout that is larger than a file may be is none.
func TestFormatDoesNotGrowBeyondTheLimit(t *testing.T) {
	deep := strings.Repeat("<a>", 250) + strings.Repeat("</a>", 250)
	out, diags := Format("a.xml", []byte("<unattend"+ns+">"+strings.Repeat(deep, 200)+"</unattend>"))
	if out != nil || len(diags.All) != 201 {
		t.Errorf("%d bytes, %d findings", len(out), len(diags.All))
	}
	if d := diags.All[len(diags.All)-1]; d.Rule != "format-kept" || !strings.HasPrefix(d.Message, "with another layout it would be larger than 16 MiB") {
		t.Errorf("%s: %s", d.Rule, d.Message)
	}
}

// TestHostileTextEnds reads texts whose naive reading takes time in proportion
// to the square of their size; a reader that does so does not end within the
// time of the test binary.
func TestHostileTextEnds(t *testing.T) {
	const n = 2_000_000
	open := "<unattend" + ns + ">"
	for name, text := range map[string]string{
		"quotes that never close": open + strings.Repeat("<a b='", n) + strings.Repeat("<a b=\"", 1000),
		"less-than signs":         open + strings.Repeat("<", n),
		"template marks":          open + strings.Repeat("<%", n),
		"ampersands":              open + strings.Repeat("&", n),
		"ampersands in attribute": open + "<a b='" + strings.Repeat("&", n) + "'/>",
		"end tags":                open + strings.Repeat("</x>", n),
		"roots":                   strings.Repeat("<a></a>", n/10),
		"roots and others":        "<a></a>" + strings.Repeat("<b></b></a>", n/10),
		"entities":                "<!DOCTYPE a [" + strings.Repeat(`<!ENTITY a "&b;&b;">`, n/20) + "]>" + open + strings.Repeat("&a;", n),
		"text in small pieces":    open + strings.Repeat("a\r", n) + "</unattend>",
		"comments in text":        open + "<a>" + strings.Repeat("a<!---->", n/10) + "</a></unattend>",
		"open comment":            open + strings.Repeat("<!--", n),
		"instructions":            open + strings.Repeat("<?a", n),
		"doctypes":                strings.Repeat("<!DOCTYPE '", n/10),
	} {
		if _, diags := Read("a.xml", []byte(text)); len(diags.All) > 2*(maxProblems+1) {
			t.Errorf("%s: %d diagnostics", name, len(diags.All))
		}
	}
}
