package main

import (
	"os"
	"strings"
	"testing"
	"time"
)

var testTable = table{file: "t", variable: "things", goType: "Thing", sortBy: "id", columns: []column{
	{key: "id", field: "ID", need: true}, {key: "n", field: "N"}, {key: "on", field: "On"},
	{key: "words", field: "Words"}, {key: "kind", field: "Kind", enum: map[string]string{"a": "KindA"}}}}

func TestATableIsSortedAndWrittenRowByRow(t *testing.T) {
	folder := writeFiles(t, map[string]string{"t.yaml": "- {id: Z, n: 3, kind: a}\n- {id: b, 'on': true, words: [x, '1']}\n"})
	rows, err := testTable.read(folder)
	if err != nil {
		t.Fatal(err)
	}
	want := "package schema\n\nvar things = [2]Thing{\n{ID: \"b\", On: true, Words: []string{\"x\", \"1\"}},\n{ID: \"Z\", N: 3, Kind: KindA},\n}\n"
	if got := testTable.source(rows); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

func TestTablesThatAreRefused(t *testing.T) {
	for _, tc := range []struct{ text, want string }{
		{"- {id: a, colour: red}\n", "no column \"colour\""},
		{"- {n: 1}\n", "id is missing"},
		{"- {id: a, kind: b}\n", "none of its words"},
		{"id: a\n", "cannot unmarshal"},
	} {
		_, err := testTable.read(writeFiles(t, map[string]string{"t.yaml": tc.text}))
		if err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: got %v, want %s", tc.text, err, tc.want)
		}
	}
	if _, err := testTable.read(t.TempDir()); err == nil || !strings.Contains(err.Error(), "missing") {
		t.Errorf("no file: %v", err)
	}
}

func TestIANAIndex(t *testing.T) {
	zones := []zoneEntry{{ID: "One", IANA: "A/One", Territories: map[string][]string{"XX": {"A/One", "A/Uno"}}}, {ID: "Two", IANA: "A/Two"}}
	index, err := ianaIndex(zones, map[string]string{"A/Eins": "A/Uno"})
	if err != nil || len(index) != 4 || index["A/Eins"] != 0 || index["A/Two"] != 1 {
		t.Errorf("got %v, %v", index, err)
	}
	for name, links := range map[string]map[string]string{
		"leads to nothing":   {"A/X": "A/Y"},
		"is a zone already":  {"A/Uno": "A/Two"},
		"is its own default": {"A/Two": "A/Two"},
	} {
		if _, err := ianaIndex(zones, links); err == nil {
			t.Errorf("a link that %s is taken", name)
		}
	}
	zones[1].Territories = map[string][]string{"YY": {"A/Uno"}}
	if _, err := ianaIndex(zones, nil); err == nil || !strings.Contains(err.Error(), "belongs to") {
		t.Errorf("one name for two zones: %v", err)
	}
}

func TestUnchangedFilesAreNotWrittenAgain(t *testing.T) {
	name := t.TempDir() + "/x_gen.go"
	long := time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC)
	if err := writeGo(name, "package x\nvar  a = 1\n"); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(name, long, long); err != nil {
		t.Fatal(err)
	}
	if err := writeGo(name, "package x\nvar  a = 1\n"); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(name); err != nil || !info.ModTime().Equal(long) {
		t.Errorf("written again: %v, %v", info.ModTime(), err)
	}
	data, err := os.ReadFile(name)
	if err != nil || string(data) != header+"package x\n\nvar a = 1\n" {
		t.Errorf("got %q, %v", data, err)
	}
	if err := writeGo(name, "package ("); err == nil {
		t.Error("writes what is no Go")
	}
}
