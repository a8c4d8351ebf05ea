package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/reseal/reseal/compiler"
	"github.com/reseal/reseal/internal/wholefile"
	"github.com/reseal/reseal/templates"
)

func (sh *shell) initCommand() *cli.Command {
	return &cli.Command{
		Name:      "init",
		Usage:     "write a starter profile",
		ArgsUsage: "[TEMPLATE]",
		Description: "Without a name it lists the templates. With one it writes TEMPLATE.yaml and, for editors, " +
			schemaName + " beside it. Nothing that exists is overwritten without --force.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "`FILE` to write; - is standard output"},
			&cli.BoolFlag{Name: "force", Usage: "overwrite what exists"},
		},
		BashComplete: func(*cli.Context) {
			for _, t := range templates.All() {
				fmt.Fprintln(sh.stdout, t.Name)
			}
		},
		Action: sh.initialize,
	}
}

func (sh *shell) initialize(c *cli.Context) error {
	if c.NArg() == 0 {
		return sh.listTemplates()
	}
	name, err := oneInput(c, "a template")
	if err != nil {
		return err
	}
	t, ok := templates.Find(name)
	if !ok {
		return usage("there is no template %q%s; they are %s", name, didYouMean(name, templates.Names()), strings.Join(templates.Names(), ", "))
	}
	output := c.String("output")
	if output == "-" {
		_, err := sh.stdout.Write(t.Text)
		return written(err)
	}
	if output == "" {
		output = t.Name + ".yaml"
	}
	if err := create(output, t.Text, c.Bool("force")); err != nil {
		return err
	}
	fmt.Fprintf(sh.stdout, "wrote %s\n", shown(output))
	if err := sh.schemaBeside(output); err != nil {
		return err
	}
	_, err = fmt.Fprintf(sh.stdout, "next: reseal validate %s\n", shown(output))
	return written(err)
}

// schemaBeside writes the JSON Schema where the first line of a profile names
// it, unless there is one.
func (sh *shell) schemaBeside(profile string) error {
	beside := filepath.Join(filepath.Dir(profile), schemaName)
	if _, err := os.Stat(beside); err == nil {
		return nil
	}
	text, err := compiler.JSONSchema()
	if err != nil {
		return err
	}
	if err := create(beside, text, false); err != nil {
		return err
	}
	_, err = fmt.Fprintf(sh.stdout, "wrote %s\n", shown(beside))
	return written(err)
}

func (sh *shell) listTemplates() error {
	for _, t := range templates.All() {
		if _, err := fmt.Fprintf(sh.stdout, "%-18s %s\n", t.Name, t.Title); err != nil {
			return fileError(err)
		}
	}
	return nil
}

// create writes a file that must not exist yet, unless force is set.
func create(name string, text []byte, force bool) error {
	if _, err := os.Lstat(name); err == nil && !force {
		return fileError(fmt.Errorf("%s exists; --force overwrites it", shown(name)))
	}
	return written(plain(wholefile.Write(name, text, fs.FileMode(0o644))))
}
