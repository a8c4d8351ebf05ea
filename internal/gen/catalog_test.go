package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func writeFiles(t *testing.T, files map[string]string) string {
	t.Helper()
	folder := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func TestCatalogueFilesThatAreRefused(t *testing.T) {
	const head = "name: A\npasses: [specialize]\nsettings:\n"
	for _, tc := range []struct{ name, text, want string }{
		{"no passes", "name: A\nsettings: {B: {type: string}}\n", "passes"},
		{"unknown pass", "name: A\npasses: [oobe]\nsettings: {B: {type: string}}\n", "passes"},
		{"later pass that is none", "name: A\npasses: [specialize]\nlaterPasses: [generalize]\nsettings: {B: {type: string}}\n", "laterPasses"},
		{"nothing in it", "name: A\npasses: [specialize]\n", "opaque"},
		{"other name", "name: B\npasses: [specialize]\nopaque: true\n", "named after"},
		{"unknown key", head + "  B: {type: string, tpye: x}\n", "tpye"},
		{"empty entry", head + "  B:\n", "nothing stands behind"},
		{"unknown state", head + "  B: {type: string, state: gone}\n", "state"},
		{"removed without a release", head + "  B: {type: string, state: removed}\n", "removedIn"},
		{"deprecated without a reason", head + "  B: {type: string, state: deprecated}\n", "note"},
		{"release of a deprecation that is none", head + "  B: {type: string, deprecatedIn: Windows 10}\n", "deprecatedIn"},
		{"unknown kind", head + "  B: {kind: leaf, type: string}\n", "kind"},
		{"unknown type", head + "  B: {type: text}\n", "type"},
		{"unknown empty", head + "  B: {type: string, empty: maybe}\n", "empty"},
		{"scalar without type", head + "  B: {}\n", "type"},
		{"group with type", head + "  B: {kind: group, type: string}\n", "type"},
		{"enum without values", head + "  B: {type: enum}\n", "values"},
		{"values without enum", head + "  B: {type: string, values: [a]}\n", "values"},
		{"two sources", head + "  B: {type: string, page: b, source: c}\n", "exclude"},
		{"later without source", head + "  B: {type: string, later: true}\n", "source"},
		{"pass that the component lacks", head + "  B: {type: string, passes: [generalize]}\n", "passes"},
		{"no parent", head + "  B/C: {type: string}\n", "parent"},
		{"below a scalar", head + "  B: {type: string}\n  B/C: {type: string}\n", "cannot stand"},
		{"key that is no child", head + "  B: {kind: group}\n  B/C: {kind: item, key: D}\n", "key"},
		{"list without item", head + "  B: {kind: list}\n", "exactly one child"},
		{"list with a scalar", head + "  B: {kind: list}\n  B/C: {type: string}\n", "exactly one child"},
		{"twice in another case", head + "  B: {type: string}\n  b: {type: string}\n", "stands twice"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := readCatalog(writeFiles(t, map[string]string{"a.yaml": tc.text}))
			if err == nil || !strings.Contains(err.Error(), tc.want) || !strings.Contains(err.Error(), "a.yaml") {
				t.Errorf("got %v, want the file and %q", err, tc.want)
			}
		})
	}
}

func TestOmittedKindsPassesAndPagesAreFilledIn(t *testing.T) {
	all, err := readCatalog(writeFiles(t, map[string]string{
		"b.yaml": "name: B\npasses: [oobeSystem]\nopaque: true\n",
		"a.yaml": "name: A\npasses: [specialize, oobeSystem]\nsettings:\n  G: {kind: group, passes: [specialize]}\n  G/S: {type: string}\n  P: {type: string, page: other}\n",
	}))
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 2 || all[0].Name != "A" || all[1].Name != "B" {
		t.Fatalf("got %d components", len(all))
	}
	s := all[0].Settings["G/S"]
	if s.Kind != "scalar" || !slices.Equal(s.Passes, []string{"specialize"}) || s.source(all[0], "G/S") != reference+"a-g-s" {
		t.Errorf("got %+v from %s", s, s.source(all[0], "G/S"))
	}
	p := all[0].Settings["P"]
	if !slices.Equal(p.Passes, all[0].Passes) || p.source(all[0], "P") != reference+"other" {
		t.Errorf("got %+v", p)
	}
}

func TestLayOutKeepsSiblingsTogether(t *testing.T) {
	c := &componentEntry{Settings: map[string]*settingEntry{}}
	for _, path := range []string{"b/z", "b", "a_c", "A", "A/y/1", "A/y", "A/X", "b/Z2"} {
		c.Settings[path] = &settingEntry{}
	}
	paths, first, count := layOut(c)
	want := []string{"A", "a_c", "b", "A/X", "A/y", "b/z", "b/Z2", "A/y/1"}
	if !slices.Equal(paths, want) {
		t.Errorf("got %v, want %v", paths, want)
	}
	if first["A"] != 3 || count["A"] != 2 || first["b"] != 5 || count["b"] != 2 || count["a_c"] != 0 || first["A/y"] != 7 {
		t.Errorf("first %v, count %v", first, count)
	}
}

func TestPassExprNeedsNoCodeAtStartUp(t *testing.T) {
	if got := passExpr([]string{"oobeSystem", "windowsPE"}); got != "1<<WindowsPE | 1<<OobeSystem" {
		t.Errorf("got %s", got)
	}
	if got := passExpr(nil); got != "" {
		t.Errorf("got %q for none", got)
	}
}
