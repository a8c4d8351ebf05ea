package setuplog

import (
	"regexp"
	"strings"
	"testing"
)

func TestParseLineReadsEveryShape(t *testing.T) {
	const stamp = "2026-03-04 05:06:07"
	cases := []struct {
		name, text string
		want       Line
	}{
		{"columns without ID", "2026-03-04 05:06:07, Info                  SYSPRP ParseCommands:Found", Line{Stamp: stamp, Severity: Info, Component: "SYSPRP", Message: "ParseCommands:Found"}},
		{"columns with ID", "2026-03-04 05:06:07, Error      [0x0f0082] SYSPRP LaunchDll:Failure\r\n", Line{Stamp: stamp, Severity: Error, ID: 0x0f0082, Component: "SYSPRP", Message: "LaunchDll:Failure"}},
		{"short component", "2026-03-04 05:06:07, Info                  CSI    00000001 Shim", Line{Stamp: stamp, Severity: Info, Component: "CSI", Message: "00000001 Shim"}},
		{"blank component", "2026-03-04 05:06:07, Warning                      [setup.exe] x", Line{Stamp: stamp, Severity: Warning, Message: "[setup.exe] x"}},
		{"blank component and a word in capitals", "2026-03-04 05:06:07, Info                         OOBE is a word of the message", Line{Stamp: stamp, Severity: Info, Message: "OOBE is a word of the message"}},
		{"ID and blank component", "2026-03-04 05:06:07, Info       [0x0601c1]        text", Line{Stamp: stamp, Severity: Info, ID: 0x0601c1, Message: "text"}},
		{"message with leading blanks", "2026-03-04 05:06:07, Info                  SYSPRP     Name: X, Order: 256", Line{Stamp: stamp, Severity: Info, Component: "SYSPRP", Message: "    Name: X, Order: 256"}},
		{"last error", "2026-03-04 05:06:07, Error      [0x0f00ae] SYSPRP WinMain:x[gle=0x00000006]", Line{Stamp: stamp, Severity: Error, ID: 0x0f00ae, Component: "SYSPRP", Message: "WinMain:x", LastError: "0x00000006"}},
		{"collapsed blanks", "2026-03-04 05:06:07, Error [0x0F0043] SYSPRP WinMain:x", Line{Stamp: stamp, Severity: Error, ID: 0x0f0043, Component: "SYSPRP", Message: "WinMain:x"}},
		{"collapsed, without ID", "2026-03-04 05:06:07, Info SYSPRP WinMain:x", Line{Stamp: stamp, Severity: Info, Component: "SYSPRP", Message: "WinMain:x"}},
		{"collapsed, program", "2026-03-04 05:06:07, Info [windeploy.exe] x", Line{Stamp: stamp, Severity: Info, Message: "[windeploy.exe] x"}},
		{"words in place of the stamp", "<Date> <Time>, Error SYSPRP Failed", Line{Severity: Error, Component: "SYSPRP", Message: "Failed"}},
		{"no stamp", "Error [0x0f0082] SYSPRP LaunchDll: x", Line{Severity: Error, ID: 0x0f0082, Component: "SYSPRP", Message: "LaunchDll: x"}},
		{"quoted, no severity", "> SYSPRP LaunchDll:Failure occurred", Line{Severity: Error, Component: "SYSPRP", Message: "LaunchDll:Failure occurred"}},
		{"quoted, all good", "SYSPRP LaunchDll:Successfully executed 'x' without error", Line{Severity: Info, Component: "SYSPRP", Message: "LaunchDll:Successfully executed 'x' without error"}},
		{"ID alone", "[0x060432] IBS The file is not valid", Line{Severity: Error, ID: 0x060432, Component: "IBS", Message: "The file is not valid"}},
		{"program alone", "[windeploy.exe] Found no unattend file", Line{Severity: Info, Message: "[windeploy.exe] Found no unattend file"}},
		{"task sequence", "02-07-2022 15:18:03.000 SYSPRP 983152 (0xf0070) RunDlls:An error", Line{Stamp: "2022-02-07 15:18:03", Severity: Error, ID: 0x0f0070, Component: "SYSPRP", Message: "RunDlls:An error"}},
		{"task sequence without ID", "02-07-2022 15:18:02.000 SYSPRP Entering Validate", Line{Stamp: "2022-02-07 15:18:02", Severity: Info, Component: "SYSPRP", Message: "Entering Validate"}},
		{"behind a file name and a line number", `C:\x\setupact.log:12:2026-03-04 05:06:07, Error      [0x0f0082] SYSPRP LaunchDll:x`, Line{Stamp: stamp, Severity: Error, ID: 0x0f0082, Component: "SYSPRP", Message: "LaunchDll:x"}},
		{"behind the words of a build", "2026-03-05T01:02:03Z: ==> image.azure-arm: 2026-03-04 05:06:07, Error SYSPRP BCD: x", Line{Stamp: stamp, Severity: Error, Component: "SYSPRP", Message: "BCD: x"}},
		{"behind more words of a build", "2026-03-05T01:02:03.1234567Z     image.azure-arm: Error SYSPRP BCD: x", Line{Severity: Error, Component: "SYSPRP", Message: "BCD: x"}},
		{"behind the words of a build and a colour", "\x1b[0;32m    image.azure-arm: Error [0x0f0070] SYSPRP x", Line{Severity: Error, ID: 0x0f0070, Component: "SYSPRP", Message: "x"}},
		{"a program behind the words of a build", "    azure-arm: [setup.exe] x failed", Line{Severity: Error, Message: "[setup.exe] x failed"}},
		{"a severity that somebody typed", "error SYSPRP Package x", Line{Severity: Error, Component: "SYSPRP", Message: "Package x"}},
		{"a sentence that begins like a severity", "error CBSX of the store", Line{Message: "error CBSX of the store"}},
		{"code in a sentence", "- a service that is off \u2014 `SYSPRP LaunchDll:Failure x", Line{Severity: Error, Component: "SYSPRP", Message: "LaunchDll:Failure x"}},
		{"a dialog", "Windows could not parse or process unattend answer file [x]", Line{Severity: Error, Message: "Windows could not parse or process unattend answer file [x]"}},
		{"a message alone, numbered", "1. Package Contoso_1 was installed for a user, but not provisioned", Line{Severity: Error, Message: "Package Contoso_1 was installed for a user, but not provisioned"}},
		{"a message alone, without its first word", "Contoso.Notes_1_x64__abc was installed for a user, but not provisioned", Line{Severity: Error, Message: "Contoso.Notes_1_x64__abc was installed for a user, but not provisioned"}},
		{"a sentence about that message", "It was installed for a user, but not provisioned for all", Line{Message: "It was installed for a user, but not provisioned for all"}},
		{"a dialog behind words", "Full error: *Windows could not parse or process unattend answer file [x]*", Line{Severity: Error, Message: "Windows could not parse or process unattend answer file [x]*"}},
		{"a message alone, in quotes", `  "Package Contoso_1 is installed for a user, but not provisioned"`, Line{Severity: Error, Message: `Package Contoso_1 is installed for a user, but not provisioned"`}},
		{"commented out", "#   SYSPRP ParseCommands:Malformed command line", Line{Severity: Error, Component: "SYSPRP", Message: "ParseCommands:Malformed command line"}},
		{"numbered", "  12: Error [0x0f0082] SYSPRP LaunchDll: x", Line{Severity: Error, ID: 0x0f0082, Component: "SYSPRP", Message: "LaunchDll: x"}},
		{"a colon behind the severity", "Error:SYSPRP Package x", Line{Severity: Error, Component: "SYSPRP", Message: "Package x"}},
		{"dots in place of all columns", "(...) SYSPRP x.dll returned 0x3", Line{Severity: Info, Component: "SYSPRP", Message: "x.dll returned 0x3"}},
		{"what a command printed", "Name: CBS store failed", Line{Message: "Name: CBS store failed"}},
		{"quoted program", "  > [windeploy.exe] OEM Licensing detected: 1", Line{Severity: Info, Message: "[windeploy.exe] OEM Licensing detected: 1"}},
		{"severity and program", "Error [audit.exe] Unable to x", Line{Severity: Error, Message: "[audit.exe] Unable to x"}},
		{"message alone", "WinMain:Hit failure while processing", Line{Severity: Error, Message: "WinMain:Hit failure while processing"}},
		{"blanks of a web page", "2026-03-04\u00a005:06:07, Error\u00a0\u00a0\u00a0SYSPRP\u00a0x", Line{Stamp: stamp, Severity: Error, Component: "SYSPRP", Message: "x"}},
		{"entities and curly quotes", "Error SYSPRP &#39;A&#39; \u2018B\u2019 &lt;null&gt; \u201cC\u201d", Line{Severity: Error, Component: "SYSPRP", Message: "'A' 'B' <null> \"C\""}},
		{"entities behind the columns", "2026-03-04 05:06:07, Info                  SYSPRP mode &lt;null&gt;", Line{Stamp: stamp, Severity: Info, Component: "SYSPRP", Message: "mode <null>"}},
		{"bold type", "Date/Time, Error SYSPRP Package **Contoso_1 was x**.", Line{Severity: Error, Component: "SYSPRP", Message: "Package Contoso_1 was x."}},
		{"Configuration Manager", `<![LOG[RunDlls:x]LOG]!><time="05:06:07.000+000" date="03-04-2026" component="SYSPRP" context="" type="3" thread="1" file="">`, Line{Stamp: stamp, Severity: Error, Component: "SYSPRP", Message: "RunDlls:x"}},
		{"Configuration Manager, a warning of another program", `<![LOG[x]LOG]!><time="05:06:07.000" date="03-04-2026" component="TSManager" type="2">`, Line{Stamp: stamp, Severity: Warning, Message: "x"}},
		{"Configuration Manager around a line of the log", `<![LOG[2026-03-04 05:06:07, Error SYSPRP x]LOG]!><time="06:06:07.000" date="03-04-2026" type="1">`, Line{Stamp: stamp, Severity: Error, Component: "SYSPRP", Message: "x"}},
		{"a task sequence, with a time that is none", "03-04-2026 05:06\x1007.000 SYSPRP x", Line{Message: "03-04-2026 05:06\x1007.000 SYSPRP x"}},
		{"Configuration Manager, with a date that is none", "<![LOG[x]LOG]!><time=\"05:06:07.000\" date=\"03\x0e04-2026\" type=\"2\">", Line{Severity: Warning, Message: "x"}},
		{"Configuration Manager, cut off", "<![LOG[<![LOG[x", Line{Severity: Info, Message: "<![LOG[x"}},
		{"a sentence that names the component", "Sysprep fails with SYSPRP MRTGeneralize", Line{Message: "Sysprep fails with SYSPRP MRTGeneralize"}},
		{"a sentence", "A fatal error occurred.", Line{Message: "A fatal error occurred."}},
		{"last error alone", "[gle=0x00000002]", Line{LastError: "0x00000002"}},
		{"invalid UTF-8", "2026-03-04 05:06:07, Info                  SYSPRP a\xffb", Line{Stamp: stamp, Severity: Info, Component: "SYSPRP", Message: "a\ufffdb"}},
		{"an unknown severity", "2026-03-04 05:06:07, Perf                  SYSPRP x", Line{Message: "2026-03-04 05:06:07, Perf                  SYSPRP x"}},
		{"severity alone", "2026-03-04 05:06:07, Error", Line{Stamp: stamp, Severity: Error}},
		{"nothing", "", Line{}},
	}
	for _, c := range cases {
		if got := ParseLine(c.text); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

// pattern is the grammar as one expression, checked against thousands of lines
// of real logs. The columns read the same faster, and where a message begins
// with a word in capitals more truly.
var pattern = regexp.MustCompile(`^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d), (Info|Warning|Error)\s+(?:(\[0x[0-9a-fA-F]{6}\])\s+)?(?:([A-Z][A-Z0-9]{1,5})\s+)?(.*?)(?:\s*\[gle=(0x[0-9a-fA-F]+)\])?$`)

func agree(t *testing.T, text string) {
	t.Helper()
	m := pattern.FindStringSubmatch(strings.TrimRight(text, "\r\n\x00 \t"))
	if m == nil || string(unmarked([]byte(text))) != text {
		return
	}
	got := ParseLine(text)
	if got.Stamp != m[1] || got.Severity.String() != m[2] {
		t.Fatalf("%q: %+v, the pattern reads %q", text, got, m)
	}
	if got.Component == m[4] && !strings.HasSuffix(strings.Join(strings.Fields(m[5]), " "), strings.Join(strings.Fields(got.Message), " ")) && got.LastError == m[6] {
		t.Errorf("%q: message %q, the pattern reads %q", text, got.Message, m[5])
	}
}

func FuzzParseLine(f *testing.F) {
	for _, s := range shapes() {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if strings.ContainsAny(text, "\n\r\x00\v\f\u0085\u00a0") || strings.ToValidUTF8(text, "") != text {
			ParseLine(text)
			return
		}
		agree(t, text)
	})
}
