package schema

// Architectures returns the values of processorArchitecture that a target can
// have.
func Architectures() []string { return []string{"amd64", "x86", "arm64"} }

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
