package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestSecretsThatOthersCanReadAreSaidToBeSo(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no mode tells of access lists")
	}
	name := filepath.Join(t.TempDir(), "unattend.xml")
	for _, c := range []struct {
		mode fs.FileMode // that the file system gives
		told bool
	}{{0o600, false}, {0o400, false}, {0o644, true}, {0o755, true}} {
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(name, c.mode); err != nil {
			t.Fatal(err)
		}
		var told bytes.Buffer
		if err := (&shell{stderr: &told}).tellExposed(name); err != nil {
			t.Error(err)
		}
		if strings.Contains(told.String(), "unattend.xml holds secrets") != c.told {
			t.Errorf("%v: %q", c.mode, told.String())
		}
		os.Remove(name)
	}
	var told bytes.Buffer
	if err := (&shell{stderr: &told}).writeText(name, []byte("x"), true); err != nil || told.Len() > 0 {
		t.Errorf("a file system with permissions: %v, %q", err, told.String())
	}
}
