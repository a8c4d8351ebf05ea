package image

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/reseal/reseal/internal/imagetest"
)

// sampleKeys has every kind of name and value that the reader tells apart.
func sampleKeys() *imagetest.Key {
	root := &imagetest.Key{Name: "ROOT", Stamp: 133_000_000_000_000_000}
	setup := root.At("Setup").
		Set("SetupType", 2).Set("CmdLine", `oobe\windeploy.exe`).Set("CloneTag", []string{"Mon Jan 01", "two"}).
		Set("Wide", int64(1)<<40).Set("Raw", []byte{1, 2, 3, 4, 5}).Set("Short", "a").Set("Empty", "").Set("", "the default")
	setup.Values = append(setup.Values,
		imagetest.Value{Name: "Expand", Type: imagetest.ExpandSZ, Data: []byte("%\x00a\x00%\x00")},
		imagetest.Value{Name: "Torn", Type: imagetest.DWORD, Data: []byte{1, 2}})
	setup.Set("Long", strings.Repeat("x", 30_000))
	root.At(`Sprachen\Größe`).Set("Übung", "ä")
	root.At(`Sprachen\日本`).Set("値", "x")
	for _, name := range []string{"one", "two", "three", "four", "five"} {
		root.At(`Many\`+name).Set("Name", name)
	}
	return root
}

func openHive(t testing.TB, data []byte) (*Hive, error) {
	t.Helper()
	return OpenHive("SYSTEM", bytes.NewReader(data), int64(len(data)))
}

func mustOpen(t testing.TB, h imagetest.Hive) *Hive {
	t.Helper()
	hive, err := openHive(t, h.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return hive
}

func TestHiveReadsEveryKindOfValue(t *testing.T) {
	for _, index := range []string{"lf", "lh", "li", "ri"} {
		h := mustOpen(t, imagetest.Hive{Root: sampleKeys(), Index: index})
		texts := []struct {
			key, name, want string
			ok              bool
		}{
			{`Setup`, "CmdLine", `oobe\windeploy.exe`, true},
			{`\SETUP\`, "cmdline", `oobe\windeploy.exe`, true},
			{`Setup`, "", "the default", true},
			{`Setup`, "CloneTag", "Mon Jan 01", true},
			{`Setup`, "Expand", "%a%", true},
			{`Setup`, "Short", "a", true},
			{`Setup`, "Empty", "", true},
			{`Setup`, "Long", strings.Repeat("x", 30_000), true},
			{`Sprachen\größe`, "übung", "ä", true},
			{`Sprachen\日本`, "値", "x", true},
			{`Setup`, "SetupType", "", false},
			{`Setup`, "None", "", false},
			{`None\Deeper`, "CmdLine", "", false},
		}
		for _, c := range texts {
			got, ok, err := h.ReadString(c.key, c.name)
			if got != c.want || ok != c.ok || err != nil {
				t.Errorf("%s: ReadString(%q, %q) = %.40q, %v, %v", index, c.key, c.name, got, ok, err)
			}
		}
		numbers := []struct {
			name string
			want uint64
			ok   bool
		}{{"SetupType", 2, true}, {"Wide", 1 << 40, true}, {"Torn", 0, false}, {"CmdLine", 0, false}, {"None", 0, false}}
		for _, c := range numbers {
			got, ok, err := h.ReadNumber("Setup", c.name)
			if got != c.want || ok != c.ok || err != nil {
				t.Errorf("%s: ReadNumber(%q) = %d, %v, %v", index, c.name, got, ok, err)
			}
		}
	}
}

func TestHiveListsKeysAndValues(t *testing.T) {
	for _, index := range []string{"lf", "lh", "li", "ri"} {
		h := mustOpen(t, imagetest.Hive{Root: sampleKeys(), Index: index})
		if got, err := h.Keys("Many"); err != nil || !slices.Equal(got, []string{"one", "two", "three", "four", "five"}) {
			t.Errorf("%s: Keys = %q, %v", index, got, err)
		}
		if got, err := h.Values(`Many\two`); err != nil || !slices.Equal(got, []string{"Name"}) {
			t.Errorf("%s: Values = %q, %v", index, got, err)
		}
		if got, ok, err := h.ReadStrings("Setup", "CloneTag"); !ok || err != nil || !slices.Equal(got, []string{"Mon Jan 01", "two"}) {
			t.Errorf("%s: ReadStrings = %q, %v, %v", index, got, ok, err)
		}
	}
	h := mustOpen(t, imagetest.Hive{Root: sampleKeys()})
	for _, path := range []string{"None", `Many\one`} {
		if got, err := h.Keys(path); len(got) > 0 || err != nil {
			t.Errorf("Keys(%q) = %q, %v", path, got, err)
		}
	}
	if got, err := h.Values("Many"); len(got) > 0 || err != nil {
		t.Errorf("Values(Many) = %q, %v", got, err)
	}
	for name, want := range map[string]bool{"Raw": true, "SETUPTYPE": true, "None": false} {
		if got, err := h.HasValue("Setup", name); got != want || err != nil {
			t.Errorf("HasValue(%q) = %v, %v", name, got, err)
		}
	}
	for path, want := range map[string]bool{"": true, `Many\five`: true, "None": false} {
		if got, err := h.HasKey(path); got != want || err != nil {
			t.Errorf("HasKey(%q) = %v, %v", path, got, err)
		}
	}
	at, ok, err := h.LastWrite("Many")
	if want := time.Date(2022, 6, 18, 4, 26, 40, 0, time.UTC); !ok || err != nil || !at.Equal(want) {
		t.Errorf("LastWrite = %v, %v, %v; want %v", at, ok, err, want)
	}
	if _, ok, err := h.LastWrite("None"); ok || err != nil {
		t.Errorf("an absent key was written: %v, %v", ok, err)
	}
}

func TestDirtyHiveIsSaidToBeDirty(t *testing.T) {
	if mustOpen(t, imagetest.Hive{Root: sampleKeys()}).Dirty() {
		t.Error("a hive with equal sequence numbers is clean")
	}
	h := mustOpen(t, imagetest.Hive{Root: sampleKeys(), Dirty: true})
	if !h.Dirty() {
		t.Error("a hive with unequal sequence numbers is dirty")
	}
	if n, ok, err := h.ReadNumber("Setup", "SetupType"); n != 2 || !ok || err != nil {
		t.Errorf("a dirty hive can still be read: %d, %v, %v", n, ok, err)
	}
	data := imagetest.Hive{Root: sampleKeys()}.Bytes()
	data[508]++
	if h, err := openHive(t, data); err != nil || !h.Dirty() {
		t.Errorf("a wrong checksum is dirty: %v", err)
	}
}

func TestDamagedHiveTellsWhatIsWrong(t *testing.T) {
	whole := imagetest.Hive{Root: sampleKeys()}.Bytes()
	change := func(at int, n uint32) []byte {
		data := bytes.Clone(whole)
		binary.LittleEndian.PutUint32(data[at:], n)
		return data
	}
	cases := []struct {
		name, want string
		data       []byte
	}{
		{"empty", "the file is empty", nil},
		{"short", "a hive has at least 4096 bytes, and this file has 100", whole[:100]},
		{"no magic", "it does not begin with regf", append([]byte("MZ"), whole[2:]...)},
		{"zeros", "it does not begin with regf", make([]byte, 8192)},
		{"cut off", "it is cut off", whole[:6000]},
		{"root outside", "it has no root key", change(36, 0x7fffffff)},
		{"root no key", "it has no root key", change(36, 0)},
	}
	for _, c := range cases {
		_, err := openHive(t, c.data)
		if !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "SYSTEM is damaged: ") {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// find returns where the cell of a key begins, by the name in it.
func find(t *testing.T, data []byte, name string) int {
	t.Helper()
	at := bytes.Index(data, []byte(name))
	if at < 0 {
		t.Fatalf("no %q in the hive", name)
	}
	return at - 76
}

// What a list does not have would count as absent, and so as known.
func TestHiveWhoseListsLackWhatTheyPromiseIsDamaged(t *testing.T) {
	cell := func(data []byte, at int) int { return firstBin + int(binary.LittleEndian.Uint32(data[at:])) + 4 }
	put := binary.LittleEndian.PutUint32
	values := func(h *Hive) error { _, err := h.HasValue("Setup", "CmdLine"); return err }
	keys := func(h *Hive) error { _, err := h.HasKey(`Many\five`); return err }
	for name, c := range map[string]struct {
		change func(data []byte, many, setup int) // where these keys begin
		ask    func(*Hive) error
		want   string
	}{
		"a list that is itself":     {func(d []byte, many, _ int) { put(d[cell(d, many+28)+4:], binary.LittleEndian.Uint32(d[many+28:])) }, keys, "promises 5 subkeys"},
		"the same list twice":       {func(d []byte, many, _ int) { ri := cell(d, many+28); copy(d[ri+8:ri+12], d[ri+4:]) }, keys, "promises 5 subkeys, and its list has 6"},
		"no list":                   {func(d []byte, many, _ int) { copy(d[cell(d, many+28):], "xx") }, keys, "promises 5 subkeys, and its list has 0"},
		"a list outside":            {func(d []byte, many, _ int) { put(d[many+28:], 0x7ffffff0) }, keys, "promises 5 subkeys, and its list has 0"},
		"too few keys":              {func(d []byte, many, _ int) { put(d[many+20:], 6) }, keys, "promises 6 subkeys, and its list has 5"},
		"too many keys":             {func(d []byte, many, _ int) { put(d[many+20:], 1<<31) }, keys, "claims 2147483648 subkeys; at most 131072 are read"},
		"an entry that is no key":   {func(d []byte, many, _ int) { put(d[cell(d, cell(d, many+28)+4)+4:], 0) }, keys, `one of the subkeys of "Many" is no key`},
		"the same key twice":        {func(d []byte, many, _ int) { lf := cell(d, cell(d, many+28)+4); copy(d[lf+12:lf+16], d[lf+4:]) }, keys, `the list of the subkeys of "Many" has one of them twice`},
		"a key of another one":      {func(d []byte, many, _ int) { put(d[cell(d, cell(d, cell(d, many+28)+4)+4)+16:], 32) }, keys, `one of the subkeys of "Many" belongs to another key`},
		"too many values":           {func(d []byte, _, setup int) { put(d[setup+36:], 1<<30) }, values, "claims 1073741824 values; at most 131072 are read"},
		"values outside":            {func(d []byte, _, setup int) { put(d[setup+40:], 0x7ffffff0) }, values, "promises 11 values, and its list has 0"},
		"an entry that is no value": {func(d []byte, _, setup int) { put(d[cell(d, setup+40):], 0) }, values, `one of the values of "Setup" is no value`},
	} {
		data := imagetest.Hive{Root: sampleKeys(), Index: "ri"}.Bytes()
		c.change(data, find(t, data, "Many"), find(t, data, "Setup"))
		h, err := openHive(t, data)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.ask(h); !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
		if _, ok, err := h.ReadString(`Sprachen\日本`, "値"); !ok || err != nil {
			t.Errorf("%s: the rest of the hive can still be read: %v, %v", name, ok, err)
		}
	}
}

// A hive that is made to keep a reader busy for ever comes to an end.
func TestQuestionsToAHiveAreLimited(t *testing.T) {
	h, err := openHive(t, imagetest.Hive{Root: sampleKeys()}.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	h.looks = mostLooks - 1000
	asked := 0
	for ; err == nil && asked < 1000; asked++ {
		_, err = h.HasValue("Setup", "CmdLine")
	}
	if !errors.Is(err, ErrLimit) || asked < 10 || asked > 500 {
		t.Errorf("after %d questions: %v", asked, err)
	}
}

func TestHiveWithAnImpossibleValueIsDamaged(t *testing.T) {
	data := imagetest.Hive{Root: sampleKeys()}.Bytes()
	vk := bytes.Index(data, []byte("CmdLine")) - 20
	for _, c := range []struct {
		size uint32
		want string
	}{{1 << 30, "claims 1073741824 bytes"}, {500_000, "claims 500000 bytes, and its cell has 44"}} {
		binary.LittleEndian.PutUint32(data[vk+4:], c.size)
		h, err := openHive(t, data)
		if err != nil {
			t.Fatal(err)
		}
		if _, ok, err := h.ReadString("Setup", "CmdLine"); ok || !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("size %d: %v, %v", c.size, ok, err)
		}
	}
}

// failing is a file on a disk that fails behind its first bytes.
type failing struct {
	io.ReaderAt
	from int64
}

func (f failing) ReadAt(buf []byte, at int64) (int, error) {
	if at+int64(len(buf)) > f.from {
		return 0, os.ErrDeadlineExceeded
	}
	return f.ReaderAt.ReadAt(buf, at)
}

func TestReadErrorIsNoDamage(t *testing.T) {
	root := sampleKeys()
	root.At("Far").Set("Pad", bytes.Repeat([]byte{1}, 3*pageSize))
	root.At(`Far\Away`).Set("Name", "x")
	data := imagetest.Hive{Root: root}.Bytes()
	h, err := OpenHive("SYSTEM", failing{bytes.NewReader(data), pageSize}, int64(len(data)))
	if err == nil {
		_, err = h.Keys("Far")
	}
	if !errors.Is(err, os.ErrDeadlineExceeded) || errors.Is(err, ErrDamaged) {
		t.Errorf("got %v", err)
	}
	if _, err := OpenHive("SYSTEM", failing{bytes.NewReader(data), 0}, int64(len(data))); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	shorter := bytes.NewReader(data[:len(data)-pageSize])
	if h, err = OpenHive("SYSTEM", shorter, int64(len(data))); err == nil {
		_, err = h.Values(`Far\Away`)
	}
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a file that became shorter: %v", err)
	}
}

// hivexget reads the hives that these tests write as we do.
func TestHivexgetReadsTheSame(t *testing.T) {
	requireTool(t, "hivexget")
	for _, index := range []string{"lf", "lh", "li", "ri"} {
		name := filepath.Join(t.TempDir(), "hive")
		if err := os.WriteFile(name, imagetest.Hive{Root: sampleKeys(), Index: index}.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		for _, c := range [][3]string{
			{`\Setup`, "CmdLine", `oobe\windeploy.exe`}, {`\Setup`, "SetupType", "2"}, {`\Many\three`, "Name", "three"},
			{`\Setup`, "Long", strings.Repeat("x", 30_000)}, {`\Setup`, "Wide", "1099511627776"}, {`\Sprachen\Größe`, "Übung", "ä"},
		} {
			out, err := exec.Command("hivexget", name, c[0], c[1]).CombinedOutput()
			if got := strings.TrimSpace(string(out)); err != nil || got != c[2] {
				t.Errorf("%s: hivexget %s %s: %.60q, %v", index, c[0], c[1], got, err)
			}
		}
	}
}

// hivexsh edits hives as Windows does: lists grow into new cells, and the file
// by further bins.
func TestHivesThatHivexshEditedAreRead(t *testing.T) {
	requireTool(t, "hivexsh")
	name := filepath.Join(t.TempDir(), "hive")
	if err := os.WriteFile(name, imagetest.Hive{Root: sampleKeys()}.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	const added = 300
	var script strings.Builder
	script.WriteString("cd \\Setup\nsetval 3\nSetupType\ndword:2\nCmdLine\nstring:other.exe\nExpand\nexpandstring:%b%\n")
	script.WriteString("cd \\Many\\two\ndel\n")
	for n := range added {
		fmt.Fprintf(&script, "cd \\Many\nadd new%03d\ncd new%03d\nsetval 1\nName\nstring:%d%s\n", n, n, n, strings.Repeat("y", 10*n))
	}
	script.WriteString("commit\nquit\n")
	edit := exec.Command("hivexsh", "-w", name)
	edit.Stdin = strings.NewReader(script.String())
	if out, err := edit.CombinedOutput(); err != nil {
		t.Fatalf("hivexsh: %v\n%s", err, out)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	h, err := openHive(t, data)
	if err != nil || h.Dirty() || bytes.Count(data, []byte("hbin")) < 2 {
		t.Fatalf("%v, %d bytes", err, len(data))
	}
	names, err := h.Keys("Many")
	if err != nil || len(names) != 4+added || slices.Contains(names, "two") {
		t.Errorf("Keys = %d of them, %v", len(names), err)
	}
	for n := range added {
		key := fmt.Sprintf(`Many\NEW%03d`, n)
		if got, ok, err := h.ReadString(key, "Name"); got != fmt.Sprint(n)+strings.Repeat("y", 10*n) || !ok || err != nil {
			t.Errorf("%s: %.20q, %v, %v", key, got, ok, err)
		}
	}
	if values, err := h.Values("Setup"); err != nil || !slices.Equal(values, []string{"SetupType", "CmdLine", "Expand"}) {
		t.Errorf("Values = %q, %v", values, err)
	}
	if text, ok, err := h.ReadString("Setup", "Expand"); text != "%b%" || !ok || err != nil {
		t.Errorf("Expand = %q, %v, %v", text, ok, err)
	}
	if n, ok, err := h.ReadNumber("Setup", "SetupType"); n != 2 || !ok || err != nil {
		t.Errorf("SetupType = %d, %v, %v", n, ok, err)
	}
}

// requireTool skips the test where a program of the system is missing, except
// in the gate on Linux, which installs it.
func requireTool(t *testing.T, name string) {
	t.Helper()
	if _, err := exec.LookPath(name); err == nil {
		return
	}
	if os.Getenv("CI") != "" && runtime.GOOS == "linux" {
		t.Fatalf("%s is missing, and the gate must have it", name)
	}
	t.Skipf("%s is not installed", name)
}

func FuzzHive(f *testing.F) {
	for _, index := range []string{"lf", "lh", "li", "ri"} {
		f.Add(imagetest.Hive{Root: sampleKeys(), Index: index}.Bytes())
	}
	small := &imagetest.Key{Name: "r"}
	small.At(`Setup\Status`).Set("State", 3).Set("List", []string{"a", "b"})
	data := imagetest.Hive{Root: small}.Bytes()
	f.Add(data)
	f.Add(data[:4200])
	f.Fuzz(func(t *testing.T, data []byte) {
		h, err := openHive(t, data)
		if err != nil {
			return
		}
		var walk func(path string, depth int)
		left := 200
		walk = func(path string, depth int) {
			if left--; left < 0 || depth > 6 {
				return
			}
			values, _ := h.Values(path)
			for _, v := range values[:min(len(values), 20)] {
				if _, ok, err := h.ReadStrings(path, v); ok && err != nil {
					t.Errorf("a value that was read has an error: %v", err)
				}
				_, _, _ = h.ReadNumber(path, v)
			}
			keys, _ := h.Keys(path)
			for _, k := range keys[:min(len(keys), 20)] {
				walk(path+`\`+k, depth+1)
			}
		}
		walk("", 0)
	})
}
