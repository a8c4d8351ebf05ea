package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/urfave/cli/v2"

	"github.com/reseal/reseal/internal/report"
	"github.com/reseal/reseal/schema"
)

func (sh *shell) catalogCommand() *cli.Command {
	return &cli.Command{
		Name:        "catalog",
		Usage:       "list components, or the settings of one",
		ArgsUsage:   "[COMPONENT]",
		Description: "JSON output always holds the settings.",
		Flags:       []cli.Flag{formatFlag([]string{"text", "json"})},
		Action:      sh.catalog,
	}
}

func (sh *shell) catalog(c *cli.Context) error {
	components := schema.Components()
	if c.NArg() > 0 {
		name, err := oneInput(c, "a component")
		if err != nil {
			return err
		}
		one := schema.FindComponent(name)
		if one == nil {
			return usage("there is no component %q%s", name, didYouMean(name, componentNames()))
		}
		if c.String("format") == "text" {
			return sh.listSettings(one)
		}
		components = []schema.Component{*one}
	}
	if c.String("format") == "json" {
		return written(report.WriteJSON(sh.stdout, catalogDocument(components)))
	}
	w := tabwriter.NewWriter(sh.stdout, 0, 0, 2, ' ', 0)
	for i := range components {
		one := &components[i]
		fmt.Fprintf(w, "%s\t%d\t%s\t%s\n", one.Name, len(one.Settings), stateWord(one.State), one.Passes)
	}
	return written(w.Flush())
}

func (sh *shell) listSettings(c *schema.Component) error {
	w := tabwriter.NewWriter(sh.stdout, 0, 0, 2, ' ', 0)
	printSettings(w, c, nil)
	return written(w.Flush())
}

func printSettings(w *tabwriter.Writer, c *schema.Component, parent *schema.Setting) {
	children := c.Children(parent)
	for i := range children {
		s := &children[i]
		form := s.Type.String()
		if s.Container() {
			form = s.Kind.String()
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", s.Path, form, stateWord(s.State), s.Passes)
		printSettings(w, c, s)
	}
}

// stateWord leaves out the state that nearly every setting has.
func stateWord(s schema.State) string {
	if s == schema.Documented {
		return ""
	}
	return s.String()
}

func componentNames() []string {
	var names []string
	for _, c := range schema.Components() {
		names = append(names, c.Name)
	}
	return names
}
