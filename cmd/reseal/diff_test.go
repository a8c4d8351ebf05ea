package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAgainstWithoutGitSaysSo(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a.yaml")
	if err := os.WriteFile(name, []byte("version: reseal/v1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", "")
	var out bytes.Buffer
	sh := &shell{stdin: strings.NewReader(""), stdout: &out, stderr: &out, env: func(string) (string, bool) { return "", false }}
	if code := sh.run([]string{"reseal", "diff", "--against", "HEAD", name}); code != exitFile || !strings.Contains(out.String(), "needs git") {
		t.Errorf("exit code %d, %s", code, out.String())
	}
}
