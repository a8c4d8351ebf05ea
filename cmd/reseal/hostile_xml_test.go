package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
)

const (
	hostileHead = `<unattend xmlns="urn:schemas-microsoft-com:unattend"><settings pass="specialize">` +
		`<component name="Microsoft-Windows-Shell-Setup" processorArchitecture="amd64" publicKeyToken="31bf3856ad364e35" language="neutral" versionScope="nonSxS">`
	hostileTail = `</component></settings></unattend>`
)

// in runs a command line in this process, with a folder for its files.
func in(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	sh := &shell{
		stdin: strings.NewReader(""), stdout: &out, stderr: &errs, now: time.Now,
		env: func(string) (string, bool) { return "", false },
	}
	code = sh.run(append([]string{"reseal"}, args...))
	return code, out.String(), errs.String()
}

// found lists the rules and messages of a report in JSON.
func found(t *testing.T, report string) (findings []string) {
	t.Helper()
	var doc struct {
		Diagnostics []struct{ Rule, Message string }
	}
	if err := json.Unmarshal([]byte(report), &doc); err != nil {
		t.Fatalf("%v: %.200s", err, report)
	}
	for _, d := range doc.Diagnostics {
		findings = append(findings, d.Rule+": "+d.Message)
	}
	return findings
}

// entityBomb defines ten entities, each ten times the one before.
func entityBomb() string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><!DOCTYPE unattend [<!ENTITY a0 "boom">`)
	for i := range 10 {
		fmt.Fprintf(&b, `<!ENTITY a%d "%s">`, i+1, strings.Repeat(fmt.Sprintf("&a%d;", i), 10))
	}
	return b.String() + "]>" + hostileHead + "<ComputerName>" + strings.Repeat("&a10;", 100_000) + "</ComputerName>" + hostileTail
}

func attributes(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, ` a%d="1"`, i)
	}
	return hostileHead + "<ComputerName" + b.String() + "/>" + hostileTail
}

func littleEndian(text string) string {
	b := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(text)) {
		b = append(b, byte(unit), byte(unit>>8))
	}
	return string(b)
}

func TestHostileXML(t *testing.T) {
	if testing.Short() {
		t.Skip("writes files of many MB")
	}
	for _, c := range []struct{ name, text, want string }{
		{"an entity bomb", entityBomb(), "xml-doctype-present: the file has a document type declaration"},
		{"a million attributes", attributes(1_000_000), "input-limit: an element has more than 1000 attributes"},
		{"a hundred thousand levels", hostileHead + strings.Repeat("<a>", 100_000) + strings.Repeat("</a>", 100_000) + hostileTail, "input-limit: elements nest deeper than 256 levels"},
		{"NUL bytes", hostileHead + "<ComputerName>A\x00B</ComputerName>" + hostileTail, "not-text: the file holds NUL bytes"},
		{"nothing but NUL bytes", strings.Repeat("\x00", 100_000), "not-text: "},
		{"UTF-16 that was cut off", littleEndian(hostileHead)[:201], "xml-encoding-mismatch: the UTF-16 text ends in the middle of a character"},
		{"UTF-16 with half a pair", littleEndian(hostileHead) + "\x00\xd8" + littleEndian(hostileTail)[2:], "xml-encoding-mismatch: half a surrogate pair stands alone"},
		{"a ZIP archive", "PK\x03\x04\x14\x00\x00\x00\x08\x00rest", "not-text: the file is a ZIP archive, neither a profile nor an answer file"},
		{"mistakes on one long line", hostileHead + strings.Repeat("<OEMName>a & b</OEMName>", 100_000) + hostileTail, "input-limit: more than 1000 mistakes were found"},
		{"values without quotes", hostileHead + strings.Repeat("<OEMName a=b/>", 100_000) + hostileTail, "input-limit: more than 1000 mistakes were found"},
		{"a hundred thousand unknown settings", hostileHead + strings.Repeat("<Foo/>", 100_000) + hostileTail, "input-limit: the checks found more than 10000 mistakes"},
		{"a hundred thousand roots", strings.Repeat(hostileHead[strings.Index(hostileHead, "<settings"):]+"</component></settings>", 100_000), "input-limit: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "unattend.xml")
			if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
				t.Fatal(err)
			}
			code, report, stderr := in(t, "validate", "--format", "json", path)
			if code != exitFindings || stderr != "" {
				t.Errorf("exit %d, %s", code, stderr)
			}
			if all := found(t, report); !slices.ContainsFunc(all, func(f string) bool { return strings.HasPrefix(f, c.want) }) {
				t.Errorf("want %q among %d findings, the first %.300q", c.want, len(all), all[:min(3, len(all))])
			}
			if code, _, _ := in(t, "validate", path); code != exitFindings {
				t.Errorf("as text: exit %d", code)
			}
		})
	}
}

// A file of 1 GB is read no further than the limit.
func TestHugeFileIsNotReadWhole(t *testing.T) {
	path := filepath.Join(t.TempDir(), "unattend.xml")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteString(hostileHead); err != nil {
		t.Fatal(err)
	}
	if err := f.Truncate(1 << 30); err != nil { // sparse: it takes no room
		t.Skip(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	code, report, _ := in(t, "validate", "--format", "json", path)
	runtime.ReadMemStats(&after)
	if all := found(t, report); code != exitFindings || len(all) != 1 || all[0] != "input-limit: the file is larger than 16 MiB" {
		t.Errorf("exit %d, %q", code, all)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 60<<20 {
		t.Errorf("%d MiB were used", used>>20)
	}
}

// Comparing lines takes a multiple of their memory.
func TestDiffOfAHugeFileSaysOnlyThatItDiffers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "unattend.xml")
	for lines, want := range map[int]string{
		maxDiffLines / 2: "@@ -",
		4_000_000:        "differs from its canonical layout; it has 4000000 lines, more than the 100000 that --diff compares",
	} {
		if err := os.WriteFile(path, []byte(`<unattend xmlns="urn:schemas-microsoft-com:unattend">`+strings.Repeat("\n", lines)+"</unattend>"), 0o600); err != nil {
			t.Fatal(err)
		}
		code, out, stderr := in(t, "fmt", "--diff", path)
		if code != exitFindings || !strings.Contains(out, want) || stderr != "" {
			t.Errorf("%d lines: exit %d, %.200q, %s", lines, code, out, stderr)
		}
	}
}

func TestLoopsOfLinksEnd(t *testing.T) {
	folder := t.TempDir()
	deep := filepath.Join(folder, "a", "b")
	if err := os.MkdirAll(deep, 0o700); err != nil {
		t.Fatal(err)
	}
	good := hostileHead + "<ComputerName>WEB01</ComputerName>" + hostileTail
	if err := os.WriteFile(filepath.Join(deep, "unattend.xml"), []byte(good), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, target := range map[string]string{
		filepath.Join(deep, "up"):             folder,
		filepath.Join(deep, "self"):           "self",
		filepath.Join(folder, "unattend.xml"): filepath.Join(folder, "unattend.xml"),
	} {
		if err := os.Symlink(target, name); err != nil {
			t.Skip(err)
		}
	}
	code, report, stderr := in(t, "validate", folder)
	if code != exitDone || report != "1 file: no findings\n" || stderr != "" {
		t.Errorf("exit %d, %q, %q", code, report, stderr)
	}
	for _, named := range []string{filepath.Join(deep, "self"), filepath.Join(folder, "unattend.xml")} {
		if code, _, stderr := in(t, "validate", named); code != exitFile || !strings.Contains(stderr, filepath.Base(named)) {
			t.Errorf("%s: exit %d, %q", named, code, stderr)
		}
	}
}
