package sysprep

import (
	"fmt"
	"strings"
)

// dwRet writes a code as providers return it in logs: the low word of a Win32
// or servicing HRESULT, a licence code as a negative number, others whole.
func dwRet(code uint32) string {
	switch code >> 16 {
	case 0x8007, 0x8008, 0x800f:
		return fmt.Sprintf("0x%x", code&0xffff)
	case 0xc004:
		return fmt.Sprint(int32(code))
	}
	return fmt.Sprintf("0x%x", code)
}

// hresult writes the code of a verdict line, which wraps a bare Win32 code
// again: 0x800f0975 comes out as 0x80070975.
func hresult(code uint32) string {
	switch code >> 16 {
	case 0x8007, 0x8008, 0x800f:
		return fmt.Sprintf("0x8007%04x", code&0xffff)
	}
	return fmt.Sprintf("0x%x", code)
}

// registryArchitecture is PROCESSOR_ARCHITECTURE as the registry has it.
func registryArchitecture(arch string) string { return strings.ToUpper(arch) }

// The words of validators that logs are known by.

func saysAppX(s *situation) []string {
	var lines []string
	for _, p := range s.machine.AppX.Value {
		if p.perUser() {
			lines = append(lines, "Package "+p.Name+" was installed for a user, but not provisioned for all users. It would not work in the image.")
		}
	}
	return append(lines, "Failed to remove apps for the current user: 0x80073cf2.")
}

func saysReserve(*situation) []string {
	return []string{"Audit mode cannot be turned on if reserved storage is in use. An update or a feature uses it now; code 0x800F0975"}
}

func saysBitLocker(*situation) []string {
	return []string{"BitLocker is on for the OS volume; turn it off before running Sysprep. (0x80310039)"}
}

func saysServicing(*situation) []string {
	return []string{"Sysprep_Clean_Validate_Opk: component work is pending; hr = 0x800736b7"}
}

func saysTrustedInstaller(*situation) []string {
	return []string{"Sysprep_Clean_Validate_Opk: Failed to query pending CBS operations; hr = 0x80080005"}
}

func saysHalfway(*situation) []string {
	return []string{"RunExternalDlls:Not running DLLs; either the machine is in an invalid state or its state could not be written; dwRet = 0x1f"}
}
