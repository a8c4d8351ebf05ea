package compiler

import (
	"bytes"
	"encoding/json"
	"regexp"

	"github.com/reseal/reseal/schema"
)

const (
	draft     = "http://json-schema.org/draft-07/schema#"
	refPrefix = "#/definitions/"
)

// JSONSchema returns the draft-07 JSON Schema of a whole reseal/v1 profile for
// editors that speak the protocol of the YAML language server: every section,
// and under passes every component and setting of the catalogue at the passes
// in which it is valid, with what the catalogue says of it. Names stand in
// their canonical spelling, although the compiler matches them without regard
// to case. The bytes are the same every time.
func JSONSchema() ([]byte, error) {
	definitions := sharedDefinitions()
	properties := map[string]any{}
	for _, s := range sections {
		properties[s.name] = s.shape()
	}
	outline, _ := properties["passes"].(map[string]any)
	catalog := newCatalogSchema(definitions)
	properties["passes"] = catalog.passes(outline)
	if catalog.err != nil {
		return nil, catalog.err
	}
	root := profileSchema(properties, definitions)
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(root); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// profileSchema is the frame around the sections.
func profileSchema(properties, definitions map[string]any) map[string]any {
	return map[string]any{
		"$schema": draft,
		"title":   "Reseal profile, version 1",
		"description": "What a Windows installation or a Sysprep run is to do. Reseal checks it, compiles it to an answer file " +
			"(unattend.xml) and runs Sysprep with it. Only version is required.",
		"type":                 "object",
		"properties":           properties,
		"required":             []string{"version"},
		"additionalProperties": false,
		"definitions":          definitions,
	}
}

// passes is the section of that name down to the last setting; the outline
// gives its title and description.
func (b *catalogSchema) passes(outline map[string]any) map[string]any {
	properties := map[string]any{attrKey: ref("attributes"), nameKey: titled("Name of the root element",
		"Only for files whose root element is not called unattend.", map[string]any{"type": "string", "minLength": 1})}
	for _, p := range schema.Passes() {
		properties[p.String()] = b.pass(p)
	}
	return map[string]any{
		"title":                outline["title"],
		"description":          outline["description"],
		"type":                 []string{"object", "null"},
		"properties":           properties,
		"additionalProperties": false,
	}
}

// pass lists the components that have a setting in the pass, each by its bare
// name and by its name with an architecture.
func (b *catalogSchema) pass(p schema.Pass) map[string]any {
	properties, patterns := map[string]any{attrKey: ref("attributes")}, map[string]any{}
	for i, all := 0, schema.Components(); i < len(all); i++ {
		c := &all[i]
		if !c.Passes.Has(p) {
			continue
		}
		fragment := ref(b.component(c, p))
		properties[c.Name] = fragment
		patterns["^"+regexp.QuoteMeta(c.Name)+"@[^@]+$"] = fragment
	}
	return map[string]any{
		"title":                "Pass " + p.String(),
		"description":          passNotes[p],
		"type":                 []string{"object", "null", "string", "array"},
		"maxLength":            0,
		"maxItems":             0,
		"properties":           properties,
		"patternProperties":    patterns,
		"additionalProperties": false,
	}
}

// passNotes tell when Windows runs a pass.
//
// Source: learn.microsoft.com/windows-hardware/manufacture/desktop/how-configuration-passes-work
var passNotes = map[schema.Pass]string{
	schema.WindowsPE:        "Runs while Setup starts from installation media: language of Setup, disks, the image to install, boot-critical drivers. Sysprep never runs it.",
	schema.OfflineServicing: "Is applied to an image that is not running, by Setup before its first boot or by DISM: drivers, updates, packages and language.",
	schema.Generalize:       "Runs on sysprep /generalize, while what is particular to the machine is taken out of the image.",
	schema.Specialize:       "Runs at the first boot of the image on its machine, also after sysprep /generalize: name, product key, network, domain.",
	schema.AuditSystem:      "Runs at a boot into audit mode, under the SYSTEM account, before anybody is signed in.",
	schema.AuditUser:        "Runs in audit mode after the built-in Administrator has been signed in.",
	schema.OobeSystem:       "Runs before the out-of-box experience (Windows Welcome): accounts, language, time zone, first sign-in.",
}
