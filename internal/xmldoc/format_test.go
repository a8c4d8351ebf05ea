package xmldoc

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/reseal/reseal/schema/answer"
)

const formatHead = `<?xml version="1.0" encoding="utf-8"?>` + "\n"

func TestFormatChangesTheLayoutAlone(t *testing.T) {
	const ns = ` xmlns="urn:schemas-microsoft-com:unattend"`
	shell := func(content string) string {
		return `<unattend` + ns + `><settings pass="oobeSystem"><component name="Microsoft-Windows-Shell-Setup">` + content + `</component></settings></unattend>`
	}
	laidOut := func(lines ...string) string {
		out := formatHead + `<unattend` + ns + ">\n  <settings pass=\"oobeSystem\">\n    <component name=\"Microsoft-Windows-Shell-Setup\">\n"
		for _, line := range lines {
			if line != "" {
				out += "      " + line
			}
			out += "\n"
		}
		return out + "    </component>\n  </settings>\n</unattend>\n"
	}
	cases := []struct{ name, in, want string }{
		{"one line", shell("<TimeZone>UTC</TimeZone><OOBE><HideEULAPage>true</HideEULAPage></OOBE>"),
			laidOut("<TimeZone>UTC</TimeZone>", "<OOBE>", "  <HideEULAPage>true</HideEULAPage>", "</OOBE>")},
		{"tags", shell("<TimeZone  a = 'x > y'\n\tb=\"1\"  >UTC</TimeZone ><OOBE   />"), laidOut(`<TimeZone a='x > y' b="1">UTC</TimeZone>`, "<OOBE/>")},
		{"values", shell("<RegisteredOwner> a &amp;\t&#228; <![CDATA[ <x> ]]></RegisteredOwner><A>  </A>"),
			laidOut("<RegisteredOwner> a &amp;\t&#228; <![CDATA[ <x> ]]></RegisteredOwner>", "<A>  </A>")},
		{"line ends", strings.ReplaceAll(shell("\n<!-- a\nb -->\n<RegisteredOwner>x\ny</RegisteredOwner>\n"), "\n", "\r\n"), laidOut("<!-- a\nb -->", "<RegisteredOwner>x\ny</RegisteredOwner>")},
		{"comments", shell("<!--1--><TimeZone/> <!--2-->\n\n\n <!--3--> <OOBE>\n <!--4-->\n</OOBE><!--5-->"),
			laidOut("<!--1-->", "<TimeZone/> <!--2-->", "", "<!--3-->", "<OOBE>", "  <!--4-->", "</OOBE>", "<!--5-->")},
		{"a comment behind a tag", shell("<OOBE> <!-- why -->\n<HideEULAPage>true</HideEULAPage></OOBE>"), laidOut("<OOBE> <!-- why -->", "  <HideEULAPage>true</HideEULAPage>", "</OOBE>")},
		{"a comment in a value", shell("<A> <!-- why --> </A>"), laidOut("<A> <!-- why --> </A>")},
		{"mixed content", shell("<A>x <B  /> <C>\n<D/></C></A>"), laidOut("<A>x <B  /> <C>\n<D/></C></A>")},
		{"white space to be kept", shell("<A xml:space='preserve'> <B/></A>"), laidOut("<A xml:space='preserve'> <B/></A>")},
		{"white space in a container", shell("<OOBE>\n\t</OOBE>"), laidOut("<OOBE></OOBE>")},
		{"around the root", "<?xml   version='1.0' encoding='UTF-8' standalone=\"yes\" ?><!-- a -->\n\n\n<?b c?><unattend" + ns + "/><!-- d -->\n\n",
			`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n<!-- a -->\n\n<?b c?>\n<unattend" + ns + "/> <!-- d -->\n"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, diags := Format("a.xml", []byte(c.in))
			if string(got) != c.want {
				t.Errorf("got\n%s\nwant\n%s\n%v", got, c.want, messages(diags))
			}
			if again, _ := Format("a.xml", got); string(again) != string(got) {
				t.Errorf("formatted again:\n%s", again)
			}
		})
	}
}

func TestFormatKeepsTheEncoding(t *testing.T) {
	wide := func(mark, text string, big bool) []byte {
		out := []byte(mark)
		for _, u := range utf16.Encode([]rune(text)) {
			pair := []byte{byte(u), byte(u >> 8)}
			if big {
				pair[0], pair[1] = pair[1], pair[0]
			}
			out = append(out, pair...)
		}
		return out
	}
	body := func(label string) (in, want string) {
		in = `<?xml version="1.0" encoding="` + label + `"?><unattend xmlns="urn:schemas-microsoft-com:unattend"><!-- Zoë € 𝄞 --></unattend>`
		return in, strings.NewReplacer("?><", "?>\n<", "><!", ">\n  <!", "--><", "-->\n<").Replace(in) + "\n"
	}
	utf16In, utf16Want := body("utf-16")
	utf8In, utf8Want := body("utf-8")
	oneIn, oneWant := body("windows-1252")
	single := func(s string) []byte {
		return []byte(strings.NewReplacer("ë", "\xEB", "€", "\x80", " 𝄞", "").Replace(s))
	}
	cases := map[string][2][]byte{
		"UTF-8":                      {[]byte(utf8In), []byte(utf8Want)},
		"UTF-8 with a mark":          {[]byte("\xEF\xBB\xBF" + utf8In), []byte("\xEF\xBB\xBF" + utf8Want)},
		"UTF-16 LE":                  {wide("\xFF\xFE", utf16In, false), wide("\xFF\xFE", utf16Want, false)},
		"UTF-16 BE":                  {wide("\xFE\xFF", utf16In, true), wide("\xFE\xFF", utf16Want, true)},
		"UTF-16 LE without a mark":   {wide("", utf16In, false), wide("", utf16Want, false)},
		"UTF-16 BE without a mark":   {wide("", utf16In, true), wide("", utf16Want, true)},
		"Windows-1252":               {single(oneIn), single(oneWant)},
		"UTF-16 with no declaration": {wide("\xFF\xFE", utf16In[strings.Index(utf16In, "<un"):], false), wide("\xFF\xFE", utf16Want, false)},
	}
	for name, c := range cases {
		if got, diags := Format("a.xml", c[0]); !bytes.Equal(got, c[1]) {
			t.Errorf("%s: got\n%q\nwant\n%q\n%v", name, got, c[1], messages(diags))
		}
	}
}

func TestFormatLeavesFilesWithErrorsAlone(t *testing.T) {
	for in, want := range map[string]string{
		"<unattend>": "xml-not-well-formed",
		"<unattend xmlns='urn:schemas-microsoft-com:unattend'>\xE9</unattend>": "xml-encoding-mismatch",
		"<html/>":    "root-not-unattend",
		"PK\x03\x04": "not-text",
		"<!DOCTYPE a><unattend xmlns='urn:schemas-microsoft-com:unattend'/>": "xml-doctype-present",
		"\xFF\xFE<\x00u": "xml-encoding-mismatch",
	} {
		got, diags := Format("a.xml", []byte(in))
		found := false
		for _, d := range diags.All {
			found = found || d.Rule == want
		}
		if got != nil || !found {
			t.Errorf("%q: %q, %v, want nothing and %s", in, got, messages(diags), want)
		}
	}
	if got, _ := Format("a.xml", []byte("<unattend><settings xmlns=''/></unattend>")); got == nil {
		t.Error("a wrong namespace is no reason to leave the layout")
	}
}

// FuzzFormat holds that formatting keeps what the file says, and that
// formatting again changes nothing.
func FuzzFormat(f *testing.F) {
	seeds(f)
	f.Add([]byte(document("<OOBE>\r\n<!--a--> <!--b-->\r\n\r\n<A  b = '>'/>x</OOBE><B><!--c--><C> </C></B>")))
	f.Fuzz(func(t *testing.T, data []byte) {
		out, diags := Format("a.xml", data)
		if out == nil {
			if len(diags.All) == 0 {
				t.Fatal("left alone without a word")
			}
			return
		}
		a, _ := Read("a.xml", data)
		b, _ := Read("b.xml", out)
		if diff := answer.Equal(a, b); diff != "" {
			t.Fatalf("%s in\n%s", diff, out)
		}
		p, doc := parsed(data)
		q, changed := parsed(out)
		if diff := firstDifference(values(byUs(p, doc)), values(byUs(q, changed))); diff != "" {
			t.Fatalf("%s in\n%s", diff, out)
		}
		if again, _ := Format("b.xml", out); !bytes.Equal(again, out) {
			t.Fatalf("formatted again\n%s\nfirst\n%s", again, out)
		}
	})
}

// values drops the white space that containers may lose.
func values(f flat) (out flat) {
	for _, line := range f {
		if text, ok := strings.CutPrefix(strings.TrimLeft(line, " "), `text "`); ok && strings.Trim(strings.NewReplacer(`\n`, "", `\r`, "", `\t`, "").Replace(text), ` "`) == "" {
			continue
		}
		out = append(out, line)
	}
	return out
}

func TestCorpusIsFormattedWithoutAChangeOfMeaning(t *testing.T) {
	formatted := 0
	for _, c := range corpus(t) {
		out, diags := Format(c.File, c.data)
		if out == nil {
			if len(diags.All) == 0 {
				t.Errorf("%s: left alone without a word", c.File)
			}
			for _, d := range diags.All {
				if d.Rule == "format-kept" {
					t.Errorf("%s: %s", c.File, d.Message)
				} else if c.WellFormed && blocksLayout(d) {
					t.Logf("%s: %s [%s]", c.File, d.Message, d.Rule)
				}
			}
			continue
		}
		formatted++
		a, _ := Read(c.File, c.data)
		b, _ := Read(c.File, out)
		if diff := answer.Equal(a, b); diff != "" {
			t.Errorf("%s: %s", c.File, diff)
		}
		if again, _ := Format(c.File, out); !bytes.Equal(again, out) {
			t.Errorf("%s: formatting again changes it", c.File)
		}
	}
	t.Logf("%d files formatted", formatted)
}
