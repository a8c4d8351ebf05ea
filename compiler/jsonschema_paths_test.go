package compiler

import (
	"bufio"
	"os"
	"strings"
	"testing"
)

// reach follows element names from a component's fragment, through every form
// that a value may have, and returns the fragments at the end.
func reach(root map[string]any, fragments []map[string]any, path []string) []map[string]any {
	fragments = unfold(root, fragments)
	for _, name := range path {
		var next []map[string]any
		for _, f := range fragments {
			if below, ok := member(f, "properties")[name].(map[string]any); ok {
				next = append(next, below)
			}
		}
		fragments = unfold(root, next)
	}
	return fragments
}

// unfold adds what a fragment refers to: definitions, alternatives, items.
func unfold(root map[string]any, fragments []map[string]any) []map[string]any {
	var all []map[string]any
	for _, f := range fragments {
		all = append(all, f)
		var more []map[string]any
		if name, ok := f["$ref"].(string); ok {
			more = append(more, asFragment(member(root, "definitions")[strings.TrimPrefix(name, refPrefix)]))
		}
		if list, ok := f["anyOf"].([]any); ok {
			for _, one := range list {
				more = append(more, asFragment(one))
			}
		}
		if items := member(f, "items"); items != nil {
			more = append(more, items)
		}
		all = append(all, unfold(root, more)...)
	}
	return all
}

// The table is made from the reference by a script of its own, so it proves
// that nothing is lost between there and the editor.
func TestSchemaHasEverySettingOfTheReferenceInEachOfItsPasses(t *testing.T) {
	root := editor(t).root
	passes := member(member(member(root, "properties"), "passes"), "properties")
	rows := 0
	for _, row := range reference(t) {
		component, path, passNames := row[0], strings.Split(row[1], "/"), strings.Split(row[4], ",")
		rows++
		if row[3] == "key" {
			path = append(path[:len(path)-1], keyKey)
		}
		for _, pass := range passNames {
			from := member(member(passes, pass), "properties")[component]
			found := reach(root, []map[string]any{asFragment(from)}, path)
			if from == nil || len(found) == 0 {
				t.Errorf("%s: %s %s is not in the schema", pass, component, row[1])
			}
		}
	}
	if rows != 1117 {
		t.Errorf("%d rows, want 1117", rows)
	}
}

func TestSchemaImpliesTheItemsOfEveryList(t *testing.T) {
	root := editor(t).root
	passes := member(member(member(root, "properties"), "passes"), "properties")
	lists := 0
	for _, row := range reference(t) {
		if row[2] != "list" {
			continue
		}
		lists++
		from := asFragment(member(member(passes, strings.Split(row[4], ",")[0]), "properties")[row[0]])
		arrays := 0
		for _, f := range reach(root, []map[string]any{from}, strings.Split(row[1], "/")) {
			if f["items"] != nil {
				arrays++
			}
		}
		if arrays == 0 {
			t.Errorf("%s %s takes no sequence", row[0], row[1])
		}
	}
	if lists != 49 {
		t.Errorf("%d lists, want 49", lists)
	}
}

// reference reads the rows of the table, without its header.
func reference(t *testing.T) [][]string {
	t.Helper()
	f, err := os.Open("../schema/testdata/reference.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var rows [][]string
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if line := lines.Text(); !strings.HasPrefix(line, "#") {
			rows = append(rows, strings.Split(line, "\t"))
		}
	}
	return rows
}
