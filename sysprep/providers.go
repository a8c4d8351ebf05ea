package sysprep

import "slices"

// Stages of providers, in the order in which they run.
const (
	StageCleanup    = "cleanup"
	StageGeneralize = "generalize"
	StageSpecialize = "specialize"
)

// builtin is one provider that Windows brings.
type builtin struct {
	stage    string
	order    int    // number of the action file; 0 = not known
	name     string // component
	module   string // DLL below System32 without its ending; "" = the action file acts by itself, or not known
	validate string // function that runs in pre-validation
	method   string // function that runs in execution
	does     string // what the action file does by itself
	builds   []int  // builds whose action file or log lists it; nil = all of its stage
	skipVM   bool   // does nothing under /mode:vm
	unsure   bool   // not in every list read: depends on features, or known from logs alone
}

// listed are the builds that a stage's list was read from.
func listed(stage string) []int {
	switch stage {
	case StageGeneralize:
		return []int{15063, 17134, 18362}
	case StageSpecialize:
		return []int{9600, 16299}
	}
	return nil
}

// status tells how well the list fits a build; ok false when the list of
// exactly this build lacks the provider.
func (b builtin) status(build int) (status Status, ok bool) {
	if !slices.Contains(listed(b.stage), build) || b.unsure {
		return StatusAssumed, true
	}
	if b.builds != nil && !slices.Contains(b.builds, build) {
		return "", false
	}
	return "listed", true
}

// providersOf returns the providers of one stage for a build in order.
func providersOf(stage string, build int) []builtin {
	var out []builtin
	for _, b := range builtins {
		if _, ok := b.status(build); ok && b.stage == stage {
			out = append(out, b)
		}
	}
	return out
}

// providers lists the providers that the run and its first boot start: those
// of cleanup always, the others only with generalize.
func (s *situation) providers(build int) []Provider {
	stages := []string{StageCleanup}
	if s.command.Generalize {
		stages = append(stages, StageGeneralize, StageSpecialize)
	}
	var out []Provider
	for _, stage := range stages {
		for _, b := range providersOf(stage, build) {
			status, _ := b.status(build)
			if b.skipVM && s.command.VM {
				status = StatusSkipped
			}
			if s.machine.Windows.Origin != Given && status == "listed" {
				status = StatusAssumed
			}
			out = append(out, Provider{Name: b.name, Stage: stage, Order: b.order, Status: status})
		}
	}
	return out
}
