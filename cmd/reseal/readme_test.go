package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// documents are the pages whose console blocks this test runs.
var documents = []string{"../../README.md"}

// The commands of every console block are run in a folder that holds the
// templates and the files of the blocks marked with a file name (```yaml
// bad.yaml), and must print what the page shows. -update writes it anew.
func TestDocumentsShowRealOutput(t *testing.T) {
	for _, name := range documents {
		name, err := filepath.Abs(name)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(filepath.Base(name), func(t *testing.T) { runDocument(t, name) })
	}
}

func runDocument(t *testing.T, name string) {
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	root := filepath.Dir(name)
	t.Chdir(t.TempDir())
	if err := os.CopyFS("templates", os.DirFS(filepath.Join(root, "templates"))); err != nil {
		t.Fatal(err)
	}
	d := &document{t: t}
	for line := range strings.Lines(string(text)) {
		d.line(line)
	}
	if d.commands < 3 {
		t.Errorf("only %d commands were found", d.commands)
	}
	if got := d.out.String(); got != string(text) {
		if *update {
			if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
			return
		}
		t.Errorf("%s does not show what the commands print; -update writes it anew. Now it would be:\n%s", filepath.Base(name), firstDifference(string(text), got))
	}
}

// document follows the fences of a page and writes it again with the output
// of today.
type document struct {
	t        *testing.T
	out      strings.Builder
	block    string // info string of the open fence, "" outside
	file     bytes.Buffer
	commands int
}

func (d *document) line(line string) {
	info, fence := strings.CutPrefix(line, "```")
	switch {
	case fence && d.block == "":
		d.block = strings.TrimSpace(info) + " "
		d.file.Reset()
	case fence:
		d.closed()
		d.block = ""
	case strings.HasPrefix(d.block, "console "):
		if command, ok := strings.CutPrefix(line, "$ "); ok {
			d.out.WriteString(line + d.run(strings.TrimSpace(command)))
		}
		return
	case d.block != "":
		d.file.WriteString(line)
	}
	d.out.WriteString(line)
}

// closed keeps the text of a block that names a file.
func (d *document) closed() {
	if words := strings.Fields(d.block); len(words) == 2 {
		if err := os.WriteFile(words[1], d.file.Bytes(), 0o644); err != nil {
			d.t.Fatal(err)
		}
	}
}

func (d *document) run(command string) string {
	d.commands++
	command = strings.Replace(command, "go run ./cmd/reseal", "reseal", 1)
	words := strings.Fields(command)
	if words[0] != "reseal" {
		d.t.Fatalf("the page runs %q", command)
	}
	var out bytes.Buffer
	sh := &shell{
		stdin: strings.NewReader(""), stdout: &out, stderr: &out, env: func(string) (string, bool) { return "", false },
		now: func() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) },
	}
	sh.run(words)
	return out.String()
}

func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range g {
		if i >= len(w) || w[i] != g[i] {
			return strings.Join(g[i:min(i+12, len(g))], "\n")
		}
	}
	return "(shorter)"
}
