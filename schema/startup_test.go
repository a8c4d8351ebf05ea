package schema

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Every command pays for work that a package does before main. The runtime
// lists packages that do any.
func TestNothingIsBuiltAtStartUp(t *testing.T) {
	program := filepath.Join(t.TempDir(), "startup.exe")
	if out, err := exec.Command("go", "build", "-o", program, "./testdata/startup").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var trace bytes.Buffer
	run := exec.Command(program)
	run.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	run.Stderr = &trace
	out, err := run.Output()
	if err != nil || string(out) != "Microsoft-Windows-Shell-Setup Windows 11 24H2 W. Europe Standard Time de-DE German\n" {
		t.Fatalf("%v: %q", err, out)
	}
	if !strings.Contains(trace.String(), "init runtime @") {
		t.Fatalf("the runtime traced nothing: %s", trace.String())
	}
	if strings.Contains(trace.String(), "init github.com/reseal/reseal/schema @") {
		t.Errorf("the package does work before main:\n%s", trace.String())
	}
}
