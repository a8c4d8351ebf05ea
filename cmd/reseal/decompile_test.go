package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestDecompileExitCodes(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{
		"good.xml":   `<unattend xmlns="urn:schemas-microsoft-com:unattend"><settings pass="specialize"/></unattend>`,
		"bare.xml":   `<unattend/>`,
		"broken.xml": `<unattend`,
		"page.xml":   `<html/>`,
		"notes.txt":  `just: text`,
		"empty.xml":  ``,
		"good.yaml":  "version: reseal/v1\n",
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		input, output string
		code          int
	}{
		{"good.xml", "out.yaml", exitDone},
		{"good.xml", "out.yaml", exitDone}, // again: it is replaced
		{"bare.xml", "out.yaml", exitDone}, // a mistake, but nothing is lost
		{"broken.xml", "no.yaml", exitFindings},
		{"page.xml", "no.yaml", exitFindings},
		{"notes.txt", "no.yaml", exitFindings},
		{"empty.xml", "no.yaml", exitFindings},
		{"good.yaml", "no.yaml", exitUsage},
		{"good.xml", "good.xml", exitUsage},
		{"nowhere.xml", "no.yaml", exitFile},
		{".", "no.yaml", exitFile},
		{"good.xml", "nowhere/no.yaml", exitFile},
	} {
		var out bytes.Buffer
		sh := &shell{stdin: strings.NewReader(""), stdout: &out, stderr: &out, env: func(string) (string, bool) { return "", false }}
		code := sh.run([]string{"reseal", "decompile", filepath.Join(folder, c.input), "-o", filepath.Join(folder, c.output)})
		if code != c.code {
			t.Errorf("%s to %s: exit code %d, want %d\n%s", c.input, c.output, code, c.code, out.String())
		}
		if _, err := os.Stat(filepath.Join(folder, "no.yaml")); err == nil {
			t.Fatalf("%s: a profile was written", c.input)
		}
	}
}
