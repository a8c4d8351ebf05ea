package compiler

import (
	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/reseal/reseal/schema"
)

// targetSection says what the answers are for. It is read before anything is
// lowered, because it decides how many answer files there are: see plansOf.
var targetSection = section{
	name: "target",
	shape: func() map[string]any {
		return titled("Target",
			"What the answer files are for. Every key is optional; checks that need one that is not said stay silent. Flags of the same names win.",
			map[string]any{"type": "object", "additionalProperties": false, "properties": targetKeys()})
	},
	raise: func(r *raising) {
		if r.bare != "" {
			r.set("target", yamldoc.NewMapping().Set("architecture", yamldoc.NewPlain(r.bare)))
		}
	},
}

func targetKeys() map[string]any {
	release := map[string]any{"anyOf": []any{map[string]any{"enum": schema.ReleaseIDs()}, map[string]any{"type": []any{"string", "number"}}}}
	architecture := map[string]any{"enum": schema.Architectures()}
	return map[string]any{
		"windows": titled("Windows release",
			"ID of a release, such as 11-24h2, 10-ltsc-2021 or server-2025, or a list of them: one answer file for each.",
			oneOrMore(release)),
		"architecture": titled("Processor architecture",
			"One, or a list. Components without an architecture in their key take it.",
			oneOrMore(architecture)),
		"edition":       titled("Edition", "Edition ID, such as Professional or ServerStandard.", map[string]any{"type": "string"}),
		"firmware":      titled("Firmware", "Whether the machines start by UEFI or by a legacy BIOS; it decides which disk layout Windows can start from.", map[string]any{"enum": []any{"uefi", "bios"}}),
		"use":           titled("Use", "How the answer file reaches Windows; it decides which passes run. With the section reseal it is sysprep.", map[string]any{"enum": schema.Uses()}),
		"unattended":    titled("Unattended", "Nobody sits at the machine, so every question must be answered.", map[string]any{"type": "boolean"}),
		"mediaLanguage": titled("Language of the media", "Tag such as en-US of the language that the installation media brings along; Setup can show no other.", map[string]any{"type": "string"}),
		"output": titled("Output", "With several architectures: an answer file for each (perArchitecture, the default), or one that holds a component for each (combined).",
			map[string]any{"enum": []any{"perArchitecture", "combined"}}),
	}
}

// oneOrMore takes a value or a list of such values.
func oneOrMore(fragment map[string]any) map[string]any {
	list := map[string]any{"type": "array", "minItems": 1, "uniqueItems": true, "items": fragment}
	return map[string]any{"anyOf": []any{fragment, list}}
}
