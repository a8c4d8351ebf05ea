package main

import (
	"io/fs"

	"github.com/urfave/cli/v2"

	"github.com/reseal/reseal/compiler"
	"github.com/reseal/reseal/internal/wholefile"
)

// schemaName is the file that the first line of every template points to.
const schemaName = "reseal.schema.json"

func (sh *shell) schemaCommand() *cli.Command {
	return &cli.Command{
		Name:        "schema",
		Usage:       "print the JSON Schema of the language for editors",
		Description: "An editor with a YAML language server completes component and setting names with it: reseal schema -o " + schemaName,
		Flags:       []cli.Flag{&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Value: "-", Usage: "`FILE` to write; - is standard output"}},
		Action: func(c *cli.Context) error {
			if c.NArg() > 0 {
				return usage("schema takes no path; name the file with -o")
			}
			text, err := compiler.JSONSchema()
			if err != nil {
				return err
			}
			if c.String("output") == "-" {
				_, err := sh.stdout.Write(text)
				return written(err)
			}
			return written(plain(wholefile.Write(c.String("output"), text, fs.FileMode(0o644))))
		},
	}
}
