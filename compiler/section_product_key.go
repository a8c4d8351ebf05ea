package compiler

import (
	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/reseal/reseal/schema"
)

// keyInFirmware is the word for a key that the machine brings along.
const keyInFirmware = "firmware"

// productKeySection gives the key that activates Windows and the one with
// which Setup chooses the edition.
//
// Source: learn.microsoft.com/windows-hardware/customize/desktop/unattend, the pages
// microsoft-windows-shell-setup-productkey and microsoft-windows-setup-userdata-productkey-key.
var productKeySection = section{
	name: "productKey",
	shape: func() map[string]any {
		key := map[string]any{"anyOf": []any{map[string]any{"type": "string", "minLength": 1}, ref("secret")}}
		return titled("Product key",
			"The key for activation (pass specialize). A mapping tells it from the key that Setup uses to choose the edition; "+
				"firmware means that the machine brings its key, and nothing is written.",
			map[string]any{"anyOf": []any{
				map[string]any{"type": "string", "minLength": 1},
				ref("secret"),
				map[string]any{
					"type": "object", "additionalProperties": false, "minProperties": 1,
					"properties": map[string]any{
						"specialize": titled("Key for activation", "Written to Shell-Setup in the pass specialize.", key),
						"setup":      titled("Key for Setup", "Written to UserData of Microsoft-Windows-Setup in windowsPE; it chooses the edition.", key),
					},
				},
			}})
	},
	frame: frameProductKey,
	lower: lowerProductKey,
	raise: raiseProductKey,
}

// Where the two keys stand.
var (
	activationKey = slot{schema.Specialize, "Microsoft-Windows-Shell-Setup", "ProductKey"}
	setupKey      = slot{schema.WindowsPE, "Microsoft-Windows-Setup", "UserData/ProductKey/Key"}
)

// frameProductKey sets the complaint about a missing key aside where the
// author says that there need be none.
func frameProductKey(l *lowering, n *yamldoc.Node) {
	if inFirmware(n) {
		l.ignores = append(l.ignores, Ignore{Rule: "product-key-missing", Reason: "the key is in the firmware", Span: n.Span, Within: l.within})
	}
}

func inFirmware(n *yamldoc.Node) bool {
	return n.Kind == yamldoc.Scalar && n.Text == keyInFirmware
}

func lowerProductKey(l *lowering, n *yamldoc.Node) {
	if inFirmware(n) {
		return
	}
	if n.Kind == yamldoc.Scalar || secretPair(n) != nil && n.Get("specialize") == nil && n.Get("setup") == nil {
		l.give("productKey", activationKey, l.pair("productKey"))
		return
	}
	for _, p := range n.Pairs {
		if p.Key.Text == "setup" {
			l.give("productKey", setupKey, p)
			continue
		}
		l.give("productKey", activationKey, p)
	}
}

func raiseProductKey(r *raising) {
	isKey := func(text string) bool { return text != keyInFirmware }
	activation, setup := r.lift(activationKey, isKey), r.lift(setupKey, isKey)
	if setup == nil {
		if activation != nil {
			r.set("productKey", activation.node, activation.comments...)
		}
		return
	}
	m := yamldoc.NewMapping()
	if activation != nil {
		m.Set("specialize", activation.node)
		above(m, activation.comments)
	}
	m.Set("setup", setup.node)
	above(m, setup.comments)
	r.set("productKey", m)
}
