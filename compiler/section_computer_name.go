package compiler

import (
	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/reseal/reseal/schema"
)

// computerNameSection names the computer. Windows takes the name in
// specialize, before the network and a domain join need it.
//
// Source: learn.microsoft.com/windows-hardware/customize/desktop/unattend/microsoft-windows-shell-setup-computername.
var computerNameSection = section{
	name: "computerName",
	shape: func() map[string]any {
		return titled("Computer name",
			"Name of the computer, at most 15 characters, or \"*\" for a random one. Secrets such as {env: COMPUTER} work too.",
			map[string]any{"anyOf": []any{map[string]any{"type": []any{"string", "number", "boolean"}}, ref("secret")}})
	},
	lower: func(l *lowering, _ *yamldoc.Node) {
		l.give("computerName", computerNameSlot, l.pair("computerName"))
	},
	raise: func(r *raising) { r.raiseSlot("computerName", computerNameSlot, func(string) bool { return true }) },
}

var computerNameSlot = slot{schema.Specialize, "Microsoft-Windows-Shell-Setup", "ComputerName"}
