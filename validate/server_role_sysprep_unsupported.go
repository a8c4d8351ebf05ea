package validate

import (
	"regexp"
	"slices"
	"strings"

	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

var serverRoleSysprepUnsupported = check{rule: rule.ServerRoleSysprepUnsupported,
	file: func(r *run) {
		if a := r.file; a.Target.Use != "sysprep" || a.Invocation == nil || !a.Invocation.Generalize {
			return
		}
		for _, i := range r.chosenImages() {
			for _, name := range i.Roles {
				role := schema.FindRole(name)
				if role != nil && unfit(role, schema.FindRelease(i.Windows)) {
					r.report(r.file.InvocationSpans["generalize"], "the image has the role %s, which Sysprep does not support", role.Name)
				}
			}
		}
	},
	value: func(r *run, c *answer.Cursor, text string) {
		pass, ok := c.Pass.ID()
		if !ok || pass != schema.AuditSystem && pass != schema.AuditUser || !isCommand(c) || !reseals(r.file, schema.AuditUser, "Generalize", "") {
			return
		}
		for _, role := range installedBy(text) {
			if unfit(role, r.release) {
				r.report(textPlace(c.Setting), "the command installs the role %s, which Sysprep does not support, and the image is generalized after it", role.Name)
			}
		}
	},
}

func unfit(role *schema.Role, release *schema.Release) bool {
	support, _ := role.For(release)
	return support == schema.Unsupported
}

// installs is a command that adds features, up to what ends it.
var installs = regexp.MustCompile(`(?i)\b(?:install|add)-windowsfeature\b([^|;&]*)`)

// installedBy finds the roles that a command line adds by the names that
// Install-WindowsFeature takes.
func installedBy(command string) []*schema.Role {
	var out []*schema.Role
	for _, m := range installs.FindAllStringSubmatch(command, -1) {
		for _, word := range strings.FieldsFunc(m[1], func(c rune) bool { return strings.ContainsRune(" ,\t\"'", c) }) {
			if role := schema.FindRole(word); role != nil && !slices.Contains(out, role) {
				out = append(out, role)
			}
		}
	}
	return out
}
