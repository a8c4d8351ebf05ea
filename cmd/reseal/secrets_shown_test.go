package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// the secret, and how command lines hold it
const pass = "hunter2"

var secretCommands = []string{
	"net user joe hunter2 /add", `net user joe "x hunter2 y" /add`, "setup.exe /p:hunter2 /q", "net user joe hunter2 & exit",
	`reg add HKLM\x /v DefaultPassword /t REG_SZ /d hunter2 /f`, "net user joe hunter2 " + strings.Repeat("x", 1200),
	"  net user joe hunter2 /add  ", "net user joe hunter2 \x01",
}

// secretXML are places of a command line in an answer file, right and wrong
// ones; a # stands for it.
var secretXML = []string{
	`<FirstLogonCommands><SynchronousCommand wcm:action="add"><Order>1</Order><CommandLine>#</CommandLine></SynchronousCommand></FirstLogonCommands>`,
	`<FirstLogonCommands><SynchronousCommand><Order>1</Order><CommandLine><![CDATA[#]]></CommandLine><CommandLine>#</CommandLine></SynchronousCommand></FirstLogonCommands>`,
	`<FirstLogonCommands><SynchronousCommand wcm:action="add"><Order>#</Order><ComandLine>#</ComandLine></SynchronousCommand></FirstLogonCommands>`,
	`<OOBE><HideEULAPage>#</HideEULAPage></OOBE><TimeZone>#</TimeZone>`,
	`<FirstLogonCommands>#<SynchronousCommand>#</SynchronousCommand></FirstLogonCommands>`,
	`<FirstLogonCommands><!-- # --><SynchronousCommand a='#'/></FirstLogonCommands>`,
	`<FirstLogonCommands><SynchronousCommand><CommandLine>#`,
	`#`,
}

// secretNames are slips that make an element of a password.
var secretNames = []string{
	`<AutoLogon><Password><Value><hunter2></Value></Password></AutoLogon>`,
	`<AutoLogon><Password><hunter2/></Password></AutoLogon>`,
	`<AutoLogon><Password><Value>a<hunter2>b</Value></Password></AutoLogon>`,
	`<UserAccounts><AdministratorPassword><Value><hunter2 foo=bar></Value></AdministratorPassword></UserAccounts>`,
	`<AutoLogon><Password><Value><hunter2:x></Value></Password></AutoLogon>`,
	`<AutoLogon><Password><Value></hunter2></Value></Password></AutoLogon>`,
	`<AutoLogon><Password><Value><?hunter2 x?></Value></Password></AutoLogon>`,
	`<AutoLogon><Password><Value>&hunter2; a&hunter2</Value></Password></AutoLogon>`,
	`<AutoLogon><Password><Value hunter2>a</Value></Password></AutoLogon>`,
	`<AutoLogon><Password><Value x=hunter2 hunter2=hunter2>a</Value></Password></AutoLogon>`,
	`<Foo><Password><Value><hunter2></Value></Password></Foo>`,
	`<AutoLogon><Password><Value><hunter2>`,
	`<AutoLogon><Password><Value><b><hunter2></b></Value></Password></AutoLogon>`,
	`<AutoLogon><Password><Value><hunter2 a="1" a="1"/></Value></Password></AutoLogon>`,
	`<AutoLogon><Password><Value>x</Value><hunter2></Password></AutoLogon>`,
	`<AutoLogon><Password><Value>x</Value></hunter2></AutoLogon>`,
	`<ProductKey></hunter2></ProductKey>`,
}

// secretYAML are places in a profile.
var secretYAML = []string{
	"        - CommandLine: #\n          Description: x\n",
	"        - CommandLine: #\n          CommandLine: #\n",
	"        - CommandLine: '#'\n          Order: one\n",
	"        - CommandLine: \"#\"\n          Nonsense: #\n",
	"        - CommandLine: |\n            #\n",
	"        - CommandLine: >\n            net user\n            joe\n            hunter2\n",
	"        >\n          net user\n          joe\n          hunter2\n",
	"        - { CommandLine: [net user\n            joe\n            hunter2 ] }\n",
	"        - CommandLine: >\n            net user\n            joe\n            hunter2\n          CommandLine: |\n            net user\n            joe\n            hunter2\n",
	"        - CommandLine: &a |\n            net user\n            joe\n            hunter2\n          Order: *b\n",
	"        - CommandLine: net user\n            joe\n           \thunter2\n          Order: 1\n",
	"        - CommandLine: 'net user\n            joe\n            hunter2\n          Order: 1\n",
	"        - #\n",
	"        # #\n        - CommandLine: [#\n",
	"        - CommandLine: @#\n",
}

// Nothing that is printed holds a password, whatever is wrong with the file,
// also where the catalogue knows of none.
func TestNoCommandShowsAPassword(t *testing.T) {
	folder := t.TempDir()
	for _, command := range secretCommands {
		escaped := strings.NewReplacer("&", "&amp;", `"`, "&quot;").Replace(command)
		for _, place := range secretXML {
			place = strings.ReplaceAll(place, "[#]", "["+command+"]") // CDATA
			nothingShown(t, folder, ".xml", hostileHead+"\n"+strings.ReplaceAll(place, "#", escaped)+"\n"+hostileTail)
			nothingShown(t, folder, ".xml", hostileHead+"\n"+strings.ReplaceAll(place, "#", strings.ReplaceAll(escaped, " hun", "\n  hun"))+"\n"+hostileTail)
		}
		for _, place := range secretYAML {
			nothingShown(t, folder, ".yaml", "version: reseal/v1\ntarget: { architecture: amd64 }\nreseal: { mode: oobe }\npasses:\n  oobeSystem:\n    Microsoft-Windows-Shell-Setup:\n      FirstLogonCommands:\n"+
				strings.ReplaceAll(place, "#", command))
		}
	}
	for _, place := range secretNames {
		nothingShown(t, folder, ".xml", hostileHead+"\n"+place+"\n"+hostileTail)
	}
}

func nothingShown(t *testing.T, folder, extension, text string) {
	t.Helper()
	a, b := filepath.Join(folder, "a"+extension), filepath.Join(folder, "b"+extension)
	for name, content := range map[string]string{a: text, b: strings.ReplaceAll(text, pass, pass+"b")} {
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	runs := [][]string{
		{"validate", "--strict", a}, {"validate", "--strict", "--format", "json", a},
		{"diff", a, b}, {"diff", "--format", "json", a, b}, {"fmt", "--diff", a},
		{"run", a, "--dry-run", "--allow-errors"}, {"plan", a, "--allow-errors"},
		{"plan", a, "--allow-errors", "--format", "json"}, {"plan", a, "--allow-errors", "--format", "html"},
	}
	for _, args := range runs {
		if extension == ".xml" && (args[0] == "run" || args[0] == "plan") {
			args = append(args, "--mode", "oobe")
		}
		_, stdout, stderr := in(t, args...)
		for _, line := range strings.Split(stdout+stderr, "\n") {
			if strings.Contains(line, pass) {
				t.Errorf("%v\n%s\nshows %.300s", args[:len(args)-1], text, line)
			}
		}
	}
}
