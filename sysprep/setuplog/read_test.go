package setuplog

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// The same log in the dress of several builds and of the ways in which logs
// are handed around.
var dresses = map[string]func(string) string{
	"as Windows writes it": func(s string) string { return "\ufeff" + s },
	"LF":                   func(s string) string { return strings.ReplaceAll(s, "\r", "") },
	"UTF-16":               func(s string) string { return wide(s, false, true) },
	"UTF-16 without mark":  func(s string) string { return wide(s, true, false) },
	"collapsed blanks": func(s string) string {
		var b strings.Builder
		for line := range strings.Lines(s) {
			b.WriteString(strings.Join(strings.Fields(line), " ") + "\n")
		}
		return b.String()
	},
	"without IDs": func(s string) string {
		for line := range strings.Lines(s) {
			if at := strings.Index(line, "[0x0f"); at > 0 {
				s = strings.ReplaceAll(s, line[at:at+10], "          ")
			}
		}
		return s
	},
	"with empty lines": func(s string) string { return strings.ReplaceAll(s, "\n", "\n\n") },
	"with last errors on lines of their own": func(s string) string {
		return strings.ReplaceAll(s, "\r\n", "\r\n[gle=0x000000b7]\r\n")
	},
	"with bytes that are no UTF-8": func(s string) string { return "\xff\xc3\x28\r\n" + s },
	"quoted":                       func(s string) string { return "> " + strings.ReplaceAll(s, "\r\n", "\r\n> ") },
	"searched": func(s string) string {
		return `C:\Logs\setupact.log:7:` + strings.ReplaceAll(s, "\r\n", "\r\nC:\\Logs\\setupact.log:8:")
	},
	"built": func(s string) string {
		return "==> azure-arm: " + strings.ReplaceAll(s, "\n", "\n2026-03-05T01:02:03Z: ==> azure-arm: ")
	},
	"as a comment": func(s string) string { return "# " + strings.ReplaceAll(s, "\n", "\n# ") },
	"HTML":         func(s string) string { return strings.NewReplacer("'", "&#39;", "<", "&lt;", ">", "&gt;").Replace(s) },
	"web page":     func(s string) string { return strings.NewReplacer("  ", " \u00a0", "'", "\u2019").Replace(s) },
	"Configuration Manager": func(s string) string {
		var b strings.Builder
		for line := range strings.Lines(s) {
			l := ParseLine(line)
			fmt.Fprintf(&b, "<![LOG[%s]LOG]!><time=\"05:06:07.000+000\" date=\"03-04-2026\" component=\"SYSPRP\" context=\"\" type=\"%d\" thread=\"1\" file=\"\">\r\n", l.Message, l.Severity)
		}
		return b.String()
	},
	"wrapped":                       func(s string) string { return wrap(s, 90) },
	"wrapped task sequence, quoted": func(s string) string { return "> " + strings.ReplaceAll(wrap(sequenced(s), 100), "\n", "\n> ") },
	"task sequence":                 sequenced,
}

// sequenced is a log in the form of Configuration Manager's task sequences.
func sequenced(s string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		l := ParseLine(line)
		id := ""
		if l.ID != 0 {
			id = fmt.Sprintf("%d (0x%x) ", l.ID, l.ID)
		}
		fmt.Fprintf(&b, "03-04-2026 05:06:07.000 SYSPRP %s%s\r\n", id, l.Message)
	}
	return b.String()
}

// wrap cuts lines at blanks, as consoles and documents do.
func wrap(s string, width int) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		for len(line) > width {
			cut := strings.LastIndexByte(line[:width], ' ')
			if cut <= 60 {
				break
			}
			b.WriteString(line[:cut] + "\r\n  ")
			line = line[cut+1:]
		}
		b.WriteString(line)
	}
	return b.String()
}

const (
	validating = "2026-03-04 05:06:07, Info       [0x0f00d7] SYSPRP WinMain:Pre-validing 'cleanup' internal providers.\r\n" +
		"2026-03-04 05:06:07, Info                  SYSPRP RunDlls:Running platform actions specified in action file for phase 3\r\n" +
		"2026-03-04 05:06:07, Info                  SYSPRP SysprepSession::Validate: Beginning action execution from C:\\Windows\\System32\\Sysprep\\ActionFiles\\Cleanup.xml\r\n" +
		"2026-03-04 05:06:07, Info                  SYSPRP ActionPlatform::LaunchModule: Executing method 'Sysprep_Clean_Validate_Opk' from C:\\Windows\\System32\\spopk.dll\r\n" +
		"2026-03-04 05:06:07, Info                  SYSPRP ActionPlatform::LaunchModule: Successfully executed 'Sysprep_Clean_Validate_Opk' from C:\\Windows\\System32\\spopk.dll\r\n" +
		"2026-03-04 05:06:07, Info       [0x0f00d7] SYSPRP WinMain:Pre-validing 'generalize' internal providers.\r\n" +
		"2026-03-04 05:06:07, Info                  SYSPRP SysprepSession::Validate: Beginning action execution from C:\\Windows\\System32\\Sysprep\\ActionFiles\\Generalize.xml\r\n" +
		"2026-03-04 05:06:07, Info                  SYSPRP ActionPlatform::LaunchModule: Executing method 'SysprepGeneralizeValidate' from C:\\Windows\\System32\\AppxSysprep.dll\r\n"
	package26100 = "2026-03-04 05:06:08, Error                 SYSPRP Package Contoso.Notes_1.2.3.0_x64__abcdefgh12345 was installed for a user, but not provisioned for all users. This package will not function properly in the sysprep image.\r\n" +
		"2026-03-04 05:06:08, Error                 SYSPRP Failed to remove apps for the current user: 0x80073cf2.\r\n" +
		"2026-03-04 05:06:08, Error                 SYSPRP Exit code of RemoveAllApps thread was 0x3cf2.\r\n" +
		"2026-03-04 05:06:08, Error      [0x0f0082] SYSPRP ActionPlatform::LaunchModule: Failure occurred while executing 'SysprepGeneralizeValidate' from C:\\Windows\\System32\\AppxSysprep.dll; dwRet = 0x3cf2\r\n" +
		"2026-03-04 05:06:08, Error                 SYSPRP SysprepSession::Validate: Error in validating actions from C:\\Windows\\System32\\Sysprep\\ActionFiles\\Generalize.xml; dwRet = 0x3cf2\r\n" +
		"2026-03-04 05:06:08, Error                 SYSPRP RunPlatformActions:Failed while validating Sysprep session actions; dwRet = 0x3cf2\r\n" +
		"2026-03-04 05:06:08, Error      [0x0f0070] SYSPRP RunDlls:An error occurred while running registry sysprep DLLs, halting sysprep execution. dwRet = 0x3cf2\r\n" +
		"2026-03-04 05:06:08, Error      [0x0f00d8] SYSPRP WinMain:Hit failure while pre-validate sysprep generalize internal providers; hr = 0x80073cf2\r\n"
)

func TestEveryDressOfALogTellsTheSame(t *testing.T) {
	failing, good := header+validating+package26100+closing, header+worked+closing
	for name, dress := range dresses {
		t.Run(name, func(t *testing.T) {
			text := dress(failing)
			r := scanned(t, text)
			if r.Verdict != Failed || r.Signature != "F01" || r.Code != "0x80073CF2" || r.Phase != "pre-validate generalize" || r.Provider != "AppxSysprep.dll,SysprepGeneralizeValidate" {
				t.Errorf("%+v", r)
			}
			if !strings.Contains(r.Text, "Contoso.Notes") || !strings.Contains(r.Cause, "Contoso.Notes_1.2.3.0_x64__abcdefgh12345") {
				t.Errorf("%q, %q", r.Text, r.Cause)
			}
			if !strings.HasPrefix(name, "UTF-16") && r.Line != at(text, "Package") {
				t.Errorf("line %d, want %d", r.Line, at(text, "Package"))
			}
			if r := scanned(t, dress(good)); r.Verdict != Success || r.Line != 0 || r.Code != "" {
				t.Errorf("the good run: %+v", r)
			}
		})
	}
}

// What a whole log comes to. The lines are our own, in the shapes of the
// build that the name tells.
func TestVerdictPhaseAndCause(t *testing.T) {
	const e, i = "2012-03-04 05:06:07, Error      [0x0f0082] SYSPRP ", "2012-03-04 05:06:07, Info                  SYSPRP "
	cases := []struct {
		name, log string
		want      Run    // verdict, phase, code, provider, signature
		line      string // the line of the failure holds this
	}{
		{"nothing but the header", header, Run{Verdict: Incomplete, Phase: "arguments"}, ""},
		{"validation goes on", header + validating, Run{Verdict: Incomplete, Phase: "pre-validate generalize", Provider: "AppxSysprep.dll,SysprepGeneralizeValidate", Signature: "F69"}, "Executing method 'SysprepGeneralizeValidate'"},
		{"closed with nothing done", header + closing, Run{Verdict: Unknown, Phase: "arguments"}, ""},
		{"validated and closed, nothing executed", header + validating + i + "ActionPlatform::LaunchModule: Successfully executed 'SysprepGeneralizeValidate' from C:\\x.dll\r\n" + closing, Run{Verdict: Unknown, Phase: "pre-validate generalize"}, ""},
		{"done", header + worked + closing, Run{Verdict: Success, Phase: "confirm"}, ""},
		{"done, not closed", header + worked, Run{Verdict: Incomplete, Phase: "confirm"}, ""},
		{"done, and the machine goes down", header + worked + i + "ProcessShutdown:Successfully called InitiateSystemShutdownEx\r\n", Run{Verdict: Success, Phase: "confirm"}, ""},
		{"window closed", header + "2026-03-04 05:06:09, Error      [0x0f0043] SYSPRP WinMain:The sysprep dialog box returned FALSE\r\n" + closing, Run{Verdict: Cancelled, Phase: "arguments", Signature: "F26"}, "returned FALSE"},
		{"window closed after a failure", header + validating + package26100 + "2026-03-04 05:06:09, Error      [0x0f0043] SYSPRP WinMain:The sysprep dialog box returned FALSE\r\n" + closing,
			Run{Verdict: Failed, Phase: "pre-validate generalize", Code: "0x80073CF2", Provider: "AppxSysprep.dll,SysprepGeneralizeValidate", Signature: "F01"}, "Package"},
		{"failed and not closed", header + validating + package26100, Run{Verdict: Failed, Phase: "pre-validate generalize", Code: "0x80073CF2", Provider: "AppxSysprep.dll,SysprepGeneralizeValidate", Signature: "F01"}, "Package"},
		{"6.1, an unknown provider", header + i + "RunRegistryDlls:Found entrypoint in registry at SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Setup\\SysPrep\\Generalize\\{x}; will try to launch 'C:\\a b\\x.dll,Y'\r\n" +
			i + "LaunchDll:Found 'C:\\a b\\x.dll,Y'; executing it\r\n" + e + "LaunchDll:Failure occurred while executing 'C:\\a b\\x.dll,Y', returned error code 1359\r\n" +
			"2012-03-04 05:06:07, Error      [0x0f0070] SYSPRP RunExternalDlls:An error occurred while running registry sysprep DLLs, halting sysprep execution. dwRet = 1359\r\n" +
			"2012-03-04 05:06:07, Error      [0x0f00a8] SYSPRP WinMain:Hit failure while processing sysprep generalize providers; hr = 0x8007054f\r\n" + closing,
			Run{Verdict: Failed, Phase: "generalize", Code: "0x8007054F", Provider: "x.dll,Y"}, "Failure occurred"},
		{"6.3, an error of a provider that went on to succeed", header + i + "ActionPlatform::LaunchModule: Found 'A' in C:\\a.dll; executing it\r\n2014-03-04 05:06:07, Error                 SYSPRP A: something broke; hr = 0x80004005\r\n" +
			i + "ActionPlatform::LaunchModule: Successfully executed 'A' from C:\\a.dll\r\n" + worked + closing, Run{Verdict: Success, Phase: "confirm"}, ""},
		{"10.0, an unknown provider's own words come first", header + worked + i + "ActionPlatform::LaunchModule: Executing method 'B' from C:\\Windows\\System32\\b.dll\r\n" +
			"2026-03-04 05:06:07, Error                 SYSPRP B: the tank is empty; hr = 0x80080005\r\n" +
			"2026-03-04 05:06:07, Error                 SYSPRP ActionPlatform::LaunchModule: Failure occurred while executing 'B' from C:\\Windows\\System32\\b.dll; dwRet = 0x5\r\n" + halted + closing,
			Run{Verdict: Failed, Phase: "generalize", Code: "0x80080005", Provider: "b.dll,B"}, "the tank is empty"},
		{"tried again in the window: the last failure counts", header + validating + package26100 + halted + closing, Run{Verdict: Failed, Phase: "generalize", Code: "0x80070002"}, "halting sysprep execution. dwRet = 0x2"},
		{"a bad command line", header + "2026-03-04 05:06:07, Error                 SYSPRP ParseCommands:Invalid argument 'Files\\u.xml'; no dash or slash present\r\n" + closing,
			Run{Verdict: Failed, Phase: "arguments", Signature: "F27"}, "no dash"},
		{"setuperr.log of two failures", e + "LaunchDll:Failure occurred while executing 'C:\\Windows\\System32\\spbcd.dll,Sysprep_Generalize_Bcd', returned error code 2\r\n" + halted +
			"2012-03-04 05:06:09, Error      [0x0f0073] SYSPRP RunExternalDlls:Not running DLLs; either the machine is in an invalid state or we couldn't update the recorded state, dwRet = 31\r\n" +
			"2012-03-04 05:06:09, Error      [0x0f00ae] SYSPRP WinMain:Hit failure while processing sysprep cleanup external providers; hr = 0x8007001f\r\n",
			Run{Verdict: Failed, Phase: "cleanup", Code: "0x8007001F", Signature: "F23"}, "invalid state"},
		{"setuperr.log of noise", "2026-03-04 05:06:07, Error                        [msoobe.exe] CFirstUXWnd::OpenExisting failed with error 80070490\r\n", Run{Verdict: Unknown, Phase: "oobeSystem"}, ""},
		{"setuperr.log of Sysprep's own noise", "2026-03-04 05:06:07, Error                 SYSPRP MRTGeneralize:107 - ERROR: Failed DeleteInstance x hr=2147749904\r\n", Run{Verdict: Unknown}, ""},
		{"noise on two lines of a console", header + "2026-03-04 05:06:07, Error SYSPRP BCD: Failed to export the changes to the\r\n   firmware. Status: c000000d\r\n" + closing, Run{Verdict: Unknown, Phase: "arguments"}, ""},
		{"lines handed around in another order", "Error [0x0f00a8] SYSPRP WinMain: Hit failure while processing sysprep generalize providers; hr = 0xc004d307\n\n" +
			"Error [0x0f0073] SYSPRP RunExternalDlls:Not running DLLs; either the machine is in an invalid state or we couldn\u2019t update the recorded state, dwRet = 31\n\n" +
			"Error [0x0f0082] SYSPRP LaunchDll: Failure occurred while executing \u2018C:\\Windows\\System32\\slc.dll, SLReArmWindows\u2019, returned error code -1073425657\n",
			Run{Verdict: Failed, Phase: "generalize", Code: "0xC004D307", Provider: "slc.dll,SLReArmWindows", Signature: "F19"}, "LaunchDll"},
		{"a command line refused, without severities", "```\nSYSPRP ParseCommands:Malformed command line; no dash or slash present\nSYSPRP WinMain: Unable to parse the command line; GLE = 0x0\n```\n",
			Run{Verdict: Failed, Phase: "arguments", Signature: "F27"}, "Malformed"},
		{"an excerpt without the verdict", "2026-03-04 05:06:07, Error SYSPRP BitLocker-Sysprep: BitLocker is on for the OS volume. (0x80310039)\n" +
			"2026-03-04 05:06:07, Error SYSPRP SysprepSession::Validate: Error in validating actions from C:\\Windows\\System32\\Sysprep\\ActionFiles\\Generalize.xml; dwRet = 0x80310039\n",
			Run{Verdict: Failed, Phase: "pre-validate generalize", Code: "0x80310039", Signature: "F18"}, "BitLocker is on"},
		{"a package on two lines of a console", "Error:SYSPRP Package Contoso.Notes_1_x64__a was installed for a user, but not \n                     provisioned for all users. This package x\n" +
			"Error                 SYSPRP Failed to remove apps for the current user: 0x80073cf2.\n", Run{Verdict: Failed, Phase: "pre-validate", Code: "0x80073CF2", Signature: "F01"}, "Contoso"},
		{"the code of a provider is cut and wrapped", header + validating + "2026-03-04 05:06:07, Error                 SYSPRP Sysprep_Clean_Validate_Opk: Audit mode cannot be turned on if reserved storage is in use. An update or servicing operation may be using reserved storage.; hr = 0x800F0975\r\n" +
			"2026-03-04 05:06:07, Error                 SYSPRP ActionPlatform::LaunchModule: Failure occurred while executing 'Sysprep_Clean_Validate_Opk' from C:\\Windows\\System32\\spopk.dll; dwRet = 0x975\r\n" +
			"2026-03-04 05:06:07, Error      [0x0f00d8] SYSPRP WinMain:Hit failure while pre-validate sysprep cleanup internal providers; hr = 0x80070975\r\n" + closing,
			Run{Verdict: Failed, Phase: "pre-validate cleanup", Code: "0x800F0975", Provider: "spopk.dll,Sysprep_Clean_Validate_Opk", Signature: "F11"}, "reserved storage"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := scanned(t, c.log)
			same := Run{Verdict: got.Verdict, Phase: got.Phase, Code: got.Code, Provider: got.Provider, Signature: got.Signature}
			if fmt.Sprintf("%+v", same) != fmt.Sprintf("%+v", c.want) {
				t.Errorf("%+v\nwant %+v", same, c.want)
			}
			want := 0
			if c.line != "" {
				want = at(c.log, c.line)
			}
			if got.Line != want {
				t.Errorf("line %d (%s), want %d", got.Line, got.Text, want)
			}
			if (got.Verdict == Failed) != (got.Cause != "" && got.Fix != "") && got.Verdict != Cancelled && got.Verdict != Incomplete {
				t.Errorf("cause %q, fix %q", got.Cause, got.Fix)
			}
		})
	}
}

func TestRunsAreCutAtTheirHeaders(t *testing.T) {
	log := "\ufeff" + header + validating + package26100 + closing + header + worked + closing + header
	l, err := Read(strings.NewReader(log))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range l.Runs {
		got = append(got, fmt.Sprintf("%d-%d %s", r.StartLine, r.EndLine, r.Verdict))
	}
	first, second := strings.Count(header+validating+package26100+closing, "\n"), strings.Count(header+worked+closing, "\n")
	want := []string{
		fmt.Sprintf("1-%d failed", first), fmt.Sprintf("%d-%d success", first+1, first+second),
		fmt.Sprintf("%d-%d incomplete", first+second+1, first+second+strings.Count(header, "\n")),
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if l.Lines != strings.Count(log, "\n") || l.Dropped != 0 || !l.Known {
		t.Errorf("%d lines, %d dropped", l.Lines, l.Dropped)
	}
}

func TestOnlyTheLastRunsAreKept(t *testing.T) {
	l, err := Read(strings.NewReader(strings.Repeat(header+closing, MaxRuns+7)))
	if err != nil || len(l.Runs) != MaxRuns || l.Dropped != 7 {
		t.Errorf("%d runs, %d dropped, %v", len(l.Runs), l.Dropped, err)
	}
}

func TestARehearsalIsReportedAsOne(t *testing.T) {
	mark := "2026-03-04 05:06:07, Info                  SYSPRP Reseal rehearsal: this log was not written by Windows\r\n"
	if r := scanned(t, "\ufeff"+mark+header+worked+closing); !r.Rehearsal || r.StartLine != 2 || r.Verdict != Success {
		t.Errorf("%+v", r)
	}
	if r := scanned(t, header+mark+worked+closing); r.Rehearsal {
		t.Error("the mark counts only before the first run")
	}
}

func TestARehearsalThatAPreCheckStopsNamesTheCheck(t *testing.T) {
	mark := "2026-03-04 05:06:07, Info                  SYSPRP Reseal rehearsal: this log was not written by Windows\r\n"
	line := "2026-03-04 05:06:07, Error                 SYSPRP not-system: the caller is the SYSTEM account\r\n"
	r := scanned(t, mark+header+line+closing)
	if r.Verdict != Failed || !strings.Contains(r.Cause, "pre-check not-system") || !strings.Contains(r.Fix, "reseal explain not-system") {
		t.Errorf("%+v", r)
	}
	if r := scanned(t, header+line+closing); strings.Contains(r.Cause, "pre-check") {
		t.Errorf("Windows has no pre-checks of that name: %+v", r)
	}
}

// Of a flood of unknown errors the middle is lost, and the cause is not.
func TestAFloodOfErrorsDoesNotHideTheCause(t *testing.T) {
	flood := strings.Repeat("2026-03-04 05:06:07, Error                 SYSPRP something else broke in an unknown way\r\n", 5000)
	log := header + flood + package26100[:strings.Index(package26100, "\n")+1] + flood + halted + closing
	if r := scanned(t, log); r.Signature != "F01" || r.Line != at(log, "Package") {
		t.Errorf("%s in line %d", r.Signature, r.Line)
	}
}

func TestNothingIsMadeOfWhatIsNoLog(t *testing.T) {
	for _, text := range []string{"", "\n\n", "hello\nworld\n", "Error 5: access denied\n", "<xml/>", "\x00\x01\x02\n\x7fELF", "[gle=0x00000002]\n", "{\"a\": 1}\n"} {
		l, err := Read(strings.NewReader(text))
		if err != nil || len(l.Runs) != 0 || l.Known {
			t.Errorf("%q: %+v, %v", text, l, err)
		}
	}
}
