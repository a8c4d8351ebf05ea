package sysprep

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/imagetest"
)

func TestLibraryTellsArchitectureAndExports(t *testing.T) {
	for machine, want := range map[uint16]string{imagetest.X86: "x86", imagetest.AMD64: "amd64", imagetest.ARM64: "arm64"} {
		for _, exports := range [][]string{nil, {"Generalize"}, {"Cleanup", "Generalize", "Specialize"}} {
			l, err := ReadLibrary(bytes.NewReader(imagetest.DLL(machine, exports...)))
			if err != nil {
				t.Errorf("%s with %v: %v", want, exports, err)
				continue
			}
			if l.Architecture != want || !slices.Equal(l.Exports, exports) {
				t.Errorf("%s with %v: %+v", want, exports, l)
			}
		}
	}
}

func TestDamagedLibraryIsAnError(t *testing.T) {
	whole := imagetest.DLL(imagetest.AMD64, "Generalize")
	change := func(at int, b ...byte) []byte {
		data := bytes.Clone(whole)
		copy(data[at:], b)
		return data
	}
	const section = 512
	for name, data := range map[string][]byte{
		"empty": nil, "text": []byte("no library at all"), "head alone": whole[:section], "cut off": whole[:len(whole)-20],
		"table outside": change(200, 0, 0, 0, 0x7f), "many names": change(section+4+24, 0xff, 0xff, 0xff, 0xff),
		"names outside": change(section+4+32, 0, 0, 0, 0x7f), "name without end": append(change(section+4+32, 4, 0x10), bytes.Repeat([]byte{1}, 600)...),
	} {
		if l, err := ReadLibrary(bytes.NewReader(data)); err == nil && (len(l.Exports) != 1 || l.Exports[0] == "Generalize") {
			t.Errorf("%s: %+v", name, l)
		}
	}
}

// Symbols are for debuggers: Windows loads a library whose symbols point out of
// the file.
func TestALibraryWithLostSymbolsIsRead(t *testing.T) {
	data := imagetest.DLL(imagetest.AMD64, "Seal")
	copy(data[64+12:], []byte{0, 0, 0xff, 0x7f, 9, 0, 0, 0})
	if l, err := ReadLibrary(bytes.NewReader(data)); err != nil || !slices.Equal(l.Exports, []string{"Seal"}) {
		t.Errorf("%+v, %v", l, err)
	}
}

func TestFunctionsWithANumberAloneAreCounted(t *testing.T) {
	data := imagetest.DLL(imagetest.AMD64, "Seal")
	const table = 512 + 4
	data[table+20] = 3 // three functions, one name
	if l, err := ReadLibrary(bytes.NewReader(data)); err != nil || l.Numbered != 2 || len(l.Exports) != 1 {
		t.Errorf("%+v, %v", l, err)
	}
}

// What another compiler makes: forwarded functions, functions by number, and
// long names of sections.
func TestLibrariesOfAnotherCompilerAreRead(t *testing.T) {
	const tool = "x86_64-w64-mingw32-gcc"
	if _, err := exec.LookPath(tool); err != nil {
		t.Skipf("%s is not installed", tool)
	}
	dir := t.TempDir()
	source := filepath.Join(dir, "seal.c")
	if err := os.WriteFile(source, []byte("unsigned long Seal(void) { return 0; }\nunsigned long Other(void) { return 0; }\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for definition, want := range map[string]Library{
		"EXPORTS\n Seal\n Other @7 NONAME\n":                  {Architecture: "amd64", Exports: []string{"Seal"}, Numbered: 1},
		"EXPORTS\n Seal @1 NONAME\n":                          {Architecture: "amd64", Exports: []string{}, Numbered: 1},
		"EXPORTS\n Forward = kernel32.GetTickCount\n Other\n": {Architecture: "amd64", Exports: []string{"Forward", "Other"}},
	} {
		def, dll := filepath.Join(dir, "seal.def"), filepath.Join(dir, "seal.dll")
		if err := os.WriteFile(def, []byte("LIBRARY seal\n"+definition), 0o644); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command(tool, "-g", "-shared", "-o", dll, source, def).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		data, err := os.ReadFile(dll)
		if err != nil {
			t.Fatal(err)
		}
		l, err := ReadLibrary(bytes.NewReader(data))
		if err != nil || l.Architecture != want.Architecture || !slices.Equal(l.Exports, want.Exports) || l.Numbered != want.Numbered {
			t.Errorf("%q: %+v, %v", definition, l, err)
		}
	}
}

// The tools of another compiler read the libraries that these tests write.
func TestObjdumpSeesTheSameExports(t *testing.T) {
	const tool = "x86_64-w64-mingw32-objdump"
	if _, err := exec.LookPath(tool); err != nil {
		t.Skipf("%s is not installed", tool)
	}
	name := filepath.Join(t.TempDir(), "test.dll")
	if err := os.WriteFile(name, imagetest.DLL(imagetest.AMD64, "Cleanup", "Generalize"), 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(tool, "-p", name).CombinedOutput()
	if err != nil || !strings.Contains(string(out), "] Cleanup") || !strings.Contains(string(out), "] Generalize") {
		t.Errorf("%v\n%s", err, out)
	}
}

func FuzzLibrary(f *testing.F) {
	f.Add(imagetest.DLL(imagetest.AMD64, "Cleanup", "Generalize"))
	f.Add(imagetest.DLL(imagetest.X86, "A"))
	f.Add(imagetest.DLL(imagetest.ARM64))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := ReadLibrary(bytes.NewReader(data))
		if err != nil {
			return
		}
		for _, name := range l.Exports {
			if len(name) >= longestExport || strings.Contains(name, "\x00") {
				t.Errorf("export %q", name)
			}
		}
	})
}
