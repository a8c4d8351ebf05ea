package main

import (
	"fmt"
	"sort"
	"strings"
)

// ruleEntry is one rule of internal/rule/table/*.yaml.
type ruleEntry struct {
	ID            string   `yaml:"id"`
	Title         string   `yaml:"title"`
	Severity      string   `yaml:"severity"`
	Tags          []string `yaml:"tags"`
	Off           bool     `yaml:"off"`
	By            string   `yaml:"by"`
	Confidence    string   `yaml:"confidence"`
	Check         string   `yaml:"check"`
	Why           string   `yaml:"why"`
	Help          string   `yaml:"help"`
	Bad           string   `yaml:"bad"`
	Good          string   `yaml:"good"`
	Evidence      []string `yaml:"evidence"`
	FalsePositive string   `yaml:"false_positive"`
	Overrides     []string `yaml:"overrides"`
	group         string
}

// readRules reads the table: one file a group, a list of rules each.
func readRules(folder string) ([]ruleEntry, error) {
	groups, names, err := readAll[[]ruleEntry](folder + "/*.yaml")
	if err != nil {
		return nil, err
	}
	var all []ruleEntry
	seen := map[string]string{}
	for _, name := range names {
		group := strings.TrimSuffix(name[strings.LastIndexAny(name, `/\`)+1:], ".yaml")
		for _, r := range groups[name] {
			if at := seen[r.ID]; at != "" {
				return nil, fmt.Errorf("%s: rule %q stands in %s as well", name, r.ID, at)
			}
			seen[r.ID], r.group = name, group
			all = append(all, r)
		}
	}
	sort.Slice(all, func(i, j int) bool { return all[i].ID < all[j].ID })
	for _, r := range all {
		if err := r.valid(seen); err != nil {
			return nil, fmt.Errorf("%s: rule %q: %w", seen[r.ID], r.ID, err)
		}
	}
	return all, nil
}

func (r ruleEntry) valid(all map[string]string) error {
	for name, text := range map[string]string{"id": r.ID, "title": r.Title, "check": r.Check, "why": r.Why, "help": r.Help, "by": r.By, "confidence": r.Confidence, "bad": r.Bad} {
		if strings.TrimSpace(text) == "" {
			return fmt.Errorf("%s is missing", name)
		}
	}
	if _, ok := severities[r.Severity]; !ok {
		return fmt.Errorf("severity %q", r.Severity)
	}
	for _, id := range r.Overrides {
		if all[id] == "" {
			return fmt.Errorf("overrides %q, which is no rule", id)
		}
	}
	return nil
}

var severities = map[string]string{"error": "diag.Error", "warning": "diag.Warning", "info": "diag.Info"}

func rules() error {
	all, err := readRules("table")
	if err != nil {
		return err
	}
	var b strings.Builder
	b.WriteString("package rule\n\nimport \"github.com/reseal/reseal/internal/diag\"\n\nvar (\n")
	for _, r := range all {
		var f fields
		f.str("ID", r.ID)
		f.str("Group", r.group)
		f.str("Title", r.Title)
		f.raw("Severity", severities[r.Severity])
		f.list("Tags", r.Tags)
		f.flag("Off", r.Off)
		f.str("By", r.By)
		f.str("Confidence", r.Confidence)
		f.str("Check", r.Check)
		f.str("Why", r.Why)
		f.str("Help", r.Help)
		f.str("Bad", r.Bad)
		f.str("Good", r.Good)
		f.list("Evidence", r.Evidence)
		f.str("FalsePositive", r.FalsePositive)
		f.list("Overrides", r.Overrides)
		fmt.Fprintf(&b, "// %s: %s.\n%s = &Rule{\n%s}\n", goName(r.ID), r.Title, goName(r.ID), f.String())
	}
	fmt.Fprintf(&b, ")\n\nvar table = [...]*Rule{\n")
	for _, r := range all {
		fmt.Fprintf(&b, "%s,\n", goName(r.ID))
	}
	b.WriteString("}\n")
	return writeGo("table_gen.go", b.String())
}

// goName turns "value-not-listed" into "ValueNotListed".
func goName(id string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(id, "-") {
		if part != "" {
			b.WriteString(strings.ToUpper(part[:1]) + part[1:])
		}
	}
	return b.String()
}

// checks writes the list of validate's checks: the rule a-b is checked by the
// variable aB of the file a_b.go.
func checks() error {
	all, err := readRules("../internal/rule/table")
	if err != nil {
		return err
	}
	var b strings.Builder
	b.WriteString("package validate\n\nvar checks = [...]*check{\n")
	for _, r := range all {
		if r.By == "validate" {
			name := goName(r.ID)
			fmt.Fprintf(&b, "&%s,\n", strings.ToLower(name[:1])+name[1:])
		}
	}
	b.WriteString("}\n")
	return writeGo("checks_gen.go", b.String())
}
