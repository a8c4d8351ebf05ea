package main

import "github.com/reseal/reseal/schema"

type catalogJSON struct {
	Schema     string          `json:"schema"`
	Components []componentJSON `json:"components"`
}

type componentJSON struct {
	Name       string        `json:"name"`
	Passes     []string      `json:"passes"`
	State      string        `json:"state"`
	Note       string        `json:"note,omitempty"`
	Introduced string        `json:"introduced,omitempty"`
	RemovedIn  string        `json:"removedIn,omitempty"`
	ReplacedBy string        `json:"replacedBy,omitempty"`
	Opaque     bool          `json:"opaque,omitempty"`
	Source     string        `json:"source,omitempty"`
	Settings   []settingJSON `json:"settings"`
}

type settingJSON struct {
	Path            string   `json:"path"`
	Kind            string   `json:"kind"`
	Type            string   `json:"type,omitempty"`
	Passes          []string `json:"passes"`
	Key             string   `json:"key,omitempty"`
	KeyAttribute    bool     `json:"keyAttribute,omitempty"`
	Values          []string `json:"values,omitempty"`
	ListValues      []string `json:"listValues,omitempty"`
	KnownValues     []string `json:"knownValues,omitempty"`
	Separator       string   `json:"separator,omitempty"`
	SpecialValues   []string `json:"specialValues,omitempty"`
	Bits            []uint64 `json:"bits,omitempty"`
	Default         *string  `json:"default,omitempty"`
	Min             *int64   `json:"min,omitempty"`
	Max             *int64   `json:"max,omitempty"`
	SoftRange       bool     `json:"softRange,omitempty"`
	MinLength       int      `json:"minLength,omitempty"`
	MaxLength       int      `json:"maxLength,omitempty"`
	LengthUnit      string   `json:"lengthUnit,omitempty"`
	ForbiddenChars  string   `json:"forbiddenChars,omitempty"`
	ForbiddenValues []string `json:"forbiddenValues,omitempty"`
	IPPrefix        bool     `json:"ipPrefix,omitempty"`
	ChildOrder      []string `json:"childOrder,omitempty"`
	MaxItems        int      `json:"maxItems,omitempty"`
	Required        bool     `json:"required,omitempty"`
	Empty           string   `json:"empty,omitempty"`
	Sensitive       bool     `json:"sensitive,omitempty"`
	Aliases         []string `json:"aliases,omitempty"`
	State           string   `json:"state"`
	Note            string   `json:"note,omitempty"`
	Introduced      string   `json:"introduced,omitempty"`
	RemovedIn       string   `json:"removedIn,omitempty"`
	ReplacedBy      string   `json:"replacedBy,omitempty"`
	Editions        string   `json:"editions,omitempty"`
	Opaque          bool     `json:"opaque,omitempty"`
	Description     string   `json:"description"`
	Source          string   `json:"source,omitempty"`
}

func catalogDocument(components []schema.Component) catalogJSON {
	doc := catalogJSON{Schema: "reseal/catalog/v1", Components: []componentJSON{}}
	for i := range components {
		doc.Components = append(doc.Components, componentOf(&components[i]))
	}
	return doc
}

func componentOf(c *schema.Component) componentJSON {
	out := componentJSON{
		Name: c.Name, Passes: passNames(c.Passes), State: c.State.String(), Note: c.Note, Introduced: c.Introduced,
		RemovedIn: c.RemovedIn, ReplacedBy: c.ReplacedBy, Opaque: c.Opaque, Source: c.Source, Settings: []settingJSON{},
	}
	for i := range c.Settings {
		out.Settings = append(out.Settings, settingOf(c, &c.Settings[i]))
	}
	return out
}

func settingOf(c *schema.Component, s *schema.Setting) settingJSON {
	out := settingJSON{
		Path: s.Path, Kind: s.Kind.String(), Type: s.Type.String(), Passes: passNames(s.Passes), Key: s.Key, KeyAttribute: s.KeyAttr,
		Values: s.Values, ListValues: s.ListValues, KnownValues: s.KnownValues, Separator: s.Separator, SpecialValues: s.SpecialValues,
		Bits: s.Bits, SoftRange: s.SoftRange, MinLength: s.MinLength, MaxLength: s.MaxLength, ForbiddenChars: s.ForbiddenChars,
		ForbiddenValues: s.ForbiddenValues, IPPrefix: s.IPPrefix, ChildOrder: s.ChildOrder, MaxItems: s.MaxItems, Required: s.Required,
		Empty: [...]string{"", "allowed", "forbidden"}[s.Empty], Sensitive: s.Sensitive, Aliases: s.Aliases, State: s.State.String(),
		Note: s.Note, Introduced: s.Introduced, RemovedIn: s.RemovedIn, ReplacedBy: s.ReplacedBy, Editions: s.Editions,
		Opaque: s.Opaque, Description: c.Describe(s), Source: s.Source,
	}
	if s.HasDefault {
		out.Default = &s.Default
	}
	if s.HasMin {
		out.Min = &s.Min
	}
	if s.HasMax {
		out.Max = &s.Max
	}
	if s.MinLength > 0 || s.MaxLength > 0 {
		out.LengthUnit = "characters"
		if s.LengthInBytes {
			out.LengthUnit = "bytes"
		}
	}
	return out
}

func passNames(set schema.PassSet) []string {
	names := []string{}
	for _, p := range set.List() {
		names = append(names, p.String())
	}
	return names
}
