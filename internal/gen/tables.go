package main

import (
	"fmt"
	"slices"
	"sort"
	"strings"
)

// table says how one file of schema/tables becomes a static Go array.
type table struct {
	file     string // of schema/tables, and the stem of the generated file
	variable string
	goType   string
	columns  []column
	sortBy   string // column by whose folded text the rows are sorted; "" = as in the file
}

// column is one key of a row.
type column struct {
	key   string // in YAML
	field string // in Go
	enum  map[string]string
	need  bool
}

var (
	keyKinds = map[string]string{"kms": "KMSKey", "default": "DefaultKey"}
	supports = map[string]string{"supported": "Supported", "unsupported": "Unsupported", "none": "NotListed"}
)

var tableList = []table{
	{file: "releases", variable: "releases", goType: "Release", columns: []column{
		{key: "id", field: "ID", need: true}, {key: "build", field: "Build", need: true}, {key: "nt", field: "NT", need: true},
		{key: "server", field: "Server"}, {key: "product", field: "Product", need: true}, {key: "version", field: "Version"},
		{key: "longTerm", field: "LongTerm"}, {key: "aliases", field: "Aliases"}, {key: "released", field: "Released"},
		{key: "endOfUpdates", field: "EndOfUpdates"}, {key: "endOfUpdatesEnterprise", field: "EndOfUpdatesEnterprise"},
		{key: "note", field: "Note"}, {key: "rearms", field: "Rearms", need: true}, {key: "reservedStorage", field: "ReservedStorage"},
		{key: "storeApps", field: "StoreApps"}, {key: "deviceEncryption", field: "DeviceEncryption"}}},
	{file: "editions", variable: "editions", goType: "Edition", columns: []column{
		{key: "id", field: "ID", need: true}, {key: "name", field: "Name", need: true}, {key: "server", field: "Server"},
		{key: "longTerm", field: "LongTerm"}, {key: "sku", field: "SKU"}, {key: "imageNames", field: "ImageNames"},
		{key: "media", field: "Media"}, {key: "doubt", field: "Doubt"}}},
	{file: "keys", variable: "keys", goType: "ProductKey", sortBy: "key", columns: []column{
		{key: "key", field: "Key", need: true}, {key: "kind", field: "Kind", enum: keyKinds, need: true},
		{key: "product", field: "Product", need: true}, {key: "edition", field: "Edition", need: true},
		{key: "name", field: "Name", need: true}, {key: "doubt", field: "Doubt"}}},
	{file: "locales", variable: "locales", goType: "Locale", sortBy: "tag", columns: []column{
		{key: "tag", field: "Tag", need: true}, {key: "name", field: "Name", need: true}, {key: "lcid", field: "LCID"},
		{key: "neutral", field: "Neutral"}, {key: "keyboard", field: "Keyboard"}, {key: "input", field: "Input"},
		{key: "geo", field: "Region"}, {key: "setup", field: "Setup"}, {key: "pack", field: "Pack"}}},
	{file: "keyboards", variable: "keyboards", goType: "Keyboard", sortBy: "id", columns: []column{
		{key: "id", field: "ID", need: true}, {key: "name", field: "Name", need: true}, {key: "name2018", field: "Name2018"}}},
	{file: "roles", variable: "roles", goType: "Role", columns: []column{
		{key: "name", field: "Name", need: true}, {key: "server2008", field: "Server2008", enum: supports, need: true},
		{key: "server2008r2", field: "Server2008R2", enum: supports, need: true}, {key: "server2012", field: "Server2012", enum: supports, need: true},
		{key: "remark", field: "Remark"}, {key: "services", field: "Services"}, {key: "features", field: "Features"}}},
}

// tables writes <file>_gen.go for every table of schema/tables.
func tables() error {
	for _, t := range tableList {
		rows, err := t.read("tables")
		if err != nil {
			return err
		}
		if err := writeGo(t.file+"_gen.go", t.source(rows)); err != nil {
			return err
		}
	}
	return timeZones("tables")
}

func (t table) read(folder string) ([]map[string]any, error) {
	name := folder + "/" + t.file + ".yaml"
	rows, err := readOne[[]map[string]any](name)
	if err != nil {
		return nil, err
	}
	for i, row := range rows {
		if err := t.valid(row); err != nil {
			return nil, fmt.Errorf("%s: row %d (%v): %w", name, i+1, row[t.columns[0].key], err)
		}
	}
	if t.sortBy != "" {
		fold := func(i int) string { return strings.ToLower(fmt.Sprint(rows[i][t.sortBy])) }
		sort.SliceStable(rows, func(i, j int) bool { return fold(i) < fold(j) })
	}
	return rows, nil
}

func (t table) valid(row map[string]any) error {
	for key := range row {
		if !slices.ContainsFunc(t.columns, func(c column) bool { return c.key == key }) {
			return fmt.Errorf("no column %q", key)
		}
	}
	for _, c := range t.columns {
		v, ok := row[c.key]
		if !ok && c.need {
			return fmt.Errorf("%s is missing", c.key)
		}
		if _, known := c.enum[fmt.Sprint(v)]; ok && c.enum != nil && !known {
			return fmt.Errorf("%s %q is none of its words", c.key, v)
		}
	}
	return nil
}

func (t table) source(rows []map[string]any) string {
	var b strings.Builder
	fmt.Fprintf(&b, "package schema\n\nvar %s = [%d]%s{\n", t.variable, len(rows), t.goType)
	for _, row := range rows {
		var f fields
		for _, c := range t.columns {
			c.literal(&f, row[c.key])
		}
		fmt.Fprintf(&b, "{%s},\n", oneLine(&f))
	}
	b.WriteString("}\n")
	return b.String()
}

func (c column) literal(f *fields, value any) {
	switch v := value.(type) {
	case string:
		if c.enum != nil {
			f.raw(c.field, c.enum[v])
			return
		}
		f.str(c.field, v)
	case int:
		f.number(c.field, v)
	case bool:
		f.flag(c.field, v)
	case []any:
		words := make([]string, len(v))
		for i := range v {
			words[i] = fmt.Sprint(v[i])
		}
		f.list(c.field, words)
	}
}
