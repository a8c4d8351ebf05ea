package setuplog

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// Lines that end a run, by ID alone and by text alone: newer builds write many
// of them without an ID.
func TestEveryFatalLineTurnsTheRunRed(t *testing.T) {
	lines := []string{
		"[0x0f0070] SYSPRP a text that nobody knows", "[0x0f0073] SYSPRP a text that nobody knows", "[0x0f0082] SYSPRP a text that nobody knows",
		"[0x0f00a8] SYSPRP a text that nobody knows", "[0x0f00ae] SYSPRP a text that nobody knows", "[0x0f00b0] SYSPRP a text that nobody knows",
		"[0x0f00d8] SYSPRP a text that nobody knows",
		"SYSPRP RunDlls:An error occurred while running registry sysprep DLLs, halting sysprep execution. dwRet = 1",
		"SYSPRP RunDlls:Not running DLLs; either the machine is in an invalid state or we couldn't update the recorded state, dwRet = 31",
		"SYSPRP LaunchDll:Failure occurred while executing 'x.dll,Y', returned error code 1",
		"SYSPRP ActionPlatform::LaunchModule: Failure occurred while executing 'Y' from x.dll; dwRet = 0x1",
		"SYSPRP SysprepSession::ExecuteInternal: Error in executing action for Contoso-X; dwRet = 0x1",
		"SYSPRP SysprepSession::Validate: Error in validating actions from C:\\x.xml; dwRet = 0x1",
		"SYSPRP SysprepSession::Execute: Error in executing actions from C:\\x.xml; dwRet = 0x1",
		"SYSPRP RunPlatformActions:Failed while executing Sysprep session actions; dwRet = 0x1",
		"SYSPRP RunPlatformActions:Failed while validating SysprepSession actions; dwRet = 0x1",
		"SYSPRP spopk.dll:: Failed to query pending CBS operations; hr = 0x80080005",
		"SYSPRP WinMain:Hit failure while processing sysprep cleanup external providers; hr = 0x80070001",
		"SYSPRP WinMain: Hit failure while pre-validate sysprep generalize internal providers; hr = 0x80070001",
	}
	for _, line := range lines {
		for _, text := range []string{header + worked + logged("Error "+line) + closing, logged("Error " + line)} {
			if r := scanned(t, text); r.Verdict != Failed || r.Line != at(text, "Error") {
				t.Errorf("%s: %s in line %d", line, r.Verdict, r.Line)
			}
		}
		if r := scanned(t, header+worked+logged("Info "+line)+closing); r.Verdict == Failed {
			t.Errorf("as an Info it fails too: %s", line)
		}
	}
}

func TestVerdictLinesNameThePhase(t *testing.T) {
	for text, want := range map[string]string{
		"processing sysprep cleanup internal providers":       "cleanup",
		"processing sysprep cleanup external providers":       "cleanup",
		"processing sysprep generalize providers":             "generalize",
		"processing sysprep generalize internal providers":    "generalize",
		"processing sysprep specialize internal providers":    "specialize",
		"pre-validate sysprep cleanup internal providers":     "pre-validate cleanup",
		"pre-validate sysprep generalize internal providers":  "pre-validate generalize",
		"pre-validate sysprep unheard-of internal providers;": "pre-validate cleanup",
	} {
		log := header + strings.SplitAfter(validating, "\n")[0] + logged("Error [0x0f00a8] SYSPRP WinMain:Hit failure while "+text+"; hr = 0x80070001")
		if r := scanned(t, log); r.Phase != want {
			t.Errorf("%s: phase %q, want %q", text, r.Phase, want)
		}
	}
}

func TestProvidersAreReadFromEveryForm(t *testing.T) {
	for text, want := range map[string]string{
		`LaunchDll:Failure occurred while executing 'C:\Windows\System32\spbcd.dll,Sysprep_Generalize_Bcd', returned error code 2`:                            "spbcd.dll,Sysprep_Generalize_Bcd",
		`LaunchDll: Failure occurred while executing 'C:\Windows\System32\slc.dll, SLReArmWindows', returned error code -1`:                                   "slc.dll,SLReArmWindows",
		`LaunchDll:Failure occurred while executing 'DscCore.dll,SysPrep_Cleanup', returned error code 0x2`:                                                   "DscCore.dll,SysPrep_Cleanup",
		`LaunchDll:Failure occurred while executing 'C:\a, b\x.dll,Y', returned error code 0x2`:                                                               "x.dll,Y",
		`ActionPlatform::LaunchModule: Failure occurred while executing 'SysprepGeneralizeValidate' from C:\Windows\System32\AppxSysprep.dll; dwRet = 0x3cf2`: "AppxSysprep.dll,SysprepGeneralizeValidate",
		`ActionPlatform::LaunchModule: Found 'Sysprep_Clean_Validate_Opk' in C:\Windows\System32\spopk.dll; executing it`:                                     "spopk.dll,Sysprep_Clean_Validate_Opk",
		`ActionPlatform::LaunchModule: Successfully executed 'A' from C:\Windows\System32\a.dll without error`:                                                "a.dll,A",
		`ActionPlatform::LaunchModule: Failure occurred while executing 'A' from C:\Program Files\Contoso\a.DLL and the words of a page; x`:                   "a.DLL,A",
		`SysprepSession::ExecuteInternal: Error in executing action for Windows-SenseClient-Service; dwRet = 0x5`:                                             "Windows-SenseClient-Service",
		"ActionPlatform::LaunchModule: Executing method 'A' from C:\\\xde\xde\xde\xde\\a.dll x":                                                               "a.dll,A", // longer in small letters
		`WinMain:Hit failure while processing`: "",
		`'half`:                                "", `''`: "",
	} {
		if got := providerOf(text); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// The automaton finds what looking for one text after the other finds.
func TestFinderAgreesWithThePlainWay(t *testing.T) {
	f := errorTexts()
	for _, e := range examples(t) {
		for _, text := range append(e.Match, e.Near...) {
			agreeFound(t, f, text)
		}
	}
	small := newFinder([]watched{{text: "he"}, {text: "she"}, {text: "hers"}, {text: "his"}, {text: "s"}})
	for _, text := range []string{"ushers", "SHE HIS", "hershe", "", "x", "ssss"} {
		agreeFound(t, small, text)
	}
}

func agreeFound(t *testing.T, f *finder, text string) {
	t.Helper()
	var got, want []string
	for _, hit := range f.find([]byte(text), nil) {
		got = append(got, fmt.Sprint(hit))
	}
	lower := string(lowerASCII(text))
	for i, w := range f.texts {
		if strings.Contains(lower, w.text) {
			want = append(want, fmt.Sprint(i))
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if got = slices.Compact(got); !slices.Equal(got, want) {
		t.Errorf("%q: %v, want %v", text, got, want)
	}
}

func lowerASCII(text string) []byte {
	out := []byte(text)
	for i, b := range out {
		if 'A' <= b && b <= 'Z' {
			out[i] = b + 'a' - 'A'
		}
	}
	return out
}

func FuzzFinder(f *testing.F) {
	for i := range signatures {
		for _, text := range signatures[i].Text {
			f.Add("x" + text + text[:len(text)/2] + strings.ToUpper(text))
		}
	}
	f.Fuzz(func(t *testing.T, text string) { agreeFound(t, errorTexts(), text) })
}
