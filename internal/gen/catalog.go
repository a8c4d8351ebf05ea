package main

import (
	"fmt"
	"slices"
	"sort"
	"strings"
)

// ownFile is the number of settings from which a component gets a generated
// file of its own.
const ownFile = 80

// catalog writes schema's static catalogue: the list of components in
// catalog_gen.go, the settings of the largest ones in files of their own.
func catalog() error {
	all, err := readCatalog("catalog")
	if err != nil {
		return err
	}
	var list, small strings.Builder
	fmt.Fprintf(&list, "package schema\n\nvar catalog = [%d]Component{\n", len(all))
	for _, c := range all {
		variable := lowerFirst(goName(c.Name)) + "Settings"
		list.WriteString(componentLiteral(c, variable))
		block := settingsBlock(c, variable)
		if len(c.Settings) < ownFile {
			small.WriteString(block)
			continue
		}
		name := "catalog_" + strings.ReplaceAll(strings.ToLower(strings.TrimPrefix(c.Name, "Microsoft-Windows-")), "-", "_") + "_gen.go"
		if err := writeGo(name, "package schema\n\n"+block); err != nil {
			return err
		}
	}
	list.WriteString("}\n")
	return writeGo("catalog_gen.go", list.String()+small.String())
}

func lowerFirst(s string) string { return strings.ToLower(s[:1]) + s[1:] }

func componentLiteral(c *componentEntry, variable string) string {
	var f fields
	f.str("Name", c.Name)
	f.raw("Passes", passExpr(c.Passes))
	if len(c.Settings) > 0 {
		f.raw("Settings", variable)
	}
	c.history.literal(&f)
	f.raw("LaterPasses", passExpr(c.LaterPasses))
	f.str("Source", c.source())
	f.number("top", c.top())
	return "{\n" + f.String() + "},\n"
}

// top counts the settings at the top level, which stand first.
func (c *componentEntry) top() int {
	n := 0
	for path := range c.Settings {
		if parentPath(path) == "" {
			n++
		}
	}
	return n
}

func settingsBlock(c *componentEntry, variable string) string {
	if len(c.Settings) == 0 {
		return ""
	}
	paths, first, count := layOut(c)
	var b strings.Builder
	fmt.Fprintf(&b, "\nvar %s = []Setting{\n", variable)
	for _, path := range paths {
		fmt.Fprintf(&b, "{%s},\n", settingLiteral(c, path, first[path], count[path]))
	}
	b.WriteString("}\n")
	return b.String()
}

// layOut orders the settings so that the children of one parent stand next to
// each other, sorted by folded name, the top level first. first and count tell
// where the children of a path stand.
func layOut(c *componentEntry) (paths []string, first, count map[string]int) {
	children := map[string][]string{}
	for path := range c.Settings {
		up := parentPath(path)
		children[up] = append(children[up], path)
	}
	first, count = map[string]int{}, map[string]int{}
	queue := []string{""}
	for len(queue) > 0 {
		up := queue[0]
		queue = queue[1:]
		below := children[up]
		sort.Slice(below, func(i, j int) bool { return strings.ToLower(below[i]) < strings.ToLower(below[j]) })
		if len(below) > 0 {
			first[up], count[up] = len(paths), len(below)
		}
		paths = append(paths, below...)
		queue = append(queue, below...)
	}
	return paths, first, count
}

// settingLiteral prints one setting on one line: more than a thousand of them
// are read with a search, not with the eye.
func settingLiteral(c *componentEntry, path string, first, count int) string {
	s := c.Settings[path]
	var f fields
	f.str("Path", path)
	f.raw("Kind", kindNames[s.Kind])
	f.raw("Type", typeNames[s.Type])
	f.raw("Passes", passExpr(s.Passes))
	f.str("Key", s.Key)
	f.flag("KeyAttr", s.KeyAttr)
	f.flag("Text", s.Text)
	s.valueLiteral(&f)
	f.list("ChildOrder", s.ChildOrder)
	f.number("MaxItems", s.MaxItems)
	f.flag("Required", s.Required)
	f.raw("Empty", emptyNames[s.Empty])
	f.flag("Sensitive", s.Sensitive)
	f.list("Aliases", s.Aliases)
	s.history.literal(&f)
	f.str("Editions", s.Editions)
	f.flag("Inferred", s.Inferred)
	f.str("Source", s.source(c, path))
	f.number("first", first)
	f.number("count", count)
	return oneLine(&f)
}

func (s *settingEntry) valueLiteral(f *fields) {
	f.list("Values", s.Values)
	f.list("ListValues", s.ListValues)
	f.list("KnownValues", s.KnownValues)
	f.str("Separator", s.Separator)
	f.list("SpecialValues", s.SpecialValues)
	if len(s.Bits) > 0 {
		f.raw("Bits", fmt.Sprintf("%#v", s.Bits))
	}
	if s.Default != nil {
		f.str("Default", *s.Default)
		f.flag("HasDefault", true)
	}
	if s.Min != nil {
		f.flag("HasMin", true)
		f.raw("Min", fmt.Sprint(*s.Min))
	}
	if s.Max != nil {
		f.flag("HasMax", true)
		f.raw("Max", fmt.Sprint(*s.Max))
	}
	f.flag("SoftRange", s.SoftRange)
	f.number("MinLength", s.MinLength)
	f.number("MaxLength", s.MaxLength)
	f.flag("LengthInBytes", s.LengthInBytes)
	f.str("ForbiddenChars", s.ForbiddenChars)
	f.list("ForbiddenValues", s.ForbiddenValues)
	f.flag("IPPrefix", s.IPPrefix)
}

func (h history) literal(f *fields) {
	f.raw("State", stateNames[h.State])
	f.str("Note", h.Note)
	f.str("Introduced", h.Introduced)
	f.str("DeprecatedIn", h.DeprecatedIn)
	f.str("RemovedIn", h.RemovedIn)
	f.str("ReplacedBy", h.ReplacedBy)
	f.flag("Doubt", h.Doubt)
	f.flag("Opaque", h.Opaque)
	f.flag("Later", h.Later)
}

// passExpr is the constant expression of a set of passes. It avoids PassesOf,
// which would make the catalogue code that runs at start-up.
func passExpr(passes []string) string {
	var parts []string
	for _, name := range passOrder {
		if slices.Contains(passes, name) {
			parts = append(parts, "1<<"+strings.ToUpper(name[:1])+name[1:])
		}
	}
	return strings.Join(parts, " | ")
}
