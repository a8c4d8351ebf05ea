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
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/imagetest"
)

const mediaXML = `<WIM><TOTALBYTES>5</TOTALBYTES>
<IMAGE INDEX="6"><TOTALBYTES>14000000000</TOTALBYTES><NAME>Windows 11 Pro</NAME><DESCRIPTION>Pro, with more</DESCRIPTION><FLAGS>Professional</FLAGS><DISPLAYNAME>Windows 11 Pro</DISPLAYNAME>
<WINDOWS><ARCH>9</ARCH><EDITIONID>Professional</EDITIONID><INSTALLATIONTYPE>Client</INSTALLATIONTYPE>
<LANGUAGES><LANGUAGE>en-US</LANGUAGE><LANGUAGE>de-DE</LANGUAGE><DEFAULT>en-US</DEFAULT></LANGUAGES>
<VERSION><MAJOR>10</MAJOR><MINOR>0</MINOR><BUILD>26100</BUILD><SPBUILD>1742</SPBUILD></VERSION></WINDOWS></IMAGE>
<IMAGE INDEX="2"><NAME>Größe &amp; Ähnliches</NAME><WINDOWS><ARCH>12</ARCH><EDITIONID>ServerStandard</EDITIONID><INSTALLATIONTYPE>Server Core</INSTALLATIONTYPE>
<VERSION><BUILD>26100</BUILD></VERSION></WINDOWS></IMAGE>
<IMAGE INDEX="3"><NAME>data</NAME></IMAGE></WIM>`

func readWIM(data []byte) (*WIM, error) {
	return ReadWIM("install.wim", bytes.NewReader(data), int64(len(data)))
}

func TestWIMMetadataIsRead(t *testing.T) {
	w, err := readWIM(imagetest.WIM(mediaXML, 3))
	if err != nil {
		t.Fatal(err)
	}
	want := []WIMImage{
		{Index: 2, Name: "Größe & Ähnliches", Architecture: "arm64", Edition: "ServerStandard", InstallationType: "Server Core", Build: 26100},
		{Index: 3, Name: "data"},
		{Index: 6, Name: "Windows 11 Pro", Description: "Pro, with more", DisplayName: "Windows 11 Pro", Flags: "Professional", Edition: "Professional",
			InstallationType: "Client", Architecture: "amd64", Languages: []string{"en-US", "de-DE"}, DefaultLanguage: "en-US",
			Major: 10, Build: 26100, ServiceBuild: 1742, Bytes: 14_000_000_000},
	}
	if !reflect.DeepEqual(w.Images, want) {
		t.Errorf("images:\n%+v\nwant\n%+v", w.Images, want)
	}
	if w.Compression != "LZX" || w.Solid || w.Part != 1 || w.Parts != 1 || w.BootIndex != 0 {
		t.Errorf("head: %+v", w)
	}
	facts := w.Images[2].Facts()
	if facts.Windows != "11-24h2" || facts.Version != "10.0.26100.1742" || facts.Index != 6 {
		t.Errorf("facts: %+v", facts)
	}
	if server, none := w.Images[0].Facts(), w.Images[1].Facts(); server.Windows != "server-2025" || none.Windows != "" || none.Version != "" {
		t.Errorf("facts: %+v %+v", server, none)
	}
}

func TestDamagedWIMTellsWhatIsWrong(t *testing.T) {
	put32 := func(at int, n uint32) func([]byte) {
		return func(head []byte) { binary.LittleEndian.PutUint32(head[at:], n) }
	}
	put64 := func(at int, n uint64) func([]byte) {
		return func(head []byte) { binary.LittleEndian.PutUint64(head[at:], n) }
	}
	whole := imagetest.WIM(mediaXML, 3)
	cases := []struct {
		name, want string
		data       []byte
	}{
		{"empty", "the file is empty", nil},
		{"begun", "it is cut off: its head takes 208 bytes", whole[:3]},
		{"short", "it is cut off: its head takes 208 bytes", whole[:207]},
		{"part", "it is part 9 of 1", imagetest.WIM(mediaXML, 3, func(head []byte) { head[40] = 9 })},
		{"small head", "its head claims 100 bytes", imagetest.WIM(mediaXML, 3, put32(8, 100))},
		{"version", "its version is 0x1", imagetest.WIM(mediaXML, 3, put32(12, 1))},
		{"compressed", "compressed", imagetest.WIM(mediaXML, 3, func(head []byte) { head[79] |= 4 })},
		{"no metadata", "has no metadata", imagetest.WIM(mediaXML, 3, put64(72, 2<<56))},
		{"endless", "at most 16777216 are read", imagetest.WIM(mediaXML, 3, put64(72, 1<<40|2<<56))},
		{"behind the end", "its metadata begins at 9223372036854775807", imagetest.WIM(mediaXML, 3, put64(80, 1<<63-1))},
		{"beyond the end", "its metadata takes", imagetest.WIM(mediaXML, 3, put64(80, 300))},
		{"cut off", "its metadata takes", whole[:len(whole)-1]},
		{"in the head", "no UTF-16", imagetest.WIM(mediaXML, 3, put64(80, 0))},
		{"count", "its head counts 4 images, its metadata 3", imagetest.WIM(mediaXML, 4)},
		{"no XML", "no XML", imagetest.WIM("<WIM><IMAGE", 0)},
		{"other root", "the root HTML", imagetest.WIM("<HTML/>", 0)},
		{"index", `the index "x"`, imagetest.WIM(`<WIM><IMAGE INDEX="x"/></WIM>`, 1)},
		{"index 0", `the index "0"`, imagetest.WIM(`<WIM><IMAGE INDEX="0"/></WIM>`, 1)},
		{"index twice", `the index "1"`, imagetest.WIM(`<WIM><IMAGE INDEX="1"/><IMAGE INDEX="1"/></WIM>`, 2)},
	}
	for _, c := range cases {
		_, err := readWIM(c.data)
		if !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "install.wim is damaged: ") {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestSolidResourcesAreFoundInTheirTable(t *testing.T) {
	// The table is laid over the end of the head, where Windows keeps zeros.
	table := func(flags byte, entry byte) func([]byte) {
		return func(head []byte) {
			binary.LittleEndian.PutUint32(head[12:], 0xe00)
			binary.LittleEndian.PutUint64(head[48:], 50|uint64(flags)<<56)
			binary.LittleEndian.PutUint64(head[56:], 150)
			head[157] = entry
		}
	}
	for _, c := range []struct {
		name         string
		flags, entry byte
		want         bool
	}{
		{"a resource of one file", 2, 4, false}, {"a solid one", 2, 0x14, true}, {"a table that cannot be read", 4, 4, true},
	} {
		w, err := readWIM(imagetest.WIM(mediaXML, 3, table(c.flags, c.entry)))
		if err != nil || w.Solid != c.want {
			t.Errorf("%s: %+v, %v", c.name, w, err)
		}
	}
}

func TestFileOfAnotherKindIsNotCalledDamaged(t *testing.T) {
	whole := imagetest.WIM(mediaXML, 3)
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"zip": {append([]byte("PK"), whole[2:]...), "it does not begin with MSWIM"}, "VHDX": {[]byte("vhdxfile\x00"), "a VHDX disk; mount it"},
		"VHD": {[]byte("conectix\x00"), "a VHD disk; mount it"}, "QCOW2": {[]byte("QFI\xfb\x00"), "a QCOW2 disk; mount it"}, "VMDK": {[]byte("KDMV\x01"), "a VMDK disk; mount it"},
		"ISO":  {append(append(append(make([]byte, 510), 0x55, 0xaa), make([]byte, 32769-512)...), "CD001"...), "an ISO file; mount it"},
		"disk": {append(make([]byte, 510), 0x55, 0xaa), "a disk or partition as it stands; mount it"}, "hive": {imagetest.Hive{Root: &imagetest.Key{Name: "x"}}.Bytes(), "a hive of the registry"},
		"short": {[]byte("x"), "it does not begin with MSWIM"}, "piped": {imagetest.WIM(mediaXML, 3, func(head []byte) { copy(head, "WLPWM") }), "a pipable one of wimlib"},
	} {
		_, err := readWIM(c.data)
		if !errors.Is(err, ErrForeign) || errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWIMOfManyImagesIsRead(t *testing.T) {
	metadata := func(count int) []byte {
		var text strings.Builder
		text.WriteString("<WIM>")
		for n := range count {
			fmt.Fprintf(&text, `<IMAGE INDEX="%d"><WINDOWS><LANGUAGES><LANGUAGE> de-DE </LANGUAGE><LANGUAGE/></LANGUAGES></WINDOWS></IMAGE>`, count-n)
		}
		text.WriteString("</WIM>")
		return imagetest.WIM(text.String(), count)
	}
	w, err := readWIM(metadata(20_000))
	if err != nil || len(w.Images) != 20_000 || w.Images[0].Index != 1 || !slices.Equal(w.Images[9].Languages, []string{"de-DE"}) {
		t.Errorf("%v", err)
	}
	if _, err := readWIM(metadata(100_000)); !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), "at most 16777216 are read") {
		t.Errorf("metadata beyond the limit: %v", err)
	}
}

func TestWIMThatCannotBeReadIsNotDamaged(t *testing.T) {
	data := imagetest.WIM(mediaXML, 3)
	if _, err := ReadWIM("install.wim", failing{bytes.NewReader(data), 250}, int64(len(data))); !errors.Is(err, os.ErrDeadlineExceeded) || errors.Is(err, ErrDamaged) {
		t.Errorf("got %v", err)
	}
	if _, err := ReadWIM("install.wim", bytes.NewReader(data[:300]), int64(len(data))); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("got %v", err)
	}
}

func TestWIMCompressionIsNamed(t *testing.T) {
	for flags, want := range map[uint32]string{0: "none", 0x20002: "XPRESS", 0x40002: "LZX", 0x80002: "LZMS", 2: "unknown"} {
		if got := compression(flags); got != want {
			t.Errorf("compression(%#x) = %s, want %s", flags, got, want)
		}
	}
}

// wimlib writes real image files; we read what it was told to write.
func TestWimlibWritesWhatWeRead(t *testing.T) {
	requireTool(t, "wimlib-imagex")
	folder := t.TempDir()
	source := filepath.Join(folder, "source")
	if err := os.MkdirAll(filepath.Join(source, "Windows"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(source, "Windows", "a.txt"), bytes.Repeat([]byte("text "), 10_000), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, compression string
		options           []string
	}{
		{"a.wim", "LZX", []string{"--compress=LZX"}},
		{"b.wim", "XPRESS", []string{"--compress=XPRESS"}},
		{"c.wim", "none", []string{"--compress=none"}},
		{"d.esd", "LZMS", []string{"--solid"}},
		{"e.wim", "LZMS", []string{"--compress=LZMS"}},
	} {
		name := filepath.Join(folder, c.name)
		wimlib(t, append([]string{"capture", source, name, "Windows 11 Pro", "the first"}, c.options...)...)
		wimlib(t, "append", source, name, "Windows 11 Home", "the second")
		for _, property := range []string{"WINDOWS/ARCH=9", "WINDOWS/EDITIONID=Professional", "WINDOWS/INSTALLATIONTYPE=Client",
			"WINDOWS/LANGUAGES/LANGUAGE=en-US", "WINDOWS/LANGUAGES/DEFAULT=en-US", "WINDOWS/VERSION/MAJOR=10", "WINDOWS/VERSION/BUILD=22631", "WINDOWS/VERSION/SPBUILD=3"} {
			wimlib(t, "info", name, "1", "--image-property", property)
		}
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		w, err := readWIM(data)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if w.Compression != c.compression || w.Solid != slices.Contains(c.options, "--solid") || len(w.Images) != 2 {
			t.Errorf("%s: %+v", c.name, w)
		}
		first, second := w.Images[0], w.Images[1]
		if f := first.Facts(); f.Name != "Windows 11 Pro" || f.Description != "the first" || f.Windows != "11-23h2" || f.Version != "10.0.22631.3" ||
			f.Architecture != "amd64" || f.Edition != "Professional" || !slices.Equal(f.Languages, []string{"en-US"}) {
			t.Errorf("%s: %+v", c.name, f)
		}
		if second.Index != 2 || second.Name != "Windows 11 Home" || second.Bytes != 50_000 {
			t.Errorf("%s: %+v", c.name, second)
		}
	}
}

func wimlib(t *testing.T, args ...string) {
	t.Helper()
	if out, err := exec.Command("wimlib-imagex", args...).CombinedOutput(); err != nil {
		t.Fatalf("wimlib-imagex %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

func FuzzWIM(f *testing.F) {
	f.Add(imagetest.WIM(mediaXML, 3))
	f.Add(imagetest.WIM(`<WIM><IMAGE INDEX="1"><NAME>a</NAME></IMAGE></WIM>`, 1))
	f.Add(imagetest.WIM(mediaXML, 3)[:300])
	f.Fuzz(func(t *testing.T, data []byte) {
		w, err := readWIM(data)
		if err != nil {
			if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrForeign) {
				t.Errorf("every mistake of the bytes is damage: %v", err)
			}
			return
		}
		last := 0
		for _, i := range w.Images {
			if i.Index <= last || i.Build < 0 {
				t.Errorf("images out of order: %+v", w.Images)
			}
			last = i.Index
			_ = i.Facts()
		}
	})
}
