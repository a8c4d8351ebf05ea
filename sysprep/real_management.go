package sysprep

import "fmt"

// Namespaces of WMI.
const (
	nsSystem    = `root\cimv2`
	nsBitLocker = `root\cimv2\Security\MicrosoftVolumeEncryption`
)

// first is a property of the first object that a query finds, nil when there
// is none.
func (l *liveReader) first(namespace, query, property string) any {
	rows, err := l.w.Query(namespace, query, property)
	l.note(err)
	if err != nil || len(rows) == 0 {
		return nil
	}
	return rows[0][property]
}

// rearms asks the licence service: no registry value holds the count.
//
// Source: learn.microsoft.com/previous-versions/windows/desktop/sppwmi/softwarelicensingservice.
func (l *liveReader) rearms() Fact[int] {
	const count = "RemainingWindowsReArmCount"
	n, ok := l.first(nsSystem, "SELECT "+count+" FROM SoftwareLicensingService", count).(int64)
	if !ok {
		return Fact[int]{}
	}
	return GivenAs(int(n))
}

// bitLocker asks how far the volume of Windows is encrypted. Protection alone
// does not tell: a volume whose protection is suspended is encrypted still.
//
// Source: learn.microsoft.com/windows/win32/secprov/getconversionstatus-win32-encryptablevolume.
func (l *liveReader) bitLocker() Fact[string] {
	if l.root == "" {
		return Fact[string]{}
	}
	query := fmt.Sprintf("SELECT * FROM Win32_EncryptableVolume WHERE DriveLetter='%s'", l.volume())
	rows, err := l.w.Query(nsBitLocker, query, "__PATH", "ProtectionStatus")
	l.note(err)
	if err != nil || len(rows) == 0 {
		return Fact[string]{}
	}
	path, _ := rows[0]["__PATH"].(string)
	result, err := l.w.Invoke(nsBitLocker, path, "GetConversionStatus", "ConversionStatus")
	l.note(err)
	conversion, ok := result["ConversionStatus"].(int64)
	if err != nil || !ok {
		return Fact[string]{}
	}
	return bitLockerState(conversion, rows[0]["ProtectionStatus"])
}

// bitLockerState puts both numbers into one of BitLockerStates. A pause in the
// middle is no end.
func bitLockerState(conversion int64, protection any) Fact[string] {
	switch conversion {
	case 0:
		return GivenAs("off")
	case 1:
		if protection == int64(0) {
			return GivenAs("suspended")
		}
		return GivenAs("on")
	case 2, 4:
		return GivenAs("encrypting")
	case 3, 5:
		return GivenAs("decrypting")
	}
	return Fact[string]{}
}
