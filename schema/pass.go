// Package schema tells what an answer file may contain: the catalogue of
// components and settings with their value types, the configuration passes and
// which command runs which, architectures, Windows releases, editions, product
// keys, time zones, locales and server roles. It also holds the plain values
// that travel between packages: Target, Invocation and Image. It knows no
// source positions and imports no other package of Reseal.
package schema

import "strings"

// Pass is a configuration pass. The zero value is WindowsPE; use ParsePass to
// read one.
type Pass uint8

// The seven passes in the order in which Reseal writes them.
const (
	WindowsPE Pass = iota
	OfflineServicing
	Generalize
	Specialize
	AuditSystem
	AuditUser
	OobeSystem
	passCount
)

var passNames = [passCount]string{"windowsPE", "offlineServicing", "generalize", "specialize", "auditSystem", "auditUser", "oobeSystem"}

// String is the name as the pass attribute of a settings element has it.
func (p Pass) String() string { return passNames[p] }

// ParsePass finds a pass by its name without regard to case.
func ParsePass(name string) (Pass, bool) {
	for p, n := range passNames {
		if strings.EqualFold(n, name) {
			return Pass(p), true
		}
	}
	return 0, false
}

// Passes returns all seven in order.
func Passes() []Pass {
	return []Pass{WindowsPE, OfflineServicing, Generalize, Specialize, AuditSystem, AuditUser, OobeSystem}
}

// PassSet is a set of passes.
type PassSet uint8

// PassesOf makes a set.
func PassesOf(passes ...Pass) PassSet {
	var s PassSet
	for _, p := range passes {
		s |= 1 << p
	}
	return s
}

// Has tells whether p is in the set.
func (s PassSet) Has(p Pass) bool { return s&(1<<p) != 0 }

// List returns the members in order.
func (s PassSet) List() []Pass {
	var out []Pass
	for _, p := range Passes() {
		if s.Has(p) {
			out = append(out, p)
		}
	}
	return out
}

// String lists the names with commas: "specialize, oobeSystem".
func (s PassSet) String() string {
	names := make([]string, 0, passCount)
	for _, p := range s.List() {
		names = append(names, p.String())
	}
	return strings.Join(names, ", ")
}
