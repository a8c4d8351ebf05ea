package imagetest

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Windows11 is the registry of an installed Windows 11 24H2 that nobody has
// generalized, as far as tests ask for it.
const Windows11 = `
[SYSTEM\Select]
Current=dword:1
[SYSTEM\Setup]
SetupType=dword:0
CmdLine=
RespecializeCmdLine=Sysprep\sysprep.exe /respecialize /quiet
[SYSTEM\Setup\Status\SysprepStatus]
GeneralizationState=dword:7
CleanupState=dword:2
[SYSTEM\ControlSet001\Control\Session Manager]
[SYSTEM\ControlSet001\Control\Session Manager\Environment]
PROCESSOR_ARCHITECTURE=AMD64
[SYSTEM\ControlSet001\Control\MUI\UILanguages\en-US]
[SYSTEM\ControlSet001\Services\TrustedInstaller]
Start=dword:3
[SYSTEM\ControlSet001\Services\AppXSvc]
Start=dword:3
[SYSTEM\ControlSet001\Services\Spooler]
Start=dword:2
[SYSTEM\ControlSet001\Services\Tcpip\Parameters]
Domain=
[SOFTWARE\Microsoft\Windows NT\CurrentVersion]
SystemRoot=C:\Windows
ProductName=Windows 10 Pro
CurrentBuildNumber=26100
CurrentMajorVersionNumber=dword:10
CurrentMinorVersionNumber=dword:0
UBR=dword:1742
DisplayVersion=24H2
EditionID=Professional
InstallationType=Client
[SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList\S-1-5-18]
ProfileImagePath=%systemroot%\system32\config\systemprofile
[SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList\S-1-5-21-1-2-3-500]
ProfileImagePath=C:\Users\Administrator
[SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\State]
ImageState=IMAGE_STATE_COMPLETE
[SOFTWARE\Microsoft\Windows\CurrentVersion\Appx\AppxAllUserStore\Applications]
[SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing]
[SOFTWARE\Microsoft\Windows\CurrentVersion\ReserveManager]
ActiveScenario=dword:0
`

// Hives reads registry texts one over the other: lines [KEY], and below them
// NAME=VALUE, where dword:N is a number, multi:a|b a list, - takes the value
// away, and anything else is a string. They begin with SYSTEM or SOFTWARE,
// which are the keys of the result.
func Hives(texts ...string) (map[string]*Key, error) {
	hives := map[string]*Key{"SYSTEM": {Name: "SYSTEM"}, "SOFTWARE": {Name: "SOFTWARE"}}
	for _, text := range texts {
		var key *Key
		for line := range strings.Lines(text) {
			line = strings.TrimRight(line, "\r\n")
			name, value, isValue := strings.Cut(line, "=")
			switch {
			case strings.TrimSpace(line) == "":
			case strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]"):
				hive, path, _ := strings.Cut(line[1:len(line)-1], `\`)
				if hives[hive] == nil {
					return nil, fmt.Errorf("no hive %q", hive)
				}
				key = hives[hive].At(path)
			case !isValue || key == nil:
				return nil, fmt.Errorf("%q is neither a key nor a value", line)
			default:
				if err := key.assign(name, value); err != nil {
					return nil, err
				}
			}
		}
	}
	return hives, nil
}

func (k *Key) assign(name, value string) error {
	number, isNumber := strings.CutPrefix(value, "dword:")
	list, isList := strings.CutPrefix(value, "multi:")
	switch {
	case value == "-":
		k.Unset(name)
	case isNumber:
		n, err := strconv.ParseUint(number, 0, 32)
		if err != nil {
			return err
		}
		k.Set(name, int(n))
	case isList:
		k.Set(name, strings.Split(list, "|"))
	default:
		k.Set(name, value)
	}
	return nil
}

// Folder makes a folder of Windows: hives from registry texts, and what else
// every Windows has.
func Folder(folder string, texts ...string) error {
	hives, err := Hives(texts...)
	if err != nil {
		return err
	}
	config := filepath.Join(folder, "Windows", "System32", "config")
	for _, dir := range []string{config, filepath.Join(folder, "Windows", "System32", "Sysprep"), filepath.Join(folder, "Windows", "Panther")} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
	}
	for name, root := range hives {
		if err := os.WriteFile(filepath.Join(config, name), Hive{Root: root}.Bytes(), 0o644); err != nil {
			return err
		}
	}
	return nil
}
