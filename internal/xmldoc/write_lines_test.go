package xmldoc

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reseal/reseal/schema/answer"
)

// A canonical answer file is written as it was read, so that every line that
// begins an element comes from the line of the same number, and every other
// from the element that it belongs to.
func TestEachLineComesFromItsElement(t *testing.T) {
	inputs, err := filepath.Glob("../../testdata/compile/*/want*.xml")
	if err != nil || len(inputs) == 0 {
		t.Fatalf("no answer files: %v", err)
	}
	for _, input := range inputs {
		data, err := os.ReadFile(input)
		if err != nil {
			t.Fatal(err)
		}
		data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
		a, _ := Read(input, data)
		out, lines, err := WriteLines(a)
		if err != nil || !bytes.Equal(out, data) {
			t.Fatalf("%s is not canonical, or %v", input, err)
		}
		if n := bytes.Count(data, []byte("\n")); len(lines) != n {
			t.Errorf("%s: %d lines, want %d", input, len(lines), n)
		}
		for i, text := range strings.Split(strings.TrimSuffix(string(data), "\n"), "\n") {
			from := lines[i].Position().Line
			text = strings.TrimSpace(text)
			switch name, end := strings.CutPrefix(text, "</"); {
			case strings.HasPrefix(text, "<?") || strings.HasPrefix(text, "<!"):
			case end:
				if from > i || lines[i].Text() != strings.TrimSuffix(name, ">") {
					t.Errorf("%s:%d: %s comes from line %d, %q", input, i+1, text, from, lines[i].Text())
				}
			case from != i+1:
				t.Errorf("%s:%d: %s comes from line %d", input, i+1, text, from)
			}
		}
	}
}

func TestLinesOfTextThatGoesOn(t *testing.T) {
	a, _ := Read("a.xml", []byte("<unattend xmlns=\""+answer.Namespace+"\">\n<settings pass=\"x\"><component name=\"c\">\n<A b=\"&#10;\">one\ntwo<!-- \n --></A><B/></component></settings></unattend>"))
	out, lines, err := WriteLines(a)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for i, text := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		got = append(got, strings.TrimSpace(text)+" = "+lines[i].Text())
	}
	want := []string{
		`<?xml version="1.0" encoding="utf-8"?> = `,
		`<unattend xmlns="` + answer.Namespace + `"> = unattend`,
		`<settings pass="x"> = settings`, `<component name="c"> = component`,
		`<A b="&#10;">one = A`, `two<!-- = A`, `--></A> = A`, `<B/> = B`,
		`</component> = component`, `</settings> = settings`, `</unattend> = unattend`,
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestLinesOfWhatCannotBeWritten(t *testing.T) {
	if out, lines, err := WriteLines(inPass("specialize", component("c", "amd64", leaf("A", "\x01")))); err == nil || out != nil || lines != nil {
		t.Errorf("%q, %v, %v", out, lines, err)
	}
}
