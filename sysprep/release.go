package sysprep

import "github.com/reseal/reseal/schema"

// The questions that the engine asks of a release.

// buildOf is the build of a release; 0 for an unknown one.
func buildOf(release string) int {
	if r := schema.FindRelease(release); r != nil {
		return r.Build
	}
	return 0
}

// windows10Build is the first build of Windows 10.
const windows10Build = 10240

// resealsLast tells whether Windows treats a Reseal setting behind all others
// of its pass, as it does from Windows 10 on. An unknown release counts as a
// new one.
func resealsLast(build int) bool { return build == 0 || build >= windows10Build }

// freshRearms is how often a fresh machine can reset its licence state, which
// nobody knows of an unknown release.
func freshRearms(release string) Fact[int] {
	if r := schema.FindRelease(release); r != nil {
		return byDefault(r.Rearms)
	}
	return Fact[int]{}
}

// release of the machine, nil when it is not known.
func (s *situation) release() *schema.Release { return schema.FindRelease(s.machine.Windows.Value) }

// hasReservedStorage: releases without it have nothing to check, unless the
// machine says otherwise.
func hasReservedStorage(s *situation) bool {
	r := s.release()
	return r == nil || r.ReservedStorage || s.machine.ReservedStorage.Origin == Given
}

// generalizesAppX: the AppX validator runs with generalize where Windows has
// Store packages.
func generalizesAppX(s *situation) bool {
	if !generalizes(s) {
		return false
	}
	r := s.release()
	return r == nil || r.StoreApps || s.machine.AppX.Origin == Given || s.machine.Services.Origin == Given
}
