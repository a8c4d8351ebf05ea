// Command gen writes the generated Go tables from the data files beside the
// packages that hold them. It runs in the folder of the package:
//
//	gen rules     internal/rule: table/*.yaml → table_gen.go
//	gen checks    validate: the list of checks, from the rule table
//	gen catalog   schema: catalog/*.yaml → catalog_gen.go, catalog_<component>_gen.go
//	gen tables    schema: tables/*.yaml → one <table>_gen.go each
//	gen sections  compiler: the list of sections, from their files
//	gen signatures  sysprep/setuplog: signatures/*.yaml, codes.yaml → signatures_gen.go
//
// It shares no code with those packages, so that a table that does not
// compile can still be mended.
package main

import (
	"fmt"
	"os"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

var generators = map[string]func() error{
	"rules":      rules,
	"checks":     checks,
	"catalog":    catalog,
	"tables":     tables,
	"sections":   sections,
	"signatures": signatures,
}

func run(args []string) error {
	if len(args) != 1 || generators[args[0]] == nil {
		return fmt.Errorf("want one of: rules, checks, catalog, tables, sections, signatures")
	}
	return generators[args[0]]()
}
