package picture

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/sysprep"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares bytes with a file of testdata.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(got, want) {
		return
	}
	g, w := bytes.Split(got, []byte("\n")), bytes.Split(want, []byte("\n"))
	for i := range min(len(g), len(w)) {
		if !bytes.Equal(g[i], w[i]) {
			t.Errorf("%s differs in line %d; go test -update writes it anew\n got %s\nwant %s", name, i+1, g[i], w[i])
			return
		}
	}
	t.Errorf("%s has %d lines, want %d; go test -update writes it anew", name, len(g), len(w))
}

const profileText = `version: reseal/v1
# a comment that says hush-hush
computerName: '*'
timeZone: UTC
autoLogon: { password: correct-horse }
commands: [one, two]
more: text
`

// profile is the source of the record below, with its password marked.
func profile() *source.File {
	f := source.NewFile("profiles/golden image.yaml", []byte(profileText))
	at := bytes.Index(f.Text, []byte("correct-horse"))
	source.Span{File: f, Start: at, End: at + len("correct-horse")}.Hide()
	return f
}

// record is a run with everything that a picture can show.
func record() *sysprep.Record {
	const at = "profiles/golden image.yaml:"
	shell := "Microsoft-Windows-Shell-Setup"
	command := sysprep.RunCommand{List: "RunSynchronous", Order: 1, Line: "cmd /c ver", Reboot: "always", At: at + "6"}
	return &sysprep.Record{
		Schema: sysprep.RecordSchema, Engine: "rehearse", Target: sysprep.RecordTarget{Windows: "11-24h2", Architecture: "amd64"},
		Mode: "oobe", Generalize: true, Command: `C:\Windows\System32\Sysprep\sysprep.exe /generalize /oobe /quiet /quit`, Then: "shutdown",
		Phases: []sysprep.Phase{
			{Name: "verify", Status: sysprep.StatusWarning, Steps: []sysprep.Step{
				{Name: "elevated", Status: sysprep.StatusOK, Source: "https://learn.microsoft.com/x"},
				{Name: "domain", Status: sysprep.StatusWarning, Detail: "the machine belongs to the domain corp.example", Remedy: "Leave the domain first.", Source: "field reports"}}},
			{Name: "actions", Status: sysprep.StatusAssumed, Steps: []sysprep.Step{{Name: "store-updates", Status: sysprep.StatusNotModelled, Detail: "not checked"}}},
		},
		Providers: []sysprep.Provider{
			{Name: "Microsoft-Windows-PnpSysprep", Stage: "generalize", Order: 0x500, Status: sysprep.StatusListed, Does: "sppnp.dll!Sysprep_Generalize_Pnp"},
			{Name: "{agent}", Stage: "specialize", Status: sysprep.StatusListed, External: true, Does: `C:\Agent\a.dll!Go`},
		},
		Devices: []sysprep.DeviceFate{{Name: "Disk", Result: sysprep.DeviceReinstalled}, {Name: "Scanner", Result: sysprep.DeviceRemoved}},
		Removes: []sysprep.Removal{{What: "event logs", Result: sysprep.Removed}, {What: "activation", Result: sysprep.Kept, By: "Microsoft-Windows-Security-SPP", Why: "SkipRearm is 1"}},
		Boots: []sysprep.Boot{
			{N: 0, Mode: "sysprep", ImageStateBefore: sysprep.StateComplete, ImageStateAfter: sysprep.StateGeneralizeOOBE,
				ImageStates: []string{sysprep.StateComplete, sysprep.StateUndeployable, sysprep.StateGeneralizeOOBE},
				Passes: []sysprep.PassRun{{Pass: "generalize"}, {Pass: "auditUser", Never: true,
					Ignored: []sysprep.Ignored{{Component: "Microsoft-Windows-Deployment", Setting: "Reseal", Reason: "pass never runs: auditUser needs audit mode", At: at + "7"}}}}},
			{N: 1, Mode: "setup", ImageStateBefore: sysprep.StateGeneralizeOOBE, ImageStateAfter: sysprep.StateUndeployable, Ends: "restart",
				Passes: []sysprep.PassRun{{Pass: "specialize", AnswerFile: `C:\Windows\Panther\unattend.xml`, Commands: []sysprep.RunCommand{command},
					Applied: []sysprep.Applied{{Component: shell, Setting: "ComputerName", Value: "*", At: at + "3"}, {Component: shell, Setting: "TimeZone", Value: "UTC", At: at + "4"}},
					Ignored: []sysprep.Ignored{{Component: "Microsoft-Windows-Deployment", Reason: "component for arm64, Windows is amd64", At: at + "7"}}}}},
			{N: 2, Mode: "setup", ImageStateBefore: sysprep.StateUndeployable, ImageStateAfter: sysprep.StateSpecializeOOBE,
				Passes: []sysprep.PassRun{{Pass: "specialize", Continued: true}}},
			{N: 3, Mode: "oobe", ImageStateBefore: sysprep.StateSpecializeOOBE, ImageStateAfter: sysprep.StateComplete,
				Passes: []sysprep.PassRun{{Pass: "oobeSystem", Applied: []sysprep.Applied{{Component: shell, Setting: "AutoLogon/Password/Value", Value: "[hidden]", At: at + "5"}}}}},
			{N: 4, Mode: "desktop", ImageStateBefore: sysprep.StateComplete, ImageStateAfter: sysprep.StateComplete,
				Logon: &sysprep.Logon{Account: "operator", Automatic: true, Times: 2, Commands: []sysprep.RunCommand{{List: "FirstLogonCommands", Line: "hello.cmd", At: "base.yaml:9"}}}},
		},
		ImageState: sysprep.StateGeneralizeOOBE, Verdict: sysprep.VerdictOK,
		Notes: []string{"the first logon starts 1 command of FirstLogonCommands"},
	}
}

func options() Options {
	return Options{Title: "golden image.yaml", Sources: []*source.File{profile()}}
}
