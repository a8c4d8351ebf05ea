package compiler

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/xmldoc"
	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/reseal/reseal/schema/answer"
)

const usualAttributes = ` processorArchitecture="amd64" publicKeyToken="31bf3856ad364e35" language="neutral" versionScope="nonSxS"`

// inUnattend puts XML below the root, with the usual prefixes.
func inUnattend(body string) string {
	return `<unattend xmlns="` + answer.Namespace + `" xmlns:wcm="` + answer.WCMNamespace + `" xmlns:x="urn:x">` + body + `</unattend>`
}

func inShell(pass, body string) string {
	return `<settings pass="` + pass + `"><component name="Microsoft-Windows-Shell-Setup"` + usualAttributes + `>` + body + `</component></settings>`
}

func decompiled(t *testing.T, xml string) (string, []Verbatim) {
	t.Helper()
	a, _ := xmldoc.Read("in.xml", []byte(xml))
	text, pieces, diags := Decompile(a)
	if diags.Has(diag.Error) {
		t.Fatalf("%s: %s", xml, diags.All[0].Message)
	}
	return string(text), pieces
}

// The report names the place, the reason and where the piece stood.
func TestEveryPieceUnderVerbatimHasAReason(t *testing.T) {
	cases := []struct {
		name, xml string
		want      []string
	}{
		{"foreign root element", "<x:offline/>", []string{"root foreign-namespace"}},
		{"element that no answer file has", "<Extensions/>", []string{"root unknown-element"}},
		{"no namespace", inShell("specialize", "<a xmlns=''/>"), []string{"specialize/Microsoft-Windows-Shell-Setup foreign-namespace"}},
		{"instruction", inShell("specialize", "<?a b?>"), []string{"specialize/Microsoft-Windows-Shell-Setup instruction"}},
		{"text among settings", inShell("specialize", "text<TimeZone>UTC</TimeZone>"), []string{"specialize/Microsoft-Windows-Shell-Setup mixed-text"}},
		{"pass twice", inShell("specialize", "") + inShell("specialize", ""), []string{"root duplicate"}},
		{"component twice", `<settings pass="specialize"><component name="a"/><component name="A"/></settings>`, []string{"specialize duplicate"}},
		{"setting twice", inShell("specialize", "<TimeZone/><TimeZone/><TimeZone/>"), []string{"specialize/Microsoft-Windows-Shell-Setup duplicate"}},
		{"element in a value", inShell("specialize", "<TimeZone>UTC<a/></TimeZone>"), []string{"specialize/Microsoft-Windows-Shell-Setup/TimeZone inside-value"}},
		{"beside a password", inShell("oobeSystem", "<AutoLogon><Password><env>a</env></Password></AutoLogon>"),
			[]string{"oobeSystem/Microsoft-Windows-Shell-Setup/AutoLogon/Password beside-password"}},
		{"pass without a name", "<settings/>", []string{"root no-key"}},
		{"component without a name", `<settings pass="specialize"><component/></settings>`, []string{"specialize no-key"}},
		{"elements inside each other without end", inShell("specialize", strings.Repeat("<a>", 200)+strings.Repeat("</a>", 200)),
			[]string{"specialize/Microsoft-Windows-Shell-Setup" + strings.Repeat("/a", deepest) + " too-deep"}},
		{"part of a package", "<servicing><package><a/></package></servicing>", []string{"servicing/package unknown-element"}},
		{"around the root", "", nil},
		{"everything that has another form", inShell("specialize", "<Novelty/><Novelty a='b'>x</Novelty><AutoLogon>t<Other/></AutoLogon><!-- c -->"), nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			text, pieces := decompiled(t, inUnattend(c.xml))
			var got []string
			for _, p := range pieces {
				got = append(got, fmt.Sprintf("%s %s", p.In, p.Reason))
				if p.Span.Text() == "" {
					t.Errorf("%s has no place in the answer file", p.In)
				}
			}
			if !slices.Equal(got, c.want) || strings.Contains(text, "verbatim:") != (len(c.want) > 0) {
				t.Errorf("got %q, want %q\n%s", got, c.want, text)
			}
		})
	}
}

// A section says the same as passes only where compiling it puts the setting
// just there again: behind all others, in the order of the sections.
func TestSettingsMoveToTheirSectionsOnlyWhereTheyComeBackFrom(t *testing.T) {
	const key = "W269N-WFGWX-YVC9B-4J6C9-T83GX"
	setup := func(body string) string {
		return `<settings pass="windowsPE"><component name="Microsoft-Windows-Setup"` + usualAttributes + `>` + body + `</component></settings>`
	}
	cases := []struct {
		name, xml string
		want      string // sections but version and target
	}{
		{"all three", inShell("specialize", "<ComputerName>*</ComputerName><ProductKey>"+key+"</ProductKey><TimeZone>UTC</TimeZone>"), "computerName productKey timeZone"},
		{"behind others", inShell("specialize", "<CopyProfile>true</CopyProfile><TimeZone>UTC</TimeZone>"), "timeZone passes"},
		{"in front of others", inShell("specialize", "<TimeZone>UTC</TimeZone><CopyProfile>true</CopyProfile>"), "passes"},
		{"in another order", inShell("specialize", "<TimeZone>UTC</TimeZone><ComputerName>*</ComputerName>"), "computerName passes"},
		{"in another pass", inShell("oobeSystem", "<TimeZone>UTC</TimeZone>"), "passes"},
		{"an unknown zone", inShell("specialize", "<TimeZone>Nowhere</TimeZone>"), "passes"},
		{"a zone in other letters", inShell("specialize", "<TimeZone>utc</TimeZone>"), "passes"},
		{"an empty name", inShell("specialize", "<ComputerName/>"), "passes"},
		{"a name with an attribute", inShell("specialize", "<ComputerName a='b'>x</ComputerName>"), "passes"},
		{"a name in other letters", inShell("specialize", "<computername>x</computername>"), "passes"},
		{"twice in different letters", inShell("specialize", "<computername>x</computername><ComputerName>y</ComputerName>"), "passes"},
		{"the word for no key", inShell("specialize", "<ProductKey>firmware</ProductKey>"), "passes"},
		{"a second architecture", inShell("specialize", "<TimeZone>UTC</TimeZone>") + strings.ReplaceAll(inShell("oobeSystem", ""), "amd64", "x86"), "passes"},
		{"another language", strings.ReplaceAll(inShell("specialize", "<TimeZone>UTC</TimeZone>"), "neutral", "de"), "timeZone passes"},
		{"beside a piece for verbatim", inShell("specialize", "<?a?><TimeZone>UTC</TimeZone>"), "timeZone passes verbatim"},
		{"above a second component of the name", strings.Replace(inShell("specialize", "<TimeZone>UTC</TimeZone>"), "</settings>", "<component name='Microsoft-Windows-Shell-Setup'"+usualAttributes+"/></settings>", 1), "timeZone passes verbatim"},
		{"key of Setup alone", setup("<UserData><ProductKey><Key>" + key + "</Key></ProductKey></UserData>"), "productKey"},
		{"key of Setup as the last", setup("<UserData><AcceptEula>true</AcceptEula><ProductKey><WillShowUI>Never</WillShowUI><Key>" + key + "</Key></ProductKey></UserData><LogPath>x</LogPath>"), "productKey passes"},
		{"key of Setup in front of another", setup("<UserData><ProductKey><Key>" + key + "</Key><WillShowUI>Never</WillShowUI></ProductKey></UserData>"), "passes"},
		{"an empty container would move", setup("<UserData><ProductKey><Key>" + key + "</Key></ProductKey><AcceptEula>true</AcceptEula></UserData>"), "passes"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			xml := inUnattend(c.xml)
			text, _ := decompiled(t, xml)
			var got []string
			for _, p := range documentOf(t, text).Pairs {
				if p.Key.Text != "version" && p.Key.Text != "target" {
					got = append(got, p.Key.Text)
				}
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %q, want %q\n%s", got, c.want, text)
			}
			a, _ := xmldoc.Read("in.xml", []byte(xml))
			p, _ := parse(text, Options{})
			if diff := answer.Equal(a, p.Outputs[0].Answer); diff != "" {
				t.Errorf("%s\n%s", diff, text)
			}
		})
	}
}

// What is fine in XML can be more than YAML may hold.
func TestAProfileBeyondALimitIsRefused(t *testing.T) {
	// A character that YAML can only write with an escape, twice as long.
	a, read := xmldoc.Read("in.xml", []byte(inUnattend(inShell("specialize", "<a>"+strings.Repeat("\u0085", xmldoc.MaxSize/2-1000)+"</a>"))))
	text, _, diags := Decompile(a)
	if text != nil || !diags.Has(diag.Error) || read.Has(diag.Error) {
		t.Fatalf("%d bytes, %d findings", len(text), len(diags.All))
	}
	if d := diags.All[0]; d.Rule != "input-limit" || !strings.Contains(d.Message, strconv.Itoa(yamldoc.MaxBytes)) || d.Span.File != a.Source {
		t.Errorf("%s: %s", d.Rule, d.Message)
	}
}

func TestDecompileDecidesNothingByItself(t *testing.T) {
	xml := inUnattend(inShell("oobeSystem", `<AutoLogon><Password><Value>[secret env:PW]</Value><PlainText>true</PlainText></Password></AutoLogon>`) +
		`<settings pass="generalize"><component name="Microsoft-Windows-PnpSysprep"` + usualAttributes + `><PersistAllDeviceInstalls>true</PersistAllDeviceInstalls></component></settings>`)
	text, _ := decompiled(t, xml)
	for _, word := range []string{"reseal:", "use:", "windows:", "{", "env: ", "file: "} {
		if strings.Contains(text, word) {
			t.Errorf("%q stands in\n%s", word, text)
		}
	}
	if again, _ := decompiled(t, xml); again != text {
		t.Error("a second time the profile is another one")
	}
}

func TestLinesOfComments(t *testing.T) {
	cases := []struct{ comment, want string }{
		{"", ""}, {" ", ""}, {"\n\n", ""}, {" one ", "one"}, {"one\r\ntwo", "one|two"},
		{" one\n     two\n       three\n", "one|two|  three"}, {"\n  one\n\n    two\n", "one||  two"}, {"\n\tone\n\t\ttwo", "one|    two"},
	}
	for _, c := range cases {
		if got := strings.Join(commentLines(c.comment), "|"); got != c.want {
			t.Errorf("%q: got %q, want %q", c.comment, got, c.want)
		}
	}
}
