package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const component = `<component name="Microsoft-Windows-Shell-Setup" processorArchitecture="amd64" publicKeyToken="31bf3856ad364e35" language="neutral" versionScope="nonSxS">`

// small is a folder of three answer files of our own.
func small(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, "files"), 0o700); err != nil {
		t.Fatal(err)
	}
	around := func(s string) string {
		return `<unattend xmlns="urn:schemas-microsoft-com:unattend"><settings pass="specialize">` + component + s + `</component></settings></unattend>`
	}
	var entries []map[string]any
	for _, f := range []struct {
		name, text           string
		wellFormed, template bool
	}{
		{"good.xml", around("<ComputerName>WEB01</ComputerName>" + strings.Repeat("<!-- a comment -->", 300)), true, false},
		{"long.xml", around("<ComputerName>a-name-that-is-too-long</ComputerName>"), true, false},
		{"template.xml", around("<ComputerName>${name}</ComputerName>"), true, true},
		{"cut.xml", around("<ComputerName>WEB01")[:260], false, false},
	} {
		if err := os.WriteFile(filepath.Join(folder, "files", f.name), []byte(f.text), 0o600); err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256([]byte(f.text))
		entries = append(entries, map[string]any{"file": f.name, "sha256": hex.EncodeToString(sum[:]), "well_formed": f.wellFormed, "is_template": f.template})
	}
	text, err := json.Marshal(map[string]any{"files": entries})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "index.json"), text, 0o600); err != nil {
		t.Fatal(err)
	}
	return folder
}

func TestReportCountsFilesRulesAndErrors(t *testing.T) {
	files, err := load(small(t))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	newReport(measure(files)).write(&b)
	for _, want := range []string{
		"files        4, well-formed 3\n",
		"read         3 of 3 well-formed files without an error of the reader\n",
		"refused      1 of 1 other files with an error\n",
		"       1         0      0      1  computer-name-too-long\n",
		"       0         0      1      1  unexpanded-template-placeholder\n",
		"errors on well-formed files that are no templates: in 1 files\n",
		" long.xml:1:249: the computer name has 23 bytes",
		"of 1 files above 4 KB: median ",
		" 1.0 times ",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q is missing in\n%s", want, b.String())
		}
	}
}

func TestReportNamesWhatTheIndexSeesOtherwise(t *testing.T) {
	files, err := load(small(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		f.WellFormed = !f.WellFormed
	}
	r := newReport(measure(files))
	if len(r.unread) != 1 || r.unread[0].Name != "cut.xml" || len(r.missed) != 3 {
		t.Errorf("%d not read, %d missed", len(r.unread), len(r.missed))
	}
}

func TestLoadHoldsFilesToTheIndex(t *testing.T) {
	folder := small(t)
	if err := os.WriteFile(filepath.Join(folder, "files", "good.xml"), []byte("<unattend/>"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := load(folder); err == nil || !strings.Contains(err.Error(), "good.xml is not the file") {
		t.Errorf("got %v", err)
	}
	if _, err := load(t.TempDir()); err == nil {
		t.Error("a folder without an index must be refused")
	}
	if err := os.WriteFile(filepath.Join(folder, "index.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := load(folder); err == nil || !strings.Contains(err.Error(), "index.json") {
		t.Errorf("got %v", err)
	}
}

func TestReportTellsWhatBecomesOfProfiles(t *testing.T) {
	files, err := load(small(t))
	if err != nil {
		t.Fatal(err)
	}
	files[0].data = []byte(strings.Replace(string(files[0].data), "</unattend>", `<a:note xmlns:a="urn:a">b</a:note></unattend>`, 1))
	var b strings.Builder
	roundTrips(measure(files)).write(&b)
	if !strings.Contains(b.String(), "profiles     3 of 3 well-formed files") || !strings.Contains(b.String(), "verbatim     1 pieces in 1 files\n      1 ") {
		t.Errorf("got\n%s", b.String())
	}
}
