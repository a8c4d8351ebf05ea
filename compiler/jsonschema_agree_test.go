package compiler

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema/answer"
	"github.com/xeipuuv/gojsonschema"
	"gopkg.in/yaml.v3"
)

// editorErrors checks every document of a profile as an editor does: a YAML
// reader that knows nothing of our language, and the JSON Schema.
func editorErrors(t *testing.T, s editorSchema, profile string) []string {
	t.Helper()
	var errs []string
	dec := yaml.NewDecoder(strings.NewReader(profile))
	for {
		var doc any
		if err := dec.Decode(&doc); err != nil {
			if err.Error() == "EOF" {
				return errs
			}
			t.Fatalf("%v\n%s", err, profile)
		}
		text, err := json.Marshal(doc)
		if err != nil {
			t.Fatal(err)
		}
		var data any
		numbers := json.NewDecoder(bytes.NewReader(text))
		numbers.UseNumber()
		if err := numbers.Decode(&data); err != nil {
			t.Fatal(err)
		}
		result, err := s.compiled.Validate(gojsonschema.NewRawLoader(data))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range result.Errors() {
			errs = append(errs, e.String())
		}
	}
}

// toolErrors are the errors that the compiler finds, and what the catalogue
// does not know: an editor marks unknown names and settings in the wrong pass
// as well.
func toolErrors(profile string) (errs []string) {
	p, diags := Parse(source.NewFile("in.yaml", []byte(profile)), Options{})
	for _, d := range diags.All {
		if d.Severity == diag.Error {
			errs = append(errs, fmt.Sprintf("%s: %s [%s]", d.Span, d.Message, d.Rule))
		}
	}
	for _, out := range p.Outputs {
		out.Answer.Walk(func(c *answer.Cursor) bool {
			if unknownToCatalogue(c) {
				errs = append(errs, "unknown in its pass: "+c.Path())
			}
			return !opaque(c)
		})
	}
	return errs
}

func opaque(c *answer.Cursor) bool {
	return c.Schema != nil && c.Schema.Opaque || c.Known != nil && c.Known.Opaque
}

func unknownToCatalogue(c *answer.Cursor) bool {
	if opaque(c) {
		return false
	}
	pass, ok := c.Pass.ID()
	return !ok || c.Known == nil || !validIn(c.Schema, c.Known, pass)
}

func TestToolAndEditorAcceptTheSameProfiles(t *testing.T) {
	s := editor(t)
	var files []string
	for _, pattern := range []string{"../templates/*.yaml", "../testdata/compile/*/in.yaml", "../testdata/decompile/*/want.yaml"} {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: %d files, %v", pattern, len(names), err)
		}
		files = append(files, names...)
	}
	for _, name := range files {
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			tool, editor := toolErrors(string(text)), editorErrors(t, s, string(text))
			if (len(tool) == 0) != (len(editor) == 0) {
				t.Errorf("the tool finds %d errors, the editor %d\ntool: %s\neditor: %s", len(tool), len(editor),
					strings.Join(tool, "\n"), strings.Join(editor, "\n"))
			}
			if strings.Contains(name, "templates") && len(tool) > 0 {
				t.Errorf("a template with errors: %v", tool)
			}
		})
	}
}

// badShapes are profiles that neither may accept.
var badShapes = []string{
	"- version: reseal/v1",
	"just text",
	"target: {windows: 11-24h2}",
	"version: reseal/v0",
	"version: reseal/v2",
	"version: [reseal/v1]",
	"version:",
	"version: reseal/v1\nnonsense: true",
	"version: reseal/v1\ntarget: 11-24h2",
	"version: reseal/v1\ntarget: {windows: {release: 11-24h2}}",
	"version: reseal/v1\ntarget: {windows: []}",
	"version: reseal/v1\ntarget: {architecture: [amd64, sparc]}",
	"version: reseal/v1\ntarget: {use: floppy}",
	"version: reseal/v1\ntarget: {unattended: 'true'}",
	"version: reseal/v1\ntarget: {output: both}",
	"version: reseal/v1\ntarget: {release: 11-24h2}",
	"version: reseal/v1\nreseal: oobe",
	"version: reseal/v1\nreseal: {mode: oob}",
	"version: reseal/v1\nreseal: {mode: oobe, then: poweroff}",
	"version: reseal/v1\nreseal: {generalise: true}",
	"version: reseal/v1\nreseal: {generalize: 1}",
	"version: reseal/v1\nreseal: {fromAudit: {generalize: true}}",
	"version: reseal/v1\ncomputerName: [a]",
	"version: reseal/v1\ncomputerName: {enviroment: A}",
	"version: reseal/v1\nproductKey: {env: A, file: B}",
	"version: reseal/v1\nproductKey: {upgrade: {env: A}}",
	"version: reseal/v1\ntimeZone: {name: UTC}",
	"version: reseal/v1\nlint: {ignore: [{rule: password-plain-text}]}",
	"version: reseal/v1\nlint: {ignore: {rule: a, reason: b}}",
	"version: reseal/v1\nverbatim: {in: root, xml: x}",
	"version: reseal/v1\nverbatim: [{xml: <a/>}]",
	"version: reseal/v1\npasses: [specialize]",
	"version: reseal/v1\npasses: {specialise: {Microsoft-Windows-Shell-Setup: {CopyProfile: true}}}",
	"version: reseal/v1\npasses: {specialize: [Microsoft-Windows-Shell-Setup]}",
	"version: reseal/v1\npasses: {specialize: {Microsoft-Windows-Shell-Setup: text}}",
	"version: reseal/v1\npasses: {specialize: {$omit: [language]}}",
	"version: reseal/v1\n" + "passes: {specialize: {Microsoft-Windows-Shell-Setup: {OEMInformation: {Logo: [a]}}}}",
	"version: reseal/v1\n" + "passes: {oobeSystem: {Microsoft-Windows-Shell-Setup: {FirstLogonCommands: [[a]]}}}",
}

func TestToolAndEditorRefuseTheSameShapes(t *testing.T) {
	s := editor(t)
	for _, profile := range badShapes {
		if errs := editorErrors(t, s, profile+"\n"); len(errs) == 0 {
			t.Errorf("the editor accepts\n%s", profile)
		}
		if errs := toolErrors(profile + "\n"); len(errs) == 0 {
			t.Errorf("the tool accepts\n%s", profile)
		}
	}
}

// One mistake is one finding: the shape check and the lowering behind it do
// not both complain.
func TestABadShapeIsReportedOnce(t *testing.T) {
	for _, profile := range badShapes {
		if errs := toolErrors(profile + "\n"); len(errs) > 1 {
			t.Errorf("%d errors for one mistake in\n%s\n%s", len(errs), profile, strings.Join(errs, "\n"))
		}
	}
}
