package compiler

import (
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/yamldoc"
)

// lintSection sets findings aside, each with a reason. It makes no setting.
var lintSection = section{
	name: "lint",
	shape: func() map[string]any {
		word := func(title, description string) map[string]any {
			return titled(title, description, map[string]any{"type": "string", "minLength": 1})
		}
		entry := map[string]any{
			"type": "object", "additionalProperties": false, "required": []any{"rule", "reason"},
			"properties": map[string]any{
				"rule":   word("Rule", "ID of the rule, as it stands in brackets behind a finding."),
				"reason": word("Reason", "Why the finding is of no concern here, for the next reader."),
			},
		}
		return titled("Lint", "Which findings the author sets aside. An error that leaves nothing to compile cannot be.", map[string]any{
			"type": "object", "additionalProperties": false,
			"properties": map[string]any{
				"ignore": titled("Ignored findings", "Rules whose findings in this document are not reported.", map[string]any{"type": "array", "items": entry}),
			},
		})
	},
	frame: frameLint,
}

func frameLint(l *lowering, n *yamldoc.Node) {
	list := n.Get("ignore")
	if list == nil {
		return
	}
	for _, entry := range list.Items {
		id, reason := entry.Get("rule"), entry.Get("reason")
		if id == nil || reason == nil {
			continue
		}
		if rule.Find(id.Text) == nil {
			d := rule.LintRuleUnknown.At(id.Span, "there is no rule %q", id.Text)
			suggest(d, id, ruleIDs())
			l.diags.Add(d.Helpf("reseal rules lists them all."))
		}
		l.ignores = append(l.ignores, Ignore{Rule: id.Text, Reason: reason.Text, Span: entry.Span, Within: l.within})
	}
}

func ruleIDs() []string {
	var ids []string
	for _, r := range rule.All() {
		ids = append(ids, r.ID)
	}
	return ids
}
