package compiler

import (
	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/yamldoc"
)

// versionSection marks a file as a profile. It makes no setting.
var versionSection = section{
	name: "version",
	shape: func() map[string]any {
		return titled("Version of the language",
			"Marks the file as a Reseal profile. What reseal/v1 means does not change; a later version gets a name of its own.",
			map[string]any{"enum": []any{Version}})
	},
	raise: func(r *raising) { r.set("version", yamldoc.NewPlain(Version)) },
}

func versionFinding(n *yamldoc.Node) *diag.Diagnostic {
	return rule.VersionUnknown.At(n.Span, "this version of Reseal reads %s, not %s", Version, n.Text)
}
