package compiler

import (
	"strings"

	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// resealSection says how Sysprep is called. It makes the command line; into
// the answer file go only the two settings for devices, and where there is no
// command line to carry the wish the settings of Microsoft-Windows-Deployment.
var resealSection = section{
	name: "reseal",
	shape: func() map[string]any {
		return titled("Reseal", "How Sysprep is called: its command line, and what happens after it.",
			map[string]any{"type": "object", "additionalProperties": false, "properties": resealKeys()})
	},
	frame: frameReseal,
	lower: lowerReseal,
}

func resealKeys() map[string]any {
	truth := func(title, description string) map[string]any {
		return titled(title, description, map[string]any{"type": "boolean"})
	}
	mode := map[string]any{"enum": []any{"oobe", "audit"}}
	return map[string]any{
		"mode":       titled("Mode", "What the next boot enters: Windows Welcome (oobe) or audit mode.", mode),
		"generalize": truth("Generalize", "Takes what is particular to this machine out of the image."),
		"then":       titled("Then", "What the machine does after success; quit by default.", map[string]any{"enum": []any{"shutdown", "reboot", "quit"}}),
		"vm":         truth("Virtual machine", "The image will only ever run on this hypervisor (/mode:vm). Needs generalize and mode oobe."),
		"persistAllDeviceInstalls": truth("Keep devices installed",
			"Keeps the installed devices over generalize; only for identical hardware. Needs generalize."),
		"doNotCleanUpNonPresentDevices": truth("Keep absent devices",
			"Leaves devices that are not present in place during generalize. Needs generalize."),
		"fromAudit": titled("Leaving audit mode", "Lets Windows run Sysprep by itself at the end of the pass auditUser.", map[string]any{
			"type": "object", "additionalProperties": false, "required": []any{"mode"},
			"properties": map[string]any{
				"mode":       titled("Mode", "What the next boot enters.", mode),
				"generalize": truth("Generalize", "Generalizes the image as well."),
				"shutdown":   truth("Shut down", "Shuts down at once instead of restarting."),
			},
		}),
	}
}

// frameReseal notes the invocation, which decides for other sections too.
func frameReseal(l *lowering, n *yamldoc.Node) {
	inv := &schema.Invocation{Mode: textOf(n, "mode"), Then: textOf(n, "then"), Generalize: truth(n, "generalize"), VM: truth(n, "vm")}
	l.file.Invocation, l.file.InvocationSpans = inv, map[string]source.Span{}
	for _, p := range n.Pairs {
		switch p.Key.Text {
		case "mode", "then", "generalize", "vm":
			l.file.InvocationSpans[p.Key.Text] = p.Value.Span
		}
	}
}

func textOf(n *yamldoc.Node, key string) string {
	if v := n.Get(key); v != nil && v.Kind == yamldoc.Scalar {
		return v.Text
	}
	return ""
}

func truth(n *yamldoc.Node, key string) bool { return strings.EqualFold(textOf(n, key), "true") }

func lowerReseal(l *lowering, n *yamldoc.Node) {
	l.checkVM(n)
	for _, p := range n.Pairs {
		switch p.Key.Text {
		case "persistAllDeviceInstalls":
			l.deviceSetting(n, p, "PersistAllDeviceInstalls")
		case "doNotCleanUpNonPresentDevices":
			l.deviceSetting(n, p, "DoNotCleanUpNonPresentDevices")
		case "fromAudit":
			l.fromAudit(p.Value)
		case "mode":
			l.auditFromMedia(p)
		}
	}
}

// checkVM holds /mode:vm to what Sysprep accepts.
//
// Source: learn.microsoft.com/windows-hardware/manufacture/desktop/sysprep-command-line-options.
func (l *lowering) checkVM(n *yamldoc.Node) {
	if !truth(n, "vm") || truth(n, "generalize") && textOf(n, "mode") == "oobe" {
		return
	}
	d := rule.ResealContradiction.At(n.Get("vm").Span, "vm needs generalize: true and mode: oobe")
	if g := n.Get("generalize"); g != nil && !truth(n, "generalize") {
		d.Relate(g.Span, "generalize is not true")
	}
	if m := n.Get("mode"); m != nil && m.Text != "oobe" {
		d.Relate(m.Span, "the mode is not oobe")
	}
	l.diags.Add(d)
}

// deviceSetting writes one of the two settings that only the generalize pass
// reads. Without generalize that pass never runs.
func (l *lowering) deviceSetting(n *yamldoc.Node, p yamldoc.Pair, name string) {
	if !truth(n, "generalize") {
		d := rule.ResealContradiction.At(p.Key.Span, "%s has no effect without generalize: true", p.Key.Text)
		if g := n.Get("generalize"); g != nil {
			d.Relate(g.Span, "generalize is not true")
		}
		l.diags.Add(d)
		return
	}
	l.give("reseal", slot{schema.Generalize, "Microsoft-Windows-PnpSysprep", name}, p)
}

// deployment is the component whose settings make Windows call Sysprep.
const deployment = "Microsoft-Windows-Deployment"

// auditFromMedia makes Setup from media enter audit mode: it calls no Sysprep
// whose command line could say so.
func (l *lowering) auditFromMedia(p yamldoc.Pair) {
	if l.target.Use == "media" && p.Value.Text == "audit" {
		l.giveText("reseal", slot{schema.OobeSystem, deployment, "Reseal/Mode"}, p, "Audit")
	}
}

// fromAudit writes how Windows leaves audit mode by itself: Generalize where
// the image is to be generalized, Reseal otherwise.
//
// Source: learn.microsoft.com/windows-hardware/customize/desktop/unattend, the pages
// microsoft-windows-deployment-generalize and microsoft-windows-deployment-reseal.
func (l *lowering) fromAudit(n *yamldoc.Node) {
	container := "Reseal/"
	if truth(n, "generalize") {
		container = "Generalize/"
	}
	modes := map[string]string{"oobe": "OOBE", "audit": "Audit"}
	for _, p := range n.Pairs {
		switch p.Key.Text {
		case "mode":
			l.giveText("reseal", slot{schema.AuditUser, deployment, container + "Mode"}, p, modes[p.Value.Text])
		case "shutdown":
			l.put("reseal", slot{schema.AuditUser, deployment, container + "ForceShutdownNow"},
				&answer.Setting{Text: strings.ToLower(p.Value.Text), Style: answer.YAMLPlain, Spans: spansOf(p)})
		}
	}
}
