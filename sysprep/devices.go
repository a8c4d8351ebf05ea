package sysprep

import "github.com/reseal/reseal/schema"

// Fates of a device installation.
const (
	DeviceKept        = "kept"
	DeviceReinstalled = "reinstalled"
	DeviceRemoved     = "removed"
)

// deviceFate is what generalize and the next specialize do to one device.
// DoNotCleanUpNonPresentDevices has no effect unless PersistAllDeviceInstalls
// is true.
//
// Source: microsoft-windows-pnpsysprep-persistalldeviceinstalls and
// -donotcleanupnonpresentdevices in the unattended reference.
func deviceFate(generalize, persist, keepAbsent, detected bool) string {
	switch {
	case !generalize:
		return DeviceKept
	case persist && (detected || keepAbsent):
		return DeviceKept
	case detected:
		return DeviceReinstalled
	}
	return DeviceRemoved
}

// deviceFates decides every device of the machine in its order.
func (s *situation) deviceFates() []DeviceFate {
	from := s.generalizing()
	persist := from.isTrue(schema.Generalize, pnpComponent, "PersistAllDeviceInstalls")
	keepAbsent := from.isTrue(schema.Generalize, pnpComponent, "DoNotCleanUpNonPresentDevices")
	var out []DeviceFate
	for _, d := range s.machine.Devices.Value {
		out = append(out, DeviceFate{Name: d.Name, Result: deviceFate(generalizes(s), persist, keepAbsent, d.Present)})
	}
	return out
}
