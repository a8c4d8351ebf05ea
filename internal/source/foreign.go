package source

import "bytes"

// magics are how files begin that people name or rename by mistake: archives,
// images, programs, documents and pictures.
var magics = [...]struct{ magic, kind string }{
	{"PK\x03\x04", "a ZIP archive"},
	{"PK\x05\x06", "a ZIP archive that is empty"},
	{"PK\x07\x08", "a ZIP archive"},
	{"\x1f\x8b", "a gzip archive"},
	{"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"},
	{"Rar!\x1a\x07", "a RAR archive"},
	{"MSCF\x00\x00\x00\x00", "a cabinet archive"},
	{"MSWIM\x00\x00\x00", "a Windows image"},
	{"WLPWM\x00\x00\x00", "a Windows image"},
	{"MZ", "a program"},
	{"\x7fELF", "a program"},
	{"%PDF-", "a PDF document"},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document or an MSI package"},
	{"\x89PNG\r\n\x1a\n", "a picture"},
	{"\xff\xd8\xff", "a picture"},
}

// Foreign names what a file is that is no text, by its first bytes: "a ZIP
// archive". It is "" for all else. A text may begin with MZ, so that a program
// needs a NUL byte as well.
func Foreign(data []byte) string {
	for _, m := range magics {
		if bytes.HasPrefix(data, []byte(m.magic)) && (m.magic != "MZ" || bytes.IndexByte(data, 0) >= 0) {
			return m.kind
		}
	}
	return ""
}
