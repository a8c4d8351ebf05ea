package source

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"testing"
)

func TestForeignNamesWhatIsNoText(t *testing.T) {
	var archive, empty, squeezed bytes.Buffer
	z := zip.NewWriter(&archive)
	if w, err := z.Create("autounattend.xml"); err != nil {
		t.Fatal(err)
	} else if _, err := w.Write([]byte("<unattend/>")); err != nil {
		t.Fatal(err)
	}
	g := gzip.NewWriter(&squeezed)
	for _, err := range []error{z.Close(), zip.NewWriter(&empty).Close(), g.Close()} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		data []byte
		want string
	}{
		{archive.Bytes(), "a ZIP archive"},
		{empty.Bytes(), "a ZIP archive that is empty"},
		{squeezed.Bytes(), "a gzip archive"},
		{[]byte("MZ\x90\x00\x03"), "a program"},
		{[]byte("MZ: a key of a profile"), ""},
		{[]byte("MSWIM\x00\x00\x00\xd0"), "a Windows image"},
		{[]byte("version: reseal/v1\n"), ""},
		{[]byte("<unattend/>"), ""},
		{nil, ""},
	} {
		if got := Foreign(c.data); got != c.want {
			t.Errorf("%.12q is %q, want %q", c.data, got, c.want)
		}
	}
}
