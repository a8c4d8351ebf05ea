package validate

import (
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

var settingNotInTargetVersion = check{
	rule: rule.SettingNotInTargetVersion,
	component: func(r *run, _ *answer.Pass, c *answer.Component) {
		// A component that is gone is removed-component.
		if known := c.Schema(); r.release != nil && known != nil && known.In(r.release) == schema.NotYet {
			d := r.report(componentName(c), "%s came with %s, and the target is %s", known.Name, known.Introduced, r.release)
			r.aboutRelease(d, "the component", known.ReplacedBy, known.Doubt && known.Later)
		}
	},
	setting: func(r *run, c *answer.Cursor) {
		if r.release == nil || c.Known == nil {
			return
		}
		var d *diag.Diagnostic
		doubt := c.Known.Doubt
		switch c.Known.In(r.release) {
		case schema.NotYet:
			doubt = doubt && c.Known.Later // the reference itself is sure of what it has
			d = r.report(c.Setting.NamePlace(), "%s came with %s, and the target is %s", c.Known.Path, c.Known.Introduced, r.release)
		case schema.Gone:
			d = r.report(c.Setting.NamePlace(), "%s %s, and the target is %s", c.Known.Path, goneSince(c.Known.RemovedIn), r.release)
		default:
			return
		}
		r.aboutRelease(d, "the setting", c.Known.ReplacedBy, doubt)
	},
}

// aboutRelease completes a finding that the target's release decides.
func (r *run) aboutRelease(d *diag.Diagnostic, what, replacedBy string, doubt bool) {
	if doubt {
		d.As(diag.Warning)
	}
	if replacedBy != "" {
		d.Help = insteadOf(what, replacedBy)
	}
	if at := r.file.TargetSpans["windows"]; at.Known() {
		d.Relate(at, "the target is named here")
	}
}

// goneSince says when something was removed.
func goneSince(release string) string {
	if release == "" {
		return "was removed from Windows"
	}
	return "was removed in " + release
}

// isDeprecated says that something is deprecated, in the words of the catalogue
// where it says more.
func isDeprecated(note string) string {
	note = strings.TrimSuffix(note, ".")
	switch {
	case note == "":
		return "is deprecated"
	case strings.HasPrefix(strings.ToLower(note), "deprecated"):
		return "is d" + note[1:]
	}
	return "is deprecated: " + note
}

// insteadOf says what to do about something retired.
func insteadOf(what, replacedBy string) string {
	if replacedBy == "" {
		return "Remove " + what + "."
	}
	return "Remove " + what + ", or use " + replacedBy + "."
}
