package schema

import (
	"slices"
	"strings"
)

// Architectures returns the values of processorArchitecture that a target can
// have.
func Architectures() []string { return []string{"amd64", "x86", "arm64"} }

// OddArchitectures returns the values of processorArchitecture that the schema
// of answer files also has; they make sense only in old or special files.
//
// Source: the answer file schema of the Windows kit.
func OddArchitectures() []string {
	return []string{"wow64", "arm", "ia64", "neutral", "msil", "data", "shx"}
}

// ArchitectureOf reads processorArchitecture or a usual synonym ("x64",
// "aarch64") without regard to case. known is false when nothing is meant by
// it; exact is false for a synonym, which Windows does not take.
func ArchitectureOf(word string) (name string, exact, known bool) {
	word = strings.ToLower(word)
	if slices.Contains(Architectures(), word) || slices.Contains(OddArchitectures(), word) {
		return word, true, true
	}
	switch word {
	case "x64", "x86_64", "x86-64", "64", "64bit", "64-bit", "intel64", "em64t":
		return "amd64", false, true
	case "i386", "i486", "i586", "i686", "ia32", "32", "32bit", "32-bit":
		return "x86", false, true
	case "aarch64", "arm64e", "armv8":
		return "arm64", false, true
	}
	return "", false, false
}

// Runs tells whether the release exists for the architecture: x86 ends with
// Windows 10 and never had a server after 2008, arm64 starts with the clients
// of Windows 10 1709 and the servers of 2025.
func (r *Release) Runs(architecture string) bool {
	const arm64Client, arm64Server = 16299, 26100
	switch architecture {
	case "amd64":
		return true
	case "x86":
		return !r.Server && r.Build < windows11Build
	case "arm64":
		return !r.Server && r.Build >= arm64Client || r.Build >= arm64Server
	}
	return false
}
