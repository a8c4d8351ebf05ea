package sysprep

import (
	"bytes"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

func TestFindAnswerFilesLooksWhereWindowsLooks(t *testing.T) {
	xml := &fstest.MapFile{Data: []byte(`<unattend xmlns="urn:schemas-microsoft-com:unattend"></unattend>`)}
	drive := fstest.MapFS{
		"autounattend.XML":                         xml,
		"UNATTEND.xml":                             xml,
		"windows/PANTHER/unattend/Unattend.xml":    xml,
		"windows/PANTHER/unattend.xml":             xml,
		"windows/System32/Sysprep/unattend.xml":    xml,
		"windows/System32/Sysprep/other.xml":       xml,
		"windows/System32/Sysprep/Panther/a.xml":   xml,
		"sources/Autounattend.xml":                 xml,
		"folder/Autounattend.xml":                  xml,
		"windows/PANTHER/unattend/Autounattend.xm": xml,
	}
	cases := []struct {
		medium Medium
		want   string
	}{
		{Medium{Drive: "C:", Kind: "fixed", Root: "mnt"}, `2 C:\windows\PANTHER\unattend\Unattend.xml; 3 C:\windows\PANTHER\unattend.xml; 7 C:\windows\System32\Sysprep\unattend.xml; 8 C:\UNATTEND.xml; 8 C:\autounattend.XML`},
		{Medium{Drive: "D:", Kind: "fixed"}, ""},
		{Medium{Drive: "E:", Kind: "removable", Root: "stick"}, `4 E:\autounattend.XML`},
		{Medium{Drive: "F:", Kind: "read-only"}, `5 F:\autounattend.XML`},
	}
	for _, c := range cases {
		files, err := FindAnswerFiles(drive, c.medium)
		if err != nil {
			t.Error(err)
		}
		var got []string
		for _, f := range files {
			got = append(got, fmt.Sprintf("%d %s", f.Place, f.Path))
			if f.File == nil || !strings.HasPrefix(f.File.Source.Name, c.medium.Root) {
				t.Errorf("%s is not read", f.Path)
			}
		}
		if text := strings.Join(got, "; "); text != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.medium.Drive, text, c.want)
		}
	}
}

func TestAFileThatCannotBeReadStopsNoSearch(t *testing.T) {
	drive := fstest.MapFS{
		"Unattend.xml":              {Data: bytes.Repeat([]byte(" "), maxAnswerFile+1)},
		"Autounattend.xml":          {Mode: fs.ModeDir},
		"Windows/Panther":           {Data: []byte("no folder")},
		"Windows/System32/Sysprep/": {Mode: fs.ModeDir},
	}
	drive["Windows/System32/Sysprep/Unattend.xml"] = &fstest.MapFile{Data: []byte("not XML")}
	files, err := FindAnswerFiles(drive, Medium{Drive: "C:", Kind: "fixed", Root: "mnt"})
	if len(files) != 1 || files[0].Place != PlaceSysprep || files[0].File != nil {
		t.Errorf("%+v", files)
	}
	if err == nil || !strings.Contains(err.Error(), "mnt/Unattend.xml: more than 16 MiB") {
		t.Errorf("%v", err)
	}
}
