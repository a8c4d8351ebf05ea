package main

import (
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/secret"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/sysprep"
	"github.com/reseal/reseal/sysprep/setuplog"
)

func (sh *shell) explainCommand() *cli.Command {
	return &cli.Command{
		Name:      "explain",
		Usage:     "tell what a component, setting, rule, pre-check, error code or line of a log is",
		ArgsUsage: "WHAT",
		Description: "WHAT is a component, COMPONENT/SETTING, a setting path such as OOBE/ProtectYourPC, " +
			"the ID of a rule or of a pre-check of the engine, an error code in any spelling, or a line of Sysprep's or Setup's log.",
		Action: func(c *cli.Context) error {
			what, err := oneInput(c, "a component, setting, rule, pre-check, error code or line")
			if err != nil {
				return err
			}
			text := explain(what)
			if text == "" {
				text = explainLog(what)
			}
			if text == "" {
				return &exitError{exitFindings, fmt.Errorf("nothing is known of %q%s", secret.HideInLog(what), perhaps(what))}
			}
			_, err = fmt.Fprint(sh.stdout, text)
			return written(err)
		},
	}
}

// explain returns all that is known by a name, "" for nothing.
func explain(what string) string {
	what = strings.Trim(what, "/")
	var parts []string
	if r := rule.Find(what); r != nil {
		parts = append(parts, explainRule(r))
	}
	for _, check := range sysprep.Checks() {
		if check.ID == what {
			parts = append(parts, explainCheck(check))
		}
	}
	if c := schema.FindComponent(what); c != nil {
		return strings.Join(append(parts, explainComponent(c)), "\n")
	}
	name, path, _ := strings.Cut(what, "/")
	if c := schema.FindComponent(name); c != nil && path != "" {
		if s := c.Find(path); s != nil {
			return explainSetting(c, s)
		}
		return ""
	}
	for i, all := 0, schema.Components(); i < len(all); i++ {
		parts = append(parts, settingsNamed(&all[i], what)...)
	}
	return strings.Join(parts, "\n")
}

// settingsNamed finds the settings whose path is the given one or ends in it.
func settingsNamed(c *schema.Component, path string) []string {
	var found []string
	for i := range c.Settings {
		s := &c.Settings[i]
		if strings.EqualFold(s.Path, path) || len(s.Path) > len(path) && strings.EqualFold(s.Path[len(s.Path)-len(path)-1:], "/"+path) {
			found = append(found, explainSetting(c, s))
		}
	}
	return found
}

func explainComponent(c *schema.Component) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (component)\n", c.Name)
	paragraph(&b, c.Describe(nil))
	for _, s := range c.Children(nil) {
		fmt.Fprintf(&b, "  %s\n", s.Path)
	}
	return b.String()
}

func explainSetting(c *schema.Component, s *schema.Setting) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s/%s (setting)\n", c.Name, s.Path)
	paragraph(&b, c.Describe(s))
	for _, child := range c.Children(s) {
		fmt.Fprintf(&b, "  %s\n", child.Path)
	}
	return b.String()
}

func explainRule(r *rule.Rule) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (rule, %s)\n", r.ID, r.Severity)
	for _, part := range []struct{ name, text string }{
		{"", r.Title + "."}, {"tested", r.Check}, {"why", r.Why}, {"fix", r.Help},
		{"bad", r.Bad}, {"good", r.Good}, {"may be wrong", r.FalsePositive}, {"evidence", strings.Join(r.Evidence, "\n")},
	} {
		if part.text == "" {
			continue
		}
		if part.name != "" {
			fmt.Fprintf(&b, "  %s:\n", part.name)
		}
		for line := range strings.SplitSeq(strings.TrimSpace(part.text), "\n") {
			fmt.Fprintf(&b, "    %s\n", line)
		}
	}
	return b.String()
}

func paragraph(b *strings.Builder, text string) {
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		fmt.Fprintf(b, "    %s\n", line)
	}
}

func explainCheck(c sysprep.Check) string {
	return fmt.Sprintf("%s (pre-check, %s)\n    %s\n  fix:\n    %s\n  source:\n    %s\n", c.ID, c.Level, c.Title, c.Remedy, c.Source)
}

// perhaps proposes what was meant: behind the name of a component one of its
// settings, the name itself corrected where that is misspelt too.
func perhaps(what string) string {
	name, path, below := strings.Cut(strings.Trim(what, "/"), "/")
	c := componentMeant(name)
	switch near := didYouMean(what, explainable()); {
	case c == nil, !below && near != "":
		return near
	case !below:
		return "; did you mean " + c.Name + "?"
	}
	paths := make([]string, len(c.Settings))
	for i := range c.Settings {
		paths[i] = c.Settings[i].Path
	}
	near := c.Name
	if s := c.Find(path); s != nil {
		near += "/" + s.Path
	} else if found := schema.Nearest(path, paths); found != "" {
		near += "/" + found
	}
	return "; did you mean " + near + "?"
}

// componentMeant is the component of a name that may be misspelt or lack its
// prefix, as in Shell-Setup; nil for none.
func componentMeant(name string) *schema.Component {
	names := componentNames()
	short := make([]string, len(names))
	for i := range names {
		short[i] = strings.TrimPrefix(names[i], componentPrefix)
	}
	for _, word := range []string{name, componentPrefix + name, schema.Nearest(name, names), componentPrefix + schema.Nearest(name, short)} {
		if c := schema.FindComponent(word); c != nil {
			return c
		}
	}
	return nil
}

// componentPrefix begins the names of nearly all components.
const componentPrefix = "Microsoft-Windows-"

// explainable lists the names that a misspelt word is compared with: those of
// settings as paths and alone.
func explainable() []string {
	names := componentNames()
	for _, r := range rule.All() {
		names = append(names, r.ID)
	}
	for _, c := range sysprep.Checks() {
		names = append(names, c.ID)
	}
	for _, g := range setuplog.Signatures() {
		names = append(names, g.ID)
	}
	for i, all := 0, schema.Components(); i < len(all); i++ {
		for j := range all[i].Settings {
			names = append(names, all[i].Settings[j].Path)
		}
	}
	for i, all := 0, schema.Components(); i < len(all); i++ {
		for j := range all[i].Settings {
			names = append(names, all[i].Settings[j].Name())
		}
	}
	return names
}
