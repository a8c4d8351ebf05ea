package main

import (
	"fmt"
	"sort"
	"strings"
)

type zoneEntry struct {
	ID          string              `yaml:"id"`
	Display     string              `yaml:"display"`
	IANA        string              `yaml:"iana"`
	Territories map[string][]string `yaml:"territories"`
}

// timeZones writes the Windows zones sorted by ID, and one sorted array that
// leads from every IANA name, links included, to its Windows zone.
func timeZones(folder string) error {
	zones, err := readOne[[]zoneEntry](folder + "/timezones.yaml")
	if err != nil {
		return err
	}
	links, err := readOne[map[string]string](folder + "/timezone_links.yaml")
	if err != nil {
		return err
	}
	sort.Slice(zones, func(i, j int) bool { return strings.ToLower(zones[i].ID) < strings.ToLower(zones[j].ID) })
	byName, err := ianaIndex(zones, links)
	if err != nil {
		return err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "package schema\n\nvar timeZones = [%d]TimeZone{\n", len(zones))
	for _, z := range zones {
		var f fields
		f.str("ID", z.ID)
		f.str("Display", z.Display)
		f.str("IANA", z.IANA)
		fmt.Fprintf(&b, "{%s},\n", oneLine(&f))
	}
	fmt.Fprintf(&b, "}\n\nvar ianaZones = [%d]ianaZone{\n", len(byName))
	for _, name := range sortedFold(byName) {
		fmt.Fprintf(&b, "{%q, %d},\n", name, byName[name])
	}
	b.WriteString("}\n")
	return writeGo("timezones_gen.go", b.String())
}

// ianaIndex maps every IANA name to the place of its Windows zone.
func ianaIndex(zones []zoneEntry, links map[string]string) (map[string]int, error) {
	index := map[string]int{}
	for i, z := range zones {
		names := []string{z.IANA}
		for _, more := range z.Territories {
			names = append(names, more...)
		}
		for _, name := range names {
			if at, ok := index[name]; ok && at != i {
				return nil, fmt.Errorf("%s belongs to %s and to %s", name, zones[at].ID, z.ID)
			}
			index[name] = i
		}
	}
	for name, target := range links {
		at, ok := index[target]
		if !ok {
			return nil, fmt.Errorf("the link %s leads to %s, which no zone has", name, target)
		}
		if _, ok := index[name]; ok {
			return nil, fmt.Errorf("the link %s is a zone of its own", name)
		}
		index[name] = at
	}
	return index, nil
}

func sortedFold(m map[string]int) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	sort.Slice(names, func(i, j int) bool { return strings.ToLower(names[i]) < strings.ToLower(names[j]) })
	return names
}

// readOne reads a single file.
func readOne[T any](name string) (T, error) {
	var none T
	files, names, err := readAll[T](name)
	if err != nil {
		return none, err
	}
	if len(names) != 1 {
		return none, fmt.Errorf("%s is missing", name)
	}
	return files[name], nil
}
