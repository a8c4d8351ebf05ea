package compiler

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/reseal/reseal/schema"
	"github.com/xeipuuv/gojsonschema"
)

// editorSchema is the JSON Schema as text, as data and ready for use.
type editorSchema struct {
	text     []byte
	root     map[string]any
	compiled *gojsonschema.Schema
}

var readEditorSchema = sync.OnceValues(func() (s editorSchema, err error) {
	if s.text, err = JSONSchema(); err != nil {
		return s, err
	}
	if err = json.Unmarshal(s.text, &s.root); err != nil {
		return s, err
	}
	s.compiled, err = gojsonschema.NewSchema(gojsonschema.NewBytesLoader(s.text))
	return s, err
})

func editor(t *testing.T) editorSchema {
	t.Helper()
	s, err := readEditorSchema()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestJSONSchemaIsDraft07AndTheSameEveryTime(t *testing.T) {
	s := editor(t)
	meta, err := gojsonschema.NewSchema(gojsonschema.NewReferenceLoader(draft)) // embedded in the library
	if err != nil {
		t.Fatal(err)
	}
	result, err := meta.Validate(gojsonschema.NewBytesLoader(s.text))
	if err != nil || !result.Valid() {
		t.Fatalf("no draft-07 schema: %v %v", err, result.Errors())
	}
	again, err := JSONSchema()
	if err != nil || !bytes.Equal(s.text, again) {
		t.Errorf("a second call gives other bytes (%v)", err)
	}
	if limit := 3 << 20; len(s.text) > limit {
		t.Errorf("%d bytes are too much for an editor, limit %d", len(s.text), limit)
	}
}

func TestEveryReferenceOfTheSchemaIsDefinedAndEveryDefinitionUsed(t *testing.T) {
	s := editor(t)
	definitions := member(s.root, "definitions")
	used := map[string]bool{}
	walkSchema(s.root, "", func(_ string, f map[string]any) {
		if name, ok := f["$ref"].(string); ok {
			used[strings.TrimPrefix(name, refPrefix)] = true
		}
	})
	for name := range used {
		if definitions[name] == nil {
			t.Errorf("%s is not defined", name)
		}
	}
	for name := range definitions {
		if !used[name] {
			t.Errorf("nothing uses the definition %s", name)
		}
	}
}

// walkSchema visits every schema below a schema, with the way that leads there.
func walkSchema(v any, path string, visit func(path string, f map[string]any)) {
	switch v := v.(type) {
	case map[string]any:
		visit(path, v)
		for key, below := range v {
			if key != "enum" && key != "default" && key != "examples" {
				walkSchema(below, path+"/"+key, visit)
			}
		}
	case []any:
		for i, below := range v {
			walkSchema(below, fmt.Sprintf("%s/%d", path, i), visit)
		}
	}
}

func TestEverythingAnEditorNamesIsDescribedWithSubstance(t *testing.T) {
	s := editor(t)
	seen := 0
	check := func(path, name string, f map[string]any) {
		if f["$ref"] != nil {
			return // the definition is checked
		}
		seen++
		title, _ := f["title"].(string)
		description, _ := f["description"].(string)
		if title == "" || !hasSubstance(description, name+" "+title) {
			t.Errorf("%s: title %q, description %q", path, title, description)
		}
	}
	walkSchema(s.root, "", func(path string, f map[string]any) {
		for _, word := range []string{"properties", "definitions"} {
			if strings.HasSuffix(path, "/properties") || strings.HasSuffix(path, "/definitions") {
				continue // a mapping of names that happens to hold this name
			}
			for name, below := range member(f, word) {
				check(path+"/"+word+"/"+name, name, asFragment(below))
			}
		}
	})
	if seen < 1117 {
		t.Errorf("only %d places were looked at", seen)
	}
}

// hasSubstance tells whether a description says more than the names.
func hasSubstance(description, names string) bool {
	known := map[string]bool{}
	for _, word := range splitNames(names) {
		known[word] = true
	}
	news := 0
	for _, word := range splitNames(description) {
		if len(word) > 3 && !known[word] {
			news++
		}
	}
	return news >= 3
}

// splitNames cuts text and names in mixed case into lower-case words.
func splitNames(text string) []string {
	var spaced strings.Builder
	for i, r := range text {
		if i > 0 && 'A' <= r && r <= 'Z' {
			spaced.WriteByte(' ')
		}
		spaced.WriteRune(r)
	}
	return strings.FieldsFunc(strings.ToLower(spaced.String()), func(r rune) bool { return !('a' <= r && r <= 'z' || '0' <= r && r <= '9') })
}

func TestHasSubstanceRefusesADescriptionThatRepeatsNames(t *testing.T) {
	for description, want := range map[string]bool{
		"": false, "ProtectYourPC": false, "The setting ProtectYourPC of OOBE.": false,
		"A whole number from 1 to 3; valid in oobeSystem.": true,
	} {
		if hasSubstance(description, "OOBE/ProtectYourPC") != want {
			t.Errorf("%q: want %v", description, want)
		}
	}
}

func TestSchemaOffersAComponentOnlyInItsPasses(t *testing.T) {
	passes := member(member(member(editor(t).root, "properties"), "passes"), "properties")
	for _, p := range schema.Passes() {
		offered := member(asFragment(passes[p.String()]), "properties")
		patterns := member(asFragment(passes[p.String()]), "patternProperties")
		for _, c := range schema.Components() {
			has := offered[c.Name] != nil
			if has != c.Passes.Has(p) {
				t.Errorf("%s in %s: offered is %v", c.Name, p, has)
			}
			if has && patterns["^"+c.Name+"@[^@]+$"] == nil && !strings.ContainsAny(c.Name, ".+") {
				t.Errorf("%s in %s cannot be given an architecture", c.Name, p)
			}
		}
	}
}

// The editor must agree with the rules: a profile on the left is fine, the one
// on the right is not.
func TestSchemaTellsGoodFromBad(t *testing.T) {
	s := editor(t)
	for _, test := range []struct{ name, good, bad string }{
		{"section", "computerName: PC1", "computrName: PC1"},
		{"setting of a pass", inPass("specialize", "Shell-Setup", "CopyProfile: true"), inPass("oobeSystem", "Shell-Setup", "CopyProfile: true")},
		{"setting", inPass("oobeSystem", "Shell-Setup", "OOBE: {HideEULAPage: true}"), inPass("oobeSystem", "Shell-Setup", "OOBE: {HideEula: true}")},
		{"range", inPass("oobeSystem", "Shell-Setup", "OOBE: {ProtectYourPC: 3}"), inPass("oobeSystem", "Shell-Setup", "OOBE: {ProtectYourPC: 4}")},
		{"range in quotes", inPass("oobeSystem", "Shell-Setup", "OOBE: {ProtectYourPC: '3'}"), inPass("oobeSystem", "Shell-Setup", "OOBE: {ProtectYourPC: '4'}")},
		{"truth", inPass("specialize", "Shell-Setup", "CopyProfile: 'true'"), inPass("specialize", "Shell-Setup", "CopyProfile: yes")},
		{"text as number", inPass("specialize", "Shell-Setup", "RegisteredOwner: 007"), inPass("specialize", "Shell-Setup", "RegisteredOwner: [007]")},
		{"text that is a word of YAML", inPass("specialize", "Shell-Setup", "RegisteredOwner: true"), inPass("specialize", "Shell-Setup", "RegisteredOwner: {a: b}")},
		{"secret", inPass("specialize", "Shell-Setup", "ProductKey: {env: KEY}"), inPass("specialize", "Shell-Setup", "ProductKey: {vault: KEY}")},
		{"one secret", inPass("specialize", "Shell-Setup", "ProductKey: {file: a}"), inPass("specialize", "Shell-Setup", "ProductKey: {file: a, env: b}")},
		{"attributes", inPass("specialize", "Shell-Setup", "RegisteredOwner: {$text: Lab, $attr: {'xml:lang': en}}"), inPass("specialize", "Shell-Setup", "RegisteredOwner: {$text: Lab, $omit: action}")},
		{"architecture", inPass("specialize", "Shell-Setup@arm64", "CopyProfile: true"), inPass("specialize", "Shell-Setup@", "CopyProfile: true")},
		{"list", inPass("oobeSystem", "Shell-Setup", "FirstLogonCommands: [{CommandLine: cmd, $omit: [order]}]"), inPass("oobeSystem", "Shell-Setup", "FirstLogonCommands: {CommandLine: cmd}")},
		{"named list", inPass("oobeSystem", "Shell-Setup", "FirstLogonCommands: {$action: modify, SynchronousCommand: [{CommandLine: cmd}]}"), inPass("oobeSystem", "Shell-Setup", "FirstLogonCommands: {SynchronousCommand: {CommandLine: cmd}}")},
		{"item beside others", inPass("windowsPE", "Setup", "DiskConfiguration: {WillShowUI: Never, Disk: [{DiskID: 0}]}"), inPass("windowsPE", "Setup", "DiskConfiguration: {Disk: {DiskID: 0}}")},
		{"keyed texts", inPass("specialize", "DNS-Client", "DNSSuffixSearchOrder: {a: x.example, b: {env: Y}}"), inPass("specialize", "DNS-Client", "DNSSuffixSearchOrder: {a: {b: c}}")},
		{"keyed sequence", inPass("specialize", "DNS-Client", "DNSSuffixSearchOrder: [x.example, {$key: 7, $text: y.example}]"), inPass("specialize", "DNS-Client", "DNSSuffixSearchOrder: x.example")},
		{"password", inPass("oobeSystem", "Shell-Setup", "AutoLogon: {Password: x}"), inPass("oobeSystem", "Shell-Setup", "AutoLogon: {Password: [x]}")},
		{"password in parts", inPass("oobeSystem", "Shell-Setup", "AutoLogon: {Password: {Value: {env: X}, PlainText: true}}"), inPass("oobeSystem", "Shell-Setup", "AutoLogon: {Password: {Valeu: x}}")},
		{"empty element", inPass("specialize", "Shell-Setup", "OEMInformation: ''"), inPass("specialize", "Shell-Setup", "OEMInformation: text")},
		{"undocumented children", inPass("specialize", "Sensors-Core", "AnyName: {below: [1]}"), inPass("specialize", "Shell-Setup", "AnyName: {below: [1]}")},
	} {
		t.Run(test.name, func(t *testing.T) {
			if errs := editorErrors(t, s, "version: reseal/v1\n"+test.good+"\n"); len(errs) > 0 {
				t.Errorf("refuses\n%s\n%v", test.good, errs)
			}
			if errs := editorErrors(t, s, "version: reseal/v1\n"+test.bad+"\n"); len(errs) == 0 {
				t.Errorf("accepts\n%s", test.bad)
			}
		})
	}
}

// inPass is a profile with one setting.
func inPass(pass, component, setting string) string {
	return fmt.Sprintf("passes:\n  %s:\n    Microsoft-Windows-%s:\n      %s", pass, component, setting)
}
