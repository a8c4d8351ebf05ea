package reseal_test

import (
	"testing"

	"github.com/reseal/reseal"
)

const located = `version: reseal/v1
target: { windows: 11-24h2, architecture: amd64 }
computerName: front-desk
passes:
  generalize:
    Microsoft-Windows-Security-SPP:
      SkipRearm: 1
  specialize:
    Microsoft-Windows-Deployment:
      RunSynchronous:
        - { Path: cmd /c echo one }
        - { Path: cmd /c echo two, Description: Say two }
`

// What a log names is found in profile and answer file alike, or the nearest
// place above it.
func TestLocateLeadsFromALogToTheLine(t *testing.T) {
	cases := []struct {
		pass, component, path, key string
		want                       string
	}{
		{"specialize", "Microsoft-Windows-Deployment", "RunSynchronous/RunSynchronousCommand/Path", "2", "p.yaml:12"},
		{"specialize", "Microsoft-Windows-Deployment", "RunSynchronous/RunSynchronousCommand/Path", "1", "p.yaml:11"},
		{"", "microsoft-windows-deployment", "runsynchronous/runsynchronouscommand/path", "", "p.yaml:11"},
		{"specialize", "Microsoft-Windows-Deployment", "RunSynchronous/RunSynchronousCommand/WillReboot", "2", "p.yaml:12"},
		{"generalize", "Microsoft-Windows-Security-SPP", "SkipRearm", "", "p.yaml:7"},
		{"specialize", "Microsoft-Windows-Shell-Setup", "ComputerName", "", "p.yaml:3"},
		{"specialize", "Microsoft-Windows-Deployment", "", "", "p.yaml:9"},
		{"generalize", "Microsoft-Windows-Security-SPP", "Unknown/Thing", "", "p.yaml:6"},
		{"oobeSystem", "Microsoft-Windows-Deployment", "", "", ""},
		{"specialize", "Microsoft-Windows-PnpSysprep", "PersistAllDeviceInstalls", "", ""},
	}
	loaded := reseal.Load("p.yaml", []byte(located), reseal.Options{})
	for _, c := range cases {
		place, ok := loaded.Locate(c.pass, c.component, c.path, c.key)
		if got := place.String(); got != c.want || ok != (c.want != "") {
			t.Errorf("%s %s %s %s: %q, %v, want %q", c.pass, c.component, c.path, c.key, got, ok, c.want)
		}
	}
	xml := `<unattend xmlns="urn:schemas-microsoft-com:unattend"><settings pass="generalize">
<component name="Microsoft-Windows-Security-SPP" processorArchitecture="amd64">
<SkipRearm>1</SkipRearm></component></settings></unattend>`
	if place, ok := reseal.Load("a.xml", []byte(xml), reseal.Options{}).Locate("generalize", "Microsoft-Windows-Security-SPP", "SkipRearm", ""); !ok || place.String() != "a.xml:3" {
		t.Errorf("%s, %v", place, ok)
	}
	if _, ok := reseal.Load("b.yaml", []byte("["), reseal.Options{}).Locate("", "X", "", ""); ok {
		t.Error("nothing is found in what cannot be read")
	}
}
