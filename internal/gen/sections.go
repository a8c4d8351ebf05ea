package main

import (
	"fmt"
	"path/filepath"
	"sort"
	"strings"
)

// sections lists the sections of the language from the names of their files:
// section_computer_name.go holds computerNameSection.
func sections() error {
	names, err := filepath.Glob("section_*.go")
	if err != nil {
		return err
	}
	sort.Strings(names)
	var b strings.Builder
	b.WriteString("package compiler\n\nvar sections = [...]*section{\n")
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		id := strings.TrimSuffix(strings.TrimPrefix(name, "section_"), ".go")
		goID := goName(strings.ReplaceAll(id, "_", "-"))
		fmt.Fprintf(&b, "&%sSection,\n", strings.ToLower(goID[:1])+goID[1:])
	}
	b.WriteString("}\n")
	return writeGo("sections_gen.go", b.String())
}
