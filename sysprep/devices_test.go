package sysprep

import (
	"slices"
	"testing"

	"github.com/reseal/reseal/schema"
)

func TestTheTwoDeviceSettingsDecideEveryDevice(t *testing.T) {
	devices := []Device{{Name: "disk", Present: true}, {Name: "old scanner", Present: false}}
	cases := []struct {
		generalize          bool
		persist, keepAbsent string // "" = not set
		want                []string
	}{
		{true, "", "", []string{DeviceReinstalled, DeviceRemoved}},
		{true, "false", "false", []string{DeviceReinstalled, DeviceRemoved}},
		{true, "false", "true", []string{DeviceReinstalled, DeviceRemoved}},
		{true, "", "true", []string{DeviceReinstalled, DeviceRemoved}},
		{true, "true", "", []string{DeviceKept, DeviceRemoved}},
		{true, "true", "false", []string{DeviceKept, DeviceRemoved}},
		{true, "true", "true", []string{DeviceKept, DeviceKept}},
		{false, "", "", []string{DeviceKept, DeviceKept}},
		{false, "false", "false", []string{DeviceKept, DeviceKept}},
	}
	for _, c := range cases {
		lines := []string{"oobeSystem Microsoft-Windows-Shell-Setup OOBE/ProtectYourPC = 3"}
		if c.persist != "" {
			lines = append(lines, "generalize Microsoft-Windows-PnpSysprep PersistAllDeviceInstalls = "+c.persist)
		}
		if c.keepAbsent != "" {
			lines = append(lines, "generalize Microsoft-Windows-PnpSysprep DoNotCleanUpNonPresentDevices = "+c.keepAbsent)
		}
		f := answerFile(t, schema.Invocation{Mode: "oobe", Generalize: c.generalize}, lines...)
		record := rehearse(t, f, given(func(m *Machine) { m.Devices.Value = devices })).Record
		var got []string
		for _, d := range record.Devices {
			got = append(got, d.Result)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("generalize %v, persist %q, keep absent %q: %v, want %v", c.generalize, c.persist, c.keepAbsent, got, c.want)
		}
	}
}

func TestABlockedRunLeavesTheDevicesAlone(t *testing.T) {
	record := rehearse(t, answerFile(t, generalizeOOBE), given(func(m *Machine) { m.Elevated.Value = false })).Record
	for _, d := range record.Devices {
		if d.Result != DeviceKept {
			t.Errorf("%+v", d)
		}
	}
}
