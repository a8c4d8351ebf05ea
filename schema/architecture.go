package schema

import "strings"

// Architectures returns the values of processorArchitecture that a target can
// have.
func Architectures() []string { return []string{"amd64", "x86", "arm64"} }

// ArchitectureMeant maps the usual other names of an architecture to the one
// that Windows uses, "" for none.
func ArchitectureMeant(word string) string {
	switch strings.ToLower(word) {
	case "amd64", "x64", "x86_64", "x86-64", "64", "64bit", "intel64", "em64t":
		return "amd64"
	case "x86", "i386", "i586", "i686", "32", "32bit", "ia32":
		return "x86"
	case "arm64", "aarch64":
		return "arm64"
	case "wow64", "arm", "ia64", "msil", "neutral":
		return strings.ToLower(word)
	}
	return ""
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
