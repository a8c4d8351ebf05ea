package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/urfave/cli/v2"

	"github.com/reseal/reseal/internal/report"
	"github.com/reseal/reseal/internal/rule"
)

func (sh *shell) rulesCommand() *cli.Command {
	return &cli.Command{
		Name:  "rules",
		Usage: "list the rules",
		Flags: []cli.Flag{formatFlag([]string{"text", "json"})},
		Action: func(c *cli.Context) error {
			if c.NArg() > 0 {
				return usage("rules takes no path; reseal explain %s tells of one rule", c.Args().First())
			}
			if c.String("format") == "json" {
				return written(report.WriteJSON(sh.stdout, ruleList()))
			}
			w := tabwriter.NewWriter(sh.stdout, 0, 0, 2, ' ', 0)
			for _, r := range rule.All() {
				fmt.Fprintf(w, "%s\t%s\t%s\n", r.ID, r.Severity, r.Title)
			}
			return written(w.Flush())
		},
	}
}

type ruleJSON struct {
	ID            string   `json:"id"`
	Group         string   `json:"group"`
	Severity      string   `json:"severity"`
	Title         string   `json:"title"`
	Tags          []string `json:"tags"`
	Default       bool     `json:"default"`
	Confidence    string   `json:"confidence"`
	Check         string   `json:"check"`
	Why           string   `json:"why"`
	Help          string   `json:"help"`
	Bad           string   `json:"bad,omitempty"`
	Good          string   `json:"good,omitempty"`
	Evidence      []string `json:"evidence"`
	FalsePositive string   `json:"falsePositive,omitempty"`
}

func ruleList() any {
	doc := struct {
		Schema string     `json:"schema"`
		Rules  []ruleJSON `json:"rules"`
	}{Schema: "reseal/rules/v1"}
	for _, r := range rule.All() {
		doc.Rules = append(doc.Rules, ruleJSON{
			ID: r.ID, Group: r.Group, Severity: r.Severity.String(), Title: r.Title, Tags: append([]string{}, r.Tags...), Default: !r.Off,
			Confidence: r.Confidence, Check: r.Check, Why: r.Why, Help: r.Help, Bad: r.Bad, Good: r.Good,
			Evidence: append([]string{}, r.Evidence...), FalsePositive: r.FalsePositive,
		})
	}
	return doc
}

// written turns an error of standard output into the exit code for files.
func written(err error) error {
	if err == nil {
		return nil
	}
	return fileError(err)
}
