package main

import (
	"fmt"
	"slices"
	"sort"
	"strings"
)

// componentEntry is one file of schema/catalog.
type componentEntry struct {
	Name        string                   `yaml:"name"`
	Passes      []string                 `yaml:"passes"`
	LaterPasses []string                 `yaml:"laterPasses"`
	Source      string                   `yaml:"source"` // omitted: the component's page in the reference
	Settings    map[string]*settingEntry `yaml:"settings"`
	history     `yaml:",inline"`
}

// history is how a component or setting came and went.
type history struct {
	State        string `yaml:"state"` // omitted: documented
	Note         string `yaml:"note"`
	Introduced   string `yaml:"introduced"`
	DeprecatedIn string `yaml:"deprecatedIn"`
	RemovedIn    string `yaml:"removedIn"`
	ReplacedBy   string `yaml:"replacedBy"`
	Doubt        bool   `yaml:"doubt"`
	Opaque       bool   `yaml:"opaque"`
	Later        bool   `yaml:"later"`
}

// settingEntry is one setting. Omitted passes are those of the parent, an
// omitted kind is a scalar, an omitted page is made of component and path.
type settingEntry struct {
	Kind            string   `yaml:"kind"`
	Type            string   `yaml:"type"`
	Text            bool     `yaml:"text"`
	Key             string   `yaml:"key"`
	KeyAttr         bool     `yaml:"keyAttr"`
	Passes          []string `yaml:"passes"`
	Inferred        bool     `yaml:"inferred"`
	Values          []string `yaml:"values"`
	ListValues      []string `yaml:"listValues"`
	KnownValues     []string `yaml:"knownValues"`
	Separator       string   `yaml:"separator"`
	SpecialValues   []string `yaml:"specialValues"`
	Bits            []uint64 `yaml:"bits"`
	Default         *string  `yaml:"default"`
	Min             *int64   `yaml:"min"`
	Max             *int64   `yaml:"max"`
	SoftRange       bool     `yaml:"softRange"`
	MinLength       int      `yaml:"minLength"`
	MaxLength       int      `yaml:"maxLength"`
	LengthInBytes   bool     `yaml:"lengthInBytes"`
	ForbiddenChars  string   `yaml:"forbiddenChars"`
	ForbiddenValues []string `yaml:"forbiddenValues"`
	IPPrefix        bool     `yaml:"ipPrefix"`
	ChildOrder      []string `yaml:"childOrder"`
	MaxItems        int      `yaml:"maxItems"`
	Required        bool     `yaml:"required"`
	Empty           string   `yaml:"empty"`
	Sensitive       bool     `yaml:"sensitive"`
	Aliases         []string `yaml:"aliases"`
	Editions        string   `yaml:"editions"`
	Page            string   `yaml:"page"`   // last part of the page's address in the reference
	Source          string   `yaml:"source"` // a whole address or words, for what the reference lacks
	history         `yaml:",inline"`
}

// reference is where the pages of Microsoft's unattended setup reference stand.
const reference = "https://learn.microsoft.com/windows-hardware/customize/desktop/unattend/"

var (
	kindNames  = map[string]string{"group": "Group", "list": "List", "item": "Item", "scalar": "Scalar"}
	typeNames  = map[string]string{"": "", "string": "String", "boolean": "Boolean", "integer": "Integer", "unsigned": "Unsigned", "hex": "Hex", "guid": "GUID", "ip": "IP", "path": "Path", "url": "URL", "base64": "Base64", "enum": "Enum", "key": "KeyType"}
	stateNames = map[string]string{"": "", "documented": "", "undocumented": "Undocumented", "deprecated": "Deprecated", "removed": "Removed"}
	emptyNames = map[string]string{"": "", "allowed": "EmptyAllowed", "forbidden": "EmptyForbidden"}
	passOrder  = []string{"windowsPE", "offlineServicing", "generalize", "specialize", "auditSystem", "auditUser", "oobeSystem"}
)

// readCatalog reads the component files, fills in what they may omit and
// refuses what the catalogue's look-ups and checks could not work with.
func readCatalog(folder string) ([]*componentEntry, error) {
	files, names, err := readAll[*componentEntry](folder + "/*.yaml")
	if err != nil {
		return nil, err
	}
	var all []*componentEntry
	for _, name := range names {
		c := files[name]
		if !strings.HasSuffix(name, strings.ToLower(c.Name)+".yaml") {
			return nil, fmt.Errorf("%s: holds the component %q; a file is named after its component in lower case", name, c.Name)
		}
		c.inherit()
		if err := c.valid(); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		all = append(all, c)
	}
	sort.Slice(all, func(i, j int) bool { return strings.ToLower(all[i].Name) < strings.ToLower(all[j].Name) })
	return all, nil
}

// inherit fills in kinds and passes, parents before their children.
func (c *componentEntry) inherit() {
	for _, path := range sortedPaths(c.Settings) {
		s := c.Settings[path]
		if s == nil {
			continue
		}
		if s.Kind == "" {
			s.Kind = "scalar"
		}
		if s.Passes != nil {
			continue
		}
		s.Passes = c.Passes
		if up := c.Settings[parentPath(path)]; up != nil {
			s.Passes = up.Passes
		}
	}
}

func (c *componentEntry) source() string {
	if c.Source != "" {
		return c.Source
	}
	return reference + strings.ToLower(c.Name)
}

func (s *settingEntry) source(c *componentEntry, path string) string {
	switch {
	case s.Source != "":
		return s.Source
	case s.Page != "":
		return reference + s.Page
	}
	return reference + strings.ToLower(c.Name+"-"+strings.ReplaceAll(path, "/", "-"))
}

// sortedPaths sorts by path; a parent is a prefix of its children and comes
// before them.
func sortedPaths(settings map[string]*settingEntry) []string {
	paths := make([]string, 0, len(settings))
	for path := range settings {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	return paths
}

// parentPath is the path without its last part, "" at the top level.
func parentPath(path string) string {
	return path[:max(strings.LastIndexByte(path, '/'), 0)]
}
