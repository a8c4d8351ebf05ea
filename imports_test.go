package reseal_test

import (
	"go/build"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/reseal/reseal"

// allowed is the plan of the house: what each package may import of the
// others. Outside packages stand in outside.
var allowed = map[string][]string{
	"internal/source":    {},
	"internal/diag":      {"internal/source"},
	"internal/rule":      {"internal/source", "internal/diag"},
	"internal/nearest":   {},
	"internal/secret":    {},
	"internal/wholefile": {},
	"internal/gen":       {},
	"internal/yamldoc":   {"internal/nearest", "internal/source", "internal/diag", "internal/rule"},
	"schema":             {"internal/nearest"},
	"schema/answer":      {"schema", "internal/source"},
	"internal/xmldoc":    {"internal/source", "internal/diag", "internal/rule", "schema", "schema/answer"},
	"compiler": {"internal/source", "internal/diag", "internal/rule", "internal/yamldoc", "schema", "schema/answer",
		"internal/xmldoc"},
	"validate":         {"internal/source", "internal/diag", "internal/rule", "internal/yamldoc", "schema", "schema/answer", "internal/xmldoc"},
	"sysprep/setuplog": {"internal/source", "internal/secret"},
	"sysprep": {"sysprep/setuplog", "internal/secret", "internal/source", "internal/diag", "internal/rule", "internal/yamldoc", "internal/wholefile",
		"schema", "schema/answer", "internal/xmldoc"},
	"internal/diff": {"internal/source", "internal/secret", "schema", "schema/answer"},
	"sysprep/image": {"internal/source", "internal/diag", "internal/rule", "internal/yamldoc", "internal/wholefile", "internal/xmldoc",
		"schema", "schema/answer", "sysprep", "sysprep/setuplog"},
	"internal/imagetest": {},
	"internal/picture":   {"internal/source", "internal/secret", "sysprep", "sysprep/setuplog"},
	"internal/report":    {"internal/source", "internal/secret", "internal/diag", "internal/rule", "schema", "schema/answer"},
	"": {"internal/source", "internal/secret", "internal/diag", "internal/rule", "internal/diff", "internal/yamldoc", "internal/xmldoc", "schema",
		"schema/answer", "compiler",
		"validate", "sysprep", "sysprep/setuplog"},
	"templates":       {},
	"cmd/reseal":      {"*"},
	"internal/corpus": {"*"},
}

// outside names the one place, or the few, that may use a library.
var outside = map[string][]string{
	"gopkg.in/yaml.v3":                   {"internal/yamldoc", "internal/gen"}, // the generator must build while a table does not
	"github.com/xeipuuv/gojsonschema":    {"compiler"},
	"github.com/beevik/etree":            {"internal/xmldoc"},
	"github.com/urfave/cli/v2":           {"cmd/reseal"},
	"golang.org/x/sys/windows":           {"sysprep", "sysprep/image", "cmd/reseal", "internal/wholefile"},
	"www.velocidex.com/golang/regparser": {"sysprep/image"},
}

func TestImportsKeepToThePlanOfTheHouse(t *testing.T) {
	for folder, pkg := range packages(t) {
		may, known := allowed[folder]
		if !known {
			t.Errorf("package %q has no place in the plan", folder)
			continue
		}
		for _, path := range pkg.Imports {
			checkImport(t, folder, path, may)
		}
	}
}

func checkImport(t *testing.T, folder, path string, may []string) {
	t.Helper()
	if path == module || strings.HasPrefix(path, module+"/") {
		own := strings.TrimPrefix(strings.TrimPrefix(path, module), "/")
		if !slices.Contains(may, own) && !slices.Contains(may, "*") {
			t.Errorf("%q must not import %q", folder, own)
		}
		return
	}
	if !strings.Contains(strings.Split(path, "/")[0], ".") {
		return
	}
	for library, users := range outside {
		if path == library || strings.HasPrefix(path, library+"/") {
			if !slices.Contains(users, folder) {
				t.Errorf("%q must not import %q", folder, path)
			}
			return
		}
	}
	t.Errorf("%q imports %q, which has no place in the plan", folder, path)
}

// Libraries leave printing, exiting, environment and clock to their callers.
func TestLibrariesDoNotTouchTheWorld(t *testing.T) {
	banned := []string{"log", "flag"}
	for folder, pkg := range packages(t) {
		if folder == "cmd/reseal" || folder == "internal/gen" {
			continue
		}
		for _, path := range pkg.Imports {
			if slices.Contains(banned, path) {
				t.Errorf("%q imports %q", folder, path)
			}
		}
	}
}

// packages loads every package of the module for Linux and for Windows.
func packages(t *testing.T) map[string]*build.Package {
	t.Helper()
	found := map[string]*build.Package{}
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		if name := entry.Name(); path != "." && (name == "testdata" || strings.HasPrefix(name, ".")) {
			return filepath.SkipDir
		}
		folder := strings.TrimPrefix(filepath.ToSlash(path), ".")
		for _, system := range []string{"linux", "windows"} {
			ctx := build.Default
			ctx.GOOS = system
			pkg, err := ctx.ImportDir(path, 0)
			if err != nil {
				continue
			}
			if found[folder] == nil {
				found[folder] = pkg
			} else {
				found[folder].Imports = append(found[folder].Imports, pkg.Imports...)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) < 10 {
		t.Fatalf("only %d packages found", len(found))
	}
	return found
}
