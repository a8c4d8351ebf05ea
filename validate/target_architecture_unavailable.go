package validate

import (
	"slices"

	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema"
)

var targetArchitectureUnavailable = check{rule: rule.TargetArchitectureUnavailable, file: func(r *run) {
	architecture := r.file.Target.Architecture
	if r.release == nil || !slices.Contains(schema.Architectures(), architecture) || r.release.Runs(architecture) {
		return
	}
	at, other := r.file.TargetSpans["architecture"], r.file.TargetSpans["windows"]
	d := r.report(at.Or(other), "%s does not exist for %s", r.release, architecture)
	if at.Known() && other.Known() {
		d.Relate(other, "the release is named here")
	}
}}
