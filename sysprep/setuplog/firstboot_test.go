package setuplog

import (
	"slices"
	"strings"
	"testing"
)

// boot makes the lines of programs of the first boot.
func boot(severity string, messages ...string) string {
	var b strings.Builder
	for _, m := range messages {
		b.WriteString(logged(severity + " " + m))
	}
	return b.String()
}

func TestFirstBoots(t *testing.T) {
	deployed := boot("Info", "[windeploy.exe] WinDeploy.exe launched with command-line []...", "[windeploy.exe] Found generalization state [0x4], setup.exe completion flag [False]",
		"[setup.exe] OrchestrateUpdateImageState: Updating image state from [IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE] --> [IMAGE_STATE_UNDEPLOYABLE]")
	specialized := boot("Info", "[setup.exe] OrchestrateUpdateImageState: Updating image state from [IMAGE_STATE_UNDEPLOYABLE] --> [IMAGE_STATE_SPECIALIZE_RESEAL_TO_OOBE]")
	oobe := boot("Info", "[oobeldr.exe] OOBELdr.exe launched with command-line [/system]", "[oobeldr.exe] OrchestrateUpdateImageState: Updating image state from [IMAGE_STATE_SPECIALIZE_RESEAL_TO_OOBE] --> [IMAGE_STATE_UNDEPLOYABLE]")
	complete := boot("Info", "[msoobe.exe] OrchestrateUpdateImageState: Updating image state from [IMAGE_STATE_UNDEPLOYABLE] --> [IMAGE_STATE_COMPLETE]")
	invalid := boot("Error", `[setup.exe] SMI data results dump: Source = Name: Microsoft-Windows-Shell-Setup, Language: neutral, ProcessorArchitecture: amd64, PublicKeyToken: 31bf3856ad364e35, VersionScope: nonSxS, /settings/ComputerName`,
		"[setup.exe] SMI data results dump: Description = El valor no es valido.") + logged("Error [0x060432] IBS The provided unattend file is not valid; hrResult = 0x80220005")
	failed := boot("Error", "[windeploy.exe] Setup.exe failed, returning exit code [0x1f]")
	actions := boot("Error", "[oobeldr.exe] [Action Queue] : Unattend action failed with exit code 4", "[oobeldr.exe] Execution of unattend GCs failed; hr = 0x0; pResults->hrResult = 0x8030000b",
		`[windeploy.exe] Command [%windir%\system32\oobe\oobeldr.exe /system] failed with exit code [0x8030000b]`,
		"[windeploy.exe] Failure occured during online installation.  Online installation cannot complete at this time.; hr = 0x8030000b")
	cases := []struct {
		name, log        string
		verdict          Verdict
		phase, signature string
		line             string
	}{
		{"under way", deployed, Incomplete, "specialize", "", ""},
		{"specialized", deployed + specialized, Success, "specialize", "", ""},
		{"OOBE under way", deployed + specialized + oobe, Incomplete, "oobeSystem", "", ""},
		{"OOBE never began", deployed + specialized + boot("Info", "[oobeldr.exe] OOBELdr.exe launched with command-line [/system]"), Incomplete, "oobeSystem", "F64", "[oobeldr.exe]"},
		{"all done", deployed + specialized + oobe + complete, Success, "oobeSystem", "", ""},
		{"an invalid value", deployed + invalid + failed, Failed, "specialize", "F54", "SMI data results dump: Source"},
		{"the boots behind it", deployed + invalid + failed + boot("Error", "[windeploy.exe] The computer restarted unexpectedly or encountered an unexpected error.") + failed, Failed, "specialize", "F54", "SMI data results dump: Source"},
		{"the failure alone", deployed + failed, Failed, "specialize", "F60", "Setup.exe failed"},
		{"mended by a later boot", deployed + failed + deployed + specialized + oobe + complete, Success, "oobeSystem", "", ""},
		{"a provider of specialize", deployed + logged("Error [0x0f0082] SYSPRP ActionPlatform::LaunchModule: Failure occurred while executing 'CryptoSysPrep_Specialize' from C:\\Windows\\System32\\capisp.dll; dwRet = 0x80090016\n"+
			"Error [0x0f00a8] SYSPRP WinMain:Hit failure while processing sysprep specialize internal providers; hr = 0x80090016") + failed, Failed, "specialize", "F41", "CryptoSysPrep_Specialize"},
		{"audit mode", boot("Info", "[audit.exe] Audit.exe launched", "[audit.exe] Status for unattend pass [auditUser] = 0x1") +
			boot("Error", "[audit.exe] Windows could not parse or process unattend answer file [x] for pass [auditUser]. The settings specified in the answer file cannot be applied. The error was detected while processing settings for component [Microsoft-Windows-Deployment]."), Failed, "auditUser", "F57", "Windows could not parse"},
		{"an action of OOBE", deployed + specialized + oobe + actions, Failed, "oobeSystem", "F75", "Unattend action failed"},
		{"an action of OOBE, and a warning knows why", deployed + specialized + oobe + boot("Warning", "[Shell Unattend] Failed to decode password (0x8007000d)") + actions, Failed, "oobeSystem", "F76", "decode password"},
		{"the warning alone", deployed + specialized + oobe + boot("Warning", "[Shell Unattend] Failed to decode password (0x8007000d)") + complete, Success, "oobeSystem", "", ""},
		{"the Administrator of audit mode", "Error [audit.exe] EnableLocalUserAccount: Unable to enable local account [Administrator]; status = 0x8c5\nError [audit.exe] Unable to enable local account [Administrator]; hr = 0x800708C5\n" +
			"Error [windeploy.exe] Failure occured during online installation. Online installation cannot complete at this time.; hr = 0x80004005\n", Failed, "auditSystem", "F77", "EnableLocal"},
		{"a package", "2012-03-04 05:06:07, Error CBS Exec: Failed to commit CSI transaction to execute changes. hr: 0x80073713\n2012-03-04 05:06:07, Error CBS Pkgmgr: Failed unattend install: Package_for_X, hr: 0x80073713\n" +
			"2012-03-04 05:06:07, Error [0x060431] IBS Callback_UnattendInitiatePass: An error occurred while initiating unattend passes; hr = 0x80004005\n", Failed, "", "F73", "Pkgmgr"},
		{"the boot behind a failed pass", boot("Info", "[oobeldr.exe] Current pass status for [oobeSystem] is [0x1]") + boot("Error", "[oobeldr.exe] Pass has failed status; system is in an invalid state."), Failed, "oobeSystem", "F79", "failed status"},
		{"the words of a setting that does not exist, wrapped", "[oobeldr.exe] SMI data results dump: Source = Name: Microsoft-Windows-Shell-Setup, Language: neutral,\n    VersionScope: nonSxS,\n    /settings/Contoso\n" +
			"[oobeldr.exe] SMI data results dump: Description = Setting is not defined in this component.\n[oobeldr.exe] Failed to complete RunSMIPass for oobeSystem.  Error: [0x8030000C]\n", Failed, "oobeSystem", "F78", "Source"},
		{"an answer file refused, in a comment", "#   [setup.exe] SMI data results dump: Source = Name: Microsoft-Windows-Deployment,\n#     ... /settings/RunSynchronous/RunSynchronousCommand/[Order=\"4\"]/Path\n" +
			"#   [setup.exe] SMI data results dump: Description = O valor.\n#   Error [0x060432] IBS  The provided unattend file is not valid; hrResult = 0x80220005\n", Failed, "specialize", "F54", "Source"},
		{"a component twice, in another language", deployed + logged("Error [0x060432] IBS The provided unattend file is not valid; hrResult = 0x8022001b") + failed, Failed, "specialize", "F56", "0x8022001b"},
		{"a crash in the offline part", "SYSPRP Entering Contoso_Specialize\nSYSPRP ActionPlatform::CallEntryPoint: x unhandled exception (0xc0000005)\nSP     Sysprep specialize offline failed. Error: 0xC0000005\n", Failed, "specialize", "F80", "unhandled"},
		{"a refusal in another language", boot("Info", "[oobeldr.exe] UnattendErrorFromResults: Error text = Windows n'a pas pu traiter le fichier, [oobeSystem]."), Failed, "oobeSystem", "F82", "UnattendError"},
		{"a refusal by itself, in italics", "-  *UnattendErrorFromResults: Error text = Windows n\u2019a pas pu traiter le fichier [generalize].*\n", Failed, "generalize", "F82", "UnattendError"},
		{"a refusal as information", "Error  CSI  80220005 from CWcmScalarInstanceCore::PutCurrentValue(\n       value = { type: 8204 })\nError  [oobeldr.exe] SMI data results dump:\n       Source = .../FirstLogonCommands/SynchronousCommand/[Order=\"5\"]/CommandLine\n" +
			"Info   [oobeldr.exe] UnattendErrorFromResults: Windows could not parse or\n       process unattend answer file for pass [oobeSystem]. The answer file is invalid.\n", Failed, "oobeSystem", "F54", "SMI data"},
		{"no system partition", deployed + logged("Error SYSPRP BCD: Failed to get system partition. Status: c0000452\nError SYSPRP Sysprep_Specialize_Bcd: There was an error opening the system store.") + failed, Failed, "specialize", "F81", "system partition"},
		{"an upgrade that was cancelled", logged("Error MOUPG CInstallUI::OnProgressChanged(575): Result = 0x800704D3\nError MOUPG CSetupHost::Execute(433): Result = 0x800704C7"), Cancelled, "", "F68", "OnProgress"},
		{"an upgrade that was cancelled, cut off", logged("Error MOUPG CInstallUI::OnProgressChanged(575): Result = 0x800704D3\nError MOUPG CSetupHost::OnProgressChanged(2306): Result = 0x800704D3"), Cancelled, "", "F68", "CInstallUI"},
		{"a profile that cannot be copied", deployed + boot("Error", "[Shell Unattend] CopyProfile failed (0x80070005)") + failed, Failed, "specialize", "F84", "CopyProfile"},
		{"a profile that cannot be copied, alone", "Error [Shell Unattend] CopyProfile failed (0x80070005)\n", Failed, "specialize", "F84", "CopyProfile"},
		{"an answer file that cannot be read", boot("Error", `[setup.exe] UnattendSearchExplicitPath: Found unattend file at [E:\x.xml] but unable to deserialize it; status = 0x1, hrResult = 0x800705b9.`), Failed, "specialize", "F83", "deserialize"},
		{"the same in Windows PE", boot("Info", "[setup.exe] Searching for an unattend file for pass [windowsPE]") + boot("Error", `[setup.exe] UnattendSearchExplicitPath: Found unattend file at [E:\x.xml] but unable to deserialize it; status = 0x1.`), Failed, "windowsPE", "F83", "deserialize"},
		{"the first boot behind Windows PE", boot("Info", "[setup.exe] Found usable unattend file for pass [windowsPE] at [x]") + deployed, Incomplete, "specialize", "", ""},
		{"a dialog of Windows PE that a person has answered", logged("Info [0x0640ae] IBSLIB PublishMessage: Publishing message [Windows cannot verify this product key.]") + boot("Info", "[setup.exe] Found usable unattend file for pass [windowsPE] at [x]") + deployed + specialized, Success, "specialize", "", ""},
		{"the same before the first boot ends", logged("Info [0x0640ae] IBSLIB PublishMessage: Publishing message [Windows cannot verify this product key.]") + boot("Info", "[setup.exe] Found usable unattend file for pass [windowsPE] at [x]", "[windeploy.exe] WinDeploy.exe launched with command-line []..."), Unknown, "specialize", "", ""},
		{"a dialog of Windows PE", logged("Error [0x064230] IBSLIB Failed to open it. Status = [c0000022]\nInfo [0x0640ae] IBSLIB PublishMessage: Publishing message [Windows could not update the registry data in the installation.]"), Failed, "", "", "Failed to open"},
		{"a boot configuration that cannot be written", logged("Error [0x064230] IBSLIB Failed to create a new system store. Status = [c0000022]\nInfo [0x0640ae] IBSLIB PublishMessage: Publishing message [Windows could not update the computer's boot configuration.]"), Failed, "", "F85", "system store"},
		{"a dialog by itself", "Windows could not parse or process unattend answer file [x] for pass [oobeSystem]. A component or setting specified in the answer file does not exist.\n", Failed, "oobeSystem", "F52", "Windows could not"},
		{"a dialog, wrapped", "```\nWindows could not parse or process the unattend answer file for pass\n[specialize]. The settings specified in the answer file cannot be\napplied. The error was detected while processing settings for component\n[Microsoft-Windows-Contoso].\n```\n", Failed, "specialize", "F88", "Windows could not"},
		{"cancelled", deployed + logged("Error [0x0601f1] IBS Callback_Cancel: the user cancelled Setup; hr = 0x800704C7"), Cancelled, "specialize", "F68", "the user cancelled"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r, line := scanned(t, c.log), 0
			if c.line != "" {
				line = at(c.log, c.line)
			}
			if r.Verdict != c.verdict || r.Phase != c.phase || r.Signature != c.signature || r.Line != line {
				t.Errorf("%s in %s, %q in line %d (%s); want %s in %s, %q in line %d", r.Verdict, r.Phase, r.Signature, r.Line, r.Text, c.verdict, c.phase, c.signature, line)
			}
		})
	}
}

func TestNotesOfAFirstBoot(t *testing.T) {
	r := scanned(t, boot("Info", "[windeploy.exe] Found generalization state [0x3], setup.exe completion flag [False]", "[windeploy.exe] Found no unattend file.",
		"[SETUPUGC.EXE] Process returned with exit code 0x1", "[SETUPUGC.EXE] Process returned with exit code 0x0", "[windeploy.exe] OEM license detected, will not run SetupComplete.cmd"))
	if got, want := noted(r), []string{"F65", "F61", "F71", "F22"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	r = scanned(t, logged(`Info UnattendSearchExplicitPath: [D:\autounattend.xml] does not meet criteria to be used for this unattend pass.
Info IBS Callback_Unattend_InitiatePass: No unattend file was present, skipping unattend settings passes`)+boot("Warning", "[Shell Unattend] TimeZone: Unknown time zone 'Contoso Time'"))
	if got, want := noted(r), []string{"F86", "F61", "F87"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	r = scanned(t, "[oobeldr.exe] Found no unattend file\nfor this pass.\n[oobeldr.exe] Found no unattend file\n")
	if got, want := noted(r), []string{"F61", "F61"}; !slices.Equal(got, want) || r.Notes[1].Line != 3 {
		t.Errorf("a note on two lines: %q, want %q", got, want)
	}
	if many := scanned(t, strings.Repeat(boot("Info", "[SETUPUGC.EXE] Process returned with exit code 0x1"), 100)); len(many.Notes) != maxNotes {
		t.Errorf("%d notes", len(many.Notes))
	}
	const piece = "SYSPRP BCD: Failed to get system partition. Status: c0000452\nSYSPRP Sysprep_Specialize_Bcd: There was an error opening the system store.\n"
	if r := scanned(t, piece); r.Verdict != Unknown || !slices.Equal(noted(r), []string{"F81"}) || r.Notes[0].Line != 1 || r.Notes[0].Fix == "" {
		t.Errorf("a piece of a log: %+v", r)
	}
}

func TestTheSettingThatALogNames(t *testing.T) {
	cases := []struct {
		log  string
		want Setting
	}{
		{boot("Error", `[setup.exe] SMI data results dump: Source = Name: Microsoft-Windows-Deployment, Language: neutral, ProcessorArchitecture: amd64, PublicKeyToken: x, VersionScope: nonSxS, /settings/RunSynchronous/RunSynchronousCommand/[Order="12"]/Path`, "[setup.exe] The provided unattend file is not valid; hrResult = 0x80220005"),
			Setting{Pass: "specialize", Component: "Microsoft-Windows-Deployment", Path: "RunSynchronous/RunSynchronousCommand/Path", Key: "12"}},
		{logged("Error IBS Windows could not parse or process unattend answer file [x] for pass [oobeSystem]. The error was detected while processing settings for component [Microsoft-Windows-Shell-Setup]."),
			Setting{Pass: "oobeSystem", Component: "Microsoft-Windows-Shell-Setup"}},
		{"[oobeldr.exe] SMI data results dump: Source = Name: Microsoft-Windows-Shell-Setup, Language: neutral,\n   VersionScope: nonSxS,\n   /settings/AdministratorPassword\n" +
			"[oobeldr.exe] SMI data results dump: Description = Setting is not defined in this component.\n", Setting{Pass: "oobeSystem", Component: "Microsoft-Windows-Shell-Setup", Path: "AdministratorPassword"}},
		{header + logged("Error [0x0f0082] SYSPRP LaunchDll: Failure occurred while executing 'C:\\Windows\\System32\\slc.dll, SLReArmWindows', returned error code -1073425657"),
			Setting{Pass: "generalize", Component: "Microsoft-Windows-Security-SPP", Path: "SkipRearm"}},
		{"[setup.exe] SMI data results dump:\n  Source = Name: Microsoft-Windows-Shell-Setup, ... /settings/Display/\n  Contoso[Name=\"a b\"]\n  Description = El valor no es valido.\n[0x060432] IBS The provided unattend file is not valid; hrResult = 0x80220001\n",
			Setting{Pass: "specialize", Component: "Microsoft-Windows-Shell-Setup", Path: "Display/Contoso", Key: "a b"}},
	}
	for _, c := range cases {
		if r := scanned(t, c.log); r.Setting == nil || *r.Setting != c.want {
			t.Errorf("%+v, want %+v", r.Setting, c.want)
		}
	}
}

func TestAGrowingLogIsToldAsItStands(t *testing.T) {
	var told []string
	s := NewScanner(func(p Progress) {
		if p.Provider != "" {
			p.Phase = p.Provider
		}
		told = append(told, p.Phase)
	})
	if _, ok := s.Current(); ok {
		t.Error("there is no run yet")
	}
	write := func(text string) Run {
		if _, err := s.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
		r, _ := s.Current()
		return r
	}
	if r := write(header + validating); r.Verdict != Incomplete || s.Ended() || s.Executing() {
		t.Errorf("validating: %+v", r)
	}
	if r := write(worked); r.Verdict != Incomplete || s.Ended() || !s.Executing() || !s.Generalizing() {
		t.Errorf("generalizing: %+v", r)
	}
	if r := write(closing); r.Verdict != Success || !s.Ended() {
		t.Errorf("closed: %+v", r)
	}
	want := []string{"verify", "arguments", "pre-validate cleanup", "spopk.dll,Sysprep_Clean_Validate_Opk", "pre-validate generalize", "AppxSysprep.dll,SysprepGeneralizeValidate",
		"generalize", "spopk.dll,Sysprep_Generalize_Opk", "confirm"}
	if !slices.Equal(told, want) {
		t.Errorf("%q, want %q", told, want)
	}
	if r := write(header); r.Verdict != Incomplete || s.Ended() || s.Executing() {
		t.Errorf("the next run: %+v", r)
	}
}
