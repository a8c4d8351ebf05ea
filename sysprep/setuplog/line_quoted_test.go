package setuplog

import (
	"strings"
	"testing"
)

const (
	installDialog = "Windows could not complete the installation. To install Windows on this computer, restart the installation."
	restartDialog = "The computer restarted unexpectedly or encountered an unexpected error. Windows installation cannot proceed."
	parseDialog   = "Windows could not parse or process unattend answer file [x] for pass [specialize]. A component or setting specified in the answer file does not exist."
	perUserAlone  = "Package Contoso.Notes_1.2.3.0_x64__abcdefgh12345 was installed for a user, but not provisioned for all users."
)

// Pages, programs and other logs that hold the words of dialogs tell of no run
// that failed.
func TestWordsOfDialogsAreNoFailure(t *testing.T) {
	for name, text := range map[string]string{
		"headings":             "# Windows could not parse or process unattend answer file\n\n## Windows could not complete the installation\nThe computer restarted unexpectedly or encountered an unexpected error\n",
		"a list":               " * Windows could not complete the installation - see chapter 3\n * Windows could not finish configuring the system: no longer seen\n",
		"a table":              "| Windows could not complete the installation | 3 |\n| Windows Setup encountered an internal error | 5 |\n",
		"prose":                "Windows could not finish configuring the system when a driver hangs.\nWindows could not parse or process the file.\n",
		"a changelog":          "- Fixed: Windows could not parse or process the generated answer file\n- appx: Contoso_1_x64__a was installed for a user, but not provisioned: skipped\n",
		"a changelog of tags":  "- Error SYSPRP lines are red\n- Windows could not finish configuring the system: no longer with German images\n",
		"French":               "Erreur : Windows could not finish configuring the system. Voici comment la corriger.\n",
		"an e-mail":            "Subject: Windows could not parse or process - solved\n\nRe: Windows could not complete the installation\n",
		"a sentence around it": "If Setup says: \"" + installDialog + "\", press Shift+F10.\n",
		"C":                    "static const char *text[] = {\n\t\"" + installDialog + "\",\n\t\"" + perUserAlone + "\",\n};\n",
		"Python":               "MESSAGES = {\n    1: '" + restartDialog + "',\n}\n",
		"PowerShell":           "if ($x) { Write-Error \"" + installDialog + "\" }\n$p = @(\n    \"Windows could not complete the installation\"\n)\n",
		"JSON":                 "{\n  \"text\": \"" + restartDialog + "\"\n}\n",
		"CSV":                  "F58,interrupted," + restartDialog + "\n",
		"an installer":         "Error 1603: Windows could not complete the installation of Contoso\n",
		"a log of its own":     "2026-03-04 05:06:07, Error Windows could not complete the installation of plug-in A\n",
		"a build":              "2026-03-05T01:02:03Z: ==> azure-arm: Windows could not complete the installation of KB1; trying again\n",
		"a transcript":         "PS C:\\> Write-Host \"Windows could not complete the installation\"\nWindows could not complete the installation\nPS C:\\>\n",
		"a good run below":     installDialog + "\n\n" + header + worked + closing,
		"a good run above":     header + worked + closing + "\nBefore that it was:\n" + restartDialog + "\n" + perUserAlone + "\n",
		"a good run around":    header + worked + installDialog + "\r\n" + closing,
	} {
		log, err := Read(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range log.Runs {
			if r.Verdict == Failed {
				t.Errorf("%s: line %d: %s", name, r.Line, r.Text)
			}
		}
	}
}

// Where a log tells of the failure, what is quoted beside it does not count.
func TestTheLogSaysMoreThanWhatIsQuoted(t *testing.T) {
	failing := header + validating + package26100 + closing
	join := boot("Info", "[windeploy.exe] WinDeploy.exe launched with command-line []...") + boot("Error", "[setup.exe] Contoso went wrong: 0x54b", "[windeploy.exe] Setup.exe failed, returning exit code [0x1f]")
	for name, tt := range map[string]struct {
		log, line, phase string
		runs             int
	}{
		"above a run":           {installDialog + "\n" + failing, "Package ", "pre-validate generalize", 1},
		"below a run":           {failing + "\nThen:\n" + restartDialog + "\n", "Package ", "pre-validate generalize", 1},
		"above a first boot":    {restartDialog + "\n" + join, "Contoso went wrong", "specialize", 1},
		"below a first boot":    {join + installDialog + "\n" + restartDialog + "\n", "Contoso went wrong", "specialize", 1},
		"a known cause":         {parseDialog + "\n\n" + boot("Error", `[setup.exe] UnattendSearchExplicitPath: Found unattend file at [x] but unable to deserialize it; status = 0x1.`), "deserialize", "specialize", 1},
		"nothing but quotes":    {"Error:\n\n    " + parseDialog + "\n\nAny idea?\n", "Windows could not parse", "specialize", 1},
		"two quotes":            {restartDialog + "\n\n> " + parseDialog + "\n", "Windows could not parse", "specialize", 1},
		"a run that goes on":    {header + validating + "\n" + restartDialog + "\n", "The computer restarted", "pre-validate generalize", 1},
		"a quotation mark":      {"I see: \"" + installDialog + "\"\n", "Windows could not complete", "specialize", 1},
		"one that is cut off":   {"The computer restarted unexpectedly or encountered an unexpected error.\n", "The computer restarted", "specialize", 1},
		"a package and the end": {perUserAlone + "\nActionPlatform::LaunchModule: Failure occurred while executing 'SysprepGeneralizeValidate' from C:\\Windows\\System32\\AppxSysprep.dll; dwRet = 0x3cf2\n", "Package ", "pre-validate generalize", 1},
	} {
		log, err := Read(strings.NewReader(tt.log))
		if err != nil || len(log.Runs) != tt.runs {
			t.Errorf("%s: %d runs, %v", name, len(log.Runs), err)
			continue
		}
		if r := log.Runs[0]; r.Verdict != Failed || !strings.Contains(r.Text, tt.line) || r.Phase != tt.phase {
			t.Errorf("%s: %s, line %d: %s", name, r.String(), r.Line, r.Text)
		}
	}
}

// A quotation ends at a blank line, so that no words of a page become part of
// the message.
func TestAQuotationEnds(t *testing.T) {
	r := scanned(t, installDialog+"\n\nIt failed with 0x80070005 somewhere else.\n")
	if r.Text != installDialog || r.Code != "" {
		t.Errorf("%q %s", r.Text, r.Code)
	}
}
