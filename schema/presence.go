package schema

// Presence tells whether a release knows a component or setting.
type Presence uint8

const (
	Present Presence = iota
	NotYet           // introduced later
	Gone             // removed by then
)

// referenceBuild is that of Windows 10 1809, the release that the reference
// describes. Where the release of a target is unknown, what the reference
// calls removed or deprecated counts, and nothing newer.
const referenceBuild = 17763

// In tells whether the release knows the component; nil is an unknown release.
func (c *Component) In(r *Release) Presence { return presence(r, c.Introduced, c.RemovedIn) }

// In tells whether the release knows the setting, its component apart; nil is
// an unknown release.
func (s *Setting) In(r *Release) Presence { return presence(r, s.Introduced, s.RemovedIn) }

func presence(r *Release, introduced, removed string) Presence {
	if first := ReleaseOf(introduced); first != nil && r != nil && r.Before(first) {
		return NotYet
	}
	if reached(r, removed) {
		return Gone
	}
	return Present
}

// DeprecatedFor tells whether the component is deprecated in the release; nil
// is an unknown release.
func (c *Component) DeprecatedFor(r *Release) bool {
	return c.State == Deprecated && (c.DeprecatedIn == "" || reached(r, c.DeprecatedIn))
}

// DeprecatedFor tells whether the setting is deprecated in the release; nil is
// an unknown release.
func (s *Setting) DeprecatedFor(r *Release) bool {
	return s.State == Deprecated && (s.DeprecatedIn == "" || reached(r, s.DeprecatedIn))
}

// reached tells whether r is not older than the release of that printed name.
func reached(r *Release, name string) bool {
	since := ReleaseOf(name)
	if since == nil {
		return false
	}
	if r == nil {
		return since.Build <= referenceBuild
	}
	return !r.Before(since)
}
