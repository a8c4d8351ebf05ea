package setuplog

import (
	"slices"
	"strings"
	"testing"
)

// onlyErrors are the lines of a failure without a word of what went before, as
// setuperr.log has them. A gle= stands on the line below its own.
func onlyErrors(messages ...string) string {
	var b strings.Builder
	for _, m := range messages {
		if strings.HasPrefix(m, "[gle=") {
			b.WriteString(m + "\r\n")
			continue
		}
		b.WriteString(logged("Error " + m))
	}
	return b.String()
}

const (
	telemetry = "SYSPRP MRTGeneralize: Failed ConnectServer. Error code = 0x80004005"
	servicing = "CSI 00000021 Error 0x80070002 while a component was looked for"
	shellFail = `[0x0f0082] SYSPRP ActionPlatform::LaunchModule: Failure occurred while executing 'Sysprep_Generalize_Shell' from C:\Windows\System32\shsetup.dll; dwRet = 0x490`
	silFail   = `[0x0f0082] SYSPRP ActionPlatform::LaunchModule: Failure occurred while executing 'Sil_Generalize' from C:\Windows\System32\sil.dll; dwRet = 0x2`
	silAction = `SYSPRP SysprepSession::ExecuteInternal: Error in executing action for Microsoft-Windows-Software-Inventory-Logging; dwRet = 0x2`
	refusal   = "SYSPRP ParseCommands:Unable to parse command-line arguments to sysprep; no dash or slash present"
	driver    = "SYSPRP Sysprep_Generalize_Pnp: cannot open the driver store; hr = 0x8007000e"
	pnpFail   = `[0x0f0082] SYSPRP ActionPlatform::LaunchModule: Failure occurred while executing 'Sysprep_Generalize_Pnp' from C:\Windows\System32\sppnp.dll; dwRet = 0xe`
	parsing   = `IBS Windows could not parse or process unattend answer file [C:\Windows\Panther\unattend.xml] for pass [specialize]. The answer file is invalid.`
	command   = "[SETUPUGC.EXE] RunSynchronous command failed; hr = 0x80004005"
	setupEnd  = "[windeploy.exe] Setup.exe failed, returning exit code [0x1f]"
	module126 = `[0x0f0082] SYSPRP LaunchDll:Failure occurred while executing 'C:\Program Files\Contoso\agent.dll,Clean', returned error code 126`
)

// What belongs to a failure is told apart from what stands around it.
func TestTheCauseIsNotWhatStandsAroundIt(t *testing.T) {
	for name, tt := range map[string]struct {
		log                             string
		line, code, provider, signature string
	}{
		"an error that good runs have, before a provider's":          {onlyErrors(telemetry, shellFail), "Sysprep_Generalize_Shell", "0x80070490", "shsetup.dll,Sysprep_Generalize_Shell", ""},
		"a last error between the provider's lines":                  {onlyErrors(servicing, driver, "[gle=0x00000715]", pnpFail), "driver store", "0x8007000E", "sppnp.dll,Sysprep_Generalize_Pnp", ""},
		"an empty line between the provider's lines":                 {strings.Replace(onlyErrors(driver, pnpFail), "\r\n", "\r\n\r\n", 1), "driver store", "0x8007000E", "sppnp.dll,Sysprep_Generalize_Pnp", ""},
		"a code of the servicing stack, before a line without one":   {onlyErrors(servicing, refusal), "no dash", "", "", "F27"},
		"a component whose provider is named above":                  {onlyErrors(silFail, silAction), "action for", "0x80070002", "sil.dll,Sil_Generalize", "F45"},
		"an end of the boot that has a code, behind a line with one": {onlyErrors(command, setupEnd), "command failed", "0x80004005", "", "F60"},
		"an end of the boot that has a code, behind a line without":  {onlyErrors(parsing, setupEnd), "parse or process", "", "", "F53"},
		"an end of the boot alone":                                   {onlyErrors(setupEnd), "Setup.exe failed", "0x8007001F", "", "F60"},
		"words of a page behind the quotation":                       {"```\nError SYSPRP ActionPlatform::LaunchModule: Failure occurred while executing\n'Contoso_Clean_Validate' from C:\\Contoso\\a.dll\n```\nIt returned error 5.\n", "Failure occurred", "", "a.dll,Contoso_Clean_Validate", ""},
		"a provider whose DLL is not found":                          {onlyErrors(module126), "agent.dll", "0x8007007E", "agent.dll,Clean", "F49"},
	} {
		r := scanned(t, tt.log)
		if r.Verdict != Failed || r.Line != at(tt.log, tt.line) || r.Code != tt.code || r.Provider != tt.provider || r.Signature != tt.signature {
			t.Errorf("%s: %s in line %d, %q of %q, %q; want line %d, %+v", name, r.Verdict, r.Line, r.Code, r.Provider, r.Signature, at(tt.log, tt.line), tt)
		}
	}
}

// An entry point names the phase where no other line does.
func TestThePhaseOfAProvider(t *testing.T) {
	for provider, want := range map[string]string{
		"AppxSysprep.dll,SysprepGeneralizeValidate": "pre-validate generalize", "spopk.dll,Sysprep_Clean_Validate_Opk": "pre-validate cleanup",
		"spopk.dll,Sysprep_Clean_Opk": "cleanup", "capisp.dll,CryptoSysPrep_Specialize": "specialize", "slc.dll,SLReArmWindows": "", "": "", "Contoso-Generalize": "",
	} {
		if got := phaseOfProvider(provider); got != want {
			t.Errorf("%s: %q, want %q", provider, got, want)
		}
	}
	r := scanned(t, "Error SYSPRP ActionPlatform::LaunchModule: Failure occurred while executing 'Contoso_Generalize' from C:\\a.dll; dwRet = 0x5\n")
	if r.Verdict != Failed || r.Phase != "generalize" {
		t.Errorf("%s", r.String())
	}
}

// A form without severities has the words of signatures beside those of failures.
func TestACauseInLinesWithoutSeverity(t *testing.T) {
	for want, messages := range map[string][]string{
		"F18": {
			"BitLocker-Sysprep: BitLocker is on for the OS volume. Turn BitLocker off to run Sysprep. (0x80310039)",
			"ActionPlatform::LaunchModule: Failure occurred while executing 'ValidateBitLockerState' from C:\\Windows\\System32\\BdeSysprep.dll; dwRet = 0x80310039",
		},
		"F12": {
			"Sysprep_Clean_Validate_Opk: Audit mode can't be turned on if there is an active scenario.; hr = 0x800F0975",
			"ActionPlatform::LaunchModule: Failure occurred while executing 'Sysprep_Clean_Validate_Opk' from C:\\Windows\\System32\\spopk.dll; dwRet = 0x975",
		},
	} {
		var b strings.Builder
		for _, m := range slices.Concat([]string{"ActionPlatform::LaunchModule: Executing method 'X' from x.dll"}, messages) {
			b.WriteString("03-04-2026 05:06:07.000 SYSPRP " + m + "\r\n")
		}
		if r := scanned(t, b.String()); r.Verdict != Failed || r.Signature != want || r.Line != 2 {
			t.Errorf("%s: %s in line %d: %q", want, r.Verdict, r.Line, r.Signature)
		}
	}
	for _, harmless := range []string{
		"ActionPlatform::LaunchModule: Successfully executed 'X' from x.dll and the words error 5 behind it",
		"Package NotepadPlusPlus_1.0.0.0_neutral__7njy0v32s6xk6 is provisioned", "The component Microsoft-Windows-Deployment has 3 settings",
	} {
		if l := ParseLine("03-04-2026 05:06:07.000 SYSPRP " + harmless); l.Severity != Info {
			t.Errorf("%s: %s", harmless, l.Severity)
		}
	}
}

// The frame of a header is one, whatever a viewer puts between its lines.
func TestARunBeginsAtItsFrame(t *testing.T) {
	if r := scanned(t, strings.ReplaceAll(header, "\r\n", "\r\n\r\n")+worked+closing); r.StartLine != 1 || r.Verdict != Success {
		t.Errorf("the run begins in line %d: %s", r.StartLine, r.Verdict)
	}
	lines := strings.SplitAfter(header, "\n")
	log, err := Read(strings.NewReader(lines[0] + "what a command printed\n" + strings.Join(lines[1:], "")))
	if err != nil || len(log.Runs) != 2 || log.Runs[0].EndLine != 2 || log.Runs[1].StartLine != 3 {
		t.Errorf("a line that belongs to the run before is not in the frame: %v, %+v", err, log.Runs)
	}
}

// A line that means something only where the log ends, or beside others, is
// explained as such, and agrees with what the log is told.
func TestExplainTellsWhatALineMayMean(t *testing.T) {
	for _, g := range Signatures() {
		if len(g.Open) == 0 {
			continue
		}
		for _, e := range examples(t) {
			if e.ID != g.ID {
				continue
			}
			for _, text := range e.Match {
				if found := AtEnd(text); !slices.Contains(explained(text), g.ID) && (found == nil || found.ID != g.ID) {
					t.Errorf("%s is not known at the end: %s", g.ID, text)
				}
			}
			for _, text := range e.Near {
				if found := AtEnd(text); found != nil && found.ID == g.ID {
					t.Errorf("%s is known at the end of %s", g.ID, text)
				}
			}
		}
	}
	dump := "Error [setup.exe] SMI data results dump: Description = Value is invalid."
	var ids []string
	for _, g := range Beside(dump) {
		ids = append(ids, g.ID)
	}
	if !slices.Contains(ids, "F54") || len(Explain(dump)) > 0 || AtEnd(dump) != nil {
		t.Errorf("beside others the line is one of %v", ids)
	}
	if found := Beside("Info SYSPRP respecialize is armed"); len(found) > 0 {
		t.Errorf("a harmless line belongs to %s", found[0].ID)
	}
}
